package acl

import "strconv"

// PortOp is how an entry compares a port.
type PortOp uint8

// The operators; NoPorts is the zero value and matches every packet.
const (
	NoPorts PortOp = iota
	PortEq
	PortNeq
	PortLt
	PortGt
	PortRange
)

// MaxPorts is how many ports one eq or neq may list.
const MaxPorts = 10

// Ports is a condition on a TCP or UDP port. Eq and neq take N ports of Port,
// lt and gt one, range two with the lower first.
type Ports struct {
	Op   PortOp
	N    uint8
	Port [MaxPorts]uint16
}

// Eq is the condition "is one of these ports", of which there are at most
// MaxPorts.
func Eq(ports ...uint16) Ports { return Ports{PortEq, 0, [MaxPorts]uint16{}}.with(ports...) }

func (c Ports) with(ports ...uint16) Ports {
	c.N = uint8(copy(c.Port[:], ports))
	return c
}

// normal is the condition in IOS's own form: a range with its lower end first.
func (c Ports) normal() Ports {
	if c.Op == PortRange && c.Port[0] > c.Port[1] {
		c.Port[0], c.Port[1] = c.Port[1], c.Port[0]
	}
	if c.Op == PortRange && c.Port[0] == c.Port[1] {
		return Eq(c.Port[0])
	}
	return c
}

// Contains reports whether the port meets the condition.
func (c *Ports) Contains(port uint16) bool {
	switch c.Op {
	case PortEq:
		return c.lists(port)
	case PortNeq:
		return !c.lists(port)
	case PortLt:
		return port < c.Port[0]
	case PortGt:
		return port > c.Port[0]
	case PortRange:
		return port >= c.Port[0] && port <= c.Port[1]
	}
	return true
}

func (c *Ports) lists(port uint16) bool {
	for _, p := range c.Port[:c.N] {
		if p == port {
			return true
		}
	}
	return false
}

// text is the condition with a leading blank, or nothing.
func (c *Ports) text(protocol uint8) string {
	if c.Op == NoPorts {
		return ""
	}
	s := " " + nameOf(portOps, uint16(c.Op))
	for _, p := range c.Port[:c.N] {
		s += " " + PortName(protocol, p)
	}
	return s
}

// PortName is a port as IOS prints it for TCP or UDP: its name where it has one.
func PortName(protocol uint8, port uint16) string {
	if n := nameOf(portNames(protocol), port); n != "" {
		return n
	}
	return strconv.Itoa(int(port))
}
