package showtext

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/nat"
)

// A Translation is an entry of NAT at a time of the loop's clock.
type Translation struct {
	nat.Translation
	Now time.Duration
}

// translations124 is `show ip nat translations`, translationDetails124 what stands below
// a row with `verbose`.
var (
	translations124 = Table[Translation]{
		Columns: []Column[Translation]{
			{"Pro Inside global", -22, func(t Translation) any { return nat.ProtocolName(t.Protocol) + " " + t.End(t.InsideGlobal) }},
			{"Inside local", -18, func(t Translation) any { return t.End(t.InsideLocal) }},
			{"Outside local", -18, func(t Translation) any { return t.End(t.OutsideLocal) }},
			{"Outside global", 0, func(t Translation) any { return t.End(t.OutsideGlobal) }},
		},
	}
	translationDetails124 = Layout[Translation]{
		{"times", func(t Translation) string {
			text := fmt.Sprintf("\tcreate %s, use %s,", Clock(t.Now-t.Created), Clock(t.Now-t.Used))
			if t.Timeout > 0 {
				text += fmt.Sprintf(" left %s,", Clock(t.Left))
			}
			return text + "\n"
		}},
		{"flags", func(t Translation) string {
			return fmt.Sprintf("\tflags:\n%s, use_count: %d\n", t.flags(), t.Uses)
		}},
	}
)

func (t Translation) flags() string {
	var flags []string
	for _, f := range []struct {
		set  bool
		word string
	}{
		{t.Extended, "extended"}, {t.Static, "static"}, {t.Destination, "destination"}, {t.Outside, "outside"},
		{t.Extendable, "extendable"}, {t.TimingOut, "timing-out"},
	} {
		if f.set {
			flags = append(flags, f.word)
		}
	}
	if len(flags) == 0 {
		return "none"
	}
	return strings.Join(flags, ", ")
}
