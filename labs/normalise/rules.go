package normalise

import (
	"regexp"
	"strings"
)

// A rule masks one kind of value. The pattern's first group is what stands before
// the value and stays, the second the value.
type rule struct {
	pattern *regexp.Regexp
	follow  *regexp.Regexp // what must come after the value; nil for anything
	mask    func(n numbering, value string) string
}

// The order counts: a later rule sees what an earlier one left.
var rules = []rule{
	{
		pattern: regexp.MustCompile(`(peer_handle = )(0x[0-9A-Fa-f]+)`),
		mask: func(n numbering, v string) string {
			return "0x" + n.name("handle", strings.ToLower(v[2:]))
		},
	}, {
		pattern: regexp.MustCompile(`(\b0x)([0-9A-F]{8})\b`),
		follow:  regexp.MustCompile(`^(?:, (?:IKE|IPSEC) refcount| peer_handle| from |,? ?count|$)`),
		mask:    func(n numbering, v string) string { return n.name("ptr", v) },
	}, {
		pattern: regexp.MustCompile(`((?:peer|struct) = 0x|struct 0x)([0-9A-Fa-f]{6,16})`),
		mask:    func(n numbering, v string) string { return n.name("ptr", strings.ToUpper(v)) },
	}, {
		pattern: regexp.MustCompile(`(sa = |inserted successfully |successfully |peer_reap for [0-9.]+: |delme=)([0-9A-F]{8,16})\b`),
		mask:    func(n numbering, v string) string { return n.name("ptr", v) },
	}, {
		pattern: regexp.MustCompile(`((?:M-ID of|message ID =|[Nn]ode|for node|mess_id|msg id =?|msgid) )(-?\d+)\b`),
		mask: func(n numbering, v string) string {
			if value := number(v); value != 0 { // phase 1 has message ID 0
				return n.name("msgid", value)
			}
			return v
		},
	}, {
		pattern: regexp.MustCompile(`(\bspi[ =]{1,3}|\bfor SPI )(0x[0-9A-Fa-f]+|-?\d{5,})`),
		mask: func(n numbering, v string) string {
			value := number(v)
			switch {
			case value == 0:
				return v
			case strings.HasPrefix(v, "0x"):
				return "0x" + n.name("spi", value)
			}
			return n.name("spi", value)
		},
	}, {
		pattern: regexp.MustCompile(`(cookie[ =:]+)([0-9A-Fa-fx ]{16,40})`),
		mask:    func(n numbering, v string) string { return n.name("cookie", v) },
	}, {
		pattern: regexp.MustCompile(`(min/avg/max = )(\d+/\d+/\d+)`),
		follow:  regexp.MustCompile(`^ ms`),
		mask:    func(numbering, string) string { return "<rtt>" },
	}, { // those of Linux hosts
		pattern: regexp.MustCompile(`(min/avg/max/mdev = |icmp_seq=\d+ ttl=\d+ time=)([0-9./]+)`),
		follow:  regexp.MustCompile(`^ ms`),
		mask:    func(numbering, string) string { return "<rtt>" },
	},
}

func (r *rule) apply(n numbering, line string) string {
	found := r.pattern.FindAllStringSubmatchIndex(line, -1)
	if found == nil {
		return line
	}
	var b strings.Builder
	done := 0
	for _, m := range found {
		if r.follow != nil && !r.follow.MatchString(line[m[1]:]) {
			continue
		}
		b.WriteString(line[done:m[4]])
		b.WriteString(r.mask(n, line[m[4]:m[5]]))
		done = m[5]
	}
	b.WriteString(line[done:])
	return b.String()
}

// number reads a value of 32 bits, in hex or in decimal with or without a sign;
// more digits than fit count modulo 2^32, so that -1 and 4294967295 are one value.
func number(text string) uint32 {
	digits, negative := strings.CutPrefix(text, "-")
	digits, hex := strings.CutPrefix(digits, "0x")
	base := uint32(10)
	if hex {
		base = 16
	}
	var value uint32
	for _, c := range strings.ToLower(digits) {
		digit := uint32(c - '0')
		if c >= 'a' {
			digit = uint32(c-'a') + 10
		}
		value = value*base + digit
	}
	if negative {
		value = -value
	}
	return value
}
