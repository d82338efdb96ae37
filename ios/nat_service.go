package ios

import (
	"slices"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/nat"
)

// natServiceList names the list of a service.
const natServiceList = `
		list           "Specify access list describing global addresses"
		( <1-99>:list  "Access list number for global addresses"
		| WORD:list    "Access list name for global addresses" )`

const natFTP = `
		ftp             "FTP protocol"
		tcp             "TCP protocol"
		port            "Special port"
		<1-65535>:port  "Port number"`

var natServiceCommands = []cli.Command{
	{
		Modes: []string{modeConfig}, Grammar: "ip nat service" + natFTP,
		Run: on(func(r *Router, c *cli.Call) error { return r.changeFTP(c, true) }),
		Unset: on(func(r *Router, c *cli.Call) error {
			return r.changeFTP(c, c.Default && slices.Contains(nat.DefaultServices().FTP, typedService(c)))
		}),
		Examples: []string{"no ip nat service ftp tcp port 21"},
		Standard: []string{"ip nat service ftp tcp port 21"},
	},
	{
		Modes: []string{modeConfig}, Grammar: "ip nat service" + natServiceList + natFTP,
		Run:      on(func(r *Router, c *cli.Call) error { return r.changeFTP(c, true) }),
		Unset:    on(func(r *Router, c *cli.Call) error { return r.changeFTP(c, false) }),
		Examples: []string{"ip nat service list 10 ftp tcp port 2121"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `ip nat service
			dns  "DNS protocol"
			udp  "UDP protocol"`,
		Run: on(func(r *Router, _ *cli.Call) error {
			return r.changeServices(func(s *nat.Services) { s.NoDNS = false })
		}),
		Unset: on(func(r *Router, c *cli.Call) error {
			return r.changeServices(func(s *nat.Services) { s.NoDNS = !c.Default })
		}),
		Examples: []string{"no ip nat service dns udp"},
		Standard: []string{"ip nat service dns udp"},
	},
	natListService(`esp "IPsec-ESP Pass-through mode" spi-match "IPsec-ESP Parameter Index matching"`, "ESP spi-match",
		func(s *nat.Services) *[]string { return &s.SPIMatch }),
	natListService(`ike "Internet Key Exchange mode" preserve-port "Preserve IKE port"`, "IKE preserve-port",
		func(s *nat.Services) *[]string { return &s.PreservePort }),
	{
		Modes: []string{modeConfig},
		Grammar: `ip nat
			log           "NAT logging"
			translations  "NAT translations"
			syslog        "Log to syslog"`,
		Run:      on(func(r *Router, _ *cli.Call) error { r.startNAT(); r.logTranslations(true); return nil }),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.logTranslations(false); return nil }),
		Examples: []string{"ip nat log translations syslog"},
	},
}

// natListService is a service of the peers that a list names.
func natListService(grammar, words string, of func(*nat.Services) *[]string) cli.Command {
	set := func(on bool) handler {
		return func(r *Router, c *cli.Call) error {
			return r.changeServices(func(s *nat.Services) { setWord(of(s), c.Str("list"), on) })
		}
	}
	return cli.Command{
		Modes: []string{modeConfig}, Grammar: "ip nat service" + natServiceList + grammar,
		Run: on(set(true)), Unset: on(set(false)), Examples: []string{"ip nat service list 10 " + words},
	}
}

func typedService(c *cli.Call) nat.ServicePort {
	return nat.ServicePort{List: c.Str("list"), Port: uint16(c.Int("port"))}
}

// changeFTP has FTP be looked into at a port, or not.
func (r *Router) changeFTP(c *cli.Call, on bool) error {
	return r.changeServices(func(s *nat.Services) { setWord(&s.FTP, typedService(c), on) })
}

// setWord puts a value in a list of such, or takes it out.
func setWord[T comparable](list *[]T, value T, in bool) {
	*list = slices.DeleteFunc(slices.Clone(*list), func(o T) bool { return o == value })
	if in {
		*list = append(*list, value)
	}
}

func (r *Router) changeServices(change func(*nat.Services)) error {
	r.startNAT()
	s := r.nat.Services()
	change(&s)
	r.nat.SetServices(s)
	return nil
}

// printNATServices prints the services that are not the standard ones.
func printNATServices(r *Router, w *writer) {
	s, standard := r.nat.Services(), nat.DefaultServices()
	for _, p := range standard.FTP {
		if !slices.Contains(s.FTP, p) {
			w.line("no ip nat service ftp tcp port %d", p.Port)
		}
	}
	for _, p := range s.FTP {
		switch {
		case slices.Contains(standard.FTP, p):
		case p.List == "":
			w.line("ip nat service ftp tcp port %d", p.Port)
		default:
			w.line("ip nat service list %s ftp tcp port %d", p.List, p.Port)
		}
	}
	if s.NoDNS {
		w.line("no ip nat service dns udp")
	}
	for _, list := range s.SPIMatch {
		w.line("ip nat service list %s ESP spi-match", list)
	}
	for _, list := range s.PreservePort {
		w.line("ip nat service list %s IKE preserve-port", list)
	}
}

// logTranslations switches on or off that translations are logged as they come and go.
func (r *Router) logTranslations(on bool) {
	switch {
	case on && r.stopNATLog == nil:
		r.stopNATLog = r.bus.Subscribe(event.NAT, r.logEvent)
	case !on && r.stopNATLog != nil:
		r.stopNATLog()
		r.stopNATLog = nil
	}
}
