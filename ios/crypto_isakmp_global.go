package ios

import "github.com/ioslab/ioslab/cli"

// isakmpGlobals is what `crypto isakmp …` sets of the router itself.
type isakmpGlobals struct {
	off        bool // `no crypto isakmp enable`
	logSession bool // `crypto logging session`
}

var isakmpGlobalCommands = []cli.Command{
	{
		Modes: []string{modeConfig}, Grammar: `crypto isakmp enable "Enable ISAKMP"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.enableISAKMP(true); return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.enableISAKMP(false); return nil }),
		Default:  on(func(r *Router, _ *cli.Call) error { r.enableISAKMP(true); return nil }),
		Examples: []string{"crypto isakmp enable"},
		Standard: []string{"crypto isakmp enable"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `crypto isakmp
			identity    "Identity sent to peers"
			( address   "IP address"
			| hostname  "Name" )`,
		No:       cli.Optional,
		Run:      on(func(r *Router, c *cli.Call) error { r.isakmpConfig.HostIdentity = c.Has("hostname"); return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.HostIdentity = false; return nil }),
		Examples: []string{"crypto isakmp identity hostname"},
		Standard: []string{"crypto isakmp identity address"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `crypto isakmp
			invalid-spi-recovery  "Set up phase 1 to notify a peer that uses deleted SAs"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.InvalidSPIRecovery = true; return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.InvalidSPIRecovery = false; return nil }),
		Examples: []string{"crypto isakmp invalid-spi-recovery"},
	},
	{
		Modes: []string{modeConfig}, Grammar: `crypto isakmp aggressive-mode "Aggressive mode" disable "Refuse aggressive mode"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.NoAggressive = true; return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.isakmpConfig.NoAggressive = false; return nil }),
		Examples: []string{"crypto isakmp aggressive-mode disable"},
	},
	{
		Modes: []string{modeConfig}, Grammar: `crypto logging "Crypto logging" session "Tunnels that come up and go down"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.config.isakmp.logSession = true; return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.config.isakmp.logSession = false; return nil }),
		Examples: []string{"crypto logging session"},
	},
}

func (r *Router) enableISAKMP(enable bool) {
	was := r.isakmpRuns()
	r.config.isakmp.off = !enable
	r.isakmpSwitched(was)
}

// fullName is the name that ISAKMP may go by.
func (r *Router) fullName() string {
	if d := r.config.domain.name; d != "" {
		return r.Hostname() + "." + d
	}
	return r.Hostname()
}

func printCryptoLogging(r *Router, w *writer) {
	if r.config.isakmp.logSession {
		w.line("crypto logging session")
		w.bang()
	}
}

// printISAKMPGlobals prints what stands below the keys.
func printISAKMPGlobals(r *Router, w *writer) {
	if r.isakmpConfig.HostIdentity {
		w.line("crypto isakmp identity hostname")
	}
	if r.isakmpConfig.InvalidSPIRecovery {
		w.line("crypto isakmp invalid-spi-recovery")
	}
	printISAKMPKeepalive(r, w)
	printNATKeepalive(r, w)
	if r.isakmpConfig.NoAggressive {
		w.line("crypto isakmp aggressive-mode disable")
	}
}
