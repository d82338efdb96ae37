package ios

import (
	"strings"
	"testing"
)

// TestKeptInterfaceShown shows kept interfaces in EXEC and by `do`, with words in
// full and abbreviated.
func TestKeptInterfaceShown(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal", "interface Tunnel3", "ip address 10.3.0.1 255.255.255.0", "interface FastEthernet0/1.30", "encapsulation dot1Q 30", "end")
	commands := map[string]string{
		"show running-config interface Tunnel3": "interface Tunnel3\n ip address 10.3.0.1",
		"show run interface Tunnel3":            "interface Tunnel3\n ip address 10.3.0.1",
		"sh run int tu 3":                       "interface Tunnel3\n ip address 10.3.0.1",
		"sh run int fa0/1.30":                   "interface FastEthernet0/1.30\n encapsulation dot1Q 30",
		"show run int Tunnel4":                  "% Invalid input",
		"show interfaces Tunnel3":               "% Invalid input",
		"show frobs":                            "% Invalid input",
	}
	for _, mode := range []string{"end", "configure terminal", "interface Tunnel3", "interface FastEthernet0/0", "crypto isakmp policy 7"} {
		do := "do "
		if n.do(mode); mode == "end" {
			do = ""
		}
		for command, want := range commands {
			if got := n.do(do + command); !strings.Contains(got, want) {
				t.Errorf("%s in %q:\n%s", do+command, mode, got)
			}
		}
	}
}
