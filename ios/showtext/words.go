package showtext

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/ioslab/ioslab/isakmp"
)

// Address returns an address, 0.0.0.0 for the zero Addr.
func Address(a netip.Addr) string {
	if !a.IsValid() {
		return "0.0.0.0"
	}
	return a.String()
}

// Clock returns a duration as hh:mm:ss; a negative one is none.
func Clock(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
}

// Lifetime returns the lifetime of IPsec SAs.
func Lifetime(l isakmp.Lifetime) string {
	return fmt.Sprintf("%d kilobytes/%d seconds", l.Kilobytes, l.Seconds)
}

func yesNo(b bool) string {
	if b {
		return "Y"
	}
	return "N"
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// uptime returns a duration in words: 1 week, 2 days, 3 hours, 4 minutes. The
// minutes are always there.
func uptime(d time.Duration) string {
	minutes := int(d / time.Minute)
	var parts []string
	for _, u := range []struct {
		name    string
		minutes int
	}{{"year", 365 * 24 * 60}, {"week", 7 * 24 * 60}, {"day", 24 * 60}, {"hour", 60}, {"minute", 1}} {
		n := minutes / u.minutes
		minutes %= u.minutes
		if n > 0 || u.minutes == 1 {
			parts = append(parts, fmt.Sprintf("%d %s%s", n, u.name, plural(n)))
		}
	}
	return strings.Join(parts, ", ")
}
