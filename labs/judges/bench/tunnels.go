package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// gateways are the two processes of a tunnel, nil where the kernel does it.
type gateways [2]*process

func (g *gateways) stop() {
	for _, p := range g {
		if p != nil {
			p.stop()
		}
	}
}

// contender is a way to join two namespaces by a tunnel.
type contender struct {
	program   string
	transform string
	start     func(*sides) (*gateways, error)
}

func (c contender) String() string { return c.program + ", " + c.transform }

// The names of what others are compared with.
const (
	wireguardGo = "wireguard-go"
	libipsec    = "strongSwan libipsec"
)

const (
	aesSHA = "AES-128/SHA-1"
	desMD5 = "DES/MD5"
)

var contenders = []contender{
	{"ioslab, eth:", aesSHA, gatewaysOver(overEthernet, "esp-aes esp-sha-hmac")},
	{"ioslab, udp:", aesSHA, gatewaysOver(overUDP, "esp-aes esp-sha-hmac")},
	{"ioslab, eth:", desMD5, gatewaysOver(overEthernet, "esp-des esp-md5-hmac")},
	{wireguardGo, "ChaCha20-Poly1305", wireguards},
	{libipsec, aesSHA, charons("aes128-sha1")},
	{libipsec, desMD5, charons("des-md5")},
}

// transfer is what one turn measured.
type transfer struct {
	rate        float64 // Mbit/s
	retransmits float64
	cpu         float64 // seconds per gigabyte, both gateways
	ping        float64 // ms
}

// tunnelTable has a row a contender, and how many times as fast it is as libipsec with
// the same transform and as wireguard-go.
func tunnelTable(list []contender, turns [][]transfer) string {
	rate := func(t transfer) float64 { return t.rate }
	rows := [][]string{{"tunnel", "Mbit/s (least, most)", "x libipsec", "x wireguard-go", "CPU s/GB", "retransmits", "ping ms"}}
	for i, c := range list {
		m, least, most := median(column(turns[i], rate))
		times := func(program, transform string) string {
			for j, other := range list {
				if other.program == program && (transform == "" || other.transform == transform) {
					return fmt.Sprintf("%.2f", m/middle(turns[j], rate))
				}
			}
			return ""
		}
		rows = append(rows, []string{
			c.String(), fmt.Sprintf("%.0f (%.0f, %.0f)", m, least, most),
			times(libipsec, c.transform), times(wireguardGo, ""),
			fmt.Sprintf("%.2f", middle(turns[i], func(t transfer) float64 { return t.cpu })),
			fmt.Sprintf("%.0f", middle(turns[i], func(t transfer) float64 { return t.retransmits })),
			fmt.Sprintf("%.2f", middle(turns[i], func(t transfer) float64 { return t.ping })),
		})
	}
	return table(rows)
}

// tunnels lets the contenders take turns and prints the table.
func (b *bench) tunnels() error {
	list, results, err := b.rounded(contenders)
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "\nTCP through a tunnel, %d s, medians of %d rounds:\n\n", b.seconds, b.rounds)
	fmt.Fprint(b.out, tunnelTable(list, results))
	return nil
}

// rounded lets those of the contenders that are asked for take turns.
func (b *bench) rounded(all []contender) (list []contender, results [][]transfer, err error) {
	for _, c := range all {
		if strings.Contains(c.String(), b.among) {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil, nil, fmt.Errorf("no contender has %q in its name: they are %v", b.among, all)
	}
	results = make([][]transfer, len(list))
	for range b.rounds {
		for i, c := range list {
			t, err := b.turn(c)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %w", c, err)
			}
			results[i] = append(results[i], t)
		}
	}
	return list, results, nil
}

// turn makes a tunnel, uses it, and takes it down.
func (b *bench) turn(c contender) (t transfer, err error) {
	s, err := b.newSides()
	if err != nil {
		return t, err
	}
	defer s.close()
	g, err := c.start(s)
	if err != nil {
		return t, err
	}
	defer g.stop()
	if t.ping, err = s.ping(); err != nil {
		return t, err
	}
	before, err := g.cpu()
	if err != nil {
		return t, err
	}
	bytes, err := s.iperf(&t)
	if err != nil {
		return t, err
	}
	after, err := g.cpu()
	t.cpu = (after - before).Seconds() / (bytes / 1e9)
	return t, err
}

var pingTime = regexp.MustCompile(`= [\d.]+/([\d.]+)/`)

// reach waits for the tunnel.
func (s *sides) reach() error {
	return s.b.until(30*time.Second, func() error {
		_, err := s.b.output("ip", s.a.in("ping", "-c1", "-W1", "-I", s.a.inner, s.z.inner)...)
		return err
	})
}

// ping measures the way through the tunnel when it is idle.
func (s *sides) ping() (ms float64, err error) {
	if err := s.reach(); err != nil {
		return 0, err
	}
	out, err := s.b.output("ip", s.a.in("ping", "-c21", "-i0.02", "-q", "-I", s.a.inner, s.z.inner)...)
	if err != nil {
		return 0, err
	}
	m := pingTime.FindStringSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("ping says nothing of a time: %s", out)
	}
	return strconv.ParseFloat(m[1], 64)
}

// iperf sends TCP from one host to the other and returns the octets that came.
func (s *sides) iperf(t *transfer) (bytes float64, err error) {
	server, err := s.b.start(s.z, "iperf3", nil, "iperf3", "-s", "-1", "-B", s.z.inner)
	if err != nil {
		return 0, err
	}
	defer server.stop()
	var report iperfReport
	err = s.b.until(5*time.Second, func() error {
		out, err := s.b.output("ip", s.a.in("iperf3", "-c", s.z.inner, "-B", s.a.inner, "-t", strconv.Itoa(s.b.seconds), "--json")...)
		if err != nil {
			return err
		}
		report = iperfReport{}
		if err := json.Unmarshal([]byte(out), &report); err != nil {
			return err
		}
		if report.Error != "" { // with JSON it is no failure of the program's
			return errors.New("iperf3: " + report.Error)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	t.rate, t.retransmits = report.End.Received.Rate/1e6, report.End.Sent.Retransmits
	if report.End.Received.Bytes == 0 {
		return 0, errors.New("iperf3 brought nothing over")
	}
	return report.End.Received.Bytes, nil
}

// iperfReport is what we read of iperf3's.
type iperfReport struct {
	Error string `json:"error"`
	End   struct {
		Sent struct {
			Retransmits float64 `json:"retransmits"`
		} `json:"sum_sent"`
		Received struct {
			Bytes float64 `json:"bytes"`
			Rate  float64 `json:"bits_per_second"`
		} `json:"sum_received"`
	} `json:"end"`
}
