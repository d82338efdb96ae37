package kept

import (
	"fmt"
	"strings"
)

// Order is where the interfaces of a type stand among those that are built.
type Order uint8

// The places among interfaces.
const (
	BeforeHardware Order = iota // Tunnel, Port-channel …
	Hardware                    // ATM, POS, and subinterfaces
	AfterHardware               // Vlan, Dialer …
)

// An InterfaceKind is a type of interface that is kept.
type InterfaceKind struct {
	Name  string
	Order Order
}

// InterfaceKinds are the types of interface that IOS has and ioslab lacks.
var InterfaceKinds = []InterfaceKind{
	{"Group-Async", AfterHardware}, {"MFR", BeforeHardware}, {"Multilink", BeforeHardware}, {"Port-channel", BeforeHardware},
	{"Tunnel", BeforeHardware}, {"Tunnel-tp", BeforeHardware}, {"LISP", BeforeHardware}, {"nve", BeforeHardware}, {"pseudowire", BeforeHardware},
	{"Virtual-PPP", BeforeHardware}, {"Virtual-TokenRing", BeforeHardware}, {"Vif", BeforeHardware}, {"VirtualPortGroup", BeforeHardware},
	{"ATM", Hardware}, {"Async", Hardware}, {"AppGigabitEthernet", Hardware}, {"BRI", Hardware}, {"Cable-Modem", Hardware}, {"Cellular", Hardware},
	{"Content-Engine", Hardware}, {"Dot11Radio", Hardware}, {"Embedded-Service-Engine", Hardware}, {"Ethernet-Internal", Hardware}, {"FDDI", Hardware},
	{"FortyGigabitEthernet", Hardware}, {"FiveGigabitEthernet", Hardware}, {"Hssi", Hardware}, {"HundredGigE", Hardware}, {"IDS-Sensor", Hardware},
	{"In", Hardware}, {"Integrated-Service-Engine", Hardware}, {"Mgmt", Hardware}, {"POS", Hardware}, {"SM", Hardware}, {"Service-Engine", Hardware},
	{"SpecialServicesEngine", Hardware}, {"TokenRing", Hardware}, {"TwentyFiveGigE", Hardware}, {"TwoGigabitEthernet", Hardware}, {"ucse", Hardware},
	{"Wlan-GigabitEthernet", Hardware}, {"Wlan-ap", Hardware}, {"wlan-controller", Hardware}, {"Analysis-Module", Hardware},
	{"BDI", AfterHardware}, {"BVI", AfterHardware}, {"CTunnel", AfterHardware}, {"Dialer", AfterHardware}, {"Virtual-Access", AfterHardware},
	{"Virtual-Template", AfterHardware}, {"Vlan", AfterHardware},
}

// An Interface is the name of an interface that is kept.
type Interface struct {
	Kind   string
	Number string // with its slots, and of a subinterface its own behind a dot
}

// String is the name in full: Tunnel0, FastEthernet0/0.10.
func (i Interface) String() string { return i.Kind + i.Number }

// Sub reports whether it is a subinterface, and of what.
func (i Interface) Sub() (of string, is bool) {
	number, _, is := strings.Cut(i.Number, ".")
	return i.Kind + number, is
}

// Order is where it stands among the interfaces.
func (i Interface) Order() Order {
	for _, k := range InterfaceKinds {
		if k.Name == i.Kind {
			return k.Order
		}
	}
	return Hardware
}

// Compare orders interfaces of one type by their numbers.
func (i Interface) Compare(o Interface) int {
	if c := strings.Compare(i.Kind, o.Kind); c != 0 {
		return c
	}
	return strings.Compare(padded(i.Number), padded(o.Number))
}

// padded makes numbers within a text comparable as text.
func padded(number string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(number, func(r rune) bool { return r < '0' || r > '9' }) {
		fmt.Fprintf(&b, "%10s.", part)
	}
	return b.String()
}
