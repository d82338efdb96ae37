package acl

import (
	"slices"
	"strings"
)

// ParseUnread reads an entry that IOS has and this package does not: one with
// object groups, `ttl` or a tag behind `log`, and `dynamic`. What remains without these
// has to be an entry that ParseEntry reads, so that a slip is told from them. It reports
// whether the words are one.
func ParseUnread(words []string, kind Kind) (Entry, bool) {
	e := Entry{Kind: kind, Action: Unread, Text: strings.Join(words, " ")}
	rest, found := withoutUnread(words, kind)
	if !found {
		return Entry{}, false
	}
	_, err := ParseNamed(rest, kind)
	return e, err == nil
}

// withoutUnread takes from an entry what ParseEntry does not read, and reports whether
// there was any.
func withoutUnread(words []string, kind Kind) (rest []string, found bool) {
	if kind == Extended && len(words) > 2 && words[0] == "dynamic" {
		words, found = words[2:], true
		if len(words) > 2 && words[0] == "timeout" && isNumber(words[1]) {
			words = words[2:]
		}
	}
	for len(words) > 0 {
		n, instead := unread(words, len(rest), kind)
		if n == 0 {
			n, instead = 1, words[:1]
		} else {
			found = true
		}
		rest, words = append(rest, instead...), words[n:]
	}
	return rest, found
}

// unread is how many of the words are one thing that ParseEntry does not read, and
// what it can read in their place. At is how many words stand before.
func unread(words []string, at int, kind Kind) (n int, instead []string) {
	value := ""
	if len(words) > 1 {
		value = words[1]
	}
	switch word := words[0]; {
	case value == "":
		return 0, nil
	case at > 1 && (word == "log" || word == "log-input"):
		if (len(words) == 2 || words[2] == "time-range") && !slices.Contains(entryWords, value) {
			return 2, words[:1]
		}
	case kind == Standard:
	case word == "object-group" && at == 1:
		return 2, []string{"ip"}
	case word == "object-group" || word == "addrgroup":
		return 2, []string{"any"}
	case at < 4:
	case word == "ttl" && value == "range" && len(words) > 3 && isNumber(words[2]) && isNumber(words[3]):
		return 4, nil
	case word == "ttl" && len(words) > 2 && isNumber(words[2]):
		return 3, nil
	}
	return 0, nil
}

// entryWords are keywords of entries. Behind `log` they are a slip and no tag.
var entryWords = strings.Fields("permit deny log log-input any host eq neq gt lt range established fragments " +
	"precedence tos dscp ttl option time-range reflect timeout ack fin psh rst syn urg match-all match-any")

func isNumber(word string) bool { return word != "" && strings.Trim(word, "0123456789") == "" }
