package host

import "strings"

const (
	address1 = "ip address add 10.0.0.1/24 dev eth1"
	address2 = "ip address add 10.0.0.2/24 dev eth1"
)

// mask hides hardware addresses.
func (b *bench) mask(text string) string {
	for _, h := range b.hosts {
		for _, i := range h.stack.Interfaces() {
			text = strings.ReplaceAll(text, linuxMAC(i.MAC()), "MAC")
		}
	}
	return text
}
