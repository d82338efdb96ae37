package telnet

// A state is where the machine stands in what it receives.
type state uint8

const (
	inData       state = iota
	inCommand          // after IAC
	inOption           // after IAC and WILL, WONT, DO or DONT
	inSub              // after IAC SB
	inSubCommand       // after an IAC in there
)

// maxSub bounds a subnegotiation; the longest that we know is a terminal's type, of
// 40 characters at the most (RFC 1091).
const maxSub = 64

// A Protocol is the server's end of a telnet connection. Make one with NewProtocol.
type Protocol struct {
	// Present answers AYT; nil keeps silent.
	Present func() []byte

	state    state
	verb     byte // WILL, WONT, DO or DONT, while inOption
	afterCR  bool // the last byte of data was a carriage return
	sub      []byte
	us, them side

	width, height int
	kind          string

	keys, reply []byte
	sentCR      bool // the last byte that was encoded was a carriage return
}

// NewProtocol returns the machine at a connection's beginning.
func NewProtocol() *Protocol {
	return &Protocol{
		us:   side{on: cmdWill, off: cmdWont, may: func(o byte) bool { return o == optEcho || o == optSGA }},
		them: side{on: cmdDo, off: cmdDont, may: func(o byte) bool { return o == optSGA || o == optNAWS || o == optType }},
	}
}

// Greeting is what is sent first: we echo what is typed, character by character,
// and ask for the terminal's size and type.
func (p *Protocol) Greeting() []byte {
	var b []byte
	b = p.us.ask(b, optEcho)
	b = p.us.ask(b, optSGA)
	b = p.them.ask(b, optSGA)
	b = p.them.ask(b, optType)
	return p.them.ask(b, optNAWS)
}

// Receive takes what the client has sent. It returns the keys that were typed, and
// what is to be sent back when these have been handed on. A Return is one CR,
// whether it was sent as CR LF, CR NUL, CR or LF. The slices hold until the next call.
func (p *Protocol) Receive(in []byte) (keys, reply []byte) {
	p.keys, p.reply = p.keys[:0], p.reply[:0]
	for _, c := range in {
		switch p.state {
		case inData:
			p.data(c)
		case inCommand:
			p.state = inData
			p.command(c)
		case inOption:
			p.state = inData
			p.option(c)
		case inSub:
			p.subData(c)
		case inSubCommand:
			p.subCommand(c)
		}
	}
	return p.keys, p.reply
}

// Size is the terminal's, as NAWS has told it; 0 where it has not.
func (p *Protocol) Size() (width, height int) { return p.width, p.height }

// TerminalType is the terminal's type in capital letters; "" where it is not known.
func (p *Protocol) TerminalType() string { return p.kind }

func (p *Protocol) data(c byte) {
	afterCR := p.afterCR
	p.afterCR = c == '\r'
	switch {
	case c == cmdIAC:
		p.state = inCommand
		p.afterCR = afterCR
	case afterCR && (c == '\n' || c == 0): // the Return has been taken
	case c == '\n':
		p.keys = append(p.keys, '\r')
	default:
		p.keys = append(p.keys, c)
	}
}

// command takes the byte after IAC.
func (p *Protocol) command(c byte) {
	switch c {
	case cmdIAC:
		p.key(cmdIAC)
	case cmdWill, cmdWont, cmdDo, cmdDont:
		p.verb, p.state = c, inOption
	case cmdSB:
		p.sub, p.state = p.sub[:0], inSub
	case cmdBreak:
		p.key(keyBreak)
	case cmdIP, cmdAbort:
		p.key(keyInterrupt)
	case cmdEC:
		p.key(keyErase)
	case cmdEL:
		p.key(keyEraseLine)
	case cmdAYT:
		if p.Present != nil {
			p.reply = p.Encode(p.reply, p.Present())
		}
	case cmdNOP, cmdDM, cmdAO, cmdGA, cmdEOF, cmdSusp, cmdSE:
		// DM marks where urgent data ends, of which we make nothing. What a router
		// prints is not given up for AO. The rest has no meaning on a console.
	}
}

func (p *Protocol) key(k byte) {
	p.keys = append(p.keys, k)
	p.afterCR = false
}

// option takes the byte after WILL, WONT, DO or DONT.
func (p *Protocol) option(o byte) {
	if o == optTimingMark {
		// No option that stays: each DO is answered when what came before it has
		// been taken (RFC 860).
		if p.verb == cmdDo {
			p.reply = append(p.reply, cmdIAC, cmdWill, optTimingMark)
		}
		return
	}
	switch p.verb {
	case cmdDo:
		p.reply = p.us.request(p.reply, o)
	case cmdDont:
		p.reply = p.us.refuse(p.reply, o)
	case cmdWill:
		before := p.them.stances[o]
		p.reply = p.them.request(p.reply, o)
		if o == optType && before != yes {
			p.reply = append(p.reply, cmdIAC, cmdSB, optType, typeSend, cmdIAC, cmdSE)
		}
	case cmdWont:
		p.reply = p.them.refuse(p.reply, o)
	}
}

func (p *Protocol) subData(c byte) {
	switch {
	case c == cmdIAC:
		p.state = inSubCommand
	case len(p.sub) <= maxSub: // one more than may be: then it is too long
		p.sub = append(p.sub, c)
	}
}

func (p *Protocol) subCommand(c byte) {
	switch c {
	case cmdIAC:
		p.state = inSub
		if len(p.sub) <= maxSub {
			p.sub = append(p.sub, c)
		}
	case cmdSE:
		p.state = inData
		p.subnegotiation()
	default: // its end was lost (RFC 855 has no other command in there)
		p.state = inData
		p.command(c)
	}
}

// maxScreen is the most that `terminal width` and `terminal length` take.
const maxScreen = 512

func (p *Protocol) subnegotiation() {
	if len(p.sub) == 0 || len(p.sub) > maxSub || p.them.stances[p.sub[0]] != yes {
		return
	}
	switch value := p.sub[1:]; p.sub[0] {
	case optNAWS:
		if len(value) == 4 {
			p.width = min(int(value[0])<<8|int(value[1]), maxScreen)
			p.height = min(int(value[2])<<8|int(value[3]), maxScreen)
		}
	case optType:
		if len(value) > 1 && value[0] == typeIs {
			p.kind = capitals(value[1:])
		}
	}
}

// capitals is a terminal's type as it may be shown on one.
func capitals(name []byte) string {
	var b []byte
	for _, c := range name {
		switch {
		case c >= 'a' && c <= 'z':
			b = append(b, c-'a'+'A')
		case c > ' ' && c < 0x7f:
			b = append(b, c)
		}
	}
	return string(b)
}

// Encode appends text as it is sent: a byte 255 is doubled, and a CR that no LF
// follows is followed by a NUL (RFC 854).
func (p *Protocol) Encode(to, text []byte) []byte {
	for _, c := range text {
		if p.sentCR && c != '\n' {
			to = append(to, 0)
		}
		p.sentCR = c == '\r'
		if c == cmdIAC {
			to = append(to, cmdIAC)
		}
		to = append(to, c)
	}
	return to
}
