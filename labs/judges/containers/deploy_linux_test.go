package containers

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// deployment is the example as containerlab deploys it.
type deployment struct {
	*netlab.Net
	t       *testing.T
	example *example
	host    *netlab.Namespace            // stands for the machine
	boxes   map[string]*box              // routers
	hosts   map[string]*netlab.Namespace // the others, of whose image only the commands of exec matter
	laid    int
}

// management is containerlab's network for getting at nodes: a bridge on the host
// and an eth0 in each node.
const management = "172.20.20."

func deploy(t *testing.T, nvram string) *deployment {
	netlab.Root(t)
	netlab.Need(t, "nsenter")
	d := &deployment{Net: netlab.New(t), t: t, example: readExample(t), boxes: map[string]*box{}, hosts: map[string]*netlab.Namespace{}}
	d.host = d.Namespace("host")
	d.host.Run("ip", "link", "add", "clab", "type", "bridge")
	d.host.Run("ip", "link", "set", "clab", "up")
	d.host.Address("clab", management+"1/24")
	program := buildImage(t)
	for i, name := range d.example.routers() {
		b := startBox(t, name, program, d.example.Topology.Nodes[name], map[string]string{"nvram": nvram})
		d.boxes[name] = b
		d.lay(fmt.Sprintf("mgmt%d", i), d.host.Path(), "eth0", b.pid())
		d.host.Run("ip", "link", "set", fmt.Sprintf("mgmt%d", i), "master", "clab", "up")
		b.ip("address", "add", d.address(name)+"/24", "dev", "eth0")
		b.ip("link", "set", "eth0", "up")
	}
	for _, name := range d.example.hosts() {
		d.hosts[name] = d.Namespace(name)
	}
	return d
}

func (d *deployment) address(router string) string {
	for i, name := range d.example.routers() {
		if name == router {
			return fmt.Sprintf("%s%d", management, 11+i)
		}
	}
	d.t.Fatalf("there is no router %s", router)
	return ""
}

// lay makes a veth pair and moves its ends, as containerlab does.
func (d *deployment) lay(nameA, netnsA, nameB, netnsB string) {
	d.laid++
	a, b := fmt.Sprintf("clab%da", d.laid), fmt.Sprintf("clab%db", d.laid)
	d.host.Run("ip", "link", "add", a, "mtu", "1500", "type", "veth", "peer", "name", b, "mtu", "1500")
	d.host.Run("ip", "link", "set", b, "netns", netnsB, "name", nameB)
	if netnsA == d.host.Path() {
		d.host.Run("ip", "link", "set", a, "name", nameA)
	} else {
		d.host.Run("ip", "link", "set", a, "netns", netnsA, "name", nameA)
	}
}

// links lays the links of the file.
func (d *deployment) links() {
	for _, l := range d.example.Topology.Links {
		a, ifA, _ := strings.Cut(l.Endpoints[0], ":")
		b, ifB, _ := strings.Cut(l.Endpoints[1], ":")
		d.lay(ifA, d.netns(a), ifB, d.netns(b))
		d.up(a, ifA)
		d.up(b, ifB)
	}
}

func (d *deployment) netns(node string) string {
	if b := d.boxes[node]; b != nil {
		return b.pid()
	}
	return d.hosts[node].Path()
}

func (d *deployment) up(node, name string) {
	if b := d.boxes[node]; b != nil {
		b.ip("link", "set", name, "up")
	} else {
		d.hosts[node].Run("ip", "link", "set", name, "up")
	}
}

// exec runs the hosts' commands.
func (d *deployment) exec() {
	for _, name := range d.example.hosts() {
		for _, command := range d.example.Topology.Nodes[name].Exec {
			d.hosts[name].Run(strings.Fields(command)...)
		}
	}
}

// telnet goes to a router's console over the management network, from the host.
func (d *deployment) telnet(router string) *terminal {
	d.t.Helper()
	c := &terminal{t: d.t, prompt: "\r\n" + router + "#"}
	d.Eventually(20*time.Second, router+" has a console", func() bool {
		return d.host.Inside(func() error {
			conn, err := net.DialTimeout("tcp", net.JoinHostPort(d.address(router), "5000"), 2*time.Second)
			if err == nil {
				conn.SetDeadline(time.Now().Add(time.Minute))
				c.conn = conn
			}
			return err
		}) == nil
	})
	d.t.Cleanup(func() { c.conn.Close() })
	c.until(router + ">")
	c.command("enable")
	c.command("terminal length 0")
	return c
}

// TestDeploy carries the example out: containers that wait for their links, the
// links, the tunnel, and the end.
func TestDeploy(t *testing.T) {
	nvram := t.TempDir()
	d := deploy(t, nvram)
	first, last := d.example.routers()[0], d.example.routers()[len(d.example.routers())-1]
	r1, r3 := d.telnet(first), d.telnet(last)
	if before := r1.command("show ip interface brief"); strings.Contains(before, "up                    up") {
		t.Errorf("an interface without a link is up:\n%s", before)
	}

	d.links()
	d.exec()
	for _, c := range []*terminal{r1, r3} {
		d.Eventually(20*time.Second, "interfaces are up when their links are there", func() bool {
			return strings.Count(c.command("show ip interface brief"), "up                    up") == 2
		})
	}
	pc1, pc3 := d.hosts[d.example.hosts()[0]], addressOf(d.example.Topology.Nodes[d.example.hosts()[1]])
	d.Eventually(time.Minute, "a host reaches the other", func() bool {
		_, err := pc1.Try("ping", "-c1", "-W1", pc3)
		return err == nil
	})
	if out := pc1.Run("ping", "-c5", "-i0.2", "-s1300", "-M", "dont", pc3); !strings.Contains(out, " 0% packet loss") {
		t.Error(out)
	}
	for _, c := range []*terminal{r1, r3} {
		if sa := c.command("show crypto ipsec sa | include encaps|decaps"); !strings.Contains(sa, "#pkts encaps:") || strings.Contains(sa, "encaps: 0,") || strings.Contains(sa, "decaps: 0,") {
			t.Errorf("what passed was not in the tunnel:\n%s", sa)
		}
	}

	r1.command("write memory")
	if text, err := os.ReadFile(filepath.Join(nvram, first, first+".cfg")); err != nil || !strings.Contains(string(text), "hostname "+first) {
		t.Errorf("NVRAM is not where it was bound: %v", err)
	}

	for name, b := range d.boxes {
		if err := b.stop(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []*terminal{r1, r3} {
		c.until("[the lab has ended]")
		c.conn.Close() // the kernel keeps a network as long as a connection in it
	}
	d.Eventually(20*time.Second, "the links went with the containers", func() bool {
		return !d.hosts[d.example.hosts()[0]].HasLink("eth1") && !d.host.HasLink("mgmt0")
	})
}

// addressOf is the address that a host gives itself.
func addressOf(c *container) string {
	for _, command := range c.Exec {
		if rest, ok := strings.CutPrefix(command, "ip address add "); ok {
			address, _, _ := strings.Cut(rest, "/")
			return address
		}
	}
	return ""
}
