package wire

// Payload types (RFC 2408 §3.1; NAT-D by draft and RFC).
const (
	None         uint8 = 0
	SAPayload    uint8 = 1
	ProposalType uint8 = 2
	TransfType   uint8 = 3
	KeyExchange  uint8 = 4
	Identify     uint8 = 5
	Certificate  uint8 = 6
	CertRequest  uint8 = 7
	HashPayload  uint8 = 8
	Signature    uint8 = 9
	Nonce        uint8 = 10
	Notification uint8 = 11
	DeletePay    uint8 = 12
	VendorID     uint8 = 13
	NATD07       uint8 = 15 // drafts 04 to 07; RFC 3547 has another use for it
	NATD         uint8 = 20 // RFC 3947
	NATD02       uint8 = 130
)

// Exchange types.
const (
	ExchangeMain          uint8 = 2
	ExchangeAggressive    uint8 = 4
	ExchangeInformational uint8 = 5
	ExchangeQuick         uint8 = 32
)

// Flags of the header.
const (
	FlagEncrypted uint8 = 1
	FlagCommit    uint8 = 2
	FlagAuthOnly  uint8 = 4
)

// The IPsec DOI and its only situation (RFC 2407 §4.2).
const (
	DOI          uint32 = 1
	IdentityOnly uint32 = 1
)

// Phase 1 attributes (RFC 2409 appendix A).
const (
	AttrEncryption uint16 = 1
	AttrHash       uint16 = 2
	AttrAuth       uint16 = 3
	AttrGroup      uint16 = 4
	AttrLifeType   uint16 = 11
	AttrLife       uint16 = 12
	AttrKeyLength  uint16 = 14
)

// Phase 2 attributes (RFC 2407 §4.5).
const (
	AttrSALifeType  uint16 = 1
	AttrSALife      uint16 = 2
	AttrSAGroup     uint16 = 3
	AttrEncaps      uint16 = 4
	AttrSAAuth      uint16 = 5
	AttrSAKeyLength uint16 = 6
)

// Life types, the same in both phases.
const (
	LifeSeconds   = 1
	LifeKilobytes = 2
)

// TransformIKE is the only phase 1 transform.
const TransformIKE uint8 = 1

// Identification types (RFC 2407 §4.6.2.1).
const (
	IDIPv4Addr   uint8 = 1
	IDFQDN       uint8 = 2
	IDUserFQDN   uint8 = 3
	IDIPv4Subnet uint8 = 4
)

// Notifications (RFC 2408 §3.14.1, RFC 2407 §4.6.3, RFC 3706).
const (
	NotifyInvalidSPI        uint16 = 11
	NotifyNoProposalChosen  uint16 = 14
	NotifyInvalidID         uint16 = 18
	NotifyResponderLifetime uint16 = 24576
	NotifyInitialContact    uint16 = 24578
	NotifyAreYouThere       uint16 = 36136
	NotifyAreYouThereAck    uint16 = 36137
	// NotifyLastError is the last of the numbers that mean an error.
	NotifyLastError uint16 = 16383
)
