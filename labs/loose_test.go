package labs

import (
	"strings"
	"testing"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/labs/loop"
	"github.com/ioslab/ioslab/labs/topology"
)

// TestLooseInterfaces: an interface that is at work without a link is told of, and one
// that is shut down or has no address is not.
func TestLooseInterfaces(t *testing.T) {
	const config = `hostname R1
interface FastEthernet0/0
 ip address 10.1.0.1 255.255.255.0
interface FastEthernet0/1
 ip address 10.1.1.1 255.255.255.0
 shutdown
interface FastEthernet1/0
 no ip address
interface FastEthernet1/1
 ip address 10.1.2.1 255.255.255.0
interface Loopback0
 ip address 10.1.3.1 255.255.255.0
`
	for _, tell := range []bool{false, true} {
		file, err := topology.Single("R1.cfg", []byte(config), []string{"f1/1=udp:10000:127.0.0.1:10001"})
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		l, err := New(file, Options{
			Entropy:   loop.Seeded(1),
			Terminal:  func(*Node) cli.Options { return cli.Options{Script: new(testScreen)} },
			TellLoose: tell,
			Report:    func(err error) { told = append(told, err.Error()) },
		})
		if err != nil {
			t.Fatal(err)
		}
		n := l.Node("R1")
		if err := n.boot(); err != nil {
			t.Fatal(err)
		}
		want := ""
		if tell {
			want = "R1.cfg: warning: it configures FastEthernet0/0, and nothing is attached to that"
		}
		if got := strings.Join(told, "\n"); got != want {
			t.Errorf("told %v: %q, want %q", tell, got, want)
		}
	}
}
