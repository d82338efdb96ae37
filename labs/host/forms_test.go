package host

import "testing"

func TestFormsOfCommands(t *testing.T) {
	b := newBench(t, address1, "ip route add default via 10.0.0.2")
	for _, tt := range []struct{ line, want string }{
		{"ping -c 1 10.0.0.2", ""},
		{"arp -a", "? (10.0.0.2) at MAC [ether] on eth1\n"},
		{"arp -an", "? (10.0.0.2) at MAC [ether] on eth1\n"},
		{"ip -br a", "lo               UNKNOWN        127.0.0.1/8\neth1             UP             10.0.0.1/24\n"},
		{"ip -br link", "lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP>\neth1             UP             MAC <BROADCAST,MULTICAST,UP,LOWER_UP>\n"},
		{"ip link", "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n2: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    link/ether MAC brd ff:ff:ff:ff:ff:ff\n"},
		{"ip link show eth1", "2: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    link/ether MAC brd ff:ff:ff:ff:ff:ff\n"},
		{"ip a show dev eth1", "2: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500\n    link/ether MAC brd ff:ff:ff:ff:ff:ff\n    inet 10.0.0.1/24 scope global eth1\n"},
		{"ip a show lo", "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n"},
		{"ip a show eth7", "Cannot find device \"eth7\"\n"},
		{"ip route get 10.0.0.2", "10.0.0.2 dev eth1 src 10.0.0.1\n"},
		{"ip route get 1.2.3.4", "1.2.3.4 via 10.0.0.2 dev eth1 src 10.0.0.1\n"},
		{"ip route get 10.0.0.1", "local 10.0.0.1 dev lo src 10.0.0.1\n"},
		{"ip link set eth1 down", ""},
		{"ip route get 10.0.0.2", "RTNETLINK answers: Network is unreachable\n"},
		{"ip -br a", "lo               UNKNOWN        127.0.0.1/8\neth1             DOWN           10.0.0.1/24\n"},
		{"ifconfig", "sh: ifconfig: not found: this host has ip address, ip link and ip route\n"},
		{"ifconfig eth1", "sh: ifconfig: not found: this host has ip address, ip link and ip route\n"},
		{"ipconfig /all", "sh: ipconfig: not found: this host has ip address, ip link and ip route\n"},
		{"hostname", "PC1\n"},
	} {
		got := b.mask(b.typed(tt.line))
		if want := "PC1#" + tt.line + "\n" + tt.want; got != want && tt.line != "ping -c 1 10.0.0.2" {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
