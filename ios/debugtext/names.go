package debugtext

import (
	"fmt"
	"strings"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
	"github.com/ioslab/ioslab/nat"
)

// Names are what a release calls the numbers of the protocols.
type Names struct {
	Encryption, Hash, Auth map[uint32]string // phase 1 attributes (RFC 2409, appendix A)
	LifeType               map[uint32]string
	Encapsulation, HMAC    map[uint32]string // phase 2 attributes (RFC 2407 §4.5)
	ESP                    map[uint8]string  // transforms (RFC 2407 §4.4.4)
	Payload                map[uint8]string
	Notify                 map[uint16]string
	VendorDraft            map[isakmp.VendorKind]string // of a NAT-T vendor ID
	Mismatch               map[isakmp.Mismatch]string
	Lock, Unlock           map[isakmp.PeerUse]string // references to a peer struct
	Counter                map[isakmp.RefKind]string
	SAReason               map[isakmp.SAReason]string
	NodeReason             map[isakmp.NodeReason]string
	ErrorReason            map[isakmp.ErrorReason]string
	Mode                   map[isakmp.Mode]string
	TransformSet           map[uint8]string // ciphers as the configuration has them
	SetHMAC                map[uint16]string
	NATFailure             map[nat.Reason]string // letters, of which (A) is known
	Unreachable            map[uint8]string      // by the ICMP code
	TimeOver               map[bool]string       // of a packet, or while it was put together
}

// unknown is what an attribute's value is called that has no name.
func unknown(table map[uint32]string, v uint32) string {
	if s, ok := table[v]; ok {
		return s
	}
	return fmt.Sprintf("... What? %d?", v)
}

func (n *Names) payload(kind uint8) string {
	if s, ok := n.Payload[kind]; ok {
		return s
	}
	return "UNKNOWN"
}

func (n *Names) notify(kind uint16) string {
	if s, ok := n.Notify[kind]; ok {
		return s
	}
	return fmt.Sprintf("UNKNOWN(%d)", kind)
}

func (n *Names) transform(protocol, id uint8) string {
	if s, ok := n.ESP[id]; ok && protocol == isakmp.ProtoESP {
		return s
	}
	return fmt.Sprintf("UNKNOWN (%d/%d)", protocol, id)
}

func (n *Names) phase1Attribute(a wire.Attribute) string {
	v := a.Uint()
	switch a.Type {
	case wire.AttrEncryption:
		return "encryption " + unknown(n.Encryption, v)
	case wire.AttrHash:
		return "hash " + unknown(n.Hash, v)
	case wire.AttrAuth:
		return "auth " + unknown(n.Auth, v)
	case wire.AttrGroup:
		return fmt.Sprintf("default group %d", v)
	case wire.AttrLifeType:
		return "life type in " + unknown(n.LifeType, v)
	case wire.AttrLife:
		return "life duration " + duration(a)
	case wire.AttrKeyLength:
		return fmt.Sprintf("keylength of %d", v)
	}
	return fmt.Sprintf("attribute %d", a.Type)
}

func (n *Names) phase2Attribute(a wire.Attribute) string {
	v := a.Uint()
	switch a.Type {
	case wire.AttrSALifeType:
		return "SA life type in " + unknown(n.LifeType, v)
	case wire.AttrSALife:
		return "SA life duration " + duration(a)
	case wire.AttrSAGroup:
		return fmt.Sprintf("group is %d", v)
	case wire.AttrEncaps:
		return fmt.Sprintf("encaps is %d (%s)", v, unknown(n.Encapsulation, v))
	case wire.AttrSAAuth:
		return "authenticator is " + unknown(n.HMAC, v)
	case wire.AttrSAKeyLength:
		return fmt.Sprintf("key length is %d", v)
	}
	return fmt.Sprintf("attribute %d", a.Type)
}

// duration is a short number, or octet by octet with a blank after each.
func duration(a wire.Attribute) string {
	if a.Basic {
		return fmt.Sprintf("(basic) of %d", a.Value)
	}
	var b strings.Builder
	b.WriteString("(VPI) of  ")
	for _, c := range a.Bytes {
		fmt.Fprintf(&b, "0x%X ", c)
	}
	return b.String()
}

// transformSet names a proposal in the words of the configuration: esp-des
// esp-md5-hmac, esp-aes 256 esp-sha-hmac. (Show commands have esp-256-aes.)
func (n *Names) transformSet(p isakmp.Proposal) string {
	cipher, ok := n.TransformSet[p.Transform]
	if !ok {
		cipher = fmt.Sprintf("UNKNOWN(%d)", p.Transform)
	}
	if p.Transform == isakmp.ESPAES && p.KeyBits != 0 && p.KeyBits != 128 {
		cipher = fmt.Sprintf("%s %d", cipher, p.KeyBits)
	}
	if hmac, ok := n.SetHMAC[p.Auth]; ok {
		return cipher + " " + hmac
	}
	return cipher
}
