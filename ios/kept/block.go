package kept

import (
	"fmt"
	"strings"
)

// Limits of what is kept, in bytes of text.
const (
	MaxSection = 256 << 10 // a section with all its lines
	MaxTotal   = 1 << 20   // all of a router
)

// A FullError is why a line was not kept.
type FullError struct{ What, Limit string }

func (e *FullError) Error() string {
	return fmt.Sprintf("%% ioslab keeps at most %s of %s that has no effect here", e.Limit, e.What)
}

// A Block is a line that is kept, with the lines of the mode that it has opened.
type Block struct {
	Text  string
	Lines []*Block

	row    *Row    // where it is the line of a table row
	header *Header // where it has opened a mode
	key    string  // what it is known by: two lines of one key are not kept at once
	up     *Block
	bytes  int // of it and all its lines
	store  *Store

	verbatim bool // its lines are text, printed as they are
}

// Store is what is kept of one router's configuration.
type Store struct {
	places map[Place]*Block
	owned  map[any]*Block
	bytes  int
}

// NewStore returns an empty Store.
func NewStore() *Store { return &Store{places: map[Place]*Block{}, owned: map[any]*Block{}} }

// At is what is kept of the configuration itself at one place.
func (s *Store) At(p Place) *Block {
	b := s.places[p]
	if b == nil {
		b = &Block{store: s}
		s.places[p] = b
	}
	return b
}

// Of is what is kept of the section of an object that is built.
func (s *Store) Of(owner any) *Block {
	b := s.owned[owner]
	if b == nil {
		b = &Block{store: s}
		s.owned[owner] = b
	}
	return b
}

// Has reports whether any line is kept of the section of an object.
func (s *Store) Has(owner any) bool { return s.owned[owner] != nil && len(s.owned[owner].Lines) > 0 }

// Forget drops what is kept of the section of an object, which is gone.
func (s *Store) Forget(owner any) {
	if b := s.owned[owner]; b != nil {
		s.bytes -= b.bytes
		delete(s.owned, owner)
	}
}

// Withheld returns the first line of the section of an object for which it is to
// be left out of use, "" if there is none.
func (s *Store) Withheld(owner any) string {
	if b := s.owned[owner]; b != nil {
		for _, l := range b.Lines {
			if l.row != nil && l.row.Withholds && !strings.HasPrefix(l.Text, "no ") {
				return l.Text
			}
		}
	}
	return ""
}

// Remove drops the lines of configuration itself that are text, or begin with its
// words.
func (s *Store) Remove(text string) {
	for _, b := range s.places {
		b.Remove(text)
	}
}

// Find returns the line of that key, or nil.
func (b *Block) Find(key string) *Block {
	for _, l := range b.Lines {
		if l.key == key {
			return l
		}
	}
	return nil
}

// Add keeps a line that has no key but its text. The same line, or its opposite by
// `no`, is not kept beside it.
func (b *Block) Add(text string) (*Block, error) {
	b.remove(func(l *Block) bool { return l.Text == negated(text) })
	return b.put(text, text)
}

// put keeps a line in the place of that with the same key, or behind all others.
func (b *Block) put(key, text string) (*Block, error) {
	if old := b.Find(key); old != nil {
		if err := old.grow(len(text) - len(old.Text)); err != nil {
			return nil, err
		}
		old.Text = text
		return old, nil
	}
	l := &Block{Text: text, key: key, up: b, store: b.store}
	b.Lines = append(b.Lines, l)
	if err := l.grow(len(text) + 1); err != nil {
		b.Lines = b.Lines[:len(b.Lines)-1]
		return nil, err
	}
	return l, nil
}

// grow counts n bytes more in the block and all that hold it, unless that is too
// many.
func (b *Block) grow(n int) error {
	if n > 0 && b.store.bytes+n > MaxTotal {
		return &FullError{"a configuration", "1 MB"}
	}
	for o := b; n > 0 && o.up != nil; o = o.up {
		if o.up.up == nil && o.bytes+n > MaxSection {
			return &FullError{"a section", "256 kB"}
		}
	}
	for o := b; o != nil; o = o.up {
		o.bytes += n
	}
	b.store.bytes += n
	return nil
}

// Remove drops the lines that are text, or begin with its words, and reports
// whether there were any.
func (b *Block) Remove(text string) bool {
	return b.remove(func(l *Block) bool { return l.Text == text || strings.HasPrefix(l.Text, text+" ") })
}

// Close drops the section that a line opens, and those that are opened by longer ones.
func (b *Block) Close(text string, h *Header) bool {
	key := h.Key(text)
	return b.remove(func(l *Block) bool { return l.key == key || l.Text == text || strings.HasPrefix(l.Text, text+" ") })
}

func (b *Block) remove(drop func(*Block) bool) bool {
	kept := b.Lines[:0]
	for _, l := range b.Lines {
		if drop(l) {
			for o := b; o != nil; o = o.up {
				o.bytes -= l.bytes
			}
			b.store.bytes -= l.bytes
			continue
		}
		kept = append(kept, l)
	}
	removed := len(kept) < len(b.Lines)
	clear(b.Lines[len(kept):])
	b.Lines = kept
	return removed
}

// negated is the opposite of a line.
func negated(text string) string {
	if positive, ok := strings.CutPrefix(text, "no "); ok {
		return positive
	}
	return "no " + text
}

// Print hands out the lines of the block, indented as in a running configuration.
func (b *Block) Print(indent int, line func(text string)) {
	for _, l := range b.Lines {
		l.PrintWhole(indent, line)
	}
}

// PrintWhole hands out the block itself and all its lines.
func (b *Block) PrintWhole(indent int, line func(text string)) {
	blanks, deeper, end := strings.Repeat(" ", indent), indent+1, ""
	if h := b.header; h != nil {
		end = h.End
		if h.apart() {
			line(blanks + "!")
		}
		if h.Flat {
			deeper = indent
		}
	}
	line(blanks + b.Text)
	if b.verbatim {
		for _, l := range b.Lines {
			line(l.Text)
		}
		return
	}
	b.Print(deeper, line)
	if end != "" {
		line(blanks + end)
	}
}
