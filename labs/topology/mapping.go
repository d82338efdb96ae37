package topology

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ioslab/ioslab/labs/source"
)

// maxMerge bounds how deep `<<:` may go, as anchors can be made to hold themselves.
const maxMerge = 16

// An entry is one key of a mapping.
type entry struct {
	key   string
	line  int
	value *yaml.Node
}

// node follows aliases; a YAML null counts as nothing.
func node(n *yaml.Node) *yaml.Node {
	for i := 0; n != nil && n.Kind == yaml.AliasNode && i < maxMerge; i++ {
		n = n.Alias
	}
	if n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	return n
}

// entries returns the keys of a mapping in the order of the file, with those that
// `<<` merges in and the mapping does not set itself.
func (r *reader) entries(n *yaml.Node, what string) ([]entry, error) {
	return r.merged(n, what, 0)
}

func (r *reader) merged(n *yaml.Node, what string, depth int) ([]entry, error) {
	n = node(n)
	if n == nil {
		return nil, nil
	}
	if n.Kind != yaml.MappingNode {
		return nil, r.wrong(n.Line, "%s is %s", what, kindName(n)).Want("a mapping (key: value)")
	}
	if depth > maxMerge {
		return nil, r.wrong(n.Line, "%s merges too deep", what)
	}
	var list []entry
	index := map[string]int{}
	own := map[string]int{} // the lines of keys that this mapping sets itself
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Tag == "!!merge" {
			base, err := r.merged(value, what, depth+1)
			if err != nil {
				return nil, err
			}
			for _, e := range base {
				if _, set := index[e.key]; !set {
					index[e.key] = len(list)
					list = append(list, e)
				}
			}
			continue
		}
		if key.Kind != yaml.ScalarNode {
			return nil, r.wrong(key.Line, "a key of %s is %s", what, kindName(key)).Want("a word")
		}
		if first, twice := own[key.Value]; twice {
			return nil, r.wrong(key.Line, "%s: %q stands twice, first in line %d", what, key.Value, first).Want("one of them")
		}
		own[key.Value] = key.Line
		e := entry{key.Value, key.Line, value}
		if at, set := index[e.key]; set {
			list[at] = e
			continue
		}
		index[e.key] = len(list)
		list = append(list, e)
	}
	return list, nil
}

// known checks the keys of a mapping.
func (r *reader) known(list []entry, keys map[string]bool, what string) error {
	for _, e := range list {
		if keys[e.key] {
			continue
		}
		err := r.wrong(e.line, "%s has no key %q", what, e.key)
		if close := nearest(e.key, keys); close != "" {
			return err.Want("%s", close)
		}
		return err.Want("a key of containerlab's")
	}
	return nil
}

// text returns a scalar as it is written.
func (r *reader) text(n *yaml.Node, what string) (string, error) {
	n = node(n)
	if n == nil {
		return "", nil
	}
	if n.Kind != yaml.ScalarNode {
		return "", r.wrong(n.Line, "%s is %s", what, kindName(n)).Want("a text")
	}
	return n.Value, nil
}

// sequence returns the items of a list.
func (r *reader) sequence(n *yaml.Node, what string) ([]*yaml.Node, error) {
	n = node(n)
	if n == nil {
		return nil, nil
	}
	if n.Kind != yaml.SequenceNode {
		return nil, r.wrong(n.Line, "%s is %s", what, kindName(n)).Want("a list (- item)")
	}
	return n.Content, nil
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	default:
		return "the text " + quoted(n.Value)
	}
}

func quoted(s string) string {
	if first, _, more := strings.Cut(s, "\n"); more {
		s = first + "…"
	}
	return `"` + s + `"`
}

func (r *reader) wrong(line int, format string, args ...any) *source.Error {
	return source.Errorf(r.path, line, format, args...)
}
