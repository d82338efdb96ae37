package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/isakmp"
)

// Words are what the rows of a release have in common.
type Words struct {
	// General begins most lines about an SA, Packet those about packets,
	// identities and counters.
	General, Packet Prefix
	// UnsignedNodes and UnsignedMessages say how message IDs are printed in lines
	// about exchanges ("node") and about payloads ("message ID =").
	UnsignedNodes, UnsignedMessages bool
	Names
}

// Prefix is how a line about an SA begins.
type Prefix struct {
	New  string // while the SA has no connection id
	Conn string // afterwards: a format that takes the id
	Base int    // is added to the id
}

func (p Prefix) of(sa isakmp.SARef) string {
	if sa.Conn == 0 {
		return p.New
	}
	return fmt.Sprintf(p.Conn, p.Base+sa.Conn)
}

// bare is a record that names no SA.
func bare(format string, args ...any) []string { return []string{fmt.Sprintf(format, args...)} }

// sa is a record with the general prefix.
func (w *Words) sa(sa isakmp.SARef, format string, args ...any) []string {
	return bare("%s%s", w.General.of(sa), fmt.Sprintf(format, args...))
}

// packet is a record with the prefix of packets.
func (w *Words) packet(sa isakmp.SARef, format string, args ...any) []string {
	return bare("%s%s", w.Packet.of(sa), fmt.Sprintf(format, args...))
}

// node is a message ID in a line about an exchange.
func (w *Words) node(id uint32) any { return number(id, w.UnsignedNodes) }

// message is a message ID in a line about a payload.
func (w *Words) message(id uint32) any { return number(id, w.UnsignedMessages) }

func number(id uint32, unsigned bool) any {
	if unsigned {
		return id
	}
	return int32(id)
}

// label pads QM_IDLE to 13 columns, as IOS does; the others stand alone.
func label(l isakmp.Label) string {
	if l == isakmp.LabelQMIdle {
		return "QM_IDLE      "
	}
	return string(l)
}
