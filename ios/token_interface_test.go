package ios

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

func TestInterfaceHelp(t *testing.T) {
	n := loneRouter(t, "interface GigabitEthernet2/0\ninterface Loopback4\n")
	const kinds = `  FastEthernet     FastEthernet IEEE 802.3
  GigabitEthernet  GigabitEthernet IEEE 802.3z
  Loopback         Loopback interface
  Null             Null interface
  Serial           Serial
`
	for line, want := range map[string]string{
		"show interfaces ":                 strings.Replace(kinds, "  Serial           Serial\n", "  Serial           Serial\n  description      Only descriptions\n  |                Filter the output\n  <cr>\n\n", 1),
		"show interfaces g":                "GigabitEthernet\n\n",
		"show interfaces fa ":              "  <0-0>  FastEthernet interface number\n\n",
		"show interfaces gigabitEthernet ": "  <2-2>  GigabitEthernet interface number\n\n",
		"show interfaces lo ":              "  <0-2147483647>  Loopback interface number\n\n",
		"show interfaces null ":            "  <0-0>  Null interface number\n\n",
		"show interfaces tunnel ":          "% Unrecognized command\n",
	} {
		equalText(t, line, n.help(line), want)
	}
	n.do("configure terminal")
	equalText(t, "interface", n.help("interface "), kinds+"  range            Settings of several interfaces\n\n")
}

// Whatever is typed, Match eats no more words than there are, and has its caret
// within them.
func FuzzInterfaceMatch(f *testing.F) {
	for _, s := range []string{"fa0/0", "FastEthernet 0/1", "lo 2147483648", "lo2147483647", "fa", "fa 0/7", "x", "null 0", "fa0/0/0", "gi 9", "fa0/", "", "ſ0"} {
		f.Add(s)
	}
	n := oneRouter(f, loneHardware)
	f.Fuzz(func(t *testing.T, line string) {
		words := strings.Fields(line)
		if len(words) == 0 {
			return
		}
		for _, typ := range []cli.TokenType{interfaceType{}, interfaceType{make: true}} {
			eaten, ok, _, bad := typ.Match(n.Router, words)
			if eaten < 0 || eaten > len(words) || ok && eaten == 0 {
				t.Errorf("%q: %d words", words, eaten)
			}
			if bad < 0 || bad > len(strings.Join(words, " ")) {
				t.Errorf("%q: caret at %d", words, bad)
			}
			if ok && n.stack.Interface(typ.(interfaceType).Value(n.Router, words).(forwarding.Name)) == nil && typ == (interfaceType{}) {
				if !strings.HasPrefix("null", strings.ToLower(words[0][:1])) {
					t.Errorf("%q is accepted, though there is no such interface", words)
				}
			}
		}
	})
}

func TestPattern(t *testing.T) {
	for word, want := range map[string]struct {
		ok    bool
		bad   int
		value uint16
	}{
		"0":      {true, 1, 0},
		"beef":   {true, 4, 0xbeef},
		"0xABCD": {true, 6, 0xabcd},
		"0x":     {false, 2, 0},
		"12345":  {false, 4, 0},
		"0x12g":  {false, 4, 0},
		"g":      {false, 0, 0},
	} {
		n, ok, _, bad := patternType{}.Match(nil, []string{word})
		if ok != want.ok || bad != want.bad || ok != (n == 1) {
			t.Errorf("%s: %d words, %v, caret at %d", word, n, ok, bad)
		}
		if ok && (patternType{}).Value(nil, []string{word}) != want.value {
			t.Errorf("%s: %v", word, patternType{}.Value(nil, []string{word}))
		}
	}
}
