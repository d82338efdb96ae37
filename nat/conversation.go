package nat

import (
	"encoding/binary"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
)

// conversation is what a packet shows of the conversation that it belongs to.
type conversation struct {
	src, dst     uint32
	srcID, dstID uint32
	protocol     uint8
	portless     bool // it has no ports, identifier or SPI
	short        bool // it is too short for its header
	flags        uint8
}

// read reads a packet that is whole or a first fragment.
func read(ip packet.IPv4) conversation {
	c := conversation{src: binary.BigEndian.Uint32(ip[12:]), dst: binary.BigEndian.Uint32(ip[16:]), protocol: ip.Protocol()}
	c.readTransport(ip.Payload())
	return c
}

func (c *conversation) readTransport(b []byte) {
	switch c.protocol {
	case packet.ProtoTCP:
		if c.short = len(b) < packet.MinTCPHeader; !c.short {
			c.flags = b[13]
			c.srcID, c.dstID = uint32(binary.BigEndian.Uint16(b)), uint32(binary.BigEndian.Uint16(b[2:]))
		}
	case packet.ProtoUDP:
		if c.short = len(b) < packet.UDPHeader; !c.short {
			c.srcID, c.dstID = uint32(binary.BigEndian.Uint16(b)), uint32(binary.BigEndian.Uint16(b[2:]))
		}
	case packet.ProtoICMP:
		if c.short = len(b) < packet.ICMPHeader; c.short {
			return
		}
		if c.portless = !isQuery(b[0]); !c.portless {
			c.srcID = uint32(binary.BigEndian.Uint16(b[4:]))
			c.dstID = c.srcID
		}
	case packet.ProtoESP:
		c.portless = true
		if c.short = len(b) < packet.ESPHeader; !c.short {
			c.dstID = packet.ESP(b).SPI()
		}
	default:
		c.portless = true
	}
}

// isQuery reports whether an ICMP type is a question or its answer, which carries an
// identifier: echo, timestamp, information and address mask (RFC 792, RFC 950).
func isQuery(typ uint8) bool {
	switch typ {
	case packet.ICMPEcho, packet.ICMPEchoReply, 13, 14, 15, 16, 17, 18:
		return true
	}
	return false
}

// reversed is the conversation as its answer shows it.
func (c conversation) reversed() conversation {
	c.src, c.dst, c.srcID, c.dstID = c.dst, c.src, c.dstID, c.srcID
	return c
}

// localKey and globalKey are what the entry of a conversation is found by, from the side
// of its inside host.
func (c conversation) localKey() key {
	return key{by: byFlowLocal, protocol: c.protocol, a: c.src, aID: c.srcID, b: c.dst, bID: c.dstID}
}

func (c conversation) globalKey() key {
	k := c.localKey()
	k.by = byFlowGlobal
	return k
}

// seen is what lists see of a packet of the conversation.
func (c conversation) seen() acl.Packet {
	return acl.Packet{
		Src: address(c.src), Dst: address(c.dst), Protocol: c.protocol, Transport: !c.short,
		SrcPort: uint16(c.srcID), DstPort: uint16(c.dstID), TCPFlags: c.flags,
	}
}
