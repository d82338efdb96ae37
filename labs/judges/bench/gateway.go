package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// gateway is an ioslab node: its outside on the wire between the two ends, its
// inside on a TUN device that is the host's way out.
type gateway struct {
	*process
	s          *sides
	own, other side
	cleared    int // how often
}

// tunnelDevice is the host's TUN device.
const tunnelDevice = "ios0"

// wiring is how two gateways are joined.
type wiring string

const (
	overEthernet wiring = "eth" // frames on the veth pair itself: raw ESP
	overUDP      wiring = "udp" // frames in UDP, as GNS3 joins routers
)

// terms are what a gateway negotiates.
type terms struct {
	group      int
	set        string // of phase 2, as IOS takes it
	clear      bool   // there is no tunnel
	translates bool   // the first gateway does, see translated
}

// settings is a startup-config.
func settings(own, other side, t terms, w wiring) string {
	of := "" // lines of the interface outside
	if w == overUDP {
		// Ethernet, UDP and IP headers come on top, on a veth of 1500 bytes.
		of = " ip mtu 1458\n"
	}
	if !t.clear {
		of += " crypto map VPN\n"
	}
	return fmt.Sprintf(`hostname GW
crypto isakmp policy 10
 encr aes
 authentication pre-share
 group %d
crypto isakmp key %s address %s
crypto ipsec transform-set TS %s
crypto map VPN 10 ipsec-isakmp
 set peer %s
 set transform-set TS
 match address 100
interface FastEthernet0/0
 ip address %s 255.255.255.0
%s no shutdown
interface FastEthernet0/1
 ip address %s 255.255.255.0
 no shutdown
ip route 0.0.0.0 0.0.0.0 %s
access-list 100 permit ip %s %s
%send
`, t.group, preshared, other.outer, t.set, other.outer, own.outer, of, own.router(), other.outer, own.seenAs(t), other.seenAs(t), natLines(own, t))
}

// network is the subnet's address without its length.
func (e side) network() string { return strings.TrimSuffix(e.subnet, "/24") }

// router is the gateway's address on the subnet.
func (e side) router() string { return strings.TrimSuffix(e.network(), ".0") + ".254" }

// newGateway starts a node at one end.
func (s *sides) newGateway(own, other side, t terms, w wiring) (*gateway, error) {
	wire := "eth:" + own.wire
	if w == overUDP {
		wire = fmt.Sprintf("udp:10000:%s:10000", other.outer)
		if _, err := s.b.output("ip", "-n", own.ns, "address", "add", own.outer+"/24", "dev", own.wire); err != nil {
			return nil, err
		}
	}
	config := filepath.Join(s.b.dir, own.ns+".cfg")
	if err := os.WriteFile(config, []byte(settings(own, other, t, w)), 0o600); err != nil {
		return nil, err
	}
	p, err := s.b.start(own, "ioslab", nil, s.b.ioslab, "node", "--config", config,
		"--attach", "FastEthernet0/0="+wire, "--attach", "FastEthernet0/1=tun:"+tunnelDevice+","+own.inner+"/24")
	if err != nil {
		return nil, err
	}
	g := &gateway{process: p, s: s, own: own, other: other}
	err = s.b.until(10*time.Second, func() error {
		if err := p.alive(); err != nil {
			return err
		}
		if text, _ := os.ReadFile(p.log.Name()); !bytes.Contains(text, []byte("GW>")) {
			return errors.New("the gateway does not come up")
		}
		for _, to := range []string{other.subnet, other.alias()} {
			if to == "" {
				continue
			}
			if _, err := s.b.output("ip", "-n", own.ns, "route", "replace", to, "dev", tunnelDevice, "src", own.inner); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		// With the neighbour's hardware address the first message of IKE is not lost.
		_, err = fmt.Fprintf(p.input, "enable\nping %s repeat 2 timeout 1\n", other.outer)
	}
	if err != nil {
		p.stop()
		return nil, err
	}
	return g, nil
}

// initiate sends a packet that wants the tunnel. Nobody answers it: routers drop
// it and negotiate.
func (g *gateway) initiate() error {
	exec.Command("ip", g.own.in("ping", "-c1", "-W0.05", "-I", g.own.inner, g.other.inner)...).Run()
	return nil
}

// terminate waits for the router to take the commands: an exchange that found the
// tunnel of the one before would cost nothing.
func (g *gateway) terminate() error {
	const last = "clear crypto isakmp"
	if _, err := io.WriteString(g.input, "clear crypto sa\n"+last+"\n"); err != nil {
		return err
	}
	g.cleared++
	return g.s.b.until(10*time.Second, func() error {
		if text, _ := os.ReadFile(g.log.Name()); strings.Count(string(text), "GW#"+last) < g.cleared {
			return errors.New("the gateway does not take " + last)
		}
		return nil
	})
}

// gatewayFor is a gateway that negotiates with a Diffie-Hellman group.
func gatewayFor(s *sides, own, other side, group int) (daemon, error) {
	return s.newGateway(own, other, terms{group: group, set: "esp-aes esp-sha-hmac"}, overEthernet)
}

// gatewaysOver is a tunnel between two of them.
func gatewaysOver(w wiring, set string) func(*sides) (*gateways, error) {
	return pairOf(w, terms{group: 2, set: set})
}

// pairOf is a gateway at each end.
func pairOf(w wiring, t terms) func(*sides) (*gateways, error) {
	return func(s *sides) (*gateways, error) {
		a, err := s.newGateway(s.a, s.z, t, w)
		if err != nil {
			return nil, err
		}
		z, err := s.newGateway(s.z, s.a, t, w)
		if err != nil {
			a.stop()
			return nil, err
		}
		return &gateways{a.process, z.process}, nil
	}
}

// build makes the program from the source as it stands.
func (b *bench) build() error {
	b.ioslab = filepath.Join(b.dir, "ioslab")
	cmd := exec.CommandContext(b.ctx, "go", "build", "-o", b.ioslab, "github.com/ioslab/ioslab/cmd/ioslab")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	return nil
}
