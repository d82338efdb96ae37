package forwarding

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/packet"
)

// ARPMessage is what an ARP message says.
type ARPMessage struct {
	Interface            Name
	Reply                bool
	Sender, Target       netip.Addr
	SenderMAC, TargetMAC packet.MAC
}

// What happens by ARP.
type (
	// ARPHeard: a message has come.
	ARPHeard struct{ ARPMessage }
	// ARPSent: one leaves.
	ARPSent struct{ ARPMessage }
	// ARPFiltered: one has come whose sender is in no subnet of the interface.
	ARPFiltered struct{ ARPMessage }
	// ARPBegun: the hardware address behind an address is to be found.
	ARPBegun struct {
		Address   netip.Addr
		Interface Name
	}
)
