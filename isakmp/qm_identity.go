package isakmp

import (
	"net/netip"

	"github.com/ioslab/ioslab/isakmp/wire"
)

var hostMask = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// idOf puts a proxy on the wire (RFC 2407 §4.6.2).
func idOf(p Proxy) wire.ID {
	id := wire.ID{Type: wire.IDIPv4Addr, Protocol: p.Protocol, Port: p.Port, Data: p.Addr.AsSlice()}
	if !p.IsHost() {
		id.Type = wire.IDIPv4Subnet
		id.Data = append(id.Data, p.Mask.AsSlice()...)
	}
	return id
}

// proxyOf parses what idOf writes; names and ranges are not flows that we protect.
func proxyOf(id wire.ID) (Proxy, bool) {
	p := Proxy{Protocol: id.Protocol, Port: id.Port}
	switch id.Type {
	case wire.IDIPv4Addr:
		p.Addr, p.Mask = netip.AddrFrom4([4]byte(id.Data)), hostMask
	case wire.IDIPv4Subnet:
		p.Addr, p.Mask = netip.AddrFrom4([4]byte(id.Data[:4])), netip.AddrFrom4([4]byte(id.Data[4:]))
	default:
		return Proxy{}, false
	}
	return p, true
}

// flow is what the two ID payloads of quick mode say, the initiator's first.
// Without them the flow is between the two peers (RFC 2409 §5.5).
type flow struct {
	bodyI, bodyR           []byte
	initiators, responders Proxy
	ok                     bool // both are flows of ours
}

// readFlow is the responder's reading; an initiator knows its flow.
func (s *sa) readFlow(m *message) (flow, error) {
	var bodies [][]byte
	for _, p := range m.payloads {
		if p.Type == wire.Identify {
			bodies = append(bodies, p.Body)
		}
	}
	if len(bodies) == 0 {
		return flow{
			initiators: Proxy{Addr: s.remote.Addr(), Mask: hostMask},
			responders: Proxy{Addr: s.local.Addr(), Mask: hostMask},
			ok:         true,
		}, nil
	}
	if len(bodies) != 2 {
		return flow{}, errMalformed
	}
	f := flow{bodyI: bodies[0], bodyR: bodies[1]}
	i, err := wire.ParseID(f.bodyI)
	if err != nil {
		return flow{}, err
	}
	r, err := wire.ParseID(f.bodyR)
	if err != nil {
		return flow{}, err
	}
	var okI, okR bool
	f.initiators, okI = proxyOf(i)
	f.responders, okR = proxyOf(r)
	f.ok = okI && okR
	return f, nil
}
