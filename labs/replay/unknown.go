package replay

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/labs/source"
)

// promptLine is a line with a prompt of a router or a host, and a command behind it.
var promptLine = regexp.MustCompile(`^([A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?)(?:\([A-Za-z0-9-]+\))?[>#] ?[A-Za-z!]`)

// warnOfPrompt reports a line that is typed on no console, for its prompt names none
// of them: it is passed over as what was printed in an earlier run. It does so once
// for each name, and not for what has really been printed in this run.
func (r *run) warnOfPrompt(l line) {
	m := promptLine.FindStringSubmatch(l.text)
	if m == nil || r.report == nil || r.warned[m[1]] || r.printed(l.text) {
		return
	}
	r.warned[m[1]] = true
	r.report(source.Errorf(r.transcript.Path, l.number, "no console has the prompt of %s, so that the line is taken for old output", m[1]).
		Want("a prompt of %s", strings.Join(r.names(), ", ")))
}

// printed reports whether a line is one that a console has shown.
func (r *run) printed(text string) bool {
	is := func(all string) bool { return strings.Contains("\n"+all+"\n", "\n"+text+"\n") }
	return is(r.screen.text.String()) || slices.ContainsFunc(r.consoles, func(c *console) bool { return is(c.kept.String()) })
}

// names are those that a prompt may begin with: the nodes, and the hostnames that
// they have taken.
func (r *run) names() []string {
	var names []string
	for _, c := range r.consoles {
		names = append(names, c.node.Name)
	}
	for _, c := range r.consoles {
		if h := c.node.Hostname(); !slices.Contains(names, h) {
			names = append(names, h)
		}
	}
	return names
}
