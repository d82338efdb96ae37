package isakmp

import (
	"net/netip"
	"reflect"
	"testing"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// asked is a key engine that is asked about proposals only.
type asked struct {
	KeyEngine
	requests []ProposalRequest
	answer   func(ProposalRequest) (Lifetime, error)
}

func (a *asked) ValidateProposal(r ProposalRequest) (Lifetime, error) {
	a.requests = append(a.requests, r)
	if a.answer != nil {
		return a.answer(r)
	}
	return Lifetime{Seconds: 600}, nil
}

// quickWith is a quick mode under an SA whose key engine is that.
func quickWith(a *asked, role Role) *quick {
	e := &Engine{env: Env{IPsec: a, Config: &Config{}}, release: Release124, drivers: drivers()}
	s := &sa{e: e, local: netip.MustParseAddrPort("1.1.1.1:500"), remote: netip.MustParseAddrPort("2.2.2.2:500")}
	return s.newQuick(7, role)
}

// offering is a proposal with one transform for each cipher.
func offering(number uint8, group int, ciphers ...uint8) wire.Proposal {
	p := wire.Proposal{Number: number, Protocol: ProtoESP, SPI: []byte{0, 0, 1, number}}
	for i, c := range ciphers {
		o := offer{proposal: Proposal{Auth: AuthHMACMD5}, life: Lifetime{3600, 1000}, group: group}
		p.Transforms = append(p.Transforms, wire.Transform{Number: uint8(i + 1), ID: c, Attributes: o.attributes(EncapsTunnel)})
	}
	return p
}

// TestChoiceOfProposals: the first that both ends can do, one at a time.
func TestChoiceOfProposals(t *testing.T) {
	const unknown = 77
	f := flow{ok: true, initiators: Proxy{Port: 1}, responders: Proxy{Port: 2}}
	onlyDES := func(r ProposalRequest) (Lifetime, error) {
		if r.Proposal.Transform != ESPDES {
			return Lifetime{}, ErrTransformProposal
		}
		return Lifetime{Seconds: 600}, nil
	}
	badSPI := offering(1, 0, ESPDES)
	badSPI.SPI = []byte{0, 0, 0, 9}
	ah := offering(1, 0, ESPDES)
	ah.Protocol = ProtoAH
	for _, tt := range []struct {
		name        string
		list        []wire.Proposal
		keyExchange bool
		number      uint8 // of the one that is chosen, 0 for none
		cipher      uint8
		asked       int
	}{
		{"one", []wire.Proposal{offering(1, 0, ESPDES)}, false, 1, ESPDES, 1},
		{"none", nil, false, 0, 0, 0},
		{"the second transform", []wire.Proposal{offering(1, 0, ESP3DES, ESPDES)}, false, 1, ESPDES, 2},
		{"one that is not known before", []wire.Proposal{offering(1, 0, unknown, ESPDES)}, false, 1, ESPDES, 1},
		{"the second proposal", []wire.Proposal{offering(1, 0, ESP3DES), offering(2, 0, ESPDES)}, false, 2, ESPDES, 2},
		{"two that belong together", []wire.Proposal{offering(1, 0, ESPDES), offering(1, 0, ESPDES)}, false, 0, 0, 0},
		{"one after two", []wire.Proposal{offering(1, 0, ESPDES), offering(1, 0, ESPDES), offering(2, 0, ESPDES)}, false, 2, ESPDES, 1},
		{"one before two", []wire.Proposal{offering(1, 0, ESPDES), offering(2, 0, ESPDES), offering(2, 0, ESPDES)}, false, 1, ESPDES, 1},
		{"an SPI that is nobody's", []wire.Proposal{badSPI}, false, 0, 0, 0},
		{"AH", []wire.Proposal{ah}, false, 0, 0, 0},
		{"a group and its half", []wire.Proposal{offering(1, 2, ESPDES)}, true, 1, ESPDES, 1},
		{"a group without", []wire.Proposal{offering(1, 2, ESPDES)}, false, 0, 0, 0},
		{"a half without a group", []wire.Proposal{offering(1, 0, ESPDES)}, true, 0, 0, 0},
	} {
		a := &asked{answer: onlyDES}
		c, ok := quickWith(a, Responder).choose(tt.list, f, tt.keyExchange)
		if ok != (tt.number != 0) || c.number != tt.number || c.proposal.Transform != tt.cipher || len(a.requests) != tt.asked {
			t.Errorf("%s: number %d, cipher %d, asked %d times", tt.name, c.number, c.proposal.Transform, len(a.requests))
		}
		if ok && (c.spi != 256+uint32(tt.number) || c.own != (Lifetime{Seconds: 600}) || c.life != (Lifetime{3600, 1000}) || c.transform.ID != tt.cipher) {
			t.Errorf("%s: %+v", tt.name, c)
		}
	}
	a := &asked{}
	if _, ok := quickWith(a, Responder).choose([]wire.Proposal{offering(1, 0, ESPDES)}, flow{}, false); ok || len(a.requests) != 0 {
		t.Error("a flow that is none of ours is chosen")
	}
}

// TestWhatIsAsked: the key engine is asked from this router's side, whoever began.
func TestWhatIsAsked(t *testing.T) {
	initiators, responders := Proxy{Port: 1}, Proxy{Port: 2}
	for _, role := range []Role{Initiator, Responder} {
		for _, nat := range []bool{false, true} {
			a := &asked{}
			q := quickWith(a, role)
			q.spi = 99
			if nat {
				q.s.inside, q.s.local = true, netip.MustParseAddrPort("1.1.1.1:4500")
			}
			q.choose([]wire.Proposal{offering(3, 5, ESPDES)}, flow{ok: true, initiators: initiators, responders: responders}, true)
			want := ProposalRequest{
				Local: netip.MustParseAddr("1.1.1.1"), Remote: netip.MustParseAddr("2.2.2.2"),
				LocalProxy: responders, RemoteProxy: initiators, Number: 3,
				Proposal: Proposal{ProtoESP, ESPDES, 0, AuthHMACMD5, EncapsTunnel}, PFS: 5, Seconds: 3600, Kilobytes: 1000, NAT: nat,
			}
			if role == Initiator {
				want.LocalProxy, want.RemoteProxy, want.Initiator, want.SPI = initiators, responders, true, 99
			}
			if len(a.requests) != 1 || !reflect.DeepEqual(a.requests[0], want) {
				t.Errorf("%c: asked %+v, want %+v", role, a.requests, want)
			}
		}
	}
}

// TestAnswerIsOneOfTheOffers: what comes back must have gone out, under its number.
func TestAnswerIsOneOfTheOffers(t *testing.T) {
	des, aes := Proposal{Protocol: 3, Transform: ESPDES}, Proposal{Protocol: 3, Transform: ESPAES, KeyBits: 128}
	r := SARequest{Proposals: []Proposal{des, aes}, PFS: 2}
	for _, tt := range []struct {
		number uint8
		offer  offer
		want   bool
	}{
		{1, offer{proposal: des, group: 2}, true}, {2, offer{proposal: aes, group: 2}, true},
		{2, offer{proposal: des, group: 2}, false}, {1, offer{proposal: aes, group: 2}, false},
		{1, offer{proposal: des, group: 1}, false}, {1, offer{proposal: des}, false},
		{0, offer{proposal: des, group: 2}, false}, {3, offer{proposal: des, group: 2}, false},
	} {
		if got := r.offered(choice{number: tt.number, offer: tt.offer}); got != tt.want {
			t.Errorf("number %d, %+v: %v", tt.number, tt.offer, got)
		}
	}
}

// TestOfferOfARequest: a proposal for each way, all with one SPI, no more than a
// payload holds.
func TestOfferOfARequest(t *testing.T) {
	q := quickWith(&asked{}, Initiator)
	r := SARequest{Seconds: 60, Kilobytes: 70, PFS: 2, SPI: 0x01020304}
	for range wire.MaxProposals + 3 {
		r.Proposals = append(r.Proposals, Proposal{Protocol: ProtoESP, Transform: ESPAES, KeyBits: 256, Auth: AuthHMACSHA, Encapsulation: EncapsUDPTunnel})
	}
	q.s.natt = VendorNATT03
	sa := q.s.offer(r)
	if sa.Situation != wire.IdentityOnly || len(sa.Proposals) != 32 {
		t.Fatalf("situation %d, %d proposals", sa.Situation, len(sa.Proposals))
	}
	want := []wire.Attribute{wire.Basic(4, 61443), wire.Basic(1, 1), wire.Basic(2, 60), wire.Basic(1, 2), wire.Basic(2, 70), wire.Basic(5, 2), wire.Basic(6, 256), wire.Basic(3, 2)}
	for i, p := range sa.Proposals {
		if int(p.Number) != i+1 || p.Protocol != 3 || string(p.SPI) != "\x01\x02\x03\x04" || len(p.Transforms) != 1 ||
			p.Transforms[0].Number != 1 || p.Transforms[0].ID != ESPAES || !reflect.DeepEqual(p.Transforms[0].Attributes, want) {
			t.Errorf("proposal %d: %+v", i, p)
		}
	}
}

// TestNotifications: which SPI and which protocol a notification is about.
func TestNotifications(t *testing.T) {
	for spi, want := range map[string]uint32{"\x01\x02\x03\x04": 0x01020304, "": 0, "\x01": 0, "0123456789abcdef": 0} {
		if got := notifySPI(wire.Notify{SPI: []byte(spi)}); got != want {
			t.Errorf("%q: %x", spi, got)
		}
	}
	for protocol, want := range map[uint8]uint8{ProtoAH: ProtoAH, ProtoESP: ProtoESP, ProtoISAKMP: ProtoESP, 0: ProtoESP} {
		if got := protocolOf(wire.Notify{Protocol: protocol}); got != want {
			t.Errorf("protocol %d is taken for %d", protocol, got)
		}
	}
}

// TestIdentityTexts: how show commands name a peer.
func TestIdentityTexts(t *testing.T) {
	for _, tt := range []struct {
		id   wire.ID
		want string
	}{
		{wire.ID{Type: wire.IDIPv4Addr, Data: []byte{1, 2, 3, 4}}, "1.2.3.4"},
		{wire.ID{Type: wire.IDFQDN, Data: []byte("R1.lab\n")}, "R1.lab."},
		{wire.ID{Type: wire.IDUserFQDN, Data: []byte("me@lab")}, "me@lab"},
		{wire.ID{Type: wire.IDIPv4Subnet, Data: make([]byte, 8)}, ""},
	} {
		if got := identityText(tt.id); got != tt.want {
			t.Errorf("%+v: %q", tt.id, got)
		}
	}
}
