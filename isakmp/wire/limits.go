package wire

// What a message may hold. Everything beyond is malformed.
const (
	MaxMessage    = 16384 // octets
	MaxPayloads   = 48    // of a message
	MaxProposals  = 32    // of an SA payload
	MaxTransforms = 64    // of a proposal
	MaxAttributes = 32    // of a transform
	MaxAttribute  = 64    // octets of a variable attribute
	MaxSPI        = 16    // octets
	MaxSPIs       = 128   // of a delete payload
	MinNonce      = 8     // RFC 2409 §5
	MaxNonce      = 256
	MaxHash       = 64
	MinHash       = 16
	MaxIdentity   = 256
	MaxKeyValue   = 1024
)
