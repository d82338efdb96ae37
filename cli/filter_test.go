package cli

import "testing"

func TestFilters(t *testing.T) {
	x := newTerminal(t, Options{Privilege: 15})
	for filter, want := range map[string]string{
		"include ip address":      " ip address 10.0.0.1 255.0.0.0\r\n ip address 1.1.1.1 255.255.255.255\r\n",
		"inc ^hostname":           "hostname R1\r\n",
		"i 0.0.1|end$":            " ip address 10.0.0.1 255.0.0.0\r\nend\r\n",
		"i nothing":               "",
		"i  ip ":                  " ip address 10.0.0.1 255.0.0.0\r\n ip address 1.1.1.1 255.255.255.255\r\n",
		"exclude ^ |!":            "hostname R1\r\ninterface Ethernet0\r\ninterface Loopback0\r\nend\r\n",
		"e .":                     "",
		"begin Loopback":          "interface Loopback0\r\n ip address 1.1.1.1 255.255.255.255\r\n!\r\nend\r\n",
		"section ^interface":      "interface Ethernet0\r\n ip address 10.0.0.1 255.0.0.0\r\n no shutdown\r\ninterface Loopback0\r\n ip address 1.1.1.1 255.255.255.255\r\n",
		"sec Loop|^host":          "hostname R1\r\ninterface Loopback0\r\n ip address 1.1.1.1 255.255.255.255\r\n",
		"sec shut":                " no shutdown\r\n",
		"count address":           "Number of lines which match regexp = 2\r\n",
		"c zebra":                 "Number of lines which match regexp = 0\r\n",
		"i _10.0.0.1_":            " ip address 10.0.0.1 255.0.0.0\r\n",
		"i _0.0.0.1_":             "",
		`i 10\.0\.0\.1|Ethernet0`: "interface Ethernet0\r\n ip address 10.0.0.1 255.0.0.0\r\n",
		"i [_]":                   "",
	} {
		line := "sh run | " + filter
		x.expect(line+"\r", line+"\r\n"+want+"R1#")
	}
}

// An underscore stands for itself and for what parts words.
func TestUnderscoreInARegexp(t *testing.T) {
	for _, c := range []struct {
		pattern, line string
		match         bool
	}{
		{"MM_NO_STATE", "1.1.1.1 2.2.2.2 MM_NO_STATE 0", true},
		{"MM_NO", "MM-NO", false},
		{"^QM_IDLE$", "QM_IDLE", true},
		{"_IDLE", "QM IDLE", true},
		{"_IDLE", "QMIDLE", false},
		{"AS_65001_", "AS{65001,65002}", true},
		{"_65001_", "(65001)", true},
		{"_65001_", "165001", false},
		{"__", "a_", true},
		{`Q\_I`, "Q_I", true},
		{`Q\_I`, "Q I", false},
		{"Q[_-]I", "Q_I", true},
		{"Q[_-]I", "Q I", false},
	} {
		re, err := compileRegexp(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if re.MatchString(c.line) != c.match {
			t.Errorf("%q matches %q: want %v", c.pattern, c.line, c.match)
		}
	}
}

// TestFilterTakesPieces: output comes in pieces of any size.
func TestFilterTakesPieces(t *testing.T) {
	re, _ := compileRegexp("ab")
	f := &filter{verb: "include", re: re, indent: -1}
	got := f.write("x a") + f.write("b\nno") + f.write("\n") + f.write("\nab") + f.close()
	if want := "x ab\nab\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzRegexp(f *testing.F) {
	for _, s := range []string{"^interface", "_1_", `\`, "[_", "(", "a**", "[[:alpha:]]", `\Q`} {
		f.Add(s, "interface Ethernet0")
	}
	f.Fuzz(func(t *testing.T, text, line string) {
		re, err := compileRegexp(text)
		if err == nil {
			re.MatchString(line)
		}
	})
}
