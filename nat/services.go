package nat

import "slices"

// Services are the payloads that are looked into: `ip nat service`.
type Services struct {
	// FTP are the ports of FTP's control channel, 21 by default, each with the list that
	// names the servers, "" for all.
	FTP []ServicePort
	// NoDNS switches off that addresses in answers of DNS are translated.
	NoDNS bool
	// SPIMatch and PreservePort are lists of inside hosts: `esp spi-match` and `IKE
	// preserve-port`.
	SPIMatch, PreservePort []string
}

// A ServicePort is a TCP port of a service, at the servers that a list permits.
type ServicePort struct {
	List string // "" is every server
	Port uint16
}

// DefaultServices are the services of a router where nothing is configured.
func DefaultServices() Services { return Services{FTP: []ServicePort{{Port: 21}}} }

// Services are the services that are set.
func (n *NAT) Services() Services { return n.services.clone() }

// SetServices changes the services, of conversations that begin from now on.
func (n *NAT) SetServices(s Services) {
	n.services = s.clone()
	n.config++
}

func (s Services) clone() Services {
	s.FTP, s.SPIMatch, s.PreservePort = slices.Clone(s.FTP), slices.Clone(s.SPIMatch), slices.Clone(s.PreservePort)
	return s
}

// listed reports whether one of the lists permits a host.
func (n *NAT) listed(lists []string, host uint32) bool {
	return slices.ContainsFunc(lists, func(name string) bool { return permits(n.env.List(name), host) })
}
