package forwarding

import "testing"

// TestEveryLanguageHasEveryText: a stage or a reason that is added has its row in each
// language.
func TestEveryLanguageHasEveryText(t *testing.T) {
	for name, texts := range map[string]*Texts{"English": &English, "Chinese": &Chinese} {
		for s := range numStages {
			if texts.Stage(s) == "" {
				t.Errorf("%s has no name for stage %d", name, s)
			}
		}
		for o := range numOutcomes {
			if texts.Outcome(o) == "" {
				t.Errorf("%s has no name for outcome %d", name, o)
			}
		}
		for r := NoReason + 1; r < numReasons; r++ {
			if texts.Reason(r) == "" {
				t.Errorf("%s has no text for reason %d, %q", name, r, English.Reason(r))
			}
		}
	}
}
