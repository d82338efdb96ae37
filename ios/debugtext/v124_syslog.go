package debugtext

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/ioslab/ioslab/ios/event"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

func crypto(severity int, mnemonic string) Message {
	return Message{Facility: "CRYPTO", Severity: severity, Mnemonic: mnemonic}
}

// complaint is a message about a packet, of which 12.4 logs one a minute.
func complaint(mnemonic string) Message {
	m := crypto(4, mnemonic)
	m.Every = time.Minute
	return m
}

// interfaces124 is what is logged of interfaces.
var interfaces124 = []Change{
	Log(Memory, Message{Facility: "LINK", Severity: 5, Mnemonic: "CHANGED"}, func(w *Words, e forwarding.ShutDown) string {
		return fmt.Sprintf("Interface %v, changed state to administratively down", e.Interface)
	}),
	Log(Transposed, Message{Facility: "LINK", Severity: 3, Mnemonic: "UPDOWN"}, func(w *Words, e forwarding.LinkChanged) string {
		return fmt.Sprintf("Interface %v, changed state to %v", e.Interface, e.Status)
	}),
	Log(Transposed, Message{Facility: "LINEPROTO", Severity: 5, Mnemonic: "UPDOWN"}, func(w *Words, e forwarding.ProtocolChanged) string {
		state := "down"
		if e.Up {
			state = "up"
		}
		return fmt.Sprintf("Line protocol on Interface %v, changed state to %s", e.Interface, state)
	}),
	Log(Seen, Message{Facility: "LINEPROTO", Severity: 5, Mnemonic: "UPDOWN"}, func(w *Words, e event.NATStarted) string {
		return fmt.Sprintf("Line protocol on Interface %s, changed state to up", e.Interface)
	}),
	Log(Memory, Message{Facility: "IP", Severity: 4, Mnemonic: "DUPADDR"}, func(w *Words, e forwarding.AddressTaken) string {
		return fmt.Sprintf("Duplicate address %v on %v, sourced by %v", e.Address, e.Interface, e.By)
	}),
}

// syslog124 is what is logged whether or not anyone debugs.
var syslog124 = []Change{
	Log(Seen, crypto(4, "IKMP_BAD_MESSAGE"), func(w *Words, e isakmp.BadMessage) string {
		return fmt.Sprintf("IKE message from %s failed its sanity check or is malformed", e.Remote)
	}),
	Log(Seen, crypto(4, "IKMP_NO_SA"), func(w *Words, e isakmp.NoSA) string {
		return fmt.Sprintf("IKE message from %s has no SA and is not an initialization offer", e.Remote)
	}),
	Log(Memory, crypto(6, "IKMP_MODE_FAILURE"), func(w *Words, e isakmp.ModeFailed) string {
		return fmt.Sprintf("Processing of %s mode failed with peer at %s", w.Mode[e.Mode], e.Remote)
	}),
	Log(Memory, crypto(6, "IKMP_NOT_ENCRYPTED"), func(w *Words, e isakmp.NotEncrypted) string {
		return fmt.Sprintf("IKE packet from %s was not encrypted and it should've been.", e.Remote)
	}),
	Log(Memory, crypto(6, "IKMP_SA_NOT_AUTH"), func(w *Words, e isakmp.NotAuthenticated) string {
		return fmt.Sprintf("Cannot accept Quick Mode exchange from %s if SA is not authenticated!", e.Remote)
	}),
	Log(Memory, crypto(5, "IKMP_AG_MODE_DISABLED"), func(w *Words, e isakmp.AggressiveDisabled) string {
		return "Unable to initiate or respond to Aggressive Mode while disabled"
	}),
	Log(Memory, crypto(6, "IKMP_UNK_EXCHANGE"), func(w *Words, e isakmp.UnknownExchange) string {
		return fmt.Sprintf("IKE peer at %s sent a message with unknown exchange %d", e.Remote, e.Exchange)
	}),

	Log(Seen, crypto(6, "ISAKMP_ON_OFF"), func(w *Words, e event.ISAKMPSwitched) string {
		if e.On {
			return "ISAKMP is ON"
		}
		return "ISAKMP is OFF"
	}),
	Log(Memory, crypto(5, "SESSION_STATUS"), func(w *Words, e keyengine.SessionUp) string {
		return session124("UP", e.Peer, e.ID)
	}),
	Log(Memory, crypto(5, "SESSION_STATUS"), func(w *Words, e keyengine.SessionDown) string {
		return session124("DOWN", e.Peer, e.ID)
	}),
	Log(Memory, complaint("RECVD_PKT_NOT_IPSEC"), func(w *Words, e keyengine.ClearRefused) string {
		return fmt.Sprintf("Rec'd packet not an IPSEC packet.\n\t(ip) vrf/dest_addr= /%s, src_addr= %s, prot= %d", e.Dest, e.Source, e.Protocol)
	}),
	Log(Transposed, complaint("RECVD_PKT_INV_SPI"), func(w *Words, e keyengine.SPIUnknown) string {
		return fmt.Sprintf("decaps: rec'd IPSEC packet has invalid spi for destaddr=%s, prot=%d, spi=0x%X(%d), srcaddr=%s",
			e.Dest, e.Protocol, e.SPI, e.SPI, e.Source)
	}),
	// The record ends in an empty line.
	Log(Memory, complaint("PKT_REPLAY_ERR"), func(w *Words, e keyengine.Replayed) string {
		return fmt.Sprintf("decrypt: replay check failed\n\tconnection id=%d, sequence number=%d\n", e.Conn, e.Sequence)
	}),
	Log(Memory, complaint("RECVD_PKT_MAC_ERR"), func(w *Words, e keyengine.MACMismatch) string {
		return fmt.Sprintf("decrypt: mac verify failed for connection id=%d", e.Conn)
	}),
}

func session124(state string, peer netip.AddrPort, id string) string {
	return fmt.Sprintf("Crypto tunnel is %-4s.  Peer %s:%d       Id: %s", state, peer.Addr(), peer.Port(), id)
}
