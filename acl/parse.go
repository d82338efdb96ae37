package acl

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// MaxRemark is the longest remark that IOS takes, in characters.
const MaxRemark = 100

// MaxSequence is the highest sequence number of an entry.
const MaxSequence = 1<<31 - 1

// Tags of the grammar's alternatives.
const (
	tagEnd = iota
	tagPermit
	tagDeny
	tagRemark
	tagProtocol
	tagAny
	tagHost
	tagAddress
	tagOp
	tagPort
	tagMessage
	tagType
	tagCode
	tagFlag
	tagEstablished
	tagMatchAny
	tagMatchAll
	tagSigned
	tagPrecedence
	tagTOS
	tagDSCP
	tagValue
	tagFragments
	tagLog
	tagLogInput
	tagOption
	tagAnyOption
	tagTimeRange
	tagReflect
	tagTimeout
	tagName
)

var (
	actionWords = []alternative{
		keyword(tagDeny, "deny", "Refuse what matches"),
		keyword(tagPermit, "permit", "Let pass what matches"),
		keyword(tagRemark, "remark", "A comment on the entries that follow"),
	}
)

// ParseEntry reads an entry from its words, `permit` or `deny` or `remark`
// first, each keyword as short as it is clear. An error is a *ParseError.
func ParseEntry(words []string, kind Kind) (Entry, error) { return parse(words, kind, false) }

// ParseNamed is ParseEntry for a list that is written in a mode of its own, whose
// entries may `reflect`.
func ParseNamed(words []string, kind Kind) (Entry, error) { return parse(words, kind, true) }

func parse(words []string, kind Kind, named bool) (Entry, error) {
	p := parser{reader: reader{words: words}, e: Entry{Kind: kind}, named: named}
	err := p.entry()
	return p.result(err)
}

// Next lists what may follow the words of an entry: what help shows after a
// blank. An error is a *ParseError that is not Incomplete.
func Next(words []string, kind Kind) ([]Choice, error) { return next(words, kind, false) }

// NextNamed is Next for what ParseNamed reads.
func NextNamed(words []string, kind Kind) ([]Choice, error) { return next(words, kind, true) }

func next(words []string, kind Kind, named bool) ([]Choice, error) {
	p := parser{reader: reader{words: words}, e: Entry{Kind: kind}, named: named}
	err := p.entry()
	var pe *ParseError
	if errors.As(err, &pe) && pe.Problem != Incomplete {
		return nil, err
	}
	return p.choices, nil
}

type parser struct {
	reader
	e     Entry
	named bool
	last  int // tag of the qualifier taken last
}

func (p *parser) result(err error) (Entry, error) {
	if err != nil {
		return Entry{}, err
	}
	return p.e, nil
}

func (p *parser) entry() error {
	tag, _, err := p.pick(actionWords)
	switch {
	case err != nil:
		return err
	case tag == tagRemark:
		return p.remark()
	case tag == tagPermit:
		p.e.Action = Permit
	}
	if p.e.Kind == Standard {
		return p.standard()
	}
	return p.extended()
}

// CutRemark returns a remark's text as IOS keeps it: cut where it is too long, and
// without blanks at its end.
func CutRemark(text string) string {
	if utf8.RuneCountInString(text) > MaxRemark {
		text = string([]rune(text)[:MaxRemark])
	}
	return strings.TrimRight(text, " ")
}

// remark takes the rest of the line. One without a text is taken as IOS does:
// there is nothing to keep, so it is incomplete.
func (p *parser) remark() error {
	text := strings.TrimRight(strings.Join(p.words[p.next:], " "), " ")
	if text == "" {
		p.choices = []Choice{{"LINE", "The comment, up to 100 characters"}}
		return &ParseError{Incomplete, len(p.words), 0}
	}
	text = CutRemark(text)
	p.next = len(p.words)
	p.e = Entry{Kind: p.e.Kind, Sequence: p.e.Sequence, Action: Remark, Text: text}
	p.choices = []Choice{{"LINE", ""}, {EndOfLine, ""}}
	return nil
}
