package ios

import (
	"errors"
	"net/netip"

	"github.com/ioslab/ioslab/cli"
)

// host is the address that a user has typed. For a name no server can be asked:
// after the time that asking takes ok is false, and the user knows why.
func (r *Router) host(c *cli.Call, typed string) (a netip.Addr, ok bool, err error) {
	if a, err := netip.ParseAddr(typed); err == nil && a.Is4() {
		return a, true, nil
	}
	if !r.config.domain.noLookup {
		c.Printf("Translating \"%s\"...domain server (255.255.255.255)", typed)
		if err := c.Sleep(lookupTimeout); errors.Is(err, cli.ErrInterrupted) {
			c.Print("\n% Name lookup aborted\n")
			return a, false, nil
		} else if err != nil {
			return a, false, err
		}
		c.Print("\n")
	}
	c.Print("% Unrecognized host or address, or protocol not running.\n\n")
	return a, false, nil
}
