package isakmp

import (
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// Event is one point at which IOS would speak: one of the structs of this file.
// What it says is a table of package ios/debugtext; explanations and graders read
// the same events.
type Event any

// SARef names the SA that an event is about.
type SARef struct {
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

// RefKind tells the two reference counts of a peer struct apart.
type RefKind int

// Reference counts of a peer struct.
const (
	RefIKE RefKind = iota + 1
	RefIPsec
)

// Key-engine message types.
const (
	KMSARequest = 1
	KMSPIReply  = 2
	KMDelete    = 3
)

// Key-engine side, peers and SAs.
type (
	// KeyMessage: a key-engine message came.
	KeyMessage struct{ Type, Count int }
	// RequestProfile: the request names no ISAKMP profile.
	RequestProfile struct{ SA SARef }
	// PeerCreated: there was no peer struct for that address.
	PeerCreated struct{ Remote netip.AddrPort }
	// PeerFound: there was one.
	PeerFound struct{ Remote netip.AddrPort }
	// PeerNew tells the new struct's address and handle.
	PeerNew struct{ Ptr, Handle uint32 }
	// PeerLocked: a count of references rose.
	PeerLocked struct {
		Ptr   uint32
		Kind  RefKind
		Count int
		For   PeerUse
	}
	// PeerUnlocked: a count of references fell.
	PeerUnlocked struct {
		Ptr   uint32
		Kind  RefKind
		Count int
		For   PeerUse
	}
	// PeerReaped: nothing refers to the peer any more.
	PeerReaped struct {
		Remote netip.AddrPort
		Ptr    uint32
	}
	// PeerInserted: an authenticated peer entered the table of peers, or was found
	// there; in that case the struct Freed goes.
	PeerInserted struct {
		Local, Remote netip.AddrPort
		Ptr, Freed    uint32
	}
	// PeerSought: the responder's peer has gone to another port; is it in the table?
	PeerSought struct {
		SA         SARef
		Ptr, Freed uint32 // zero where it is not
	}
	// Ports of a new SA.
	Ports struct{ Local, Remote uint16 }
	// SAInserted: an SA entered the table; Duplicate when another SA of the
	// same pair of addresses is there.
	SAInserted struct {
		Ptr       uint32
		Duplicate bool
	}
	// RequestAttached: phase 1 is still going on, the request waits for it.
	RequestAttached struct{ SA SARef }
	// RequestOnSA: phase 1 is done, quick mode starts at once.
	RequestOnSA struct{ SA SARef }
	// RequestError: no SA could be begun for a request.
	RequestError struct{}
	// DeleteIgnored: there is no authenticated peer to send a delete notification to.
	DeleteIgnored struct {
		Local, Remote netip.Addr
		NoSA          bool // else: SA not authenticated
	}
)

// Main mode.
type (
	// NoAggressive: main mode it is.
	NoAggressive struct{ SA SARef }
	// KeyFound: there is a pre-shared key for the peer.
	KeyFound struct{ SA SARef }
	// KeyMissing: there is none.
	KeyMissing struct{ SA SARef }
	// CannotStart: no way to authenticate, main mode does not begin.
	CannotStart struct{ SA SARef }
	// LocalKeyFound precedes the comparison of policies.
	LocalKeyFound struct{ SA SARef }
	// ProfilesScanned: for Xauth, of which there are none.
	ProfilesScanned struct{}
	// VendorSent: a vendor ID was put into a message.
	VendorSent struct {
		SA   SARef
		Kind VendorKind
	}
	// VendorRead: a vendor ID was found in a message.
	VendorRead struct {
		SA    SARef
		Kind  VendorKind
		Major byte // byte 14, which IOS reads as Unity's major version
	}
	// MainModeBegun: the first message is about to go.
	MainModeBegun struct{ SA SARef }
	// PolicyCheck: a transform is held against a policy.
	PolicyCheck struct {
		SA                  SARef
		Transform, Priority int
	}
	// AttributeRead: one attribute of a phase 1 transform.
	AttributeRead struct{ Attribute wire.Attribute }
	// PolicyMismatch: why a transform does not match.
	PolicyMismatch struct {
		SA     SARef
		Reason Mismatch
	}
	// PolicyVerdict closes a comparison.
	PolicyVerdict struct {
		SA          SARef
		Acceptable  bool
		NextPayload uint8
	}
	// LifetimeChosen: the lifetime of phase 1 that follows from the policy. Not every
	// release tells of it.
	LifetimeChosen struct {
		SA                          SARef
		Offered, Configured, Chosen time.Duration
	}
	// NoOffers: nothing offered was acceptable.
	NoOffers struct{ SA SARef }
	// PolicyRefused: phase 1 or 2 ends there.
	PolicyRefused struct {
		SA    SARef
		Phase int
	}
	// SKEYIDGenerated: the keys of phase 1 are there.
	SKEYIDGenerated struct{ SA SARef }
	// NATVerdict: what is known of NATs after a NAT-D payload: which of the two
	// hashes, of our address and of the peer's, was as we see it.
	NATVerdict struct {
		SA        SARef
		Payload   uint8
		Mine, His bool
	}
	// PortFloated: the peer's messages come from the port in SA now.
	PortFloated struct{ SA SARef }
	// UDPEncapsulated: everything with this peer goes in UDP.
	UDPEncapsulated struct {
		SA  SARef
		Ptr uint32 // of the peer
	}
	// InitialContactSent: we know of no SAs with that peer, and say so.
	InitialContactSent struct{ SA SARef }
	// InitialContactRead: the peer knows of none.
	InitialContactRead struct{ SA SARef }
	// Authenticating: how we are going to prove who we are.
	Authenticating struct {
		SA SARef
		ID uint8 // its type
	}
	// Identity: an ID payload of phase 1, sent or received.
	Identity struct {
		SA          SARef
		NextPayload uint8
		Type        uint8
		Data        []byte
		Protocol    uint8
		Port        uint16
		Length      int
	}
	// IdentityLength closes the building of an ID payload.
	IdentityLength struct {
		SA     SARef
		Length int
	}
	// NoProfile: the peer matches none of the ISAKMP profiles.
	NoProfile struct{ SA SARef }
	// AuthStatus: the peer is authenticated.
	AuthStatus struct{ SA SARef }
	// Authenticated: with whom.
	Authenticated struct{ SA SARef }
	// HashMismatch: the peer's hash is not what it must be.
	HashMismatch struct {
		SA    SARef
		Phase int
	}
)

// Messages and machines.
type (
	// Received a packet. Local and remote ports are in SA.
	Received struct{ SA SARef }
	// Sending a packet.
	Sending struct{ SA SARef }
	// Transition of an SA's machine.
	Transition struct {
		SA       SARef
		Class    InputClass
		Input    Input
		Old, New State
	}
	// UnknownInput: the machine has no row for that input.
	UnknownInput struct {
		SA    SARef
		Class InputClass
		Input Input
		Node  uint32 // 0: of phase 1
		State string
	}
	// NodeTransition of a quick mode's machine.
	NodeTransition struct {
		SA       SARef
		Node     uint32
		Class    InputClass
		Input    Input
		Old, New NodeState
	}
	// Processing a payload.
	Processing struct {
		SA      SARef
		Payload uint8
		Message uint32
	}
	// ReservedNotZero: a generic header that cannot be one, mostly because
	// the wrong key decrypted it.
	ReservedNotZero struct{ Payload uint8 }
	// Malformed: a payload that cannot be read.
	Malformed struct{ SA SARef }
	// Duplicate of a message that came before.
	Duplicate struct {
		SA    SARef
		Phase int
	}
	// RetransmitDue: the duplicate asks for our last message again.
	RetransmitDue struct {
		SA    SARef
		Phase int
	}
	// RetransmitSkipped: our last message is too young to be sent again.
	RetransmitSkipped struct {
		SA      SARef
		Phase   int
		SinceMS int
	}
	// RetransmitTimer: an answer is overdue.
	RetransmitTimer struct {
		SA    SARef
		Phase int
		Node  uint32
	}
	// ErrorCount of an SA, or of a node, rose.
	ErrorCount struct {
		SA      SARef
		OnNode  bool
		Attempt int
		Of      int
		Reason  ErrorReason
	}
	// Retransmitting our last message.
	Retransmitting struct {
		SA    SARef
		Phase int
		Node  uint32
	}
	// FSMError: an action of the machine failed.
	FSMError struct {
		SA   SARef
		Code int
	}
	// NoParanoidKeepalives precedes every deletion.
	NoParanoidKeepalives struct {
		SA     SARef
		Phase1 bool
	}
	// SADeleting is said twice; Final is the second time.
	SADeleting struct {
		SA     SARef
		Reason SAReason
		Final  bool
	}
	// SAPurged: the deleted SA is forgotten.
	SAPurged struct{ SA SARef }
)

// Quick mode and informational exchanges.
type (
	// NodeSet: a new message ID.
	NodeSet struct{ Node uint32 }
	// QuickModeBegun: the first message is about to go.
	QuickModeBegun struct {
		SA   SARef
		Node uint32
	}
	// IPsecProposal: a proposal is looked at.
	IPsecProposal struct {
		SA     SARef
		Number int
	}
	// IPsecTransform of that proposal, with its attributes in wire order.
	IPsecTransform struct {
		Number     int
		Protocol   uint8
		ID         uint8
		Attributes []wire.Attribute
	}
	// IPsecVerdict: can ISAKMP live with the attributes?
	IPsecVerdict struct {
		SA         SARef
		Acceptable bool
	}
	// IPsecInvalidated: IPsec cannot live with the proposal.
	IPsecInvalidated struct{ SA SARef }
	// SPIWanted from IPsec.
	SPIWanted struct {
		SA    SARef
		Count int
	}
	// IPsecSAs are about to be created.
	IPsecSAs struct {
		SA   SARef
		Pair SAPair
	}
	// NodeDeleting: an exchange is over.
	NodeDeleting struct {
		SA     SARef
		Node   uint32
		Error  bool
		Reason NodeReason
	}
	// NodePurged: its message ID is forgotten.
	NodePurged struct {
		SA   SARef
		Node uint32
	}
	// LarvalDeleted: the peer refused the request with this SPI.
	LarvalDeleted struct {
		SA   SARef
		SPI  uint32
		Node uint32
	}
	// NotifySent: an informational exchange of ours.
	NotifySent struct {
		SA       SARef
		Type     uint16
		Protocol uint8
		SPI      uint32
		Node     uint32
	}
	// NotifyRead: a notification of the peer's.
	NotifyRead struct {
		SA       SARef
		Type     uint16
		Protocol uint8
		SPI      uint32
		Message  uint32
	}
	// NotifyWithoutHash: a notification without a hash.
	NotifyWithoutHash struct{ SA SARef }
	// ResponderLifetime: the responder will end the SA earlier than asked.
	ResponderLifetime struct {
		SA        SARef
		Phase     int
		Seconds   uint32
		Kilobytes uint32
	}
	// AliveRead: R_U_THERE came; Ack for its answer.
	AliveRead struct {
		SA       SARef
		Ack      bool
		Sequence uint32
	}
	// AliveOverdue: R_U_THERE was not answered.
	AliveOverdue struct {
		SA          SARef
		Attempt, Of int
	}
	// PeerSilent: the peer is given up.
	PeerSilent struct{ SA SARef }
	// AliveSent: the number in what we sent.
	AliveSent struct {
		SA       SARef
		Sequence uint32
	}
)

// Syslog messages: said whether or not someone debugs.
type (
	// BadMessage failed its sanity check.
	BadMessage struct{ Remote netip.Addr }
	// NoSA: neither of an SA that is known nor an offer of one.
	NoSA struct{ Remote netip.Addr }
	// ModeFailed: an exchange went wrong.
	ModeFailed struct {
		Mode   Mode
		Remote netip.Addr
	}
	// NotEncrypted: a message that should have been.
	NotEncrypted struct{ Remote netip.Addr }
	// NotAuthenticated: quick mode before main mode is done.
	NotAuthenticated struct{ Remote netip.Addr }
	// AggressiveDisabled: the peer wants aggressive mode, which is forbidden.
	AggressiveDisabled struct{}
	// UnknownExchange type.
	UnknownExchange struct {
		Remote   netip.Addr
		Exchange uint8
	}
)

// Mode is an exchange as ModeFailed names it.
type Mode int

// Modes.
const (
	ModeMain Mode = iota + 1
	ModeAggressive
	ModeQuick
	ModeInformational
)

// Mismatch is the first thing in which a transform differs from a policy.
type Mismatch int

// Mismatches, in the order of comparison.
const (
	MismatchEncryption Mismatch = iota + 1
	MismatchKeyLength
	MismatchHash
	MismatchGroup
	MismatchAuth
	MismatchNoKey
)
