package main

import (
	_ "embed"
	"fmt"
	"path"
	"strings"
)

//go:embed equivalent.txt
var equivalentText string

// equivalent is a change that no test can notice.
type equivalent struct {
	line           int    // in the file of equivalents
	path, function string // as in mutant
	before, after  string
	reason         string
	met            bool // the source has it
}

// equivalents are those of equivalent.txt. An entry is a paragraph: the file and
// the function; the changed line as it is; as it becomes; why it is the same.
//
//	esp/replay.go Window.Check
//	- if seq > w.last {
//	+ if seq >= w.last {
//	An equal number has been refused above.
//
// Lines that start with # are comments.
type equivalents struct {
	list []*equivalent
	of   map[*mutant]*equivalent
}

func readEquivalents(text string) (*equivalents, error) {
	all := &equivalents{of: map[*mutant]*equivalent{}}
	var e *equivalent
	end := func() error {
		if e != nil && (e.before == "" || e.reason == "") {
			return fmt.Errorf("equivalent.txt:%d: an entry has a line with -, one with + and a reason", e.line)
		}
		e = nil
		return nil
	}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			if err := end(); err != nil {
				return nil, err
			}
		case e == nil:
			e = &equivalent{line: i + 1}
			e.path, e.function, _ = strings.Cut(line, " ")
			all.list = append(all.list, e)
		case e.before == "" && strings.HasPrefix(line, "- "):
			e.before = line[2:]
		case e.reason == "" && e.after == "" && strings.HasPrefix(line, "+"):
			e.after = strings.TrimSpace(line[1:])
		default:
			e.reason = strings.TrimSpace(e.reason + " " + line)
		}
	}
	return all, end()
}

// mark finds the mutants of a package that are named.
func (all *equivalents) mark(s *subject, mutants []*mutant) {
	for _, m := range mutants {
		for _, e := range all.list {
			if e.path == s.path(m) && e.function == m.function && e.before == m.before && e.after == m.after {
				e.met = true
				all.of[m] = e
			}
		}
	}
}

// covers reports whether a mutant is a named one.
func (all *equivalents) covers(m *mutant) bool { return all.of[m] != nil }

// unused are the entries of a package that name no mutant of it.
func (all *equivalents) unused(folder string) []*equivalent {
	var list []*equivalent
	for _, e := range all.list {
		if !e.met && path.Dir(e.path) == folder {
			list = append(list, e)
		}
	}
	return list
}
