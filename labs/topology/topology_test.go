package topology

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/labs/link"
)

// files stands in for the folder of a lab.
type files map[string]string

func (f files) open(path string) ([]byte, error) {
	text, ok := f[path]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	return []byte(text), nil
}

func parse(t *testing.T, text string, f files) *File {
	t.Helper()
	lab, err := Parse("dir/lab.clab.yml", []byte(text), f.open)
	if err != nil {
		t.Fatal(err)
	}
	return lab
}

func TestEverythingThatWeRead(t *testing.T) {
	lab := parse(t, `
name: everything
prefix: ""
mgmt:
  network: somewhere
  ipv4-subnet: 172.20.20.0/24
topology:
  defaults:
    kind: cisco_iol
    startup-config: __clabNodeName__.cfg
    labels:
      ioslab.version: "12.4"
      somebody: else's
  kinds:
    linux:
      image: alpine
      exec:
        - ip link set eth1 up
  groups:
    edge:
      labels: {ioslab.version: "15.2"}
  nodes:
    R1: &r
      image: vrnetlab/cisco_iol:17.12.01
      mgmt-ipv4: 172.20.20.11
    R2:
      <<: *r
      group: edge
      startup-config: |
        hostname Inline
        end
    R3: {kind: cisco_csr1000v, startup-config: /etc/R3.cfg, labels: {ioslab.version: "16.9"}}
    PC1:
      kind: linux
      exec:
        - ip address add 10.0.0.2/24 dev eth1
    SW: {kind: bridge}
  links:
    - endpoints: ["R1:FastEthernet0/0", "R2:fa0/1"]
    - endpoints: [R1:Serial1/0, "R2:se1/0"]
      vars: {delay: 20ms, loss: 1%, theirs: 1}
    - type: veth
      endpoints:
        - node: R1
          interface: eth5
          mac: 02:00:00:00:00:01
        - {node: R3, interface: eth1}
      mtu: 1500
      vars:
        jitter: 1ms
        rate: 10mbit
        state: down
    - endpoints: [PC1:eth1, SW:p1]
    - endpoints: [R3:eth2, SW:p2]
`, files{"dir/R1.cfg": "hostname One\n", "/etc/R3.cfg": "hostname Three\n"})

	var nodes, links []string
	for _, n := range lab.Nodes {
		var exec []string
		for _, e := range n.Exec {
			exec = append(exec, fmt.Sprintf("%s (%d)", e.Command, e.Line))
		}
		nodes = append(nodes, fmt.Sprintf("%s %d %q %q %q %q", n.Name, n.Kind, n.Version, n.Startup, n.StartupPath, exec))
	}
	for _, l := range lab.Links {
		links = append(links, fmt.Sprint(l.Line, l.Ends))
	}
	check(t, "nodes", nodes,
		`R1 0 "12.4" "hostname One\n" "dir/R1.cfg" []`,
		`R2 0 "15.2" "hostname Inline\nend\n" "dir/lab.clab.yml (startup-config of R2)" []`,
		`R3 0 "16.9" "hostname Three\n" "/etc/R3.cfg" []`,
		`PC1 1 "12.4" "" "" ["ip link set eth1 up (18)" "ip address add 10.0.0.2/24 dev eth1 (36)"]`,
		`SW 2 "12.4" "" "" []`)
	check(t, "links", links,
		"39 [R1:FastEthernet0/0 R2:FastEthernet0/1]",
		"40 [R1:Serial1/0 R2:Serial1/0]",
		"42 [R1:Ethernet1/1 R3:GigabitEthernet2]",
		"53 [PC1:eth1 SW:p1]",
		"54 [R3:GigabitEthernet3 SW:p2]")
	if s := lab.Links[1].Settings; s.Delay != 20*time.Millisecond || s.Loss != 0.01 || s.Has(link.Rate) {
		t.Errorf("settings of the second link: %+v", s)
	}
	if s := lab.Links[2].Settings; s.Jitter != time.Millisecond || s.Rate != 10_000_000 || !s.Down {
		t.Errorf("settings of the third link: %+v", s)
	}
	if lab.Name != "everything" || lab.Node("R3") != lab.Nodes[2] || lab.Node("R9") != nil {
		t.Error("name or look-up")
	}
}

func check(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	g, w := strings.Join(got, "\n"), strings.Join(want, "\n")
	if g != w {
		t.Errorf("%s:\n%s\nwant:\n%s", what, g, w)
	}
}

func TestMistakes(t *testing.T) {
	// Two routers to start from; %s is what follows the nodes.
	const two = "name: x\ntopology:\n  nodes:\n    R1: {kind: cisco_iol}\n    R2: {kind: cisco_iol}\n"
	const pc = "    PC: {kind: linux}\n"
	tests := []struct{ name, text, want string }{
		{"empty", "", "lab.clab.yml: the file is empty: want a containerlab topology"},
		{"no mapping", "- a\n", `:1: the file is a list: want a mapping`},
		{"no YAML", "a: [\n", "YAML as containerlab reads it"},
		{"no name", "topology: {nodes: {R1: {kind: cisco_iol}}}", "the lab has no name: want a line such as"},
		{"no topology", "name: x", "the lab has no topology"},
		{"no nodes", "name: x\ntopology: {nodes: {}}", "the topology has no nodes"},
		{"unknown key", "name: x\ntoplogy: {}\n", `:2: a topology file has no key "toplogy": want topology`},
		{"unknown key of a node", "name: x\ntopology:\n  nodes:\n    R1:\n      kind: cisco_iol\n      startup: R1.cfg\n", `:6: node R1 has no key "startup"`},
		{"mistyped key of a node", "name: x\ntopology:\n  nodes:\n    R1:\n      kind: cisco_iol\n      start-up-config: R1.cfg\n", `want startup-config`},
		{"unknown key of mgmt", "name: x\nmgmt: {netwrk: a}\n", `mgmt has no key "netwrk": want network`},
		{"key twice", "name: x\nname: y\n", `:2: the file: "name" stands twice, first in line 1`},
		{"no kind", "name: x\ntopology: {nodes: {R1: {}}}", "node R1 has no kind: want cisco_iol"},
		{"foreign kind", "name: x\ntopology: {nodes: {R1: {kind: arista_ceos}}}", `node R1 is of kind "arista_ceos", which does not run here: want`},
		{"container of ours", "name: x\ntopology: {nodes: {R1: {kind: linux, cmd: node --attach FastEthernet0/0=eth:eth1}}}", "node R1 is a container in which ioslab runs: want `containerlab deploy"},
		{"bad node name", "name: x\ntopology: {nodes: {\"R 1\": {kind: cisco_iol}}}", "has a name that no prompt can show"},
		{"missing startup-config", "name: x\ntopology:\n  nodes:\n    R1:\n      kind: cisco_iol\n      startup-config: R1.cfg\n", ":6: the startup-config of R1 cannot be read: dir/R1.cfg: file does not exist: want a file"},
		{"startup-config on the net", "name: x\ntopology: {nodes: {R1: {kind: cisco_iol, startup-config: 'http://a/b'}}}", "would have to be fetched"},
		{"label of ours", "name: x\ntopology: {nodes: {R1: {kind: cisco_iol, labels: {ioslab.verson: '12'}}}}", `there is no label "ioslab.verson": want ioslab.version`},
		{"exec is no list", "name: x\ntopology: {nodes: {R1: {kind: linux, exec: a}}}", `exec is the text "a": want a list`},
		{"unknown node", two + "  links:\n    - endpoints: [R1:Fa0/0, R9:Fa0/0]\n", `:7: there is no node "R9": want one of R1, R2`},
		{"one endpoint", two + "  links:\n    - endpoints: [R1:Fa0/0]\n", "the link has 1 endpoints: want two"},
		{"no interface", two + "  links:\n    - endpoints: [R1, R2:Fa0/0]\n", `endpoint "R1" names no interface: want NODE:INTERFACE`},
		{"a loopback", two + "  links:\n    - endpoints: [R1:Lo0, R2:Fa0/0]\n", "Loopback0 takes no cable: want"},
		{"no such interface", two + "  links:\n    - endpoints: [R1:Foo0, R2:Fa0/0]\n", `"Foo0" is not the name of an interface: want a name such as`},
		{"ambiguous is no interface", two + "  links:\n    - endpoints: [R1:0/0, R2:Fa0/0]\n", `"0/0" is not the name of an interface`},
		{"management interface", two + "  links:\n    - endpoints: [R1:eth0, R2:eth1]\n", "eth0 is the management interface"},
		{"interface twice", two + "  links:\n    - endpoints: [R1:Fa0/0, R2:Fa0/0]\n    - endpoints: [R1:FastEthernet0/0, R2:Fa0/1]\n", ":8: R1:FastEthernet0/0 has a link already, in line 7"},
		{"both ends one", two + "  links:\n    - endpoints: [R1:Fa0/0, R1:Fa0/0]\n", "has a link already"},
		{"serial to Ethernet", two + "  links:\n    - endpoints: [R1:Fa0/0, R2:Se0/0]\n", "do not take the same cable"},
		{"serial to a bridge", two + "    SW: {kind: bridge}\n  links:\n    - endpoints: [R1:Se0/0, SW:p1]\n", "do not take the same cable"},
		{"host's interface", two + pc + "  links:\n    - endpoints: [R1:Fa0/0, PC:Fa0/0]\n", "is not an interface of a linux host: want eth1"},
		{"a node called host", "name: x\ntopology: {nodes: {host: {kind: linux}}}", "host is the machine that the lab runs on"},
		{"the host twice", two + "  links:\n    - endpoints: [R1:Fa0/0, host:r1]\n    - endpoints: [R2:Fa0/0, host:r1]\n", ":8: host:r1 has a link already, in line 7"},
		{"only the host", two + "  links:\n    - endpoints: [host:r1, host:r2]\n", ":7: both ends of the link are on the host"},
		{"no name on the host", two + "  links:\n    - endpoints: [R1:Fa0/0, 'host:a/b']\n", `"a/b" cannot be a device's name`},
		{"a wire between two nodes", two + "  links:\n    - endpoints: [R1:Fa0/0, R2:Fa0/0]\n      vars: {wire: 'tun:ios0'}\n", ":8: the link joins two nodes and has a wire to the host besides: want one endpoint"},
		{"no such wire", two + "  links:\n    - endpoints: [R1:Fa0/0]\n      vars: {wire: 'ton:ios0'}\n", `:8: there is no wire "ton:ios0": want tun:NAME`},
		{"a wire and another name", two + "  links:\n    - endpoints: [R1:Fa0/0, host:r1]\n      vars: {wire: 'tun:ios0'}\n", ":7: host:r1 is not where the wire tun:ios0 ends: want host:ios0"},
		{"a UDP wire and a name", two + "  links:\n    - endpoints: [R1:Fa0/0, host:r1]\n      vars: {wire: 'udp:1:h:2'}\n", "want endpoints with R1:Fa0/0 alone"},
		{"a wire of the host's", two + "  links:\n    - endpoints: ['host:ios0']\n      vars: {wire: 'tun:ios0'}\n", "the link has 1 endpoints: want two"},
		{"serial by TAP", two + "  links:\n    - endpoints: [R1:Se0/0, host:r1]\n", ":7: R1:Serial0/0 is serial, and tap:r1 carries Ethernet: want"},
		{"a switch by TUN", two + "    SW: {kind: bridge}\n  links:\n    - endpoints: [SW:p1]\n      vars: {wire: 'tun:ios0'}\n", "SW is a switch, and tun:ios0 carries no Ethernet: want tap:ios0"},
		{"type host, not complete", two + "  links:\n    - type: host\n      endpoint: {node: R1, interface: eth1}\n", ":7: the link of type host is not complete: want endpoint and host-interface"},
		{"host-interface without the type", two + "  links:\n    - endpoints: [R1:Fa0/0, R2:Fa0/0]\n      host-interface: r1\n", "want type: host"},
		{"a link that does not run here", two + "  links:\n    - type: macvlan\n      endpoint: {node: R1, interface: eth1}\n", `:7: a link of type "macvlan" does not run here`},
		{"no link type", two + "  links:\n    - type: vteh\n", `there is no link type "vteh": want veth`},
		{"bad setting", two + "  links:\n    - endpoints: [R1:Fa0/0, R2:Fa0/0]\n      vars: {delay: fast}\n", `delay "fast": want a duration`},
		{"mistyped variable", two + "  links:\n    - endpoints: [R1:Fa0/0, R2:Fa0/0]\n      vars: {dealy: 20ms}\n", `:8: there is no link variable "dealy": want delay`},
		{"variable in capitals", two + "  links:\n    - endpoints: [R1:Fa0/0, R2:Fa0/0]\n      vars:\n        Loss: 1%\n", `:9: there is no link variable "Loss": want loss`},
		{"label of ours, nearly", "name: x\ntopology: {nodes: {R1: {kind: cisco_iol, labels: {iosalb.version: '12'}}}}", `there is no label "iosalb.version": want ioslab.version`},
		{"unknown key of a link", two + "  links:\n    - endpionts: []\n", `a link has no key "endpionts": want endpoints`},
		{"half an endpoint", two + "  links:\n    - endpoints: [{node: R1}, {node: R2, interface: eth1}]\n", "the endpoint is not complete: want node and interface"},
		{"ring of bridges", "name: x\ntopology:\n  nodes:\n    A: {kind: bridge}\n    B: {kind: bridge}\n  links:\n    - endpoints: [A:1, B:1]\n    - endpoints: [A:2, B:2]\n", ":8: the link closes a ring of bridges"},
		{"an anchor that holds itself", "name: x\ntopology: &a\n  nodes:\n    <<: *a\n", `node nodes has no key "nodes"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("dir/lab.clab.yml", []byte(tt.text), files{}.open)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Error("the error has more than one line")
			}
		})
	}
}

func TestMistypedVariables(t *testing.T) {
	for name, want := range map[string]string{
		"dealy": "delay", "dely": "delay", "delays": "delay", "deleay": "delay", "Delay": "delay", "DELAY": "delay",
		"jiter": "jitter", "jtter": "jitter", "jitetr": "jitter", "los": "loss", "lsos": "loss", "losss": "loss",
		"rat": "rate", "rtae": "rate", "sate": "rate", "stat": "state", "stste": "state", "wrie": "wire", "wires": "wire",
		// what others may well have in their templates
		"cost": "", "name": "", "site": "", "type": "", "role": "", "mode": "", "line": "", "side": "", "area": "",
		"mtu": "", "vlan": "", "port": "", "desc": "", "theirs": "", "bandwidth": "", "speed": "", "id": "", "": "",
	} {
		if got := meant(name, linkVars); got != want {
			t.Errorf("%q is taken for %q, want %q", name, got, want)
		}
	}
}

func TestByteOrderMark(t *testing.T) {
	const mark = "\ufeff"
	lab := parse(t, mark+"name: x\ntopology:\n  nodes:\n    R1: {kind: cisco_iol, startup-config: R1.cfg}\n", files{"dir/R1.cfg": mark + "hostname One\n"})
	if lab.Name != "x" || string(lab.Nodes[0].Startup) != "hostname One\n" {
		t.Errorf("name %q, startup-config %q", lab.Name, lab.Nodes[0].Startup)
	}
}

func TestInterfaceNames(t *testing.T) {
	for name, want := range map[string]string{
		"FastEthernet0/0": "FastEthernet0/0", "fa0/0": "FastEthernet0/0", "F0/0": "FastEthernet0/0",
		"fastethernet 0/1": "FastEthernet0/1", "e0": "Ethernet0", "Gi0/0/0": "GigabitEthernet0/0/0",
		"te1/1": "TenGigabitEthernet1/1", "s1/0": "Serial1/0", "Serial0/0/0": "Serial0/0/0",
		"lo0": "", "Fa": "", "0/0": "", "Fa0/": "", "Fa0/0.1": "", "FastEthernets0/0": "", "": "",
	} {
		got, err := InterfaceName(name)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q (%v), want %q", name, got, err, want)
		}
	}
}

func TestHowContainerlabCounts(t *testing.T) {
	for _, tt := range []struct{ kind, name, want string }{
		{"cisco_iol", "eth1", "Ethernet0/1"},
		{"cisco_iol", "eth4", "Ethernet1/0"},
		{"cisco_csr1000v", "eth1", "GigabitEthernet2"},
		{"cisco_c8000v", "eth2", "GigabitEthernet3"},
		{"cisco_vios", "eth1", "GigabitEthernet0/1"},
		{"cisco_asav", "eth1", "GigabitEthernet0/0"},
		{"cisco_new", "eth3", "Ethernet0/3"},
	} {
		if got, err := routerInterface(tt.kind, tt.name); got != tt.want || err != nil {
			t.Errorf("%s of %s is %q (%v), want %q", tt.name, tt.kind, got, err, tt.want)
		}
	}
}

func TestReadErrorKeepsItsReason(t *testing.T) {
	_, err := Parse("lab.clab.yml", []byte("name: x\ntopology: {nodes: {R1: {kind: cisco_iol, startup-config: a}}}"),
		func(string) ([]byte, error) { return nil, errors.New("out of paper") })
	if err == nil || !strings.Contains(err.Error(), "out of paper") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("name: x\ntopology:\n  nodes:\n    R1: &a {kind: cisco_iol}\n    R2: *a\n  links:\n    - endpoints: [R1:Fa0/0, R2:eth1]\n      vars: {loss: 1%}\n")
	f.Add("name: x\ntopology: &a\n  <<: *a\n")
	f.Add("a: &a [*a]\n")
	f.Fuzz(func(t *testing.T, text string) {
		lab, err := Parse("lab.clab.yml", []byte(text), files{}.open)
		if (lab == nil) == (err == nil) {
			t.Errorf("lab %v, error %v", lab, err)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("an error of several lines: %q", err)
		}
	})
}

// A cisco_iol of type l2 is a switch, whatever level of the file says so; its ports
// are named as those of the router are.
func TestSwitchAmongTheRouters(t *testing.T) {
	const text = `name: x
topology:
  kinds:
    cisco_iol: {type: L2}
  nodes:
    SW1: {kind: cisco_iol, startup-config: sw1.cfg}
    R1: {kind: cisco_iol, type: l3}
    R2: {kind: cisco_vios, type: l2}
  links:
    - endpoints: [SW1:eth1, R1:e0/1]
    - endpoints: [SW1:Ethernet0/2, R2:eth1]
`
	f, err := Parse("x.clab.yml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.Node("SW1").Kind != Bridge || f.Node("SW1").Unread != 6 || f.Node("R1").Kind != Router || f.Node("R2").Kind != Router {
		t.Errorf("kinds %v %v %v, unread in line %d", f.Node("SW1").Kind, f.Node("R1").Kind, f.Node("R2").Kind, f.Node("SW1").Unread)
	}
	if got := f.Links[0].Ends[0].String(); got != "SW1:Ethernet0/1" {
		t.Errorf("eth1 is %s", got)
	}
	twice := strings.Replace(text, "Ethernet0/2", "e0/1", 1)
	if _, err := Parse("x.clab.yml", []byte(twice), nil); err == nil || !strings.Contains(err.Error(), "has a link already") {
		t.Errorf("a port with two links: %v", err)
	}
}
