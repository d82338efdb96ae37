package ios

import (
	"slices"
	"strings"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

// minuteType is a time of day to the minute.
type minuteType struct{}

// Match accepts 0:00 to 23:59.
func (minuteType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	hours, minutes, found := strings.Cut(words[0], ":")
	h, bad := numberBelow(hours, 24)
	switch {
	case bad < len(hours) || h < 0 && found:
		return 0, false, false, bad
	case !found:
		return 0, false, true, 0
	}
	m, bad := numberBelow(minutes, 60)
	switch {
	case bad < len(minutes):
		return 0, false, false, len(hours) + 1 + bad
	case m < 0:
		return 0, false, true, 0
	}
	return 1, true, true, len(words[0])
}

// numberBelow reads a number of one or two digits. It is -1 for no digits, and bad is the
// offset of the first character that cannot stand.
func numberBelow(s string, limit int) (n, bad int) {
	n = -1
	for i := range len(s) {
		if i == 2 || s[i] < '0' || s[i] > '9' || max(n, 0)*10+int(s[i]-'0') >= limit {
			return n, i
		}
		n = max(n, 0)*10 + int(s[i]-'0')
	}
	return n, len(s)
}

// Help is what `?` shows.
func (minuteType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "hh:mm"}} }

// Value is the minute of the day.
func (minuteType) Value(_ any, words []string) any {
	hours, minutes, _ := strings.Cut(words[0], ":")
	h, _ := numberBelow(hours, 24)
	m, _ := numberBelow(minutes, 60)
	return h*60 + m
}

// daysType is one day of the week, or, where several are allowed, some of them
// or the name of a set.
type daysType struct{ several bool }

// dayWord is a word for days.
type dayWord struct {
	word, help string
	days       acl.Days
}

// words are those that may be typed, in the order of help.
func (t daysType) words() []dayWord {
	var list []dayWord
	for day := time.Sunday; day <= time.Saturday; day++ {
		list = append(list, dayWord{day.String(), day.String(), 1 << day})
	}
	slices.SortFunc(list, func(a, b dayWord) int { return strings.Compare(a.word, b.word) })
	if t.several {
		list = append(list, dayWord{"daily", "Every day of the week", acl.Daily},
			dayWord{"weekdays", "Monday to Friday", acl.Weekdays}, dayWord{"weekend", "Saturday and Sunday", acl.Weekend})
	}
	return list
}

// read returns the only word that the typed one can be, and how much of it fits any.
func (t daysType) read(typed string) (found dayWord, matches, fits int) {
	typed = strings.ToLower(typed)
	for _, w := range t.words() {
		shared := sharedLength(typed, strings.ToLower(w.word))
		fits = max(fits, shared)
		if shared == len(typed) {
			found = w
			matches++
		}
	}
	return found, matches, fits
}

// Match accepts what only one word begins with, and more days behind a day.
func (t daysType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	for i, typed := range words {
		w, matches, fits := t.read(typed)
		if i > 0 && (matches != 1 || strings.ToLower(w.word) == w.word) {
			return i, true, true, offsetIn(words, i, 0)
		}
		switch {
		case matches == 0:
			return 0, false, false, fits
		case matches > 1:
			return 0, false, true, 0
		case !t.several || strings.ToLower(w.word) == w.word:
			return 1, true, true, len(typed)
		}
	}
	return len(words), true, true, offsetIn(words, len(words), 0)
}

// Help is what `?` shows.
func (t daysType) Help() []cli.HelpEntry {
	var list []cli.HelpEntry
	for _, w := range t.words() {
		list = append(list, cli.HelpEntry{Text: w.word, Help: w.help})
	}
	return list
}

// Value is the acl.Days.
func (t daysType) Value(_ any, words []string) any {
	days := acl.Days(0)
	for _, typed := range words {
		w, _, _ := t.read(typed)
		days |= w.days
	}
	return days
}
