package keyengine

import (
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// TestIncompleteEntryIsDisabled: an entry whose list says nothing lets packets pass as if
// it were not there, also those that its SAs carried, and works again with its list.
func TestIncompleteEntryIsDisabled(t *testing.T) {
	w := newWorld(t)
	for _, step := range []struct {
		lines   []string
		verdict forwarding.CryptoVerdict
	}{
		{[]string{toRight}, forwarding.Drop}, // there is no SA yet
		{[]string{"remark nothing"}, forwarding.Pass},
		{nil, forwarding.Pass},
		{[]string{"deny ip any any"}, forwarding.Pass},
		{[]string{toRight}, forwarding.Drop},
	} {
		w.a.relist(t, step.lines...)
		entry := w.a.Map("CMAP").Entry(10)
		if got, want := w.a.Complete(entry), len(step.lines) == 1 && step.lines[0][0] != 'r'; got != want {
			t.Errorf("%q: complete is %v", step.lines, got)
		}
		if _, verdict := w.a.Select(w.ifc, ipPacket("10.1.1.1", "20.1.1.1")); verdict != step.verdict {
			t.Errorf("%q: verdict %v, want %v", step.lines, verdict, step.verdict)
		}
	}
}

func TestComplete(t *testing.T) {
	w := newWorld(t)
	peers := []netip.Addr{right}
	for _, c := range []struct {
		entry Entry
		want  bool
	}{
		{Entry{}, false},
		{Entry{Peers: peers}, false},
		{Entry{ACL: "101"}, false},
		{Entry{Peers: peers, ACL: "102"}, false},
		{Entry{Peers: peers, ACL: "101"}, true},
	} {
		if got := w.a.Complete(&c.entry); got != c.want {
			t.Errorf("%+v: %v", c.entry, got)
		}
	}
}
