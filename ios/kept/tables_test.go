package kept

import "testing"

// TestHeadersHaveTheirModes checks that the tables agree.
func TestHeadersHaveTheirModes(t *testing.T) {
	modes := map[string]*Mode{}
	for i := range Modes {
		m := &Modes[i]
		if modes[m.Key] != nil || m.Title == "" {
			t.Errorf("mode %s is there twice, or has no title", m.Key)
		}
		modes[m.Key] = m
	}
	opened := map[string]bool{"config-if kept": true, "config-subif": true}
	for _, h := range append(append([]Header(nil), Headers...), NestedHeaders...) {
		m := modes[h.Mode]
		switch {
		case m == nil:
			t.Errorf("%s opens %s, which there is not", h.Grammar, h.Mode)
		case (m.Parent == "") != (h.Place != Nested):
			t.Errorf("%s and its mode do not agree whether it is nested", h.Grammar)
		case m.Parent != "" && modes[m.Parent] == nil:
			t.Errorf("%s is within %s, which there is not", m.Key, m.Parent)
		}
		opened[h.Mode] = true
	}
	for key := range modes {
		if !opened[key] {
			t.Errorf("nothing opens %s", key)
		}
	}
}
