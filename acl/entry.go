package acl

// Action is what an entry does with a packet that it matches.
type Action uint8

// The actions. A Remark matches nothing. What an Unread entry would match is not
// known: a packet that comes to one is denied. Evaluate asks a reflexive list.
const (
	Deny Action = iota
	Permit
	Remark
	Unread
	Evaluate
)

// Log reports whether a match is reported.
type Log uint8

// The ways to log.
const (
	NoLog Log = iota
	LogMatch
	LogInput // with the interface and the sender's hardware address
)

// Entry is one line of a list. It is a comparable value: two entries that
// differ in Sequence alone say the same.
type Entry struct {
	Kind     Kind
	Sequence int // 0: to be assigned by List.Add
	Action   Action
	Text     string // of a remark or an Unread entry, or the list that is to be evaluated

	Protocol           uint8 // 0 is "ip": every protocol
	Src, Dst           Addresses
	SrcPorts, DstPorts Ports   // TCP and UDP
	Message            Message // ICMP and IGMP
	Flags              Flags   // TCP

	Precedence, TOS, DSCP Option
	HeaderOption          Option // one of these is in the IP header
	AnyOption             bool   // some option is
	Fragments             bool   // matches only fragments other than the first
	Log                   Log
	TimeRange             string // it counts only while that is active; "": always

	Reflect string // the reflexive list of which packets make entries; "": none
	Timeout uint32 // of these, in seconds; 0: as the router has it
}

// Message is a condition on the type and code of an ICMP message, or on the
// type of an IGMP message.
type Message struct{ Type, Code Option }

// said is the entry without its place: equal for two entries that say the same.
func (e Entry) said() Entry {
	e.Sequence = 0
	return e
}

// dst are the destinations that the entry matches: all, where its list is a standard one.
func (e *Entry) dst() Addresses {
	if e.Kind == Standard {
		return Any
	}
	return e.Dst
}

// needsTransport reports whether the entry looks beyond the IP header, where a
// fragment other than the first has nothing to show.
func (e *Entry) needsTransport() bool {
	return e.SrcPorts.Op != NoPorts || e.DstPorts.Op != NoPorts ||
		e.Message.Type != 0 || e.Flags.Mode != NoFlags
}
