package main

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// What is done to packets on their way from one host to the other.
const (
	plain       = "plain"
	translation = "NAT"
	natTunnel   = "NAT and a tunnel"
)

// kernel is the program that the kernel's own way is shown as.
const kernel = "kernel"

// translated is the address of the first end's host beyond its gateway.
const translated = "192.0.2.70"

var natContenders = []contender{
	{kernel, plain, kernelWay(false)},
	{kernel, translation, kernelWay(true)},
	{"ioslab, eth:", plain, translatorsOver(overEthernet, plain)},
	{"ioslab, eth:", translation, translatorsOver(overEthernet, translation)},
	{"ioslab, eth:", natTunnel, translatorsOver(overEthernet, natTunnel)},
	{"ioslab, udp:", plain, translatorsOver(overUDP, plain)},
	{"ioslab, udp:", translation, translatorsOver(overUDP, translation)},
	{"ioslab, udp:", natTunnel, translatorsOver(overUDP, natTunnel)},
}

// translatorsOver are two gateways, the first of which translates its host's address, or
// passes it on as it is.
func translatorsOver(w wiring, what string) func(*sides) (*gateways, error) {
	return pairOf(w, terms{group: 2, set: "esp-aes esp-sha-hmac", clear: what != natTunnel, translates: what != plain})
}

// kernelWay has the kernel of each end pass packets on, and masquerade the first host.
func kernelWay(masquerades bool) func(*sides) (*gateways, error) {
	return func(s *sides) (*gateways, error) {
		if err := s.addresses(s.a, s.z); err != nil {
			return nil, err
		}
		for _, ends := range [][2]side{{s.a, s.z}, {s.z, s.a}} {
			own, other := ends[0], ends[1]
			if _, err := s.b.output("ip", "-n", own.ns, "route", "add", other.subnet, "via", other.outer, "src", own.inner); err != nil {
				return nil, err
			}
		}
		if masquerades {
			rule := strings.Fields("iptables -t nat -A POSTROUTING -o " + s.a.wire + " -s " + s.a.subnet + " -j MASQUERADE")
			if _, err := s.b.output("ip", s.a.in(rule...)...); err != nil {
				return nil, err
			}
		}
		return &gateways{}, nil
	}
}

// nat lets the contenders take turns and prints the table.
func (b *bench) nat() error {
	list, results, err := b.rounded(natContenders)
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "\nTCP through NAT, %d s, medians of %d rounds:\n\n", b.seconds, b.rounds)
	fmt.Fprint(b.out, natTable(list, results))
	return nil
}

// natTable has a row a contender, and how many times as fast it is as the same without
// NAT, and as the kernel with the same.
func natTable(list []contender, turns [][]transfer) string {
	rate := func(t transfer) float64 { return t.rate }
	rows := [][]string{{"way", "Mbit/s (least, most)", "x plain", "x kernel", "CPU s/GB", "retransmits", "ping ms"}}
	for i, c := range list {
		m, least, most := median(column(turns[i], rate))
		times := func(program, what string) string {
			for j, other := range list {
				if other.program == program && other.transform == what {
					return fmt.Sprintf("%.2f", m/middle(turns[j], rate))
				}
			}
			return ""
		}
		rows = append(rows, []string{
			c.String(), fmt.Sprintf("%.0f (%.0f, %.0f)", m, least, most),
			times(c.program, plain), times(kernel, c.transform),
			fmt.Sprintf("%.2f", middle(turns[i], func(t transfer) float64 { return t.cpu })),
			fmt.Sprintf("%.0f", middle(turns[i], func(t transfer) float64 { return t.retransmits })),
			fmt.Sprintf("%.2f", middle(turns[i], func(t transfer) float64 { return t.ping })),
		})
	}
	return table(rows)
}

// seenAs is an end's subnet as the other end's lists name it.
func (e side) seenAs(t terms) string {
	if t.translates && e.first {
		return "host " + translated
	}
	return e.network() + " 0.0.0.255"
}

// alias is the address that an end's host may be translated to, "" for none.
func (e side) alias() string {
	if e.first {
		return translated
	}
	return ""
}

// natLines are the lines of a gateway that translates.
func natLines(own side, t terms) string {
	if !t.translates || !own.first {
		return ""
	}
	return fmt.Sprintf(`interface FastEthernet0/0
 ip nat outside
interface FastEthernet0/1
 ip nat inside
ip nat pool P %[1]s %[1]s prefix-length 24
ip nat inside source list 1 pool P overload
access-list 1 permit %[2]s 0.0.0.255
`, translated, own.network())
}

// cpu is the processor time of both processes so far; the kernel's is not known.
func (g *gateways) cpu() (time.Duration, error) {
	var sum time.Duration
	var errs error
	for _, p := range g {
		if p != nil {
			d, err := p.cpu()
			sum, errs = sum+d, errors.Join(errs, err)
		}
	}
	return sum, errs
}
