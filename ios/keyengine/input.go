package keyengine

import (
	"errors"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/esp"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/packet"
)

// Refuses reports whether a packet that came in clear should have come encrypted.
func (e *Engine) Refuses(in *forwarding.Interface, ip packet.IPv4) bool {
	b := e.binding(in.String())
	if b == nil {
		return false
	}
	p := acl.Examine(ip).Reversed()
	return b.selects(&p)
}

// Refused implements forwarding.Crypto.
func (e *Engine) Refused(in *forwarding.Interface, ip packet.IPv4) {
	b := e.binding(in.String())
	p := acl.Examine(ip).Reversed()
	if c := b.choose(&p); c.entry != nil { // what comes in is no hit of the list
		c.made().counters.RecvErrors.Add(1)
	}
	e.env.Emit(ClearRefused{Source: ip.Src(), Dest: ip.Dst(), Protocol: ip.Protocol()})
}

// Open decrypts an ESP packet that is addressed to this router.
func (e *Engine) Open(in *forwarding.Interface, ip packet.IPv4) forwarding.Decryption {
	header, ok := forwarding.ESPOf(ip)
	if !ok {
		return forwarding.Decryption{Why: forwarding.BadIPsec}
	}
	n := e.receiver(ip, header)
	if n == nil || n.sas.In.VolumeEnded() {
		return forwarding.Decryption{Why: forwarding.NoSA, Apply: func() forwarding.Reason {
			if n != nil {
				n.watch.Check()
			}
			e.noSA(ip.Dst(), ip.Src(), sourcePort(ip), header.SPI())
			return forwarding.NoSA
		}}
	}
	opened := n.open(ip)
	return forwarding.Decryption{
		Inner: opened.Inner, Why: reason(opened.Err), Access: e.filter(n.flow.entry.AccessIn, in, true),
		Apply: func() forwarding.Reason { return reason(n.accept(ip, opened)) },
	}
}

// Presume implements forwarding.Crypto.
func (e *Engine) Presume(in *forwarding.Interface, ip, inner packet.IPv4) forwarding.Decryption {
	header, ok := forwarding.ESPOf(ip)
	if !ok {
		return forwarding.Decryption{Why: forwarding.BadIPsec}
	}
	n := e.receiver(ip, header)
	switch {
	case n == nil || n.sas.In.VolumeEnded():
		return forwarding.Decryption{Why: forwarding.NoSA}
	case !n.sas.In.Admits(inner):
		return forwarding.Decryption{Why: forwarding.OutsideProxies}
	}
	return forwarding.Decryption{Inner: slices.Clone(inner), Access: e.filter(n.flow.entry.AccessIn, in, true)}
}

// receiver is the pair whose inbound SA an ESP packet is for, nil where there is none.
func (e *Engine) receiver(ip packet.IPv4, header packet.ESP) *pair {
	return e.owners[e.sas.Find(ip.Dst(), header.SPI())]
}

// reason is what a step says about an error of package esp.
func reason(err error) forwarding.Reason {
	switch {
	case err == nil:
		return forwarding.NoReason
	case errors.Is(err, esp.ErrReplay):
		return forwarding.Replayed
	case errors.Is(err, esp.ErrICV):
		return forwarding.BadCheckValue
	case errors.Is(err, esp.ErrIdentity):
		return forwarding.OutsideProxies
	}
	return forwarding.BadIPsec
}

// noSA is told of a packet for an SA that there is not, or that has come to its end. The
// port is zero where it did not come in UDP.
func (e *Engine) noSA(local, remote netip.Addr, port uint16, spi uint32) {
	e.env.Emit(SPIUnknown{Source: remote, Dest: local, Protocol: packet.ProtoESP, SPI: spi})
	e.stray(local, remote, port, spi)
}

// open decrypts a packet of the pair, and changes nothing.
func (n *pair) open(ip packet.IPv4) esp.Opened {
	opener, err := n.sas.In.Opener()
	if err != nil {
		return esp.Opened{Err: err}
	}
	defer opener.Close()
	return opener.Open(slices.Clone(ip))
}

// accept takes what was opened, or returns why it is rejected.
func (n *pair) accept(ip packet.IPv4, opened esp.Opened) error {
	e := n.flow.binding.engine
	e.env.Spend(openCost)
	if _, err := n.sas.In.Accept(opened); err != nil {
		n.sas.In.Refused(err)
		e.emitRefused(n, opened.Seq, err)
		return err
	}
	n.sas.In.Carried(1)
	n.follow(ip, opened.Seq)
	n.watch.Check()
	return nil
}

// emitRefused tells of a packet that was not accepted.
func (e *Engine) emitRefused(n *pair, sequence uint32, err error) {
	switch {
	case errors.Is(err, esp.ErrReplay):
		e.env.Emit(Replayed{Conn: n.inConn, Sequence: sequence})
	case errors.Is(err, esp.ErrICV):
		e.env.Emit(MACMismatch{Conn: n.inConn, Sequence: sequence})
	}
}
