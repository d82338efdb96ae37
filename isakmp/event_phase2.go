package isakmp

import (
	"github.com/ioslab/ioslab/isakmp/wire"
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
	// IPsecSAs are about to be created. The pair is without its keys.
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
