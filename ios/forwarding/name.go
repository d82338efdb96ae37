package forwarding

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Kind is a type of interface.
type Kind uint8

// The types of interface, physical ones first.
const (
	NoKind Kind = iota
	Ethernet
	FastEthernet
	GigabitEthernet
	TenGigabitEthernet
	Serial
	Null
	Loopback
)

// kinds is what a type of interface is by default. Bandwidth is in kbit/s,
// delay in microseconds.
var kinds = [...]struct {
	name, short      string
	parts            int    // how many numbers the name may have
	most             uint32 // the highest of them
	mtu              int
	bandwidth, delay int
	link             linkLayer
	physical         bool // it is hardware
}{
	NoKind:             {link: loopbackLink{}},
	Ethernet:           {"Ethernet", "Et", 3, 255, 1500, 10000, 1000, ethernetLink{}, true},
	FastEthernet:       {"FastEthernet", "Fa", 3, 255, 1500, 100000, 100, ethernetLink{}, true},
	GigabitEthernet:    {"GigabitEthernet", "Gi", 3, 255, 1500, 1000000, 10, ethernetLink{}, true},
	TenGigabitEthernet: {"TenGigabitEthernet", "Te", 3, 255, 1500, 10000000, 10, ethernetLink{}, true},
	Serial:             {"Serial", "Se", 3, 255, 1500, 1544, 20000, hdlcLink{}, true},
	Null:               {"Null", "Nu", 1, 0, 1500, 10000000, 0, nullLink{}, false},
	Loopback:           {"Loopback", "Lo", 1, math.MaxInt32, 1514, 8000000, 5000, loopbackLink{}, false},
}

// String is the type's name in full: FastEthernet.
func (k Kind) String() string { return kinds[k].name }

// Physical reports whether interfaces of this type are hardware: they need a link,
// and are neither made nor removed by configuration.
func (k Kind) Physical() bool { return kinds[k].physical }

// Kinds lists the types of interface that a name can begin with.
func Kinds() []Kind {
	return []Kind{Ethernet, FastEthernet, GigabitEthernet, TenGigabitEthernet, Serial, Null, Loopback}
}

// Name is the name of an interface, comparable with ==. The zero Name is none.
type Name struct {
	Kind    Kind
	Numbers [3]uint32 // slot, port; or slot, sub-slot, port; or one number
	Parts   uint8     // how many of Numbers count
}

// String is the name as IOS prints it: FastEthernet0/0.
func (n Name) String() string { return kinds[n.Kind].name + n.number() }

// Short is the name as IOS abbreviates it: Fa0/0.
func (n Name) Short() string { return kinds[n.Kind].short + n.number() }

func (n Name) number() string {
	var b []byte
	for i := range n.Parts {
		if i > 0 {
			b = append(b, '/')
		}
		b = strconv.AppendUint(b, uint64(n.Numbers[i]), 10)
	}
	return string(b)
}

// Compare orders names as IOS lists interfaces: hardware by slot and port, then
// what exists in software alone.
func (n Name) Compare(o Name) int {
	if n.Kind.Physical() != o.Kind.Physical() {
		if n.Kind.Physical() {
			return -1
		}
		return 1
	}
	if !n.Kind.Physical() && n.Kind != o.Kind {
		return cmp.Compare(n.Kind, o.Kind)
	}
	for i := range n.Numbers {
		if c := cmp.Compare(n.Numbers[i], o.Numbers[i]); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(n.Parts, o.Parts), cmp.Compare(n.Kind, o.Kind))
}

// ParseName reads a name in any of the forms that can be typed: fa0/0,
// "FastEthernet 0/0", Lo0.
func ParseName(s string) (Name, error) {
	words := strings.Fields(s)
	m := MatchName(words)
	if !m.OK || m.Words != len(words) {
		return Name{}, fmt.Errorf("%q is not the name of an interface", s)
	}
	return m.Name, nil
}
