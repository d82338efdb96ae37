package cli

import (
	"unicode"
	"unicode/utf8"
)

// A Key is a key of the terminal: a character, a control character, or a
// character typed after Escape. The decoder turns the sequences of arrow keys
// into the control characters that do the same.
type Key rune

func ctrl(c byte) Key { return Key(c & 0x1f) }

// meta is Escape and a character.
func meta(c byte) Key { return Key(c) | keyMeta }

// types reports whether a key types its character.
func (k Key) types() bool { return k >= ' ' && k != keyBackspace && k < keyMeta }

const (
	keyReturn    Key = '\r'
	keyTab       Key = '\t'
	keyBackspace Key = 0x7f
	keyBreak     Key = 0x1e    // Ctrl-Shift-6
	keyMeta      Key = 1 << 24 // beyond all characters
	keyNone      Key = 1 << 25
)

// A Decoder turns bytes from a terminal into keys. CR, LF, CR LF and CR NUL
// are one Return; beyond ASCII, characters come in UTF-8.
type Decoder struct {
	state   byte // 0, or ESC, or the '[' or 'O' after it
	number  int  // of ESC [ n ~
	afterCR bool
	part    [utf8.UTFMax]byte // of a character
	got     int               // bytes of it
}

// idle reports whether no sequence of several keys has begun.
func (d *Decoder) idle() bool { return d.state == 0 }

// Next takes a byte and returns the key that it completes, or keyNone.
func (d *Decoder) Next(b byte) Key {
	afterCR := d.afterCR
	d.afterCR = false
	if b >= utf8.RuneSelf {
		return d.character(b)
	}
	d.got = 0
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
	case b == 0:
	default:
		return Key(b)
	}
	return keyNone
}

// character takes a byte of a character beyond ASCII. What is not UTF-8, and
// control characters, which terminals take for orders, are dropped.
func (d *Decoder) character(b byte) Key {
	if utf8.RuneStart(b) {
		d.state, d.got = 0, 0
	}
	if d.got == len(d.part) {
		return keyNone
	}
	d.part[d.got] = b
	d.got++
	if !utf8.FullRune(d.part[:d.got]) {
		return keyNone
	}
	r, size := utf8.DecodeRune(d.part[:d.got])
	d.got = 0
	if size == 1 || unicode.IsControl(r) {
		return keyNone
	}
	return Key(r)
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
