package showtext

import (
	"fmt"

	"github.com/ioslab/ioslab/ios/prefixlist"
)

// PrefixList is a prefix-list, and how many clauses name it.
type PrefixList struct {
	*prefixlist.List
	Users int
}

func prefixDescription(l PrefixList) string {
	if l.Description == "" {
		return ""
	}
	return fmt.Sprintf("   Description: %s\n", l.Description)
}

var prefixList124 = Layout[PrefixList]{
	{"name", func(l PrefixList) string {
		return fmt.Sprintf("ip prefix-list %s: %d entries\n", l.Name, len(l.Entries()))
	}},
	{"description", prefixDescription},
	{"entries", func(l PrefixList) (text string) {
		for _, e := range l.Entries() {
			text += fmt.Sprintf("   seq %d %v\n", e.Sequence, e)
		}
		return text
	}},
}

var prefixListSummary124 = Layout[PrefixList]{
	{"name", func(l PrefixList) string { return fmt.Sprintf("ip prefix-list %s:\n", l.Name) }},
	{"description", prefixDescription},
	{"counts", func(l PrefixList) string {
		entries, first, last := l.Entries(), 0, 0
		if len(entries) > 0 {
			first, last = entries[0].Sequence, entries[len(entries)-1].Sequence
		}
		return fmt.Sprintf("   count: %d, range entries: %d, sequences: %d - %d, refcount: %d\n",
			len(entries), l.Ranged(), first, last, len(entries)+l.Users)
	}},
}

var prefixEntry124 = Layout[*prefixlist.Entry]{
	{"entry", func(e *prefixlist.Entry) string {
		return fmt.Sprintf("   seq %d %v (hit count: %d, refcount: 1)\n", e.Sequence, e, e.Hits())
	}},
}
