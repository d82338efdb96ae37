package telnet

import (
	"bytes"
	"testing"
)

// iac writes a sequence of commands.
func iac(b ...byte) string { return string(append([]byte{cmdIAC}, b...)) }

func TestReceive(t *testing.T) {
	agreed := iac(cmdDo, optEcho) + iac(cmdDo, optSGA) + iac(cmdWill, optSGA) + iac(cmdWill, optNAWS)
	for _, c := range []struct {
		name, in, keys, reply string
	}{
		{"text", "show clock", "show clock", ""},
		{"CR LF", "a\r\nb\r\n", "a\rb\r", ""},
		{"CR NUL", "a\r\x00b\r\x00", "a\rb\r", ""},
		{"CR", "a\rb\r\r", "a\rb\r\r", ""},
		{"LF", "a\nb\n\n", "a\rb\r\r", ""},
		{"CR LF LF", "\r\n\n", "\r\r", ""},
		{"a NUL of its own", "a\x00b", "a\x00b", ""},
		{"255 is doubled", "a" + iac(cmdIAC) + "b", "a\xffb", ""},
		{"command between CR and LF", "a\r" + iac(cmdNOP) + "\nb", "a\rb", ""},
		{"break", iac(cmdBreak), "\x1e", ""},
		{"interrupt, abort", iac(cmdIP) + iac(cmdAbort), "\x03\x03", ""},
		{"erase character and line", "a" + iac(cmdEC) + iac(cmdEL), "a\x7f\x15", ""},
		{"commands without meaning", iac(cmdNOP) + iac(cmdDM) + iac(cmdAO) + iac(cmdGA) + iac(cmdSE) + iac(cmdEOF) + iac(cmdSusp) + "a", "a", ""},
		{"no such command", iac(7) + "a", "a", ""},
		{"are you there", iac(cmdAYT), "", "here\xff\xff\r\n"},
		{"answers are not answered", agreed, "", ""},
		{"answers a second time", agreed + agreed, "", ""},
		{"refusals are not answered", iac(cmdDont, optEcho) + iac(cmdWont, optNAWS) + iac(cmdWont, optNAWS), "", ""},
		{"what was in force is given up aloud, once", agreed + iac(cmdDont, optEcho) + iac(cmdDont, optEcho) + iac(cmdWont, optNAWS), "",
			iac(cmdWont, optEcho) + iac(cmdDont, optNAWS)},
		{"asked for anew", iac(cmdDont, optSGA) + iac(cmdDo, optSGA), "", iac(cmdWill, optSGA)},
		{"unknown options", iac(cmdDo, 0) + iac(cmdWill, 34) + iac(cmdDo, 255) + iac(cmdWill, 39), "",
			iac(cmdWont, 0) + iac(cmdDont, 34) + iac(cmdWont, 255) + iac(cmdDont, 39)},
		{"unknown options are off already", iac(cmdDont, 0) + iac(cmdWont, 34), "", ""},
		{"we do not have the client echo", iac(cmdWill, optEcho), "", iac(cmdDont, optEcho)},
		{"timing mark, each time", "a" + iac(cmdDo, optTimingMark) + iac(cmdDo, optTimingMark), "a",
			iac(cmdWill, optTimingMark) + iac(cmdWill, optTimingMark)},
		{"other words of timing marks", iac(cmdDont, optTimingMark) + iac(cmdWill, optTimingMark) + iac(cmdWont, optTimingMark), "", ""},
		{"the terminal's type is asked for", iac(cmdWill, optType), "", iac(cmdSB, optType, typeSend) + iac(cmdSE)},
		{"subnegotiation of what is not agreed", iac(cmdSB, 39) + "x" + iac(cmdSE) + "a", "a", ""},
		{"subnegotiation without an end", iac(cmdSB, optNAWS) + "\x00" + iac(cmdBreak) + "a", "\x1ea", ""},
		{"empty subnegotiation", iac(cmdSB) + iac(cmdSE) + "a", "a", ""},
	} {
		p := NewProtocol()
		p.Present = func() []byte { return []byte("here\xff\r\n") }
		p.Greeting()
		keys, reply := p.Receive([]byte(c.in))
		if string(keys) != c.keys || string(reply) != c.reply {
			t.Errorf("%s: keys %q, want %q; reply %q, want %q", c.name, keys, c.keys, reply, c.reply)
		}
	}
}

func TestSizeAndType(t *testing.T) {
	naws := iac(cmdWill, optNAWS)
	kind := iac(cmdWill, optType)
	for _, c := range []struct {
		name, in      string
		width, height int
		kind          string
	}{
		{"not agreed", iac(cmdSB, optNAWS) + "\x00\x50\x00\x18" + iac(cmdSE), 0, 0, ""},
		{"agreed", naws + iac(cmdSB, optNAWS) + "\x00\x50\x00\x18" + iac(cmdSE), 80, 24, ""},
		{"255 in it", naws + iac(cmdSB, optNAWS) + "\x00" + iac(cmdIAC) + "\x00\x18" + iac(cmdSE), 255, 24, ""},
		{"too big", naws + iac(cmdSB, optNAWS) + "\x7f\x00\x02\x01" + iac(cmdSE), 512, 512, ""},
		{"not said", naws + iac(cmdSB, optNAWS) + "\x00\x00\x00\x18" + iac(cmdSE), 0, 24, ""},
		{"short", naws + iac(cmdSB, optNAWS) + "\x00\x50\x00" + iac(cmdSE), 0, 0, ""},
		{"type", kind + iac(cmdSB, optType, typeIs) + "xterm-256color" + iac(cmdSE), 0, 0, "XTERM-256COLOR"},
		{"type with control characters", kind + iac(cmdSB, optType, typeIs) + "vt\x1b[2J\r\n" + iac(cmdSE), 0, 0, "VT[2J"},
		{"type too long", kind + iac(cmdSB, optType, typeIs) + string(bytes.Repeat([]byte("x"), 1000)) + iac(cmdSE), 0, 0, ""},
		{"type asked of us", kind + iac(cmdSB, optType, typeSend) + "x" + iac(cmdSE), 0, 0, ""},
	} {
		p := NewProtocol()
		p.Greeting()
		for _, b := range []byte(c.in) { // in pieces as small as can be
			p.Receive([]byte{b})
		}
		width, height := p.Size()
		if width != c.width || height != c.height || p.TerminalType() != c.kind {
			t.Errorf("%s: %d columns, %d lines, type %q", c.name, width, height, p.TerminalType())
		}
	}
}

func TestEncode(t *testing.T) {
	p := NewProtocol()
	for _, c := range []struct{ text, want string }{
		{"a\r\nb\xff", "a\r\nb\xff\xff"},
		{"10%\r20%\r", "10%\r\x0020%\r"},
		{"\n\r", "\n\r"}, // the CR before was followed by this LF
		{"x", "\x00x"},
	} {
		if got := p.Encode(nil, []byte(c.text)); string(got) != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

// Two ends that follow these rules come to rest, whatever one of them begins with.
func TestNegotiationEnds(t *testing.T) {
	for o := range 256 {
		for _, verb := range []byte{cmdWill, cmdWont, cmdDo, cmdDont} {
			a, b := NewProtocol(), NewProtocol()
			toA := append(b.Greeting(), cmdIAC, verb, byte(o))
			toB := a.Greeting()
			for round := 0; len(toA)+len(toB) > 0; round++ {
				if round > 5 {
					t.Fatalf("IAC %d %d: still negotiating: % x, % x", verb, o, toA, toB)
				}
				_, fromA := a.Receive(toA)
				_, fromB := b.Receive(toB)
				toA, toB = bytes.Clone(fromB), bytes.Clone(fromA)
			}
		}
	}
}

func FuzzReceive(f *testing.F) {
	f.Add([]byte("enable\r\x00"+iac(cmdDo, optTimingMark)+iac(cmdWill, optNAWS)+iac(cmdSB, optNAWS)+"\x00\x50\x00\x18"+iac(cmdSE)), 3)
	f.Add([]byte(iac(cmdSB, optType, typeIs)+"xterm"+iac(cmdIP)+"\r\n"), 1)
	f.Fuzz(func(t *testing.T, in []byte, cut int) {
		whole, parts := NewProtocol(), NewProtocol()
		whole.Greeting()
		parts.Greeting()
		keys, reply := whole.Receive(in)
		if len(keys) > len(in) || len(reply) > 3*len(in) {
			t.Fatalf("%d bytes became %d keys and %d bytes of reply", len(in), len(keys), len(reply))
		}
		if bytes.Contains(keys, []byte("\r\n")) {
			t.Fatalf("an end of line is two keys: %q", keys)
		}
		cut = min(max(cut, 0), len(in))
		k1, r1 := parts.Receive(in[:cut])
		k, r := bytes.Clone(k1), bytes.Clone(r1)
		k2, r2 := parts.Receive(in[cut:])
		if k, r = append(k, k2...), append(r, r2...); !bytes.Equal(k, keys) || !bytes.Equal(r, reply) {
			t.Fatalf("cut at %d: keys %q and %q, reply %q and %q", cut, keys, k, reply, r)
		}
		if len(whole.sub) > maxSub+1 {
			t.Fatalf("%d bytes are kept", len(whole.sub))
		}
		// What we encode comes through another end's ears as it was, CR LF being one Return.
		text := bytes.ReplaceAll(keys, []byte("\r"), []byte("\r\n"))
		back, _ := NewProtocol().Receive(NewProtocol().Encode(nil, text))
		if !bytes.Equal(back, keys) {
			t.Fatalf("sent %q, received %q", keys, back)
		}
	})
}
