package esp

import (
	"bytes"
	"errors"
	"sync"
	"testing"

	"github.com/ioslab/ioslab/ios/packet"
)

var encap = Encap{Local: 4500, Remote: 1024}

// encapsulated is a pair whose packets travel in UDP.
func encapsulated(t testing.TB, tr Transform) (*Outbound, *Inbound) {
	t.Helper()
	out, in := pair(t, tr, func(p *Params) { p.Encap = encap })
	in.p.Encap = Encap{encap.Remote, encap.Local}
	return out, in
}

func TestEncapsulation(t *testing.T) {
	for _, tr := range allTransforms() {
		out, in := encapsulated(t, tr)
		for size := 28; size < 70; size++ {
			inner := echo(size, packet.IPv4Fields{DF: true})
			outer, err := out.Seal(nil, inner)
			if err != nil {
				t.Fatal(err)
			}
			u := packet.UDP(outer.Payload())
			if !outer.Valid() || outer.Protocol() != packet.ProtoUDP || !outer.DF() || len(outer) != outerLength(tr, size)+8 ||
				!u.Valid() || u.SrcPort() != 4500 || u.DstPort() != 1024 || !u.ChecksumOK(here, there) || u[6] != 0 || u[7] != 0 {
				t.Fatalf("%s: % x", tr, outer)
			}
			// Behind the UDP header it is what it would be without.
			bare := packet.BuildIPv4(packet.IPv4Fields{Protocol: packet.ProtoESP, Src: here, Dst: there}, u.Payload())
			if _, _, plain := naiveOpen(t, tr, out.Keys(), bare); !bytes.Equal(plain, inner) {
				t.Fatalf("%s: % x", tr, plain)
			}
			if _, err := in.Open(nil, bare); !errors.Is(err, ErrSPI) {
				t.Fatalf("without its UDP header: %v", err)
			}
			u[0]++ // another translator
			if got, err := in.Open(nil, outer); err != nil || !bytes.Equal(got, inner) {
				t.Fatalf("%s: %v, % x", tr, err, got)
			}
		}
	}
}

func TestEncapsulatedRefusals(t *testing.T) {
	out, in := encapsulated(t, Transform{Cipher: DES, Auth: MD5})
	good, _ := out.Seal(nil, echo(60, packet.IPv4Fields{}))
	for _, test := range []struct {
		name   string
		change func(packet.IPv4) packet.IPv4
	}{
		{"another port", func(p packet.IPv4) packet.IPv4 { p[22]++; return p }},
		{"too short a length", func(p packet.IPv4) packet.IPv4 { p[24], p[25] = 0, 7; return p }},
		{"too long a length", func(p packet.IPv4) packet.IPv4 { p[24] = 9; return p }},
		{"no ESP header", func(p packet.IPv4) packet.IPv4 { p[24], p[25] = 0, 15; return p }},
		{"a fragment", func(p packet.IPv4) packet.IPv4 { p[6] = 0x20; return p }},
		{"TCP", func(p packet.IPv4) packet.IPv4 { p[9] = packet.ProtoTCP; return p }},
	} {
		if _, err := in.Open(nil, test.change(bytes.Clone(good))); !errors.Is(err, ErrSPI) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if _, err := in.Open(nil, good); err != nil {
		t.Error(err)
	}
}

// TestManyWorkers has several workers seal and several open packets of one pair, as
// the race detector watches. Each sequence number comes once, and of two copies of a
// packet one is accepted.
func TestManyWorkers(t *testing.T) {
	const workers, each = 4, 200
	for _, tr := range []Transform{{Cipher: AES, Auth: SHA1}, {Cipher: DES, Auth: MD5}} {
		out, in := pair(t, tr, nil)
		sealed := make([][]packet.IPv4, workers)
		var group sync.WaitGroup
		for w := range workers {
			group.Go(func() {
				s, err := out.Sealer()
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				for n := range each {
					inner := echo(40+n, packet.IPv4Fields{ID: uint16(n)})
					seq, _ := out.Next(len(inner))
					p := make(packet.IPv4, out.Length(len(inner)))
					at := p[out.Before():][:len(inner)] // where it will be
					copy(at, inner)
					sealed[w] = append(sealed[w], s.Seal(p, at, seq))
					out.Carried(1)
				}
			})
		}
		group.Wait()
		var all []packet.IPv4
		for n := range each { // as near to their order as can be, so that none is too old
			for w := range workers {
				all = append(all, sealed[w][n])
			}
		}
		bySeq := make([]packet.IPv4, len(all)+1)
		for _, p := range all {
			seq := packet.ESP(p.Payload()).Seq()
			if bySeq[seq] != nil {
				t.Fatalf("number %d twice", seq)
			}
			bySeq[seq] = p
		}
		opened := make([][2]Opened, len(bySeq))
		for w := range workers {
			group.Go(func() {
				o, err := in.Opener()
				if err != nil {
					t.Error(err)
					return
				}
				defer o.Close()
				for seq := 1 + w; seq < len(bySeq); seq += workers {
					opened[seq][0] = o.Open(bytes.Clone(bySeq[seq]))
					opened[seq][1] = o.Open(bytes.Clone(bySeq[seq])) // in hand before the first is accepted
				}
			})
		}
		group.Wait()
		for seq := 1; seq < len(bySeq); seq++ {
			inner, err := in.Accept(opened[seq][0])
			if err != nil || !inner.Valid() {
				t.Fatalf("number %d: %v", seq, err)
			}
			if _, err := in.Accept(opened[seq][1]); !errors.Is(err, ErrReplay) {
				t.Fatalf("number %d again: %v", seq, err)
			}
		}
		if len(out.spare) > workers || len(in.spare) > workers || out.Packets() != workers*each {
			t.Errorf("%d and %d states, %d packets", len(out.spare), len(in.spare), out.Packets())
		}
	}
}

// TestOpenerLeavesWhatItRefuses: the loop is given the packet then, as it came.
func TestOpenerLeavesWhatItRefuses(t *testing.T) {
	out, in := pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	good, _ := out.Seal(nil, echo(60, packet.IPv4Fields{}))
	bad := bytes.Clone(good)
	bad[len(bad)-1]++
	before := bytes.Clone(bad)
	o, err := in.Opener()
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if got := o.Open(bad); got.Verified || !errors.Is(got.Err, ErrICV) || !bytes.Equal(bad, before) {
		t.Errorf("%+v", got)
	}
	if got := o.Open(good); !got.Verified || &got.Inner[0] != &good[out.Before()] {
		t.Errorf("not opened where it lies: %+v", got)
	}
}

func TestGone(t *testing.T) {
	out, in := pair(t, Transform{Cipher: AES, Auth: SHA1}, nil)
	s, _ := out.Sealer()
	out.Zero()
	in.Zero()
	s.Close()
	if _, err := out.Sealer(); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	if _, err := in.Opener(); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	if _, err := out.Seal(nil, echo(60, packet.IPv4Fields{})); !errors.Is(err, ErrGone) || out.p.Counters.SendErrors.Load() != 1 {
		t.Error(err)
	}
}
