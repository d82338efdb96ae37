package telnet

// Commands (RFC 854; EOF, SUSP and ABORT: RFC 1184).
const (
	cmdEOF   = 236
	cmdSusp  = 237
	cmdAbort = 238
	cmdSE    = 240
	cmdNOP   = 241
	cmdDM    = 242
	cmdBreak = 243
	cmdIP    = 244
	cmdAO    = 245
	cmdAYT   = 246
	cmdEC    = 247
	cmdEL    = 248
	cmdGA    = 249
	cmdSB    = 250
	cmdWill  = 251
	cmdWont  = 252
	cmdDo    = 253
	cmdDont  = 254
	cmdIAC   = 255
)

// Options that we know.
const (
	optEcho       = 1  // RFC 857
	optSGA        = 3  // RFC 858
	optTimingMark = 6  // RFC 860
	optType       = 24 // RFC 1091
	optNAWS       = 31 // RFC 1073
)

// What follows TERMINAL-TYPE in a subnegotiation (RFC 1091).
const (
	typeIs   = 0
	typeSend = 1
)

// Keys that commands stand for.
const (
	keyInterrupt = 0x03 // Ctrl-C
	keyEraseLine = 0x15 // Ctrl-U
	keyBreak     = 0x1e // Ctrl-Shift-6, which breaks off what runs
	keyErase     = 0x7f
)
