package ios

import (
	"errors"
	"strings"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/nat"
)

// natWords are what a release answers to changes of NAT.
type natWords struct {
	ruleInUse, staticInUse inUse

	ruleChanged, noRule, noStatic string
	poolDestroyed, poolRedefined  string // with the pool's name
	backwards, overlapping        string // of ranges of a pool
	mapped, similar               string // with addresses
	nonStatic                     string
	noEntry, staticEntry          string // of `clear ip nat translation`
}

// inUse is what a release says where a mapping is to go that has entries: it asks, or
// where it has no question it refuses.
type inUse struct{ question, refusal string }

// natWords124 are those of 12.4. What it says of a bad range, and of a mapping that is
// not there, is from memory.
var natWords124 = &natWords{
	ruleInUse:     inUse{question: "\nDynamic mapping in use, do you want to delete all entries? [no]: "},
	staticInUse:   inUse{question: "\nStatic entry in use, do you want to delete child entries? [no]: "},
	ruleChanged:   "%Dynamic mapping in use, cannot change",
	noRule:        "%Dynamic mapping not found",
	noStatic:      "%Translation not found",
	poolDestroyed: "%%Pool %s in use, cannot destroy",
	poolRedefined: "%%Pool %s in use, cannot redefine",
	backwards:     "%End address less than start address",
	overlapping:   "%Address range overlaps with another of the pool",
	mapped:        "%% %v already mapped (%v -> %v)",
	similar:       "%% similar static entry (%v -> %v) already exists",
	nonStatic:     "%Non-Static entry already exists",
	noEntry:       "%Translation not found",
	staticEntry:   "%Translation not dynamic",
}

// agrees reports whether the user lets go of what is in use.
func (u inUse) agrees(c *cli.Call) (bool, error) {
	if u.question != "" {
		answer, err := c.Ask(u.question)
		if err != nil {
			return false, nil
		}
		if answer = strings.ToLower(strings.TrimSpace(answer)); answer != "" && strings.HasPrefix("yes", answer) {
			return true, nil
		}
	}
	if u.refusal != "" {
		return false, refusal(u.refusal)
	}
	return false, nil
}

// unchanged is what IOS says of a change that NAT refuses.
func (w *natWords) unchanged(err error) error {
	var (
		pool    *nat.PoolError
		used    *nat.PoolInUseError
		rule    *nat.RuleInUseError
		mapped  *nat.AlreadyMappedError
		similar *nat.SimilarStaticError
		dynamic *nat.NonStaticError
	)
	switch {
	case errors.As(err, &pool):
		return refusal(w.overlapping)
	case errors.As(err, &used):
		return refuse(w.poolRedefined, used.Pool)
	case errors.As(err, &rule):
		return refusal(w.ruleChanged)
	case errors.As(err, &mapped):
		return refuse(w.mapped, mapped.Mapped, mapped.Local, mapped.Global)
	case errors.As(err, &similar):
		return refuse(w.similar, similar.Local, similar.Global)
	case errors.As(err, &dynamic):
		return refusal(w.nonStatic)
	}
	return err
}
