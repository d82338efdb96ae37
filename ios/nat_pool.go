package ios

import (
	"fmt"
	"slices"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/nat"
)

// modeNATPool is the configuration of a pool of several ranges; its data is the name.
const modeNATPool = "config-ipnat-pool"

// poolMask is how long the mask of a pool is, and what may follow it.
const poolMask = `
		( netmask               "Specify the network mask"
		  MASK:mask             "Network mask"
		| prefix-length         "Specify the prefix length"
		  <1-32>:length         "Prefix length" )
		{ type                  "Specify the pool type"
		  ( rotary              "Rotary address pool"
		  | match-host          "Keep host numbers the same after translation" )
		| add-route             "Add a static route for the pool"
		| accounting            "Specify the accounting"
		  WORD:accounting       "Accounting list name" }`

var natPoolCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `ip nat
			pool            "Define pool of addresses"
			WORD:name       "Pool name"
			A.B.C.D:first   "Start IP address"
			A.B.C.D:last    "End IP address"` + poolMask,
		No:  `ip nat pool WORD:name [ LINE:rest "Current values" ]`,
		Run: on(setPool), Unset: on(removePool),
		Examples: []string{
			"ip nat pool P 200.1.1.253 200.1.1.254 netmask 255.255.255.0",
			"ip nat pool P 200.1.1.9 200.1.1.14 prefix-length 29",
			"ip nat pool SERVERS 10.1.1.2 10.1.1.4 prefix-length 24 type rotary",
			"ip nat pool SAME 20.1.1.1 20.1.1.254 prefix-length 24 type match-host",
			"ip nat pool OUT 20.1.1.1 20.1.1.9 prefix-length 24 add-route accounting COUNTED",
		},
	},
	{
		Modes: []string{modeConfig}, Header: true,
		Grammar: `ip nat
			pool       "Define pool of addresses"
			WORD:name  "Pool name"` + poolMask,
		Run:      on(enterPool),
		Examples: []string{"ip nat pool MANY netmask 255.255.255.0", "ip nat pool MANY prefix-length 28 type rotary"},
	},
	{
		Modes: []string{modeNATPool},
		Grammar: `
			address        "Specify a range of addresses"
			A.B.C.D:first  "Start IP address"
			A.B.C.D:last   "End IP address"`,
		Run: on(addPoolRange), Unset: on(removePoolRange),
		Examples: []string{"address 200.1.1.1 200.1.1.3"},
	},
}

// typedPool is the pool of a line, without addresses.
func typedPool(c *cli.Call) nat.Pool {
	p := nat.Pool{
		Name: c.Str("name"), Bits: c.Int("length"), Prefix: c.Has("length"),
		AddRoute: c.Has("add-route"), Accounting: c.Str("accounting"),
	}
	if !p.Prefix {
		p.Bits, _ = maskBits(c.Addr("mask"))
	}
	switch {
	case c.Has("rotary"):
		p.Type = nat.Rotary
	case c.Has("match-host"):
		p.Type = nat.MatchHost
	}
	return p
}

// poolLines are the lines of a pool in the configuration.
func poolLines(p nat.Pool) []string {
	mask := fmt.Sprintf(" netmask %v", netmask(p.Bits))
	if p.Prefix {
		mask = fmt.Sprintf(" prefix-length %d", p.Bits)
	}
	mask += [...]string{"", " type rotary", " type match-host"}[p.Type]
	if p.AddRoute {
		mask += " add-route"
	}
	if p.Accounting != "" {
		mask += " accounting " + p.Accounting
	}
	head := "ip nat pool " + p.Name
	if len(p.Ranges) == 1 {
		return []string{fmt.Sprintf("%s %v %v%s", head, p.Ranges[0].Start, p.Ranges[0].End, mask)}
	}
	lines := []string{head + mask}
	for _, a := range p.Ranges {
		lines = append(lines, fmt.Sprintf(" address %v %v", a.Start, a.End))
	}
	return lines
}

func setPool(r *Router, c *cli.Call) error {
	p := typedPool(c)
	p.Ranges = []nat.Range{{Start: c.Addr("first"), End: c.Addr("last")}}
	return r.changePool(p)
}

// changePool makes a pool, or changes it.
func (r *Router) changePool(p nat.Pool) error {
	r.startNAT()
	for _, a := range p.Ranges {
		if a.End.Less(a.Start) {
			return refusal(r.release.nat.backwards)
		}
	}
	if err := r.nat.SetPool(p); err != nil {
		return r.release.nat.unchanged(err)
	}
	return nil
}

// poolNamed returns the pool of a name.
func (r *Router) poolNamed(name string) (nat.Pool, bool) {
	for _, p := range r.nat.Pools() {
		if p.Name == name {
			return p.Pool, true
		}
	}
	return nat.Pool{}, false
}

// enterPool makes a pool without addresses, unless there is one.
func enterPool(r *Router, c *cli.Call) error {
	p := typedPool(c)
	if old, ok := r.poolNamed(p.Name); ok {
		p.Ranges = old.Ranges
	}
	if err := r.changePool(p); err != nil {
		return err
	}
	c.Enter(modeNATPool, p.Name)
	return nil
}

func removePool(r *Router, c *cli.Call) error {
	if _, err := r.nat.RemovePool(c.Str("name")); err != nil {
		return refuse(r.release.nat.poolDestroyed, c.Str("name"))
	}
	return nil
}

func addPoolRange(r *Router, c *cli.Call) error {
	return r.editPool(c, func(ranges []nat.Range, a nat.Range) []nat.Range {
		if slices.Contains(ranges, a) {
			return ranges
		}
		return append(ranges, a)
	})
}

func removePoolRange(r *Router, c *cli.Call) error {
	return r.editPool(c, func(ranges []nat.Range, a nat.Range) []nat.Range {
		return slices.DeleteFunc(ranges, func(o nat.Range) bool { return o == a })
	})
}

// editPool changes the ranges of the pool whose mode the session is in, which may have
// been removed meanwhile.
func (r *Router) editPool(c *cli.Call, edit func([]nat.Range, nat.Range) []nat.Range) error {
	p, ok := r.poolNamed(c.Data().(string))
	if !ok {
		return nil
	}
	p.Ranges = edit(slices.Clone(p.Ranges), nat.Range{Start: c.Addr("first"), End: c.Addr("last")})
	return r.changePool(p)
}
