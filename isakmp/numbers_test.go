package isakmp

import (
	"bytes"
	"net/netip"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// TestIANANumbers: what stands on the wire, written out once more.
func TestIANANumbers(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want int
	}{
		{"DES", int(DES), 1}, {"3DES", int(TripleDES), 5}, {"AES", int(AES), 7},
		{"MD5", int(MD5), 1}, {"SHA", int(SHA), 2}, {"SHA-256", int(SHA256), 4}, {"SHA-384", int(SHA384), 5}, {"SHA-512", int(SHA512), 6},
		{"pre-shared key", int(PreShared), 1}, {"RSA signature", int(RSASignature), 3}, {"RSA encryption", int(RSAEncryption), 4},
		{"ISAKMP", int(ProtoISAKMP), 1}, {"AH", int(ProtoAH), 2}, {"ESP", int(ProtoESP), 3},
		{"ESP DES", int(ESPDES), 2}, {"ESP 3DES", int(ESP3DES), 3}, {"ESP NULL", int(ESPNull), 11}, {"ESP AES", int(ESPAES), 12},
		{"no authentication", int(AuthNone), 0}, {"HMAC MD5", int(AuthHMACMD5), 1}, {"HMAC SHA", int(AuthHMACSHA), 2},
		{"HMAC SHA-256", int(AuthHMACSHA256), 5}, {"HMAC SHA-384", int(AuthHMACSHA384), 6}, {"HMAC SHA-512", int(AuthHMACSHA512), 7},
		{"tunnel", int(EncapsTunnel), 1}, {"transport", int(EncapsTransport), 2},
		{"tunnel in UDP", int(EncapsUDPTunnel), 3}, {"transport in UDP", int(EncapsUDPTransport), 4},
		{"port", ikePort, 500}, {"port behind a NAT", nattPort, 4500},
		{"octets of a nonce", nonceLen, 20}, {"retransmissions", maxErrors, 5},
		{"seconds to a retransmission", int(retransmitAfter / time.Second), 10},
		{"seconds that an exchange is known", int(nodePurgeAfter / time.Second), 50},
		{"seconds that an SA is known", int(saPurgeAfter / time.Second), 60},
		{"milliseconds to the answer to a duplicate", int(duplicateAfter / time.Millisecond), 500},
		{"milliseconds without one", int(duplicateQuiet / time.Millisecond), 500},
		{"seconds before its end that an initiator renews phase 1", int(renewalLead / time.Second), 40},
		{"seconds before its end that a responder does", int(responderLead / time.Second), 20},
		{"seconds between questions", int(DefaultKeepaliveRetry / time.Second), 2},
		{"exchanges of ours under an SA", maxRequests, 256}, {"exchanges of the peer's", maxNodes, 128},
		{"message IDs that are known", maxRetired, 8192}, {"messages of an exchange that are", maxSeen, 4},
		{"default priority", DefaultPriority, 65535}, {"default lifetime", int(DefaultLifetime / time.Second), 86400},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %d, want %d", tt.name, tt.got, tt.want)
		}
	}
}

// TestPolicyOnTheWire: policies are read as they are written.
func TestPolicyOnTheWire(t *testing.T) {
	for _, p := range []Policy{
		{Encryption: DES, Hash: MD5, Auth: PreShared, Group: 1, Lifetime: time.Minute},
		{Encryption: TripleDES, Hash: SHA, Auth: RSASignature, Group: 2, Lifetime: 65535 * time.Second},
		{Encryption: AES, KeyBits: 128, Hash: SHA256, Auth: PreShared, Group: 5, Lifetime: 65536 * time.Second},
		{Encryption: AES, KeyBits: 256, Hash: SHA512, Auth: RSAEncryption, Group: 16, Lifetime: DefaultLifetime},
	} {
		if got := readPolicy(p.attributes()); got != p {
			t.Errorf("%+v became %+v", p, got)
		}
	}
	want := []wire.Attribute{wire.Basic(1, 7), wire.Basic(14, 128), wire.Basic(2, 2), wire.Basic(4, 1), wire.Basic(3, 1), wire.Basic(11, 1), wire.Basic(12, 60)}
	p := Policy{Encryption: AES, Hash: SHA, Auth: PreShared, Group: 1, Lifetime: time.Minute}
	if got := p.attributes(); !reflect.DeepEqual(got, want) {
		t.Errorf("AES without a key length: %+v", got)
	}
	for name, tt := range map[string]struct {
		list []wire.Attribute
		want time.Duration
	}{
		"none":                   {nil, 86400 * time.Second},
		"seconds":                {[]wire.Attribute{wire.Basic(11, 1), wire.Basic(12, 60)}, time.Minute},
		"kilobytes":              {[]wire.Attribute{wire.Basic(11, 2), wire.Basic(12, 60)}, 86400 * time.Second},
		"a number before a type": {[]wire.Attribute{wire.Basic(12, 60), wire.Basic(11, 1)}, 86400 * time.Second},
		"both":                   {[]wire.Attribute{wire.Basic(11, 1), wire.Basic(12, 60), wire.Basic(11, 2), wire.Basic(12, 99)}, time.Minute},
	} {
		if got := readPolicy(tt.list).Lifetime; got != tt.want {
			t.Errorf("lifetime, %s: %v", name, got)
		}
	}
	huge := wire.Attribute{Type: wire.AttrEncryption, Bytes: []byte{0, 1, 0, 1}}
	if got := readPolicy([]wire.Attribute{huge}); got.Encryption != 0xffff {
		t.Errorf("a number beyond 16 bits passes for %v", got.Encryption)
	}
}

// TestComparison: the first difference in IOS's order.
func TestComparison(t *testing.T) {
	have := credentials{PreShared}
	aes := Policy{Encryption: AES, Hash: SHA, Auth: PreShared, Group: 2}
	offer := Policy{Encryption: AES, KeyBits: 128, Hash: SHA, Auth: PreShared, Group: 2, Lifetime: time.Second}
	for _, tt := range []struct {
		name   string
		change func(*Policy)
		have   credentials
		want   Mismatch
	}{
		{"the same", func(*Policy) {}, have, 0},
		{"everything", func(p *Policy) { *p = Policy{Encryption: DES, Hash: MD5, Auth: RSASignature, Group: 1} }, nil, MismatchEncryption},
		{"key length and hash", func(p *Policy) { p.KeyBits, p.Hash = 256, MD5 }, have, MismatchKeyLength},
		{"no key length", func(p *Policy) { p.KeyBits = 0 }, have, MismatchKeyLength},
		{"hash and group", func(p *Policy) { p.Hash, p.Group = MD5, 1 }, have, MismatchHash},
		{"group and method", func(p *Policy) { p.Group, p.Auth = 1, RSASignature }, have, MismatchGroup},
		{"method", func(p *Policy) { p.Auth = RSASignature }, have, MismatchAuth},
		{"no key", func(*Policy) {}, nil, MismatchNoKey},
	} {
		o := offer
		tt.change(&o)
		if got := aes.compare(o, tt.have); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
	for name, tt := range map[string]struct {
		policy, offer Policy
		want          Mismatch
	}{
		"a group that is not known": {Policy{Encryption: DES, Hash: SHA, Auth: PreShared, Group: 3}, Policy{Encryption: DES, Hash: SHA, Auth: PreShared, Group: 3}, MismatchGroup},
		"a method that is not":      {Policy{Encryption: DES, Hash: SHA, Auth: RSAEncryption, Group: 1}, Policy{Encryption: DES, Hash: SHA, Auth: RSAEncryption, Group: 1}, MismatchAuth},
		"DES with a key length":     {Policy{Encryption: DES, Hash: SHA, Auth: PreShared, Group: 1}, Policy{Encryption: DES, KeyBits: 64, Hash: SHA, Auth: PreShared, Group: 1}, 0},
	} {
		if got := tt.policy.compare(tt.offer, have); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
	for _, tt := range []struct{ a, b, want time.Duration }{{0, 0, 0}, {0, 5, 5}, {5, 0, 5}, {3, 5, 3}, {5, 3, 3}, {4, 4, 4}} {
		if got := minLimit(tt.a, tt.b); got != tt.want {
			t.Errorf("the smaller limit of %d and %d: %d", tt.a, tt.b, got)
		}
	}
}

// TestOffers: proposals of phase 2 are read as they are written, and refused where
// there is something that is not known.
func TestOffers(t *testing.T) {
	for _, o := range []offer{
		{proposal: Proposal{3, ESPDES, 0, AuthHMACMD5, EncapsTunnel}, life: Lifetime{3600, 4608000}},
		{proposal: Proposal{3, ESP3DES, 0, AuthHMACSHA, EncapsTransport}, life: Lifetime{Seconds: 60}, group: 2},
		{proposal: Proposal{3, ESPAES, 192, AuthNone, EncapsUDPTunnel}, life: Lifetime{Kilobytes: 60}},
		{proposal: Proposal{3, ESPNull, 0, AuthHMACSHA512, EncapsUDPTransport}},
	} {
		transform := wire.Transform{ID: o.proposal.Transform, Attributes: o.attributes(o.proposal.Encapsulation)}
		if got, ok := readOffer(3, transform); !ok || got != o {
			t.Errorf("%+v became %+v, %v", o, got, ok)
		}
		if _, ok := readOffer(2, transform); ok {
			t.Errorf("%+v accepted for AH", o)
		}
	}
	good := func() []wire.Attribute {
		return offer{proposal: Proposal{Auth: AuthHMACMD5, KeyBits: 128}}.attributes(1)
	}
	for name, tt := range map[string]struct {
		id   uint8
		list []wire.Attribute
		ok   bool
	}{
		"good":                        {ESPAES, good(), true},
		"another cipher":              {7, good(), false},
		"DES with a key length":       {ESPDES, good(), false},
		"AES without one":             {ESPAES, good()[:2], false},
		"AES of 160 bits":             {ESPAES, append(good()[:2], wire.Basic(6, 160)), false},
		"another authentication":      {ESPAES, append(good(), wire.Basic(5, 4)), false},
		"another attribute":           {ESPAES, append(good(), wire.Basic(7, 1)), false},
		"a lifetime without its kind": {ESPAES, append(good(), wire.Basic(2, 60)), false},
		"a lifetime of another kind":  {ESPAES, append(good(), wire.Basic(1, 3), wire.Basic(2, 60)), false},
		"a group":                     {ESPAES, append(good(), wire.Basic(3, 5)), true},
		"another group":               {ESPAES, append(good(), wire.Basic(3, 3)), false},
		"mode 0":                      {ESPAES, append(good(), wire.Basic(4, 0)), false},
		"mode 4":                      {ESPAES, append(good(), wire.Basic(4, 4)), true},
		"mode 5":                      {ESPAES, append(good(), wire.Basic(4, 5)), false},
	} {
		if _, ok := readOffer(3, wire.Transform{ID: tt.id, Attributes: tt.list}); ok != tt.ok {
			t.Errorf("%s: accepted %v", name, ok)
		}
	}
	for auth, want := range map[uint16]int{0: 0, 1: 16, 2: 20, 5: 32, 6: 48, 7: 64, 3: -1} {
		if n, ok := authLen(auth); ok != (want >= 0) || ok && n != want {
			t.Errorf("authentication %d: a key of %d octets, %v", auth, n, ok)
		}
	}
	for p, want := range map[Proposal]int{
		{Transform: ESPDES}: 8, {Transform: ESP3DES}: 24, {Transform: ESPNull}: 0, {Transform: ESPAES, KeyBits: 128}: 16,
		{Transform: ESPAES, KeyBits: 192}: 24, {Transform: ESPAES, KeyBits: 256}: 32,
		{Transform: ESP3DES, KeyBits: 1}: -1, {Transform: ESPNull, KeyBits: 1}: -1, {Transform: 4}: -1,
	} {
		if n, ok := cipherLen(p); ok != (want >= 0) || ok && n != want {
			t.Errorf("%+v: a key of %d octets, %v", p, n, ok)
		}
	}
	for _, tt := range []struct {
		octets []byte
		want   uint32
		ok     bool
	}{
		{[]byte{1, 2, 3, 4}, 0x01020304, true}, {[]byte{0, 0, 1, 0}, 256, true}, {[]byte{0, 0, 0, 255}, 255, false},
		{[]byte{1, 2, 3}, 0, false}, {[]byte{1, 2, 3, 4, 5}, 0, false},
	} {
		if spi, ok := spiOf(tt.octets); spi != tt.want || ok != tt.ok {
			t.Errorf("SPI % x: %d, %v", tt.octets, spi, ok)
		}
	}
}

// TestFlowsOnTheWire: proxies are read as they are written.
func TestFlowsOnTheWire(t *testing.T) {
	for _, p := range []Proxy{
		{netip.MustParseAddr("10.1.1.0"), netip.MustParseAddr("255.255.255.0"), 0, 0},
		{netip.MustParseAddr("10.1.1.1"), netip.MustParseAddr("255.255.255.255"), 6, 23},
		{netip.MustParseAddr("0.0.0.0"), netip.MustParseAddr("0.0.0.0"), 17, 500},
	} {
		if got, ok := proxyOf(idOf(p)); !ok || got != p {
			t.Errorf("%+v became %+v, %v", p, got, ok)
		}
	}
	for mask, want := range map[string]uint8{
		"255.255.255.255": wire.IDIPv4Addr, "255.255.255.254": wire.IDIPv4Subnet, "254.255.255.255": wire.IDIPv4Subnet, "0.0.0.0": wire.IDIPv4Subnet,
	} {
		p := Proxy{Addr: netip.MustParseAddr("10.1.1.1"), Mask: netip.MustParseAddr(mask)}
		octets := map[uint8]int{wire.IDIPv4Addr: 4, wire.IDIPv4Subnet: 8}[want]
		if id := idOf(p); id.Type != want || len(id.Data) != octets || p.IsHost() != (want == wire.IDIPv4Addr) {
			t.Errorf("mask %s: ID of type %d", mask, id.Type)
		}
	}
	if _, ok := proxyOf(wire.ID{Type: wire.IDFQDN, Data: []byte("name")}); ok {
		t.Error("a name is a flow")
	}
	here, there := netip.MustParseAddrPort("1.1.1.1:500"), netip.MustParseAddrPort("2.2.2.2:500")
	s := &sa{local: here, remote: there}
	host := wire.Payload{Type: wire.Identify, Body: wire.AppendID(nil, idOf(Proxy{Addr: netip.MustParseAddr("3.3.3.3"), Mask: hostMask}))}
	name := wire.Payload{Type: wire.Identify, Body: wire.AppendID(nil, wire.ID{Type: wire.IDFQDN})}
	bad := wire.Payload{Type: wire.Identify, Body: []byte{1}}
	f, err := s.readFlow(&message{payloads: []wire.Payload{{Type: wire.Nonce}}})
	if err != nil || !f.ok || f.bodyI != nil || f.initiators != (Proxy{Addr: there.Addr(), Mask: hostMask}) || f.responders != (Proxy{Addr: here.Addr(), Mask: hostMask}) {
		t.Errorf("without IDs: %+v, %v", f, err)
	}
	for _, tt := range []struct {
		list     []wire.Payload
		ok, fail bool
	}{
		{[]wire.Payload{host, host}, true, false}, {[]wire.Payload{host, name}, false, false}, {[]wire.Payload{name, host}, false, false},
		{[]wire.Payload{host}, false, true}, {[]wire.Payload{host, host, host}, false, true},
		{[]wire.Payload{host, bad}, false, true}, {[]wire.Payload{bad, host}, false, true},
	} {
		if f, err := s.readFlow(&message{payloads: tt.list}); f.ok != tt.ok || (err != nil) != tt.fail {
			t.Errorf("%d IDs: %+v, %v", len(tt.list), f, err)
		}
	}
}

// TestLifetimesOnTheWire: RESPONDER-LIFETIME is read as it is written, by the
// numbers of either phase.
func TestLifetimesOnTheWire(t *testing.T) {
	for _, l := range []Lifetime{{}, {Seconds: 60}, {Kilobytes: 70000}, {60, 70000}} {
		if got := readLife(wire.Notify{Protocol: ProtoESP, Data: lifeAttributes(l)}); got != l {
			t.Errorf("%+v became %+v", l, got)
		}
	}
	phase1 := wire.AppendAttributes(nil, []wire.Attribute{wire.Basic(11, 1), wire.Basic(12, 60)})
	if got := readLife(wire.Notify{Protocol: ProtoISAKMP, Data: phase1}); got != (Lifetime{Seconds: 60}) {
		t.Errorf("of phase 1: %+v", got)
	}
	if got := readLife(wire.Notify{Protocol: ProtoESP, Data: phase1}); got != (Lifetime{}) {
		t.Errorf("phase 1's kind of life in phase 2: %+v", got)
	}
	for name, data := range map[string][]byte{
		"cut":          {0x80},
		"cut at last":  append(lifeAttributes(Lifetime{Seconds: 60}), 0x80),
		"without kind": wire.AppendAttributes(nil, []wire.Attribute{wire.Basic(2, 60)}),
		"another kind": wire.AppendAttributes(nil, []wire.Attribute{wire.Basic(1, 3), wire.Basic(2, 60)}),
	} {
		if got := readLife(wire.Notify{Protocol: ProtoESP, Data: data}); got != (Lifetime{}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for _, tt := range []struct{ asked, own, want Lifetime }{
		{Lifetime{3600, 1000}, Lifetime{3600, 1000}, Lifetime{}},
		{Lifetime{3600, 1000}, Lifetime{600, 2000}, Lifetime{Seconds: 600}},
		{Lifetime{3600, 1000}, Lifetime{7200, 500}, Lifetime{Kilobytes: 500}},
		{Lifetime{}, Lifetime{600, 500}, Lifetime{600, 500}},
		{Lifetime{3600, 1000}, Lifetime{}, Lifetime{}},
	} {
		if got := (choice{offer: offer{life: tt.asked}, own: tt.own}).shortened(); got != tt.want {
			t.Errorf("asked %+v, own %+v: cut to %+v", tt.asked, tt.own, got)
		}
	}
}

// TestMarker: what is ISAKMP on the port that it shares with ESP.
func TestMarker(t *testing.T) {
	marked := mark([]byte("abc"))
	if !bytes.Equal(marked, []byte("\x00\x00\x00\x00abc")) {
		t.Errorf("% x", marked)
	}
	for text, want := range map[string]string{"\x00\x00\x00\x00abc": "abc", "\x00\x00\x00\x00": "", "\x00\x00\x00\x01abc": "none", "\x00\x00\x00": "none", "\xff": "none"} {
		if got, ok := unmark([]byte(text)); ok != (want != "none") || ok && string(got) != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
}

// TestEncapsulationModes: the numbers of every dialect mean the same, and each is
// written as its peer has it.
func TestEncapsulationModes(t *testing.T) {
	for mode, want := range map[uint16]uint16{1: 1, 2: 2, 3: 3, 4: 4, 61443: 3, 61444: 4, 5: 5} {
		if got := encapsulation(mode); got != want {
			t.Errorf("mode %d is %d, want %d", mode, got, want)
		}
	}
	for kind, want := range map[VendorKind][4]uint16{
		VendorUnknown: {1, 2, 3, 4}, VendorNATT02: {1, 2, 61443, 61444}, VendorNATT03: {1, 2, 61443, 61444},
		VendorNATT07: {1, 2, 3, 4}, VendorNATTRFC: {1, 2, 3, 4},
	} {
		for i, mode := range []uint16{EncapsTunnel, EncapsTransport, EncapsUDPTunnel, EncapsUDPTransport} {
			if got := (&sa{natt: kind}).encapsulate(mode); got != want[i] {
				t.Errorf("dialect %d: mode %d is written as %d", kind, mode, got)
			}
		}
	}
	for p, want := range map[Proposal]bool{{Encapsulation: 1}: false, {Encapsulation: 2}: false, {Encapsulation: 3}: true, {Encapsulation: 4}: true} {
		if p.IsInUDP() != want || !p.InUDP().IsInUDP() {
			t.Errorf("mode %d: in UDP %v, made so %v", p.Encapsulation, p.IsInUDP(), p.InUDP().IsInUDP())
		}
	}
	own := []Proposal{{Encapsulation: EncapsTunnel}}
	if list := inUDP(own); list[0].Encapsulation != EncapsUDPTunnel || own[0].Encapsulation != EncapsTunnel {
		t.Errorf("%+v, %+v", list, own)
	}
}

// TestMessageParts: each payload must be there once.
func TestMessageParts(t *testing.T) {
	m := &message{payloads: []wire.Payload{{Type: 8, Body: []byte("a")}, {Type: 1}, {Type: 13}, {Type: 13, Body: []byte("b")}}}
	for _, tt := range []struct {
		kinds []uint8
		want  bool
	}{{nil, true}, {[]uint8{8}, true}, {[]uint8{8, 1}, true}, {[]uint8{13}, false}, {[]uint8{8, 5}, false}, {[]uint8{5}, false}} {
		if got := m.holds(tt.kinds); got != tt.want {
			t.Errorf("holds %v: %v", tt.kinds, got)
		}
	}
	if !m.signed() || (&message{}).signed() || (&message{payloads: m.payloads[1:]}).signed() {
		t.Error("a message is signed by a hash in front")
	}
	if string(m.body(8)) != "a" || m.body(13) != nil || m.body(5) != nil {
		t.Errorf("bodies %q, %q, %q", m.body(8), m.body(13), m.body(5))
	}
}

// TestSeenMessages: the latest four are known.
func TestSeenMessages(t *testing.T) {
	var seen []seenMessage
	for i := range 5 {
		seen = remember(seen, []byte{byte(i)}, i+1)
	}
	var numbers []int
	for i := range 6 {
		numbers = append(numbers, seenAs(seen, []byte{byte(i)}))
	}
	if !slices.Equal(numbers, []int{0, 2, 3, 4, 5, 0}) {
		t.Errorf("known as %v", numbers)
	}
}

// TestRetiredIDs: of the IDs that are used up the latest are known.
func TestRetiredIDs(t *testing.T) {
	s := &sa{}
	for id := range uint32(maxRetired + 2) {
		s.retireID(id + 1)
	}
	if s.idRetired(1) || s.idRetired(2) || !s.idRetired(3) || !s.idRetired(maxRetired+2) || s.idRetired(maxRetired+3) || len(s.retired) != maxRetired {
		t.Errorf("%d are known, the oldest is %d", len(s.retired), s.retired[0])
	}
}

// TestMayMove: a peer can be found at another address that has the same key.
func TestMayMove(t *testing.T) {
	key := func(k, addr string) PresharedKey {
		return PresharedKey{Key: k, Addr: netip.MustParseAddr(addr), Mask: hostMask}
	}
	e := &Engine{env: Env{Config: &Config{Keys: []PresharedKey{key("a", "1.1.1.1"), key("a", "2.2.2.2"), key("b", "3.3.3.3")}}}}
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"1.1.1.1", "1.1.1.1", true}, {"1.1.1.1", "2.2.2.2", true}, {"1.1.1.1", "3.3.3.3", false},
		{"1.1.1.1", "4.4.4.4", false}, {"4.4.4.4", "1.1.1.1", false}, {"4.4.4.4", "4.4.4.4", true}, {"4.4.4.4", "5.5.5.5", false},
	} {
		if got := e.mayMove(netip.MustParseAddr(tt.from), netip.MustParseAddr(tt.to)); got != tt.want {
			t.Errorf("from %s to %s: %v", tt.from, tt.to, got)
		}
	}
	if !e.hasOwnKey(netip.MustParseAddr("1.1.1.1")) || e.hasOwnKey(netip.MustParseAddr("4.4.4.4")) {
		t.Error("hasOwnKey is wrong")
	}
	e.env.Config.Keys = []PresharedKey{{Key: "a", Addr: netip.MustParseAddr("1.1.1.0"), Mask: netip.MustParseAddr("255.255.255.0")}}
	if e.hasOwnKey(netip.MustParseAddr("1.1.1.1")) {
		t.Error("a key of a network is nobody's own")
	}
}

// TestKeyCovers: keys are for addresses of IPv4.
func TestKeyCovers(t *testing.T) {
	v6 := netip.MustParseAddr("2001:db8::1")
	net, mask := netip.MustParseAddr("10.1.0.0"), netip.MustParseAddr("255.255.0.0")
	for _, tt := range []struct {
		key  PresharedKey
		peer string
		want bool
	}{
		{PresharedKey{Addr: net, Mask: mask}, "10.1.255.255", true},
		{PresharedKey{Addr: net, Mask: mask}, "10.2.0.0", false},
		{PresharedKey{Addr: netip.MustParseAddr("10.1.2.3"), Mask: mask}, "10.1.9.9", true},
		{PresharedKey{Addr: net, Mask: mask}, "2001:db8::1", false},
		{PresharedKey{Addr: v6, Mask: mask}, "10.1.0.1", false},
		{PresharedKey{Addr: net, Mask: v6}, "10.1.0.1", false},
	} {
		if got := tt.key.Covers(netip.MustParseAddr(tt.peer)); got != tt.want {
			t.Errorf("%v/%v for %s: %v", tt.key.Addr, tt.key.Mask, tt.peer, got)
		}
	}
}
