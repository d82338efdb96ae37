package nat

import "slices"

// Services are the payloads that are looked into.
func (n *NAT) Services() Services {
	s := n.services
	s.FTP, s.SPIMatch, s.PreservePort = slices.Clone(s.FTP), slices.Clone(s.SPIMatch), slices.Clone(s.PreservePort)
	return s
}

// SetServices changes the payloads that are looked into, of conversations that begin
// from now on.
func (n *NAT) SetServices(s Services) {
	s.FTP, s.SPIMatch, s.PreservePort = slices.Clone(s.FTP), slices.Clone(s.SPIMatch), slices.Clone(s.PreservePort)
	n.services = s
	n.config++
}
