package debugtext

import (
	"fmt"
	"maps"
	"reflect"
	"time"
)

// Table holds the words of one IOS release: a row for each type of event. It is
// not changed once it is made; With makes the table of the next release.
type Table struct {
	version string
	words   Words
	debug   map[reflect.Type]debugRow
	log     map[reflect.Type]logRow
	silent  map[reflect.Type]bool
}

type debugRow struct {
	evidence Evidence
	render   func(w *Words, event any) []string
}

type logRow struct {
	evidence Evidence
	message  Message
	render   func(w *Words, event any) string
}

// Evidence is how the words of a row are known.
type Evidence int

// The kinds of evidence, best first.
const (
	Seen       Evidence = iota // in a real trace of this release
	Transposed                 // in one of another release, with this one's prefixes
	Memory                     // remembered, no trace is at hand
)

// String names the evidence.
func (e Evidence) String() string { return [...]string{"seen", "transposed", "from memory"}[e] }

// Message is what a system message has beside its text.
type Message struct {
	Facility string // CRYPTO
	Severity int    // 0 to 7, 0 is the worst
	Mnemonic string // IKMP_NO_SA
	// Every is how far apart the router logs this message; 0 is no limit.
	Every time.Duration
}

// Format returns the whole message: %CRYPTO-4-IKMP_NO_SA: text.
func (m Message) Format(text string) string {
	return fmt.Sprintf("%%%s-%d-%s: %s", m.Facility, m.Severity, m.Mnemonic, text)
}

// A Change is a part of a table: one row, or what rows have in common.
type Change func(*Table)

// With returns the table of another release: t's rows with changes. What was seen
// in a trace of t's release is transposed in the other, where it is not changed.
func (t *Table) With(version string, changes ...Change) *Table {
	n := &Table{
		version: version, words: t.words,
		debug: maps.Clone(t.debug), log: maps.Clone(t.log), silent: maps.Clone(t.silent),
	}
	for e, r := range n.debug {
		r.evidence = max(r.evidence, Transposed)
		n.debug[e] = r
	}
	for e, r := range n.log {
		r.evidence = max(r.evidence, Transposed)
		n.log[e] = r
	}
	for _, c := range changes {
		c(n)
	}
	return n
}

// newTable returns the first table of a line of releases.
func newTable(version string, parts ...[]Change) *Table {
	t := &Table{
		version: version,
		debug:   map[reflect.Type]debugRow{}, log: map[reflect.Type]logRow{}, silent: map[reflect.Type]bool{},
	}
	for _, p := range parts {
		for _, c := range p {
			c(t)
		}
	}
	return t
}

// Row is what debug shows of an event: its records, in this order.
func Row[E any](evidence Evidence, render func(w *Words, e E) []string) Change {
	return func(t *Table) {
		delete(t.silent, reflect.TypeFor[E]())
		t.debug[reflect.TypeFor[E]()] = debugRow{evidence, func(w *Words, e any) []string { return render(w, e.(E)) }}
	}
}

// Log is what is logged of an event, whether or not anyone debugs.
func Log[E any](evidence Evidence, m Message, render func(w *Words, e E) string) Change {
	return func(t *Table) {
		delete(t.silent, reflect.TypeFor[E]())
		t.log[reflect.TypeFor[E]()] = logRow{evidence, m, func(w *Words, e any) string { return render(w, e.(E)) }}
	}
}

// Silent declares that the release says nothing of an event.
func Silent[E any]() Change {
	return func(t *Table) {
		delete(t.debug, reflect.TypeFor[E]())
		delete(t.log, reflect.TypeFor[E]())
		t.silent[reflect.TypeFor[E]()] = true
	}
}

// Common changes what the rows have in common. The maps in it are shared with
// other tables: put new ones in their places.
func Common(edit func(w *Words)) Change { return func(t *Table) { edit(&t.words) } }

// tables are those of all releases that there are words of.
var tables = []*Table{V124}

// For returns the table of an IOS release; nil where there is none.
func For(version string) *Table {
	for _, t := range tables {
		if t.version == version {
			return t
		}
	}
	return nil
}

// Version is the release whose words these are.
func (t *Table) Version() string { return t.version }

// Debug returns the records that debug shows of an event, none where the release
// is silent. Continuation lines follow "\n" within a record.
func (t *Table) Debug(event any) []string {
	r, ok := t.debug[reflect.TypeOf(event)]
	if !ok {
		return nil
	}
	return r.render(&t.words, event)
}

// Message returns the system message that tells of an event; ok is false where
// none does. Its text is made by Text, which need not be asked where it is not
// wanted.
func (t *Table) Message(event any) (m Message, ok bool) {
	r, ok := t.log[reflect.TypeOf(event)]
	return r.message, ok
}

// Text is what stands behind the colon of an event's system message.
func (t *Table) Text(event any) string {
	r, ok := t.log[reflect.TypeOf(event)]
	if !ok {
		return ""
	}
	return r.render(&t.words, event)
}

// Types names the types of event that the table has a row for or declares silent,
// as isakmp.KeyFound.
func (t *Table) Types() map[string]bool {
	names := map[string]bool{}
	for e := range t.debug {
		names[e.String()] = true
	}
	for e := range t.log {
		names[e.String()] = true
	}
	for e := range t.silent {
		names[e.String()] = true
	}
	return names
}

// Evidence counts the rows by how their words are known.
func (t *Table) Evidence() map[Evidence]int {
	count := map[Evidence]int{}
	for _, r := range t.debug {
		count[r.evidence]++
	}
	for _, r := range t.log {
		count[r.evidence]++
	}
	return count
}
