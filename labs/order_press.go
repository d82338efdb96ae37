package labs

import (
	"fmt"
	"sort"
	"strings"

	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/topology"
)

var pressRow = orderRow{
	name:  "press",
	form:  "R1 KEYS",
	help:  "send keys: ^Z, ^C, ^^ (Ctrl-Shift-6), <Tab>, <Up>, text",
	parse: parsePress,
}

type press struct {
	node string
	keys []byte
}

func parsePress(p *orderParser) (action, error) {
	node, err := p.node(topology.Router, topology.Host)
	if err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(p.rest, " ")
	p.rest = ""
	if text == "" {
		return nil, p.wrong("names no keys")
	}
	keys, err := parseKeys(text)
	return press{node, keys}, err
}

func (o press) do(i *issue) (Pause, error) {
	n, from := i.lab.Node(o.node), console.Local
	if i.Files == nil {
		from = console.Remote // what they type may touch no more than the order itself
	}
	n.Do(func() { n.Console().InputFrom(from, o.keys) })
	return Pause{}, nil
}

// namedKeys are the keys that `press` writes as <Name>.
var namedKeys = map[string]string{
	"backspace": "\x7f", "delete": "\x1b[3~", "down": "\x1b[B", "end": "\x1b[F", "enter": "\r", "esc": "\x1b",
	"home": "\x1b[H", "left": "\x1b[D", "return": "\r", "right": "\x1b[C", "space": " ",
	"tab": "\t", "up": "\x1b[A",
}

// parseKeys reads keys as `press` has them: ^Z is a control key, <Tab> a named
// one, everything else stands for itself.
func parseKeys(text string) ([]byte, error) {
	var keys []byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '^' && i+1 < len(text):
			i++
			k := text[i]
			if k >= 'a' && k <= 'z' { // ^z is ^Z
				k -= 0x20
			}
			if k < '@' || k > '_' {
				return nil, fmt.Errorf("^%c is not a key: want ^A to ^Z or ^^", text[i])
			}
			keys = append(keys, k-'@')
		case c == '<' && strings.IndexByte(text[i:], '>') > 1:
			end := i + strings.IndexByte(text[i:], '>')
			key, ok := namedKeys[strings.ToLower(text[i+1:end])]
			if !ok {
				return nil, fmt.Errorf("there is no key %s: want one of %s", text[i:end+1], keyNames())
			}
			keys = append(keys, key...)
			i = end
		default:
			keys = append(keys, c)
		}
	}
	return keys, nil
}

func keyNames() string {
	var names []string
	for name := range namedKeys {
		names = append(names, "<"+strings.ToUpper(name[:1])+name[1:]+">")
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}
