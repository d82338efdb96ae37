package nat

import (
	"net/netip"
	"time"
)

// Endpoint is an address with a port, an ICMP identifier or an SPI. ID counts only
// where the translation has a protocol.
type Endpoint struct {
	Addr netip.Addr
	ID   uint32
}

// A Translation is an entry of the table as it can be shown.
type Translation struct {
	Protocol                    uint8 // 0 for a simple entry
	InsideGlobal, InsideLocal   Endpoint
	OutsideLocal, OutsideGlobal Endpoint // no Addr: any

	Static      bool
	Extended    bool // it has ports: a conversation or a static for a port
	Outside     bool // it is made by `ip nat outside source`
	Destination bool // it is made by `ip nat inside destination`
	Extendable  bool // of a static
	TimingOut   bool // FIN or RST has been seen

	Created, Used time.Duration // on the loop's clock
	Timeout       time.Duration // after the last use; 0 is never
	Left          time.Duration // until it goes; 0 where it stays
	Uses          int           // entries that hang on it
	Mapping       int           // the id of the mapping that has made it
}
