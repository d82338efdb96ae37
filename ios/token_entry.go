package ios

import (
	"errors"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

// entryType is what follows `permit` or `deny` in an entry of an access list.
// Package acl has its grammar.
type entryType struct{ kind acl.Kind }

var _ cli.Phrase = entryType{}

// withAction puts the word before an entry that acl expects there. What may
// follow is the same for permit and deny.
func withAction(words []string) []string { return append([]string{"permit"}, words...) }

func (t entryType) parse(words []string) (acl.Entry, *acl.ParseError) {
	e, err := acl.ParseEntry(withAction(words), t.kind)
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
	choices, err := acl.Next(withAction(typed), t.kind)
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

// Value is the acl.Entry, as a permit.
func (t entryType) Value(_ any, words []string) any {
	e, _ := t.parse(words)
	return e
}
