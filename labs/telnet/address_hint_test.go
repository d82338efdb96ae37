package telnet

import (
	"strings"
	"syscall"
	"testing"
)

// TestAddressThatIsNone: what helps depends on which address it is.
func TestAddressThatIsNone(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:5000": "ip link set lo up",
		"[::1]:5000":     "ip link set lo up",
		"192.0.2.1:5000": "want one that `ip address` shows",
	} {
		if err := cannotListen("R1", address, syscall.EADDRNOTAVAIL); !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
