package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// notify124 names notifications (RFC 2408 3.14.1 where IOS has no own word).
var notify124 = map[uint16]string{
	1:                            "INVALID_PAYLOAD_TYPE",
	7:                            "INVALID_EXCHANGE_TYPE",
	9:                            "INVALID_MESSAGE_ID",
	wire.NotifyInvalidSPI:        "INVALID_SPI",
	wire.NotifyNoProposalChosen:  "PROPOSAL_NOT_CHOSEN",
	16:                           "PAYLOAD_MALFORMED",
	17:                           "INVALID_KEY_INFO",
	wire.NotifyInvalidID:         "INVALID_ID_INFO",
	23:                           "INVALID_HASH_INFO",
	24:                           "AUTHENTICATION_FAILED",
	wire.NotifyResponderLifetime: "RESPONDER_LIFETIME",
	wire.NotifyInitialContact:    "INITIAL_CONTACT",
	wire.NotifyAreYouThere:       "DPD/R_U_THERE",
	wire.NotifyAreYouThereAck:    "DPD/R_U_THERE_ACK",
}

func notifyName(kind uint16) string {
	if s, ok := notify124[kind]; ok {
		return s
	}
	return fmt.Sprintf("UNKNOWN(%d)", kind)
}

// informational124: notifications, deletions, keepalives.
func informational124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.NotifyRead:
		return general(e.SA, " processing NOTIFY %s protocol %d\n\tspi %d, message ID = %d, sa = %X",
			notifyName(e.Type), e.Protocol, e.SPI, messageID(e.Message), e.SA.Ptr)
	case isakmp.NotifySent:
		return general(e.SA, "Sending NOTIFY %s protocol %d\n\tspi %d, message ID = %d",
			notifyName(e.Type), e.Protocol, e.SPI, messageID(e.Node))
	case isakmp.NotifyWithoutHash:
		return general(e.SA, "Notify has no hash. Rejected.")
	case isakmp.ResponderLifetime:
		return lifetime124(e)
	case isakmp.AliveRead:
		what := "R_U_THERE"
		if e.Ack {
			what = "R_U_THERE_ACK"
		}
		return general(e.SA, " DPD/%s received from peer %s, sequence 0x%X", what, e.SA.Remote.Addr(), e.Sequence)
	case isakmp.AliveOverdue:
		return general(e.SA, "DPD incrementing error counter (%d/%d)", e.Attempt, e.Of)
	case isakmp.PeerSilent:
		return general(e.SA, "peer %s not responding!", e.SA.Remote.Addr())
	case isakmp.AliveSent:
		return general(e.SA, " seq. no 0x%X", e.Sequence)
	}
	return nil
}

func lifetime124(e isakmp.ResponderLifetime) []Line {
	lines := general(e.SA, " processing responder lifetime")
	if e.Phase == 1 {
		lines = append(lines, general(e.SA, " start processing isakmp responder lifetime")...)
		return append(lines, general(e.SA, " restart ike sa timer to %d secs", e.Seconds)...)
	}
	if e.Seconds != 0 {
		lines = append(lines, packet(e.SA, "responder lifetime of %ds", e.Seconds)...)
	}
	if e.Kilobytes != 0 {
		lines = append(lines, packet(e.SA, "responder lifetime of %dkb", e.Kilobytes)...)
	}
	return lines
}
