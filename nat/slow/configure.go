package slow

import (
	"fmt"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/nat"
)

// configure changes something of the configuration in both.
func (r *run) configure() error {
	switch r.Intn(12) {
	case 0, 1:
		r.edit()
	case 2:
		return r.setPool()
	case 3, 4:
		return r.addRule()
	case 5:
		if len(r.model.Rules) > 0 && r.chance(2) {
			x := pick(r, r.model.Rules...)
			r.nat.RemoveRule(*x)
			r.model.RemoveRule(x)
		}
	case 6, 7:
		r.addStatic()
	case 8:
		if len(r.model.Statics) > 0 {
			s := pick(r, r.model.Statics...)
			if !r.nat.RemoveStatic(*s) {
				return fmt.Errorf("no static %+v", *s)
			}
			r.model.Remove(s)
		}
	case 9:
		t := nat.DefaultTimeouts()
		t.UDP, t.ICMP = time.Duration(r.Intn(300))*time.Second, time.Duration(1+r.Intn(60))*time.Second
		t.TCP, t.Simple = time.Duration(r.Intn(1000))*time.Second, time.Duration(1+r.Intn(1000))*time.Second
		t.TCPPorts = map[uint16]time.Duration{r.port(): time.Duration(r.Intn(100)) * time.Second}
		t.UDPPorts = map[uint16]time.Duration{r.port(): time.Duration(r.Intn(100)) * time.Second}
		r.nat.SetTimeouts(t)
		r.model.Timeouts = t
	case 10:
		most := pick(r, nat.DefaultEntries, nat.DefaultEntries, 1+r.Intn(50), 1+r.Intn(1000))
		r.nat.SetLimits(nat.Limits{Entries: most})
		r.model.Most = most
	default:
		switch r.Intn(4) {
		case 0:
			was := r.out
			r.out = pick(r, ip(200, 0, 0, 1), ip(200, 0, 0, 2), netip.Addr{})
			if r.nat.AddressChanged("Out"); r.out != was {
				r.model.Moved("Out")
			}
		case 1:
			r.nat.Clear(nat.Selector{All: true})
			r.model.Clear()
		}
	}
	return nil
}

func (r *run) setPool() error {
	p := nat.Pool{Name: pick(r, "A", "B"), Bits: pick(r, 24, 28, 30, 31)}
	p.Type = pick(r, nat.Generic, nat.Generic, nat.Rotary, nat.MatchHost)
	first := 4 + r.Intn(12)
	p.Ranges = append(p.Ranges, nat.Range{Start: ip(200, 0, 0, first), End: ip(200, 0, 0, first+r.Intn(4))})
	if r.chance(3) {
		p.Ranges = append(p.Ranges, nat.Range{Start: ip(200, 0, 1, 1), End: ip(200, 0, 1, 2)})
	}
	_, known := r.model.Pools[p.Name]
	inUse := slices.ContainsFunc(r.model.Rules, func(x *nat.Rule) bool { return x.Pool == p.Name })
	if r.chance(3) {
		was, err := r.nat.RemovePool(p.Name)
		if was != known || (err != nil) != (known && inUse) {
			return fmt.Errorf("pool %s is removed: %v, %v", p.Name, was, err)
		}
		if err == nil {
			r.forget(p.Name)
		}
		return nil
	}
	err := r.nat.SetPool(p)
	if err != nil && !(known && inUse) {
		return fmt.Errorf("pool %+v: %w", p, err)
	}
	if err == nil && !samePool(r.model.Pools[p.Name], p) {
		r.forget(p.Name)
		r.model.Pools[p.Name] = p
	}
	return nil
}

func samePool(a, b nat.Pool) bool {
	return slices.Equal(a.Ranges, b.Ranges) && a.Bits == b.Bits && a.Type == b.Type
}

func (r *run) forget(pool string) {
	delete(r.model.Pools, pool)
	delete(r.model.last, pool)
	delete(r.model.PoolMisses, pool)
}

func (r *run) addRule() error {
	x := nat.Rule{Kind: pick(r, nat.InsideSource, nat.InsideSource, nat.InsideSource, nat.OutsideSource, nat.InsideDestination)}
	x.List = pick(r, "1", "2", "101", "102")
	x.Pool = pick(r, "A", "B")
	if x.Kind == nat.InsideSource {
		x.Overload = r.chance(2)
		if r.chance(3) {
			x.Pool, x.Interface = "", "Out"
		}
		if r.chance(3) {
			x.List, x.RouteMap = "", pick(r, "M1", "M2", "NONE")
		}
	}
	same := func(o *nat.Rule) bool { return o.Kind == x.Kind && o.List == x.List && o.RouteMap == x.RouteMap }
	at := slices.IndexFunc(r.model.Rules, same)
	err := r.nat.AddRule(x)
	switch {
	case at < 0 && err != nil:
		return fmt.Errorf("rule %+v: %w", x, err)
	case at < 0:
		r.model.Rules = append(r.model.Rules, &x)
	case *r.model.Rules[at] == x:
	case (err != nil) != (r.model.References(r.model.Rules[at]) > 0):
		return fmt.Errorf("rule %+v is changed while in use: %w", x, err)
	case err == nil:
		*r.model.Rules[at] = x
	}
	return nil
}

func (r *run) addStatic() {
	s := nat.Static{
		Kind: pick(r, nat.InsideSource, nat.InsideSource, nat.OutsideSource), Extendable: r.chance(2), NoAlias: r.chance(4),
	}
	if s.Kind == nat.InsideSource {
		s.Local, s.Global = r.insideHost(), r.global()
		if r.chance(4) {
			s.RouteMap = pick(r, "M1", "M2", "NONE")
		}
	} else {
		s.Local, s.Global = r.localOutside(), r.outsideHost()
	}
	switch r.Intn(5) {
	case 0, 1:
		s.Protocol, s.LocalPort, s.GlobalPort = pick[uint8](r, 6, 17), r.port(), r.port()
	case 2:
		s.Bits, s.RouteMap = 30, ""
	}
	if s.Kind == nat.InsideSource && s.Bits == 0 && r.chance(3) {
		s.Interface, s.Global = "Out", netip.Addr{}
	}
	known := slices.ContainsFunc(r.model.Statics, func(o *nat.Static) bool {
		return o.Kind == s.Kind && o.Protocol == s.Protocol && o.Bits == s.Bits && o.Local == s.Local && o.LocalPort == s.LocalPort &&
			o.Global == s.Global && o.GlobalPort == s.GlobalPort && o.Interface == s.Interface
	})
	if !known && r.nat.AddStatic(s) == nil {
		r.model.Add(s)
	}
}
