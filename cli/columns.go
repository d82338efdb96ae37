package cli

import "unicode"

// Columns returns how many columns of the screen a character takes: two for the
// wide ones of East Asian scripts (Unicode Standard Annex #11), none for one that
// is drawn upon the character before it.
func Columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}

// wide are the characters of two columns.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1}, // Hangul
		{0x2e80, 0x303e, 1}, // radicals, punctuation
		{0x3041, 0xa4cf, 1}, // Kana, ideographs, Yi
		{0xa960, 0xa97f, 1},
		{0xac00, 0xd7a3, 1}, // Hangul
		{0xf900, 0xfaff, 1}, // ideographs
		{0xfe10, 0xfe19, 1},
		{0xfe30, 0xfe6f, 1},
		{0xff01, 0xff60, 1}, // full width
		{0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{
		{0x1b000, 0x1b2ff, 1}, // Kana
		{0x1f300, 0x1f64f, 1}, // pictures
		{0x1f680, 0x1f6ff, 1},
		{0x1f900, 0x1f9ff, 1},
		{0x20000, 0x3fffd, 1}, // ideographs
	},
}

// textColumns returns how many columns a text takes.
func textColumns(text string) int {
	n := 0
	for _, r := range text {
		n += Columns(r)
	}
	return n
}

// columnsOf returns how many columns characters take.
func columnsOf(text []rune) int {
	n := 0
	for _, r := range text {
		n += Columns(r)
	}
	return n
}
