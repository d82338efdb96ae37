package nat

import (
	"encoding/binary"
	"fmt"
	"math/rand"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// station is one end of a TCP connection, with the numbers as it knows them.
type station struct {
	own, peer netip.AddrPort
	inside    bool
	next      uint32 // to be sent
	expected  uint32 // from the peer
}

// channel is a connection through NAT.
type channel struct {
	*rig
	client, server *station
}

// send sends a segment and returns the data that arrives. Numbers and checksums must be
// what the receiver expects.
func (c *channel) send(from, to *station, data string) string {
	c.t.Helper()
	p := tcpPacket(from, data)
	got := c.carry(from, p)
	t := packet.TCP(got.Payload())
	if t.Seq() != to.expected || t.Ack() != to.next {
		c.t.Errorf("%q came with sequence number %d, acknowledges %d; expected were %d and %d", data, t.Seq(), t.Ack(), to.expected, to.next)
	}
	from.next += uint32(len(data))
	to.expected += uint32(len(t.Payload()))
	return string(t.Payload())
}

func tcpPacket(from *station, data string) packet.IPv4 {
	return packet.BuildIPv4(
		packet.IPv4Fields{TTL: 9, Protocol: packet.ProtoTCP, Src: from.own.Addr(), Dst: from.peer.Addr()},
		packet.BuildTCP(from.own.Addr(), from.peer.Addr(), packet.TCPFields{
			SrcPort: from.own.Port(), DstPort: from.peer.Port(), Seq: from.next, Ack: from.expected, Flags: packet.TCPAck,
		}, []byte(data)))
}

func (c *channel) carry(from *station, p packet.IPv4) packet.IPv4 {
	c.t.Helper()
	ask := c.Inbound
	if from.inside {
		ask = c.Outbound
	}
	d := ask(p, Way{Out: "Out"})
	if d.Verdict != Translated {
		c.t.Fatalf("%s: verdict %d, reason %d", text(p), d.Verdict, d.Reason)
	}
	d.Apply()
	check(c.t, d.Packets[0])
	return d.Packets[0]
}

// ftpRig is a control channel from inside to a server outside, or the other way round.
func ftpRig(t testing.TB, serverInside bool) *channel {
	r := patRig(t)
	c := &channel{rig: r}
	port := func(s string) netip.AddrPort { return netip.MustParseAddrPort(s) }
	c.client = &station{own: port("10.0.0.1:4000"), peer: port("20.1.1.1:21"), inside: true, next: 1<<32 - 10, expected: 1 << 31}
	c.server = &station{own: port("20.1.1.1:21"), peer: port("200.1.1.1:4000"), next: 1 << 31, expected: 1<<32 - 10}
	if serverInside {
		r.fixed(Static{Protocol: 6, Local: addr("10.0.0.9"), LocalPort: 21, Interface: "Out", GlobalPort: 21})
		c.client = &station{own: port("20.1.1.5:4000"), peer: port("200.1.1.1:21"), next: 7, expected: 9}
		c.server = &station{own: port("10.0.0.9:21"), peer: port("20.1.1.5:4000"), inside: true, next: 9, expected: 7}
	}
	return c
}

// TestActiveFTP: the client's PORT tells the address and port that PAT gives it, and the
// server's connection to it arrives.
func TestActiveFTP(t *testing.T) {
	c := ftpRig(t, false)
	c.expect("> tcp 10.0.0.2:5000 20.1.1.1:80", "tcp 200.1.1.1:5000 20.1.1.1:80")
	c.send(c.client, c.server, "USER a\r\n")
	for i, want := range []string{"PORT 200,1,1,1,4,0\r\n", "PORT 200,1,1,1,19,137\r\n"} {
		if got := c.send(c.client, c.server, fmt.Sprintf("PORT 10,0,0,1,19,%d\r\n", 136+i)); got != want {
			t.Errorf("the server reads %q, not %q", got, want)
		}
		c.send(c.server, c.client, "200 ok\r\n")
	}
	if c.Statistics().Doors != 2 {
		t.Error(c.Statistics().Doors, "doors")
	}
	c.expect(
		"< tcp 20.1.1.1:20 200.1.1.1:1024 syn", "tcp 20.1.1.1:20 10.0.0.1:5000 syn",
		"> tcp 10.0.0.1:5000 20.1.1.1:20 syn ack", "tcp 200.1.1.1:1024 20.1.1.1:20 syn ack",
		"< tcp 20.1.1.2:20 200.1.1.1:1024 syn", "untouched",
	)
	c.send(c.server, c.client, "150 begins\r\n")
	c.send(c.client, c.server, "NOOP\r\n")
	c.shows(
		"tcp 200.1.1.1:4000 10.0.0.1:4000 20.1.1.1:21 20.1.1.1:21",
		"tcp 200.1.1.1:1024 10.0.0.1:5000 20.1.1.1:20 20.1.1.1:20",
		"tcp 200.1.1.1:5000 10.0.0.2:5000 20.1.1.1:80 20.1.1.1:80",
	)
	c.wait(doorTimeout)
	if c.Statistics().Doors != 1 { // the other is in use
		t.Error(c.Statistics().Doors, "doors")
	}
	c.Clear(Selector{All: true})
	if s := c.Statistics(); s.Doors+s.Dynamic != 0 || len(c.places)+len(c.spaces) != 0 {
		t.Error(s, len(c.places), len(c.spaces))
	}
}

// TestPassiveFTP: the answer of a server inside tells the address that clients outside
// know, and their connection to it arrives.
func TestPassiveFTP(t *testing.T) {
	c := ftpRig(t, true)
	c.send(c.client, c.server, "PASV\r\n")
	if got := c.send(c.server, c.client, "227 Entering Passive Mode (10,0,0,9,19,136)\r\n"); got != "227 Entering Passive Mode (200,1,1,1,19,136)\r\n" {
		t.Errorf("the client reads %q", got)
	}
	c.expect(
		"< tcp 20.1.1.5:4001 200.1.1.1:5000 syn", "tcp 20.1.1.5:4001 10.0.0.9:5000 syn",
		"> tcp 10.0.0.9:5000 20.1.1.5:4001 syn ack", "tcp 200.1.1.1:5000 20.1.1.5:4001 syn ack",
	)
	c.send(c.server, c.client, "226 done\r\n")
	c.send(c.client, c.server, "QUIT\r\n")
	ports := c.spaces[spaceKey{number(addr("200.1.1.1")), packet.ProtoTCP}]
	if ports.count != 2 || !ports.ports.taken(5000) {
		t.Error("the port of the door is not taken")
	}
	c.Clear(Selector{All: true})
	if ports.count != 1 || ports.ports.taken(5000) {
		t.Error("the port of the door is not given back")
	}
}

// TestFTPOfASimpleEntry keeps ports.
func TestFTPOfASimpleEntry(t *testing.T) {
	c := ftpRig(t, false)
	c.fixed(Static{Local: addr("10.0.0.1"), Global: addr("200.1.1.77")})
	c.fixed(Static{Kind: OutsideSource, Global: addr("20.1.1.1"), Local: addr("172.16.100.1")})
	c.client.peer = netip.MustParseAddrPort("172.16.100.1:21")
	c.server.peer = netip.MustParseAddrPort("200.1.1.77:4000")
	if got := c.send(c.client, c.server, "port 10,0,0,1,19,136\r\n"); got != "port 200,1,1,77,19,136\r\n" {
		t.Errorf("the server reads %q", got)
	}
	if got := c.send(c.server, c.client, "227 =20,1,1,1,4,5\r\n"); got != "227 =172,16,100,1,4,5\r\n" {
		t.Errorf("the client reads %q", got)
	}
	c.send(c.client, c.server, "NOOP\r\n")
	c.expect("< tcp 20.1.1.1:20 200.1.1.77:5000 syn", "tcp 172.16.100.1:20 10.0.0.1:5000 syn")
}

// TestFTPSentAgain: a command that is sent again becomes the same, and changes no numbers.
func TestFTPSentAgain(t *testing.T) {
	c := ftpRig(t, false)
	first := tcpPacket(c.client, "PORT 10,0,0,1,19,136\r\n")
	a, b := c.carry(c.client, first), c.carry(c.client, first)
	if string(a) != string(b) {
		t.Errorf("%q and %q", a, b)
	}
	c.send(c.client, c.server, "PORT 10,0,0,1,19,136\r\n")
	c.send(c.client, c.server, "NOOP\r\n")
	if string(c.carry(c.client, first)) != string(a) {
		t.Error("later it is another")
	}
	c.send(c.server, c.client, "200 ok\r\n")
	if c.Statistics().Doors != 1 {
		t.Error(c.Statistics().Doors, "doors")
	}
}

// TestFTPIsLeftAlone where it must be.
func TestFTPIsLeftAlone(t *testing.T) {
	for _, c := range []struct {
		name, line string
		change     func(r *rig)
	}{
		{"of another host", "PORT 10,0,0,2,19,136\r\n", nil},
		{"not whole", "PORT 10,0,0,1,19,136", nil},
		{"not a port", "PORT 10,0,0,1,19,1360\r\n", nil},
		{"too short", "PORT 10,0,0,1,19\r\n", nil},
		{"another command", "SPORT 10,0,0,1,19,136\r\n", nil},
		{"switched off", "PORT 10,0,0,1,19,136\r\n", func(r *rig) { r.SetServices(Services{}) }},
		{"another server", "PORT 10,0,0,1,19,136\r\n", func(r *rig) {
			r.list("9", "permit 20.1.1.2")
			r.SetServices(Services{FTP: []ServicePort{{"9", 21}}})
		}},
		{"no-payload", "PORT 10,0,0,1,19,136\r\n", func(r *rig) {
			r.fixed(Static{Local: addr("10.0.0.1"), Global: addr("200.1.1.1"), NoPayload: true})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch := ftpRig(t, false)
			if c.change != nil {
				c.change(ch.rig)
			}
			if got := ch.send(ch.client, ch.server, c.line); got != c.line || ch.Statistics().Doors != 0 {
				t.Errorf("%q, %d doors", got, ch.Statistics().Doors)
			}
		})
	}
}

// TestDoorsAreBounded: they count as entries do.
func TestDoorsAreBounded(t *testing.T) {
	c := ftpRig(t, false)
	c.SetLimits(Limits{Entries: 10})
	for i := range 20 {
		c.send(c.client, c.server, fmt.Sprintf("PORT 10,0,0,1,19,%d\r\n", i))
	}
	if c.Statistics().Doors != 9 {
		t.Error(c.Statistics().Doors)
	}
}

// TestSACKIsShifted: selective acknowledgments name what the sender has sent.
func TestSACKIsShifted(t *testing.T) {
	own, other := shift{edited: true, at: 100, after: -3}, shift{edited: true, at: 1000, before: 2, after: 7}
	for pad := range 4 { // options may begin at an odd place
		options := append(make([]byte, 0, 40), 1, 1, 1, 1)[:pad]
		options = append(options, optionSACK, 18)
		for _, edge := range []uint32{990, 1000, 1012, 1020} {
			options = binary.BigEndian.AppendUint32(options, edge)
		}
		for len(options)%4 != 0 {
			options = append(options, optionEnd)
		}
		seg := packet.BuildTCP(addr("1.1.1.1"), addr("2.2.2.2"), packet.TCPFields{Seq: 200, Ack: 992, Flags: packet.TCPAck}, options)
		seg[12] = byte((20 + len(options)) / 4 << 4)
		p := packet.BuildIPv4(packet.IPv4Fields{TTL: 1, Protocol: packet.ProtoTCP, Src: addr("1.1.1.1"), Dst: addr("2.2.2.2")}, seg)
		sumTransport(p, tcpChecksum)
		got := packet.TCP(p.Payload())
		shiftSegment(got, &own, &other)
		check(t, p)
		var edges []uint32
		for at := 20 + pad + 2; at < 20+pad+18; at += 4 {
			edges = append(edges, binary.BigEndian.Uint32(got[at:]))
		}
		if got.Seq() != 197 || got.Ack() != 990 || fmt.Sprint(edges) != "[988 998 1005 1013]" {
			t.Error(pad, got.Seq(), got.Ack(), edges)
		}
	}
}

// TestShiftsTurnBack: for every number after any edits, what is acknowledged is what was
// sent.
func TestShiftsTurnBack(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 1000 {
		var s shift
		seq := random.Uint32()
		for range 5 {
			s.edit(seq, int32(random.Intn(13)-6))
			seq += uint32(20 + random.Intn(1000))
			if got := s.acked(s.sent(seq)); got != seq {
				t.Fatalf("%+v: %d is acknowledged as %d", s, seq, got)
			}
		}
	}
}

// FuzzFTP: whatever a control channel carries, what comes out is sound, and the stream has
// no holes.
func FuzzFTP(f *testing.F) {
	f.Add("PORT 10,0,0,1,19,136\r\n\x00227 (20,1,1,1,1,1)\r\n\x00NOOP\r\n")
	f.Add("227 10,0,0,1,255,255\n\x00PORT 10,0,0,1,0,0\n")
	f.Fuzz(func(t *testing.T, lines string) {
		c := ftpRig(t, false)
		for i, line := range strings.Split(lines, "\x00") {
			if len(line) > 1000 {
				return
			}
			if i%2 == 0 {
				c.send(c.client, c.server, line)
			} else {
				c.send(c.server, c.client, line)
			}
			c.wait(time.Second)
		}
	})
}
