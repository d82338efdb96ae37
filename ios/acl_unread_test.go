package ios

import (
	"strings"
	"testing"
)

// TestUnreadEntriesStayInTheirPlace types entries that are only kept among others.
func TestUnreadEntriesStayInTheirPlace(t *testing.T) {
	n := loneRouter(t, "")
	n.do("configure terminal", "ip access-list extended GUARD", "permit esp any any", "evaluate BACK", "permit tcp any any reflect BACK timeout 90",
		"15 deny icmp any any echo ttl lt 5", "permit ip object-group STAFF any", "permit ip any any log TAG7",
		"access-list 150 dynamic OPEN timeout 6 permit ip any any", "access-list 150 deny ip any any",
		"ip access-list standard S", "permit 10.9.9.0 0.0.0.255 log TAG8", "permit any")
	config := n.RunningConfig()
	for _, want := range []string{
		"ip access-list extended GUARD\n permit esp any any\n deny icmp any any echo ttl lt 5\n evaluate BACK\n permit tcp any any reflect BACK timeout 90\n permit ip object-group STAFF any\n permit ip any any log TAG7\n",
		"access-list 150 dynamic OPEN timeout 6 permit ip any any\naccess-list 150 deny   ip any any\n",
		"ip access-list standard S\n permit 10.9.9.0 0.0.0.255 log TAG8\n permit any\n",
	} {
		if !strings.Contains(config, want) {
			t.Errorf("lacks %q:\n%s", want, config)
		}
	}
	if want := "[ioslab] permit ip object-group STAFF any is kept, and the list denies what comes to it"; !strings.Contains(n.screen, want) {
		t.Errorf("lacks %q:\n%s", want, n.screen)
	}
	reloads(t, config)
	n.do("ip access-list extended GUARD", "no evaluate BACK", "no permit tcp any any reflect BACK timeout 90", "no 15", "no permit ip object-group STAFF any", "no permit ip any any log TAG7", "no access-list 150")
	if config := n.RunningConfig(); !strings.Contains(config, "GUARD\n permit esp any any\n!") || strings.Contains(config, "access-list 150") {
		t.Errorf("not taken back:\n%s", config)
	}
}

// TestUnreadEntryLeavesTheMapIncomplete gives the list of a crypto map entry one that is
// only kept, and takes it back.
func TestUnreadEntryLeavesTheMapIncomplete(t *testing.T) {
	n := oneRouter(t, working)
	entry := n.keys.Maps[0].Entries[0]
	if !n.keys.Complete(entry) {
		t.Fatal("the entry is incomplete from the beginning")
	}
	n.do("configure terminal", "ip access-list extended VPN", "permit ip any any ttl gt 9")
	if n.keys.Complete(entry) {
		t.Error("the entry is complete with a list that is not")
	}
	n.do("no permit ip any any ttl gt 9")
	if !n.keys.Complete(entry) {
		t.Error("the entry stays incomplete")
	}
}
