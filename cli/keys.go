package cli

// A Key is a key of the terminal: a character, a control character, or a
// character typed after Escape. The decoder turns the sequences of arrow keys
// into the control characters that do the same.
type Key rune

func ctrl(c byte) Key { return Key(c & 0x1f) }

// meta is Escape and a character.
func meta(c byte) Key { return Key(c) | 1<<8 }

const (
	keyReturn    Key = '\r'
	keyTab       Key = '\t'
	keyBackspace Key = 0x7f
	keyBreak     Key = 0x1e // Ctrl-Shift-6
	keyNone      Key = 1 << 9
)

// A Decoder turns bytes from a terminal into keys. CR, LF, CR LF and CR NUL
// are one Return.
type Decoder struct {
	state   byte // 0, or ESC, or the '[' or 'O' after it
	number  int  // of ESC [ n ~
	afterCR bool
}

// Next takes a byte and returns the key that it completes, or keyNone.
func (d *Decoder) Next(b byte) Key {
	afterCR := d.afterCR
	d.afterCR = false
	switch d.state {
	case 0x1b:
		return d.escape(b)
	case '[', 'O':
		return d.sequence(b)
	}
	switch {
	case b == 0x1b:
		d.state = b
	case b == '\r':
		d.afterCR = true
		return keyReturn
	case b == '\n':
		if !afterCR {
			return keyReturn
		}
	case b == 0 || b >= 0x80: // IOS's terminals have seven bits
	default:
		return Key(b)
	}
	return keyNone
}

func (d *Decoder) escape(b byte) Key {
	d.state = 0
	switch {
	case b == '[' || b == 'O':
		d.state, d.number = b, 0
	case b == 0x1b:
		d.state = b
	case b >= 'A' && b <= 'Z':
		return meta(b + 'a' - 'A')
	case b > ' ' && b < 0x7f:
		return meta(b)
	case b == 0x7f || b == 8:
		return ctrl('w')
	}
	return keyNone
}

// sequence reads what follows ESC [ or ESC O.
func (d *Decoder) sequence(b byte) Key {
	if b >= '0' && b <= '9' {
		d.number = (d.number*10 + int(b-'0')) % 1000
		return keyNone
	}
	if b == ';' {
		d.number = 0
		return keyNone
	}
	d.state = 0
	switch b {
	case 'A':
		return ctrl('p')
	case 'B':
		return ctrl('n')
	case 'C':
		return ctrl('f')
	case 'D':
		return ctrl('b')
	case 'H':
		return ctrl('a')
	case 'F':
		return ctrl('e')
	case '~':
		switch d.number {
		case 1, 7:
			return ctrl('a')
		case 4, 8:
			return ctrl('e')
		case 3:
			return ctrl('d')
		}
	}
	return keyNone
}
