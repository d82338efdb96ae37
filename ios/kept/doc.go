// Package kept holds what a configuration says and this router does not do: the
// commands that IOS has and ioslab lacks. They are kept in the order in which they
// came, shown in the running configuration where IOS shows them, and have no
// effect. Tables list them: Headers open a mode of their own, Lines do not, Texts
// are followed by text that is no command, and SubLines belong to the modes of
// objects that are built.
//
// What must never happen is that an object does half of what is configured of it,
// so each table row says what comes of a line that is only kept:
//
//   - A section whose header is not built is kept whole, with all its lines.
//     A crypto dynamic map or a tunnel interface of which a part is built later
//     stays kept as long as a line of it is not.
//   - A line in a section that is built is kept in that section. Where the
//     object does without it what it does with it, as seen from its peers and from
//     who sends packets through it (`ip ospf cost`, `load-interval`), that
//     is all.
//   - Where it does not (Withholds), the object is left out of use until the
//     line is removed: an interface is down, a crypto map entry incomplete, an ISAKMP
//     policy is not proposed, a transform set is as good as absent.
//   - An entry of an access list that is not built (`dynamic`, `object-group`) is kept
//     in its place. The list denies what comes to it, for nothing is known of what
//     follows, and a crypto map entry with such a list is incomplete.
//   - A line that no table knows is refused.
package kept
