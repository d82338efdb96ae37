package acl

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"strconv"
	"strings"
	"testing"
)

// slowMatch decides by the text of an entry, read word by word in the plainest
// way, and addresses compared bit by bit: it shares nothing with the matcher.
func slowMatch(line string, p Packet) bool {
	w := strings.Fields(line)
	permit := w[0] == "permit"
	w = w[1:]
	next := func() string { s := w[0]; w = w[1:]; return s }
	if proto := next(); proto != "ip" && map[string]uint8{"tcp": 6, "udp": 17, "icmp": 1, "esp": 50}[proto] != p.Protocol {
		return false
	}
	ok, transport := true, false
	side := func(a netip.Addr, port uint16) {
		switch first := next(); first {
		case "any":
		case "host":
			ok = next() == a.String() && ok
		default:
			want, wild := netip.MustParseAddr(first).As4(), netip.MustParseAddr(next()).As4()
			have := a.As4()
			for bit := range 32 {
				get := func(b [4]byte) byte { return b[bit/8] >> (7 - bit%8) & 1 }
				if get(wild) == 0 && get(want) != get(have) {
					ok = false
				}
			}
		}
		if len(w) == 0 || !strings.Contains("eq neq lt gt range", w[0]) {
			return
		}
		op, hit := next(), false
		transport = true
		var values []int
		for len(w) > 0 {
			n, err := strconv.Atoi(w[0])
			if err != nil {
				break
			}
			values = append(values, n)
			w = w[1:]
		}
		n := int(port)
		switch op {
		case "eq", "neq":
			for _, v := range values {
				hit = hit || n == v
			}
			hit = hit == (op == "eq")
		case "lt":
			hit = n < values[0]
		case "gt":
			hit = n > values[0]
		case "range":
			hit = n >= values[0] && n <= values[1]
		}
		if !p.Fragment {
			ok = hit && ok
		}
	}
	side(p.Src, p.SrcPort)
	side(p.Dst, p.DstPort)
	for len(w) > 0 {
		switch next() {
		case "established":
			transport = true
			if !p.Fragment {
				ok = ok && p.TCPFlags&0x14 != 0
			}
		case "echo":
			transport = true
			if !p.Fragment {
				ok = ok && p.Type == 8
			}
		case "fragments":
			ok = ok && p.Fragment
		case "dscp":
			n, _ := strconv.Atoi(next())
			ok = ok && int(p.TOS)/4 == n
		case "precedence":
			ok = ok && next() == []string{"routine", "priority", "immediate", "flash", "flash-override", "critical", "internet", "network"}[p.TOS/32]
		case "time-range":
			ok = next() == "NOW" && ok
		}
	}
	if transport && p.Fragment {
		return ok && permit
	}
	return ok
}

type generator struct{ *rand.Rand }

func (g generator) pick(s ...string) string { return s[g.IntN(len(s))] }

// address draws from few values, so that matches are common.
func (g generator) address() netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], 0x0a010100|uint32(g.IntN(4))<<16|uint32(g.IntN(4)))
	return netip.AddrFrom4(b)
}

// port has no name in any table, so that texts are numbers.
func (g generator) port() string { return strconv.Itoa(10000 + g.IntN(6)) }

func (g generator) side(proto string) string {
	s := g.pick("any", "host "+g.address().String(), g.address().String()+" "+g.pick("0.0.0.3", "0.3.0.0", "0.1.0.1", "0.255.255.255"))
	if (proto == "tcp" || proto == "udp") && g.IntN(2) == 0 {
		a, b := g.port(), g.port()
		if a > b {
			a, b = b, a
		}
		s += " " + g.pick("eq "+a, "eq "+a+" "+b, "neq "+a+" "+b, "lt "+a, "gt "+a, "range "+a+" "+b)
	}
	return s
}

func (g generator) line() string {
	proto := g.pick("ip", "tcp", "udp", "icmp", "esp")
	s := g.pick("permit", "deny") + " " + proto + " " + g.side(proto) + " " + g.side(proto)
	ports := strings.ContainsAny(s, "qlg") && strings.Contains(s, " 1000")
	switch {
	case proto == "tcp" && g.IntN(4) == 0:
		s += " established"
	case proto == "icmp" && g.IntN(3) == 0:
		s += " echo"
	case !ports && g.IntN(5) == 0:
		s += " fragments"
	}
	switch g.IntN(8) {
	case 0:
		s += g.pick(" dscp 45", " precedence critical", " precedence routine")
	case 1:
		s += g.pick(" time-range NOW", " time-range NEVER")
	}
	return s
}

func (g generator) packet() Packet {
	p := Packet{Src: g.address(), Dst: g.address(), Protocol: []uint8{1, 6, 17, 50}[g.IntN(4)]}
	if g.IntN(5) == 0 {
		p.Fragment = true
		return p
	}
	p.Transport = p.Protocol != 50
	p.TOS = []uint8{0, 45 << 2, 4}[g.IntN(3)]
	switch p.Protocol {
	case protoICMP:
		p.Type = []uint8{0, 8}[g.IntN(2)]
	case protoTCP, protoUDP:
		p.SrcPort, p.DstPort = uint16(9999+g.IntN(8)), uint16(9999+g.IntN(8))
	}
	if p.Protocol == protoTCP {
		p.TCPFlags = []uint8{flagSYN, flagACK, flagRST | flagSYN, flagFIN}[g.IntN(4)]
	}
	return p
}

func TestMatchAgainstSlowModel(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(1, 2))}
	outcomes := map[Outcome]int{}
	lists, packets := 1000, 300
	if testing.Short() {
		lists = 100
	}
	for n := range lists {
		l := NewList("T", Extended)
		l.table.TimeRanges.Open("NOW").Start = at(1, 0, 0)
		for range 1 + g.IntN(5+n%5*10) {
			if err := l.Add(mustParse(t, g.line(), Extended)); err != nil {
				t.Fatal(err)
			}
		}
		l.table.TimeRanges.Tell(at(2, 0, 0))
		for range packets {
			p := g.packet()
			want := Result{Outcome: ImplicitlyDenied}
			for _, r := range l.Rules() {
				if slowMatch(r.String(), p) {
					want = Result{map[bool]Outcome{true: Permitted, false: Denied}[r.Action == Permit], r, nil}
					break
				}
			}
			if got := l.Lookup(&p); got != want {
				t.Fatalf("%v\non %+v\ngot  %+v %v\nwant %+v %v", l.ConfigLines(), p, got.Outcome, got.Rule, want.Outcome, want.Rule)
			}
			outcomes[want.Outcome]++
		}
	}
	for _, o := range []Outcome{Permitted, Denied, ImplicitlyDenied} {
		if outcomes[o] < 1000 {
			t.Errorf("the packets are one-sided: %v", outcomes)
		}
	}
}
