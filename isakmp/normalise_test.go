package isakmp_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// normalise masks what no one can foresee in a trace, numbering equal values
// alike, and drops what a web page drops: trailing blanks, empty lines, TABs.
func normalise(text string) []string {
	var out []string
	for _, line := range masked(text) {
		if line = strings.TrimRight(line, " \t"); line != "" {
			out = append(out, strings.ReplaceAll(line, "\t", "        "))
		}
	}
	return out
}

// masked is the same with every blank, TAB and empty line kept.
func masked(text string) []string {
	n := numbering{}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = stamp.ReplaceAllString(strings.TrimRight(line, "\r"), "${1}${2} <time>:")
		for _, r := range masks {
			line = r.pattern.ReplaceAllStringFunc(line, func(m string) string {
				return r.mask(n, r.pattern.FindStringSubmatch(m))
			})
		}
		lines[i] = line
	}
	return lines
}

var stamp = regexp.MustCompile(`^([*.]?)([A-Z][a-z]{2} {1,2}\d{1,2})(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d{1,3})?(?: [A-Z]{3,4})?:`)

type numbering map[string]map[string]string

func (n numbering) name(kind, value string) string {
	if n[kind] == nil {
		n[kind] = map[string]string{}
	}
	if n[kind][value] == "" {
		n[kind][value] = fmt.Sprintf("<%s%d>", kind, len(n[kind])+1)
	}
	return n[kind][value]
}

type mask struct {
	pattern *regexp.Regexp
	mask    func(n numbering, m []string) string
}

var masks = []mask{
	{regexp.MustCompile(`(peer_handle = )0x([0-9A-Fa-f]+)`), func(n numbering, m []string) string {
		return m[1] + "0x" + n.name("handle", strings.ToLower(m[2]))
	}},
	{regexp.MustCompile(`\b0x([0-9A-F]{8})(, (?:IKE|IPSEC) refcount| peer_handle| from |,? ?count|$)`), func(n numbering, m []string) string {
		return "0x" + n.name("ptr", m[1]) + m[2]
	}},
	{regexp.MustCompile(`((?:peer|struct) = |struct )0x([0-9A-Fa-f]{6,16})`), func(n numbering, m []string) string {
		return m[1] + "0x" + n.name("ptr", strings.ToUpper(m[2]))
	}},
	{regexp.MustCompile(`(sa = |sa=|inserted successfully |successfully |peer_reap for [0-9.]+: |delme=)([0-9A-F]{8,16})\b`), func(n numbering, m []string) string {
		return m[1] + n.name("ptr", m[2])
	}},
	{regexp.MustCompile(`((?:M-ID of|message ID =|[Nn]ode|for node|mess_id|msg id =?|msgid|phase 2(?: QM_IDLE      )?) )(-?\d+)\b`), func(n numbering, m []string) string {
		if m[2] == "0" {
			return m[0]
		}
		return m[1] + n.name("msgid", m[2])
	}},
	{regexp.MustCompile(`(\bspi[ =]{1,3}|\bfor SPI )(0x[0-9A-Fa-f]+|-?\d{5,})`), func(n numbering, m []string) string {
		v, err := strconv.ParseInt(m[2], 0, 64)
		if err != nil || v == 0 {
			return m[0]
		}
		prefix := ""
		if strings.HasPrefix(m[2], "0x") {
			prefix = "0x"
		}
		return m[1] + prefix + n.name("spi", fmt.Sprint(uint32(v)))
	}},
}

// diff shows the first difference between two texts with the lines around it.
func diff(got, want []string) string {
	for i := 0; i < max(len(got), len(want)); i++ {
		g, w := at(got, i), at(want, i)
		if g == w {
			continue
		}
		var b strings.Builder
		fmt.Fprintf(&b, "line %d:\n", i+1)
		for j := max(0, i-4); j < i; j++ {
			fmt.Fprintf(&b, "   %s\n", want[j])
		}
		for j := i; j < i+4; j++ {
			fmt.Fprintf(&b, " - %s\n", at(want, j))
		}
		for j := i; j < i+4; j++ {
			fmt.Fprintf(&b, " + %s\n", at(got, j))
		}
		return b.String()
	}
	return ""
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(end)"
}
