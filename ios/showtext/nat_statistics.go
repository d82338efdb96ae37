package showtext

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/nat"
)

// NATStatistics is what `show ip nat statistics` tells.
type NATStatistics struct {
	nat.Statistics
	Outside, Inside []string // interfaces
	Mappings        []NATMapping
}

// NATMapping is a dynamic mapping with its pool, nil where it has none.
type NATMapping struct {
	nat.RuleState
	Pool *nat.PoolState
	Mask netip.Addr // of the pool
}

// natStatistics124 is `show ip nat statistics`.
var natStatistics124 = Layout[NATStatistics]{
	{"total", func(s NATStatistics) string {
		return fmt.Sprintf("Total active translations: %d (%d static, %d dynamic; %d extended)\n", s.Static+s.Dynamic, s.Static, s.Dynamic, s.Extended)
	}},
	{"outside", func(s NATStatistics) string { return "Outside interfaces:\n" + natInterfaces(s.Outside) }},
	{"inside", func(s NATStatistics) string { return "Inside interfaces: \n" + natInterfaces(s.Inside) }},
	{"hits", func(s NATStatistics) string { return fmt.Sprintf("Hits: %d  Misses: %d\n", s.Hits, s.Misses) }},
	{"cef", func(s NATStatistics) string {
		return fmt.Sprintf("CEF Translated packets: %d, CEF Punted packets: %d\n", s.Switched, s.Punted)
	}},
	{"expired", func(s NATStatistics) string { return fmt.Sprintf("Expired translations: %d\n", s.Expired) }},
	{"mappings", func(s NATStatistics) string {
		text := "Dynamic mappings:\n"
		for kind, heading := range natHeadings {
			of := ""
			for _, m := range s.Mappings {
				if int(m.Kind) == kind {
					of += natMapping124.Text(m)
				}
			}
			if of != "" {
				text += heading + of
			}
		}
		return text
	}},
	{"queued", func(s NATStatistics) string { return fmt.Sprintf("Queued Packets: %d\n", s.Held) }},
}

var natHeadings = [...]string{nat.InsideSource: "-- Inside Source\n", nat.InsideDestination: "-- Inside Destination\n", nat.OutsideSource: "-- Outside Source\n"}

// natMapping124 is one of the dynamic mappings. The pool stands below it with the mask of
// its addresses, however that was typed.
var natMapping124 = Layout[NATMapping]{
	{"mapping", func(m NATMapping) string {
		chooser, global := "access-list "+m.List, "pool "+m.RuleState.Pool
		if m.RouteMap != "" {
			chooser = "route-map " + m.RouteMap
		}
		if m.Interface != "" {
			global = "interface " + m.Interface
		}
		return fmt.Sprintf("[Id: %d] %s %s refcount %d\n", m.ID, chooser, global, m.References)
	}},
	{"pool", func(m NATMapping) string {
		if m.Pool == nil {
			return ""
		}
		text := fmt.Sprintf(" pool %s: netmask %v\n", m.Pool.Name, m.Mask)
		for _, a := range m.Pool.Ranges {
			text += fmt.Sprintf("\tstart %v end %v\n", a.Start, a.End)
		}
		return text + fmt.Sprintf("\ttype %s, total addresses %d, allocated %d (%d%%), misses %d\n",
			natPoolTypes[m.Pool.Type], m.Pool.Total, m.Pool.Allocated, m.Pool.Allocated*100/max(m.Pool.Total, 1), m.Pool.Misses)
	}},
}

var natPoolTypes = [...]string{nat.Generic: "generic", nat.Rotary: "rotary", nat.MatchHost: "match-host"}

// natInterfaces are the names of interfaces on a line, "" for none.
func natInterfaces(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "  " + strings.Join(names, ", ") + "\n"
}
