package ios

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestBundledConfigurations loads the configurations of the labs: every line is
// known, every line is printed again, and what is printed reloads.
func TestBundledConfigurations(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../labs/library/*/*.cfg", "../labs/judges/containers/*.cfg"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no configurations %s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	for _, f := range files {
		t.Run(f, func(t *testing.T) {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			config := newRig(t, map[string]string{"R1": string(text)}).on("R1").RunningConfig()
			for line := range strings.Lines(string(text)) {
				line = strings.TrimRight(line, " \r\n")
				if line != "" && line[0] != '!' && !strings.Contains(config, line) {
					t.Errorf("%q is not in the running configuration:\n%s", line, config)
				}
			}
			reloads(t, config)
		})
	}
}

// chooser chooses one of n, from 0: by chance, or as a fuzzer wants it.
type chooser interface{ IntN(n int) int }

// program is a fuzzer's choices, two bytes each; past its end, the first of all.
type program struct{ bytes []byte }

func (p *program) IntN(n int) int {
	if len(p.bytes) < 2 {
		return 0
	}
	v := int(p.bytes[0])<<8 | int(p.bytes[1])
	p.bytes = p.bytes[2:]
	return v % n
}

// exampleWords are all the words of examples.
var exampleWords = sync.OnceValue(func() []string {
	var words []string
	for _, row := range configRows() {
		for _, line := range append(row.Examples, row.Standard...) {
			words = append(words, strings.Fields(line)...)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
})

// mixture is lines of configuration by choice: examples in their modes, some
// negated, some cut short, some with a word of another.
func mixture(rng chooser) string {
	rows := configRows()
	text := groundOf(modeCryptoMap, "set transform-set ")
	for range 1 + rng.IntN(25) {
		row := rows[rng.IntN(len(rows))]
		if len(row.Examples) == 0 {
			continue
		}
		mode, line := row.Modes[0], row.Examples[rng.IntN(len(row.Examples))]
		switch rng.IntN(14) {
		case 0, 1:
			line = "no " + line
		case 2:
			line = "default " + line
		case 3:
			line = line[:rng.IntN(len(line))]
		case 4, 5:
			words := strings.Split(line, " ")
			words[rng.IntN(len(words))] = exampleWords()[rng.IntN(len(exampleWords()))]
			line = strings.Join(words, " ")
		}
		if mayDo(line) {
			continue
		}
		if mode == modeConfig {
			text += line + "\n"
			continue
		}
		enter := modeLines[mode]
		if mode == modeInterface {
			enter = [...]string{enter, "interface Serial0/0", "interface Loopback7"}[rng.IntN(3)]
		}
		text += enter + "\n " + line + "\n"
	}
	return text
}

func TestMixturesOfExamplesReload(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		text := mixture(rng)
		n := loneRouter(t, "")
		n.load(text)
		reloads(t, n.RunningConfig())
		if t.Failed() {
			t.Fatalf("after\n%s", text)
		}
	}
}

// FuzzConfigurationReloads begins with one example at a time: the fuzzer makes each
// input that leads to something new as short as it can, and with long ones does
// nothing else.
func FuzzConfigurationReloads(f *testing.F) {
	for _, row := range configRows() {
		for _, line := range row.Examples {
			if mode := row.Modes[0]; mode != modeConfig {
				line = modeLines[mode] + "\n " + line
			}
			f.Add(line + "\n")
		}
	}
	f.Add("banner motd ^Cone\ntwo^C\nhostname x\nline vty 5 9\n login local\n")
	f.Add("ip access-list extended A b\ninterface Loopback1\n description \x03 é\ncrypto map a 1 ipsec-isakmp\n match address \"q\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 || mayDo(text) {
			t.Skip() // commands of EXEC may wait
		}
		n := loneRouter(t, "")
		n.load(text)
		reloads(t, n.RunningConfig())
	})
}

// FuzzMixturesReload has the fuzzer choose lines and words, not bytes.
func FuzzMixturesReload(f *testing.F) {
	rng := rand.NewChaCha8([32]byte{3})
	for n := range 24 {
		seed := make([]byte, 8*n)
		rng.Read(seed)
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) > 400 {
			t.Skip() // the rest would choose nothing
		}
		text := mixture(&program{choices})
		n := loneRouter(t, "")
		n.load(text)
		reloads(t, n.RunningConfig())
		if t.Failed() {
			t.Logf("after\n%s", text)
		}
	})
}

// mayDo reports whether a line of a configuration may be a command of EXEC.
func mayDo(text string) bool {
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 && strings.HasPrefix(strings.ToLower(words[0]), "do") {
			return true
		}
	}
	return false
}
