package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// policyDebug is what `debug ip policy` has switched on.
type policyDebug struct {
	list string // only of packets that it permits; "" is all
	stop func() // the reader; nil where there is none
}

// debugPolicy is the switch of `debug ip policy`.
var debugPolicy = debugSwitch{
	words: `ip policy "Policy routing" [ ` + anyListName + ` ]`,
	group: "Generic IP",
	turn: func(r *Router, c *cli.Call, on bool) string {
		d := &r.policyDebug
		d.list = ""
		if on && c != nil {
			d.list = c.Str("name")
		}
		switch {
		case on && d.stop == nil:
			d.stop = r.bus.Subscribe(event.Policy, r.showPolicyEvent)
		case !on && d.stop != nil:
			d.stop()
			d.stop = nil
		}
		return d.message(on)
	},
	shown: func(r *Router) []string {
		if r.policyDebug.stop == nil {
			return nil
		}
		return []string{r.policyDebug.message(true)}
	},
}

func (d *policyDebug) message(on bool) string {
	return ofList(debuggingIs("Policy routing", on), d.list)
}

// showPolicyEvent is the reader.
func (r *Router) showPolicyEvent(e event.Event) {
	var about forwarding.Policed
	switch body := e.Body.(type) {
	case forwarding.TransitPoliced:
		about = body.Policed
	case forwarding.OwnPoliced:
		about = body.Policed
	}
	if r.lists.Get(r.policyDebug.list).Lookup(&about.Packet).Passes() {
		r.showEvent(e)
	}
}
