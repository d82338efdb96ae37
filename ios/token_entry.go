package ios

import (
	"errors"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

// entryType is what follows `permit` or `deny` in an entry of an access list.
// Package acl has its grammar.
type entryType struct {
	kind   acl.Kind
	action string // the word before it, which acl expects there
	named  bool   // the list is written in a mode of its own
}

var _ cli.Phrase = entryType{}

// The entries that there are. What may follow is the same for permit and deny, but that a
// permit in a list's own mode may `reflect`.
var (
	standardEntry = entryType{acl.Standard, "permit", false}
	extendedEntry = entryType{acl.Extended, "permit", false}
	namedPermit   = entryType{acl.Extended, "permit", true}
	namedDeny     = entryType{acl.Extended, "deny", true}
)

func (t entryType) words(typed []string) []string { return append([]string{t.action}, typed...) }

func (t entryType) parse(words []string) (acl.Entry, *acl.ParseError) {
	parse := acl.ParseEntry
	if t.named {
		parse = acl.ParseNamed
	}
	e, err := parse(t.words(words), t.kind)
	var p *acl.ParseError
	errors.As(err, &p)
	return e, p
}

// Match accepts a whole entry. An address that is too short has the caret
// under its first character, as everywhere.
func (t entryType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	_, err := t.parse(words)
	if err == nil {
		return len(words), true, true, 0
	}
	at := err.Word - 1 // the action is not among the words
	for _, w := range words[:at] {
		bad += len(w) + 1
	}
	if at == len(words) {
		return 0, false, true, bad
	}
	if err.Offset < len(words[at]) {
		return 0, false, false, bad + err.Offset
	}
	return 0, false, at == len(words)-1, bad
}

// Lacks says what is wrong with an entry that Match refuses.
func (t entryType) Lacks(_ any, words []string) (more, clarity bool) {
	_, err := t.parse(words)
	if err == nil {
		return false, false
	}
	return err.Problem == acl.Incomplete, err.Problem == acl.Ambiguous
}

// Help is what `?` shows before the first word.
func (t entryType) Help() []cli.HelpEntry { return t.HelpFor(nil, nil) }

// HelpFor is what may follow the words.
func (t entryType) HelpFor(_ any, typed []string) []cli.HelpEntry {
	next := acl.Next
	if t.named {
		next = acl.NextNamed
	}
	choices, err := next(t.words(typed), t.kind)
	if err != nil {
		return nil
	}
	var list []cli.HelpEntry
	for _, c := range choices {
		if c.Word != acl.EndOfLine { // Match tells it
			list = append(list, cli.HelpEntry{Text: c.Word, Help: c.Help})
		}
	}
	return list
}

// Value is the acl.Entry.
func (t entryType) Value(_ any, words []string) any {
	e, _ := t.parse(words)
	return e
}
