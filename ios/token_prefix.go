package ios

import (
	"net/netip"
	"strings"

	"github.com/ioslab/ioslab/cli"
)

// prefixType is a prefix as 10.0.0.0/8.
type prefixType struct{}

// Match accepts an address, a slash and a length.
func (prefixType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	address, length, slash := strings.Cut(words[0], "/")
	if wrong := strings.IndexFunc(address, func(c rune) bool { return c != '.' && (c < '0' || c > '9') }); wrong >= 0 {
		return 0, false, false, wrong
	}
	if _, err := netip.ParsePrefix(words[0]); err == nil {
		return 1, true, true, len(words[0])
	}
	return 0, false, !slash || length == "", 0
}

// Value is the netip.Prefix.
func (prefixType) Value(_ any, words []string) any {
	p, _ := netip.ParsePrefix(words[0])
	return p
}

// Help is what may be typed.
func (prefixType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "A.B.C.D/nn"}} }
