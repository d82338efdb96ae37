package kept

import (
	"slices"
	"strings"
)

// A Row is a command of IOS that is kept and has no effect.
type Row struct {
	Place   Place // of a line of the configuration itself
	Grammar string
	Manner  Manner
	// Withholds says that the object in whose section the line stands must not be
	// used without it.
	Withholds bool
}

// Manner is how lines of a row replace one another.
type Manner uint8

const (
	// Value rows are kept once for each beginning up to the first variable.
	Value Manner = iota
	// List rows are kept as often as they differ.
	List
	// Switch rows are Value rows whose `no` form is kept as well, for IOS shows it.
	Switch
	// ListSwitch rows are List rows of which the same is true.
	ListSwitch
)

// A Header is a command of IOS that opens a mode.
type Header struct {
	Place   Place
	Mode    string // by its key in Modes
	Grammar string
	No      string // what follows `no` where it may be less than the Grammar
	End     string // what ends the section in a running configuration
	Flat    bool   // the lines of the section are indented as the header is
	Options string // words that are no part of the section's name: one is reopened, and removed, with or without them
	Later   bool   // 12.4 does not have it: its last keyword is typed in full, so that others keep their abbreviations
}

// apart reports whether IOS sets the section off by a mark within its own.
func (h *Header) apart() bool { return h.Place == Nested && h.End != "" && h.End != quit }

// quit ends the hexadecimal text of a certificate or key.
const quit = " \tquit"

// Key is what a section is known by that a line opens.
func (h *Header) Key(text string) string {
	if h.Options == "" {
		return text
	}
	options := strings.Fields(h.Options)
	return strings.Join(slices.DeleteFunc(strings.Fields(text), func(w string) bool { return slices.Contains(options, w) }), " ")
}

// Open keeps a header that is known by key.
func (b *Block) Open(key, text string, h *Header) (*Block, error) {
	if old := b.Find(key); old != nil {
		return old, nil
	}
	l, err := b.put(key, text)
	if err == nil {
		l.header = h
	}
	return l, err
}

// Set keeps a line of a row; lead is its beginning up to the first variable.
func (b *Block) Set(lead, text string, row *Row) error {
	return b.set(lead, text, text, row)
}

// set keeps a line that says text, or the opposite of it.
func (b *Block) set(lead, text, line string, row *Row) error {
	key := lead
	if row.Manner == List || row.Manner == ListSwitch {
		key = text
	}
	l, err := b.put(key, line)
	if err == nil {
		l.row = row
	}
	return err
}

// Unset takes lines of a row back that begin with text, or keeps its `no` form where
// there is none that goes on behind it.
func (b *Block) Unset(lead, text string, row *Row) error {
	if row.Manner == ListSwitch && b.remove(func(l *Block) bool { return strings.HasPrefix(l.Text, text+" ") }) {
		b.Remove("no " + text)
		return nil
	}
	if row.Manner == Switch || row.Manner == ListSwitch {
		return b.set(lead, text, "no "+text, row)
	}
	b.Remove(text)
	return nil
}

// Reset forgets a line of a row and its `no` form.
func (b *Block) Reset(text string) {
	b.Remove(text)
	b.Remove("no " + text)
}

// Supersede drops the lines that begin with words, as another line of those words
// has been given, and reports whether there were any. Of List rows there may be
// several.
func (b *Block) Supersede(words string) bool {
	return b.remove(func(l *Block) bool {
		text := strings.TrimPrefix(l.Text, "no ")
		return l.row != nil && l.row.Manner != List && l.row.Manner != ListSwitch &&
			(text == words || strings.HasPrefix(text, words+" "))
	})
}
