package ios

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/kept"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

const modeCryptoMap = "config-crypto-map"

var cryptoMapCommands = []cli.Command{
	{
		Modes:   []string{modeConfig},
		Grammar: `crypto map WORD:name <1-65535>:seq "Number of the entry" [ ipsec-isakmp "IPSEC w/ISAKMP" ]`,
		No:      "crypto map WORD:name [ <1-65535>:seq [ ipsec-isakmp ] ]",
		Header:  true, Run: on(enterCryptoMap),
		Unset:    on(removeCryptoMap),
		Examples: []string{"crypto map CMAP 10 ipsec-isakmp"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `crypto map WORD:name
			local-address           "Interface that the tunnels are sourced from"
			NEWINTERFACE:interface  "Interface"`,
		No: "crypto map WORD:name local-address [ NEWINTERFACE:interface ]",
		Run: on(func(r *Router, c *cli.Call) error {
			r.setLocalAddress(c.Str("name"), c.Value("interface").(forwarding.Name).String())
			return nil
		}),
		Unset:    on(func(r *Router, c *cli.Call) error { r.setLocalAddress(c.Str("name"), ""); return nil }),
		Examples: []string{"crypto map CMAP local-address Loopback0"},
	},
	{
		Modes: []string{modeCryptoMap},
		Grammar: `set
			peer          "IPsec peer"
			A.B.C.D:peer  "IP address of peer"
			[ default     "Default peer" ]`,
		Run:      entryRow(setPeer),
		Unset:    entryRow(unsetPeer),
		Examples: []string{"set peer 23.23.23.3", "set peer 23.23.23.3 default"},
	},
	{
		Modes:    []string{modeCryptoMap},
		Grammar:  `set transform-set "Transform sets in order of preference" ` + upTo(maxTransformSets, `WORD:name "Name of a transform set"`),
		No:       cli.Optional,
		Run:      on(setEntryTransformSets),
		Unset:    entryRow(func(e *keyengine.Entry, _ *cli.Call) { e.TransformSets = nil }),
		Examples: []string{"set transform-set TS"},
	},
	{
		Modes: []string{modeCryptoMap},
		Grammar: `set
			pfs                "Perfect forward secrecy"
			[ ( group1         "D-H Group1 (768-bit modp)"
			  | group2         "D-H Group2 (1024-bit modp)"
			  | group5         "D-H Group5 (1536-bit modp)"
			  | group14@12.4T  "D-H Group14 (2048-bit modp)"
			  | group15@12.4T  "D-H Group15 (3072-bit modp)"
			  | group16@12.4T  "D-H Group16 (4096-bit modp)" ) ]`,
		Run: entryRow(func(e *keyengine.Entry, c *cli.Call) {
			e.PFS = max(pickGroup(c, "group"), 1)
		}),
		Unset:    entryRow(func(e *keyengine.Entry, _ *cli.Call) { e.PFS = 0 }),
		Examples: []string{"set pfs group2", "set pfs"},
	},
	{
		Modes: []string{modeCryptoMap},
		Grammar: `set security-association
			lifetime                      "How long SAs last"
			( seconds                     "Lifetime in seconds"
			  <120-86400>:seconds         "Seconds"
			| kilobytes                   "Lifetime in kilobytes"
			  <2560-536870912>:kilobytes  "Kilobytes" )`,
		No:    "set security-association lifetime ( seconds [ <120-86400>:seconds ] | kilobytes [ <2560-536870912>:kilobytes ] )",
		Run:   entryRow(func(e *keyengine.Entry, c *cli.Call) { setLifetime(&e.Lifetime, c) }),
		Unset: entryRow(func(e *keyengine.Entry, c *cli.Call) { unsetLifetime(&e.Lifetime, c, isakmp.Lifetime{}) }),
		Examples: []string{
			"set security-association lifetime seconds 120", "set security-association lifetime kilobytes 2560",
		},
		Standard: []string{"set security-association lifetime seconds 3600", "set security-association lifetime kilobytes 4608000"},
	},
	{
		Modes: []string{modeCryptoMap},
		Grammar: `set security-association
			idle-time           "Delete idle SAs"
			<60-86400>:seconds  "Seconds"
			[ default           "Return to the default peer" ]`,
		No: cli.Optional,
		Run: entryRow(func(e *keyengine.Entry, c *cli.Call) {
			e.IdleTime, e.IdleToDefault = time.Duration(c.Int("seconds"))*time.Second, c.Has("default")
		}),
		Unset:    entryRow(func(e *keyengine.Entry, _ *cli.Call) { e.IdleTime, e.IdleToDefault = 0, false }),
		Examples: []string{"set security-association idle-time 120", "set security-association idle-time 600 default"},
	},
	{
		Modes: []string{modeCryptoMap},
		Grammar: `
			match     "Traffic to protect"
			address   "An access list that selects packets"
			WORD:acl  "The access list"`,
		No:       cli.Optional,
		Run:      entryRow(func(e *keyengine.Entry, c *cli.Call) { e.ACL = c.Str("acl") }),
		Unset:    entryRow(func(e *keyengine.Entry, _ *cli.Call) { e.ACL = "" }),
		Examples: []string{"match address 101", "match address VPN"},
	},
	{
		Modes: []string{modeCryptoMap},
		Grammar: `set
			ip            "Interface Internet Protocol config commands"
			access-group  "Specify access control for packets"
			` + anyListName + `
			( in          "inbound packets"
			| out         "outbound packets" )`,
		No:       "set ip access-group " + anyListName + " [ in | out ]",
		Run:      entryRow(func(e *keyengine.Entry, c *cli.Call) { *entryAccess(e, c.Has("in")) = c.Str("name") }),
		Unset:    unsetEntryAccess,
		Examples: []string{"set ip access-group 150 in", "set ip access-group INSIDE out"},
	},
	{
		Modes:    []string{modeCryptoMap},
		Grammar:  `description "A note on this entry" LINE:text "The note"`,
		No:       cli.Optional,
		Run:      entryRow(func(e *keyengine.Entry, c *cli.Call) { e.Description = c.Str("text") }),
		Unset:    entryRow(func(e *keyengine.Entry, _ *cli.Call) { e.Description = "" }),
		Examples: []string{"description to the branch"},
	},
	{
		Modes: []string{modeInterface},
		Grammar: `
			crypto     "IPsec on this interface"
			map        "Assign a crypto map"
			WORD:name  "Crypto Map tag"`,
		No:       cli.Optional,
		Run:      on(applyCryptoMap),
		Unset:    on(unapplyCryptoMap),
		Examples: []string{"crypto map CMAP"},
	},
}

// entryAccess is where an entry has its own access list of a direction.
func entryAccess(e *keyengine.Entry, in bool) *string {
	if in {
		return &e.AccessIn
	}
	return &e.AccessOut
}

// unsetEntryAccess leaves another list than the one named where it is.
func unsetEntryAccess(c *cli.Call) error {
	name, in, err := groupToRemove(c)
	if list := entryAccess(c.Data().(*keyengine.Entry), in); err == nil && (name == "" || name == *list) {
		*list = ""
	}
	return err
}

// errMapType is what IOS says of an entry that is there with another type.
var errMapType = refuse("ERROR: Attempt to change dynamic map tag, or change map type, for existing crypto map is not permitted.")

func enterCryptoMap(r *Router, c *cli.Call) error {
	name, seq := c.Str("name"), c.Int("seq")
	if m := r.keys.Map(name); m == nil || m.Entry(seq) == nil {
		switch {
		case !c.Has("ipsec-isakmp"):
			return cli.Incomplete()
		case r.keepsAt(kept.Maps, fmt.Sprintf("crypto map %s %d", name, seq)):
			return errMapType
		}
	}
	entry, created := r.keys.AddEntry(name, seq)
	if created {
		c.Printf("%% NOTE: This new crypto map will remain disabled until a peer\n        and a valid access list have been configured.\n")
	}
	c.Enter(modeCryptoMap, entry)
	return nil
}

func removeCryptoMap(r *Router, c *cli.Call) error {
	name := c.Str("name")
	m := r.keys.Map(name)
	if m == nil {
		return nil
	}
	last := !c.Has("seq") || len(m.Entries) == 1 && m.Entry(c.Int("seq")) != nil && m.LocalInterface == ""
	if users := r.usersOfMap(name); last && len(users) > 0 {
		c.Printf("Crypto-map %s is in use by interface(s): %s. Please remove the crypto map from the above interface(s) first\n",
			name, strings.Join(users, ", "))
		return nil
	}
	if c.Has("seq") {
		r.keys.RemoveEntry(name, c.Int("seq"))
	} else {
		r.keys.RemoveMap(name)
	}
	return nil
}

func setPeer(e *keyengine.Entry, c *cli.Call) {
	p := c.Addr("peer")
	if !slices.Contains(e.Peers, p) {
		e.Peers = append(e.Peers, p)
	}
	switch {
	case c.Has("default"):
		e.Default = p
	case e.Default == p:
		e.Default = netip.Addr{}
	}
}

func unsetPeer(e *keyengine.Entry, c *cli.Call) {
	p := c.Addr("peer")
	if e.Default == p {
		e.Default = netip.Addr{}
	}
	e.Peers = slices.DeleteFunc(e.Peers, func(q netip.Addr) bool { return q == p })
}

// setLocalAddress has a map's tunnels be from an interface's address, or from
// that of the interface which bears the map.
func (r *Router) setLocalAddress(name, ifc string) {
	r.keys.SetLocalInterface(name, ifc)
	r.keys.Readdressed()
	for _, sa := range r.isakmp.SAs() {
		if !sa.Deleted && !r.keys.Serves(sa.Local.Addr()) {
			r.isakmp.ClearPeer(sa.Local.Addr(), sa.Remote.Addr())
		}
	}
}

// usersOfMap are the interfaces that a crypto map is on, by their short names.
func (r *Router) usersOfMap(name string) []string {
	var users []string
	for _, i := range r.stack.Interfaces() {
		if r.keys.Applied(i.String()) == name {
			users = append(users, i.Name().Short())
		}
	}
	return users
}

// entryRow adapts a change of the crypto map entry that the session is in.
func entryRow(change func(*keyengine.Entry, *cli.Call)) func(*cli.Call) error {
	return func(c *cli.Call) error {
		change(c.Data().(*keyengine.Entry), c)
		return nil
	}
}

// maxTransformSets is how many proposals one entry may offer.
const maxTransformSets = 6

// upTo is the grammar of one to n of a token with its help.
func upTo(n int, token string) string {
	if n == 1 {
		return token
	}
	return token + " [ " + upTo(n-1, token) + " ]"
}

func setEntryTransformSets(r *Router, c *cli.Call) error {
	names := c.All("name")
	for _, name := range names {
		if _, ok := r.keys.TransformSet(name); !ok && !r.keepsTransformSet(name) {
			return refuse("ERROR: transform set with tag \"%s\" does not exist.\n", name)
		}
	}
	c.Data().(*keyengine.Entry).TransformSets = names
	r.withholdEntries()
	return nil
}

func applyCryptoMap(r *Router, c *cli.Call) error {
	ifc, name := c.Data().(*forwarding.Interface), c.Str("name")
	if r.keys.Map(name) == nil {
		if r.keepsCryptoMap(name) {
			return r.keepAppliedMap(c)
		}
		return refuse("ERROR: Crypto Map with tag \"%s\" does not exist.", name)
	}
	r.applyCryptoMap(ifc, name)
	return nil
}

func unapplyCryptoMap(r *Router, c *cli.Call) error {
	r.removeCryptoMapFrom(c.Data().(*forwarding.Interface))
	return nil
}

func printCryptoMaps(r *Router, w *writer) {
	for _, m := range r.keys.Maps {
		if m.LocalInterface != "" {
			w.line("crypto map %s local-address %s", m.Name, m.LocalInterface)
		}
		for _, e := range m.Entries {
			r.printCryptoMapEntry(m.Name, e, w)
			printKeptLines(r, keptOwner{modeCryptoMap, e}, w)
		}
		w.bang()
	}
}

// printCryptoMapEntry prints an entry. Lifetimes that are those of all entries are
// not its own.
func (r *Router) printCryptoMapEntry(name string, e *keyengine.Entry, w *writer) {
	all := r.keys.Lifetime
	w.line("crypto map %s %d ipsec-isakmp ", name, e.Seq)
	if e.Description != "" {
		w.line(" description %s", e.Description)
	}
	if !r.keys.Complete(e) {
		w.line(" ! Incomplete")
	}
	for _, p := range e.Peers {
		suffix := ""
		if p == e.Default {
			suffix = " default"
		}
		w.line(" set peer %s%s", p, suffix)
	}
	if e.AccessIn != "" {
		w.line(" set ip access-group %s in", e.AccessIn)
	}
	if e.AccessOut != "" {
		w.line(" set ip access-group %s out", e.AccessOut)
	}
	if n := e.Lifetime.Kilobytes; n != 0 && n != all.Kilobytes {
		w.line(" set security-association lifetime kilobytes %d", n)
	}
	if n := e.Lifetime.Seconds; n != 0 && n != all.Seconds {
		w.line(" set security-association lifetime seconds %d", n)
	}
	if e.IdleTime != 0 {
		suffix := ""
		if e.IdleToDefault {
			suffix = " default"
		}
		w.line(" set security-association idle-time %d%s", e.IdleTime/time.Second, suffix)
	}
	if len(e.TransformSets) > 0 {
		line := " set transform-set "
		for _, t := range e.TransformSets {
			line += t + " "
		}
		w.line("%s", line)
	}
	if e.PFS != 0 {
		w.line(" set pfs group%d", e.PFS)
	}
	if e.ACL != "" {
		w.line(" match address %s", e.ACL)
	}
}
