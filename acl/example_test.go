package acl_test

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/acl"
)

// A list is made of typed lines; the first entry that matches a packet decides.
func Example() {
	var lists acl.Table
	list, _ := lists.Open("101", acl.Extended)
	for _, line := range []string{
		"permit tcp 10.1.1.0 0.0.0.255 any eq 80",
		"deny ip any any log",
	} {
		entry, err := acl.ParseEntry(strings.Fields(line), acl.Extended)
		if err != nil {
			fmt.Println(err)
		}
		list.Add(entry)
	}
	for _, port := range []uint16{80, 80, 23} {
		p := acl.Packet{
			Src: netip.MustParseAddr("10.1.1.7"), Dst: netip.MustParseAddr("20.1.1.1"),
			Protocol: 6, Transport: true, SrcPort: 50000, DstPort: port,
		}
		fmt.Println(port, list.Evaluate(&p).Passes())
	}
	fmt.Println(strings.Join(list.ConfigLines(), "\n"))
	fmt.Println(strings.Join(list.ShowLines(), "\n"))
	// Output:
	// 80 true
	// 80 true
	// 23 false
	// access-list 101 permit tcp 10.1.1.0 0.0.0.255 any eq www
	// access-list 101 deny   ip any any log
	// Extended IP access list 101
	//     10 permit tcp 10.1.1.0 0.0.0.255 any eq www (2 matches)
	//     20 deny ip any any log (1 match)
}
