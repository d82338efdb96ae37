package topology

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// InterfaceName returns the full name of a router's interface that takes a cable;
// it may be abbreviated (`fa0/0`).
func InterfaceName(name string) (string, error) {
	n, err := forwarding.ParseName(name)
	if err != nil {
		return "", fmt.Errorf("%w: want a name such as FastEthernet0/0, Serial1/0 or eth1", err)
	}
	if !n.Kind.Physical() {
		return "", fmt.Errorf("%v takes no cable: want an Ethernet or a serial interface", n)
	}
	return n.String(), nil
}

// isSerial reports whether the full name is that of a serial interface.
func isSerial(name string) bool { return strings.HasPrefix(name, forwarding.Serial.String()) }

var ethForm = regexp.MustCompile(`^eth(\d{1,3})$`)

// counted are the kinds with the interface that containerlab's ethN stands for;
// eth0 is the management interface of each.
var counted = map[string]func(n int) string{
	"cisco_iol":      func(n int) string { return fmt.Sprintf("Ethernet%d/%d", n/4, n%4) },
	"cisco_csr1000v": func(n int) string { return fmt.Sprintf("GigabitEthernet%d", n+1) },
	"cisco_c8000v":   func(n int) string { return fmt.Sprintf("GigabitEthernet%d", n+1) },
	"cisco_vios":     func(n int) string { return fmt.Sprintf("GigabitEthernet0/%d", n) },
	"cisco_cat9kv":   func(n int) string { return fmt.Sprintf("GigabitEthernet1/0/%d", n) },
	"cisco_asav":     func(n int) string { return fmt.Sprintf("GigabitEthernet0/%d", n-1) },
	"cisco_n9kv":     func(n int) string { return fmt.Sprintf("Ethernet1/%d", n) },
}

// routerInterface returns the full name of an endpoint on a router.
func routerInterface(kind, name string) (string, error) {
	m := ethForm.FindStringSubmatch(name)
	if m == nil {
		return InterfaceName(name)
	}
	n, _ := strconv.Atoi(m[1])
	if n == 0 {
		return "", fmt.Errorf("eth0 is the management interface: want eth1 or higher")
	}
	if count := counted[kind]; count != nil {
		return count(n), nil
	}
	// A kind that we have not met counts like IOL, the commonest.
	return counted["cisco_iol"](n), nil
}

// linuxInterface checks the name of an endpoint on a linux host.
func linuxInterface(name string) error {
	if m := ethForm.FindStringSubmatch(name); m == nil || m[1] == "0" {
		return fmt.Errorf("%q is not an interface of a linux host: want eth1 or higher", name)
	}
	return nil
}
