package isakmp

import "net/netip"

// Event is one point at which IOS would speak: one of the structs of the files
// event_*.go, a subject in each. What IOS says is a table of package ios/debugtext;
// explanations and graders read the same events.
type Event any

// SARef names the SA that an event is about.
type SARef struct {
	// Serial is its identity from its first message to its end, and after: no other
	// SA of the engine gets the same. 0 is no SA.
	Serial uint64
	Conn   int // 0 before the crypto engine has given an id
	Role   Role
	Label  Label
	Remote netip.AddrPort
	Local  netip.AddrPort
	Ptr    uint32 // pseudo address of the SA's struct
}

// Role is the side of an SA that this router has.
type Role byte

// Roles.
const (
	Initiator Role = 'I'
	Responder Role = 'R'
	NoRole    Role = 'N' // no SA yet
)

// other is the role of the peer.
func (r Role) other() Role {
	if r == Initiator {
		return Responder
	}
	return Initiator
}
