package ios

import (
	"slices"
	"testing"
)

// TestCheckListsKeptInterfaces has a check list every line of interfaces that are kept.
func TestCheckListsKeptInterfaces(t *testing.T) {
	const config = `interface Tunnel0
 encapsulation dot1Q 5
 ip address negotiated
 ip mtu 1400
interface FastEthernet0/0.10
 encapsulation dot1Q 10
 channel-group 3
interface FastEthernet0/0
 encapsulation dot1Q 7
`
	problems, err := CheckConfig(config, "12.4", nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, p := range problems {
		if p.Kept {
			lines = append(lines, p.Line)
		}
	}
	if want := []int{1, 2, 3, 4, 5, 6, 7, 9}; !slices.Equal(lines, want) {
		t.Errorf("lines %v, want %v", lines, want)
	}
}
