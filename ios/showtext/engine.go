package showtext

import "net/netip"

// Connection is an SA, or one direction of a pair, in the crypto engine.
type Connection struct {
	ID               int
	Interface        string
	Local            netip.Addr
	Algorithm        string
	Encrypt, Decrypt uint64 // packets
}

var engineConnections124 = Table[Connection]{
	Above: "\n",
	Columns: []Column[Connection]{
		{"ID", 4, func(c Connection) any { return c.ID }},
		{"Interface", -20, func(c Connection) any { return c.Interface }},
		{"IP-Address", -15, func(c Connection) any { return c.Local }},
		{"State", -6, func(Connection) any { return "set" }},
		{"Algorithm", -18, func(c Connection) any { return c.Algorithm[:min(len(c.Algorithm), 18)] }},
		{"Encrypt", 8, func(c Connection) any { return c.Encrypt }},
		{"Decrypt", 8, func(c Connection) any { return c.Decrypt }},
	},
}
