package main

import (
	"fmt"
	"math/rand"
	"net/netip"
	"runtime"
	"strings"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/nat"
	"github.com/ioslab/ioslab/nat/slow"
)

// natCases compares NAT with its slow model over millions of random cases.
func natCases() error {
	const runs, steps, longRuns, longSteps = 2000, 1000, 10, 30_000
	start := time.Now()
	for seed := range int64(runs + longRuns) {
		n := steps
		if seed >= runs {
			n = longSteps
		}
		if err := slow.Compare(rand.New(rand.NewSource(1_000_000+seed)), n); err != nil {
			return fmt.Errorf("seed %d: %w", 1_000_000+seed, err)
		}
	}
	fmt.Printf("NAT and its slow model: %d random cases alike (%v)\n", runs*steps+longRuns*longSteps, since(start))
	return nil
}

func since(start time.Time) time.Duration { return time.Since(start).Round(time.Millisecond) }

// router is a NAT with a pool and PAT, and a clock.
type router struct {
	*nat.NAT
	clock slow.Clock
}

func newRouter() (*router, error) {
	l := acl.NewList("1", acl.Standard)
	e, err := acl.ParseEntry(strings.Fields("permit 10.0.0.0 0.255.255.255"), acl.Standard)
	if err == nil {
		err = l.Add(e)
	}
	r := new(router)
	r.NAT = nat.New(nat.Env{
		Now: r.clock.Now, After: r.clock.After, Emit: func(nat.Event) {}, Wants: func() bool { return false },
		List: func(string) *acl.List { return l }, RouteMap: func(string) nat.RouteMap { return nil },
		Address: func(string) netip.Addr { return netip.Addr{} }, HashKey: 1,
	})
	if err == nil {
		err = r.SetPool(nat.Pool{
			Name: "P", Bits: 24, Ranges: []nat.Range{{Start: netip.MustParseAddr("20.0.0.1"), End: netip.MustParseAddr("20.0.0.254")}},
		})
	}
	if err == nil {
		err = r.AddRule(nat.Rule{List: "1", Pool: "P", Overload: true})
	}
	return r, err
}

// conversation is the first packet of one of millions.
func conversation(i int) packet.IPv4 {
	src := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, byte(i >> 22), byte(i >> 14), byte(i >> 6)}), uint16(2000+i&63*900+i>>6&511))
	dst := netip.AddrPortFrom(netip.AddrFrom4([4]byte{30, 0, 0, 1}), 9000)
	return packet.BuildIPv4(packet.IPv4Fields{TTL: 64, Protocol: packet.ProtoUDP, Src: src.Addr(), Dst: dst.Addr()},
		packet.BuildUDP(src, dst, nil))
}

// open begins conversations, and returns how many of them were refused, and how long each
// took.
func (r *router) open(from, to int) (refused int, each time.Duration) {
	packets := make([]packet.IPv4, 0, to-from)
	for i := from; i < to; i++ {
		packets = append(packets, conversation(i))
	}
	start := time.Now()
	for _, p := range packets {
		d := r.Outbound(p, nat.Way{})
		if d.Apply(); d.Verdict == nat.Refused {
			refused++
		}
	}
	return refused, time.Since(start) / time.Duration(to-from)
}

// translations measures a table of a thousand and of a million.
func translations() error {
	for _, n := range []int{1_000, 1_000_000} {
		before := heap()
		r, err := newRouter()
		if err != nil {
			return err
		}
		for at := 0; at < n; at += 1000 {
			r.open(at, at+1000)
		}
		bytes := (heap() - before) / uint64(n)
		refused, creation := r.open(n, n+20_000)
		if got := r.Statistics().Dynamic; refused > 0 || got != n+20_000 {
			return fmt.Errorf("%d translations, %d refused", got, refused)
		}
		lookup, err := r.lookups(n)
		if err != nil {
			return err
		}
		start := time.Now()
		r.clock.Wait(time.Hour)
		expiry := time.Since(start) / time.Duration(n+20_000)
		if got := r.Statistics().Dynamic; got != 0 {
			return fmt.Errorf("%d translations have not expired", got)
		}
		fmt.Printf("%d translations: %d bytes each, %v a lookup, %v a creation, %v an expiry\n", n, bytes, lookup, creation, expiry)
	}
	return flood()
}

// lookups is how long a worker takes to find a translation.
func (r *router) lookups(n int) (time.Duration, error) {
	const sample = 50_000
	packets := make([]packet.IPv4, sample)
	for i := range packets {
		packets[i] = conversation(int(uint64(i) * 7919 % uint64(n)))
	}
	v := r.Publish()
	start := time.Now()
	for _, p := range packets {
		seen := acl.Examine(p)
		if _, answer := v.Outbound(p, &seen, nat.Way{}, nil); answer != nat.Translate {
			return 0, fmt.Errorf("a worker does not find a translation: %d", answer)
		}
	}
	return time.Since(start) / sample, nil
}

// flood opens two million conversations with and without max-entries.
func flood() error {
	const flows = 2_000_000
	for _, most := range []int{0, 10_000} {
		before := heap()
		r, err := newRouter()
		if err != nil {
			return err
		}
		r.SetLimits(nat.Limits{Entries: most})
		want := most
		if most == 0 {
			want = nat.DefaultEntries
		}
		refused := 0
		for at := 0; at < flows; at += 1000 {
			n, _ := r.open(at, at+1000)
			refused += n
		}
		if got := r.Statistics().Dynamic; got != want || refused != flows-want {
			return fmt.Errorf("a flood of %d conversations made %d translations, %d refused", flows, got, refused)
		}
		each, found := time.Hour, time.Hour
		for range 10 { // the shortest, for others run meanwhile
			_, t := r.open(flows, flows+want/100)
			_, u := r.open(0, want/100)
			each, found = min(each, t), min(found, u)
		}
		fmt.Printf("flood of %d conversations: %d translations, %d MB; %v one that is refused, %v one that is found\n",
			flows, want, (heap()-before)>>20, each, found)
		runtime.KeepAlive(r)
	}
	return nil
}

// heap is how much memory is in use, in bytes.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
