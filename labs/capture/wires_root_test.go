//go:build linux

package capture_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

const between = `hostname R1
interface FastEthernet0/0
 ip address 10.0.1.1 255.255.255.0
interface FastEthernet0/1
 ip address 10.0.2.1 255.255.255.0
end
`

// TestNothingIsLost: a capture that begins while packets pass from wire to wire,
// beside the loop, has from then on every packet that passes, and ends at once where
// it is told to.
func TestNothingIsLost(t *testing.T) {
	n := netlab.New(t)
	netlab.Need(t, "ping", "iperf3", "tshark")
	a, b := n.Namespace("a"), n.Namespace("b")
	n.Join(a, "eth1", b, "eth1")
	b.Address("eth1", "10.0.2.2/24")
	b.Route("10.0.1.0/24", "10.0.2.1")
	dir := t.TempDir()
	config := filepath.Join(dir, "R1.cfg")
	if err := os.WriteFile(config, []byte(between), 0o600); err != nil {
		t.Fatal(err)
	}
	r := a.Ioslab("node", "--config", config, "--attach", "FastEthernet0/0=tun:ios0,10.0.1.2/24", "--attach", "FastEthernet0/1=eth:eth1")
	r.Expect(`R1>`, 10*time.Second)
	n.Eventually(10*time.Second, "the TUN device", func() bool { return a.HasLink("ios0") })
	a.Route("10.0.2.0/24", "10.0.1.1")
	n.Eventually(10*time.Second, "a way through", func() bool {
		_, err := a.Try("ping", "-c1", "-W1", "10.0.2.2")
		return err == nil
	})

	before := a.Start("ping", "-q", "-i", "0.002", "10.0.2.2")
	in, out := filepath.Join(dir, "in.pcapng"), filepath.Join(dir, "out.pcapng")
	r.Type("!lab capture R1:FastEthernet0/0 " + in)
	r.Type("!lab capture R1:FastEthernet0/1 " + out)
	r.Type("show clock")
	r.Expect(`UTC`, 5*time.Second)
	before.Signal(syscall.SIGINT)
	before.Wait(5 * time.Second)

	const count = "1500"
	said := a.Run("ping", "-q", "-c", count, "-i", "0.001", "-s", "600", "10.0.2.2")
	if !strings.Contains(said, count+" packets transmitted, "+count+" received") {
		t.Fatalf("the network loses packets itself:\n%s", said)
	}
	server := b.Start("iperf3", "-s", "-1")
	n.Eventually(5*time.Second, "a TCP transfer", func() bool {
		_, err := a.Try("iperf3", "-c", "10.0.2.2", "-n", "2M")
		return err == nil
	})
	server.Wait(5 * time.Second)
	r.Signal(syscall.SIGTERM)
	r.Wait(5 * time.Second)
	for _, file := range []string{in, out} {
		passed := map[string]int{}
		list := dissect(t, file, dir)
		for _, d := range list {
			if n, err := strconv.Atoi(d["frame.len"]); err != nil || n > 1514 {
				t.Errorf("a frame of %s bytes: the device's own segments were captured", d["frame.len"])
			}
			if strings.Contains(d["_ws.expert.message"], "checksum") {
				t.Errorf("packet %s: %s", d["frame.number"], d["_ws.expert.message"])
			}
			if d["frame.len"] == "642" { // of the second ping
				passed[d["icmp.type"]]++
			}
		}
		if passed["8"] != 1500 || passed["0"] != 1500 {
			t.Errorf("%s: %v requests and replies of %s each", filepath.Base(file), passed, count)
		}
	}
}
