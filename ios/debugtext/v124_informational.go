package debugtext

import (
	"slices"

	"github.com/ioslab/ioslab/isakmp"
)

// informational124 are notifications, lifetimes and keepalives.
var informational124 = []Change{
	Row(Transposed, func(w *Words, e isakmp.NotifyRead) []string {
		return w.sa(e.SA, " processing NOTIFY %s protocol %d\n\tspi %d, message ID = %d, sa = %X",
			w.notify(e.Type), e.Protocol, e.SPI, w.message(e.Message), e.SA.Ptr)
	}),
	Row(Memory, func(w *Words, e isakmp.NotifySent) []string {
		return w.sa(e.SA, "Sending NOTIFY %s protocol %d\n\tspi %d, message ID = %d",
			w.notify(e.Type), e.Protocol, e.SPI, w.message(e.Node))
	}),
	Row(Memory, func(w *Words, e isakmp.NotifyWithoutHash) []string {
		return w.sa(e.SA, "Notify has no hash. Rejected.")
	}),
	Row(Transposed, func(w *Words, e isakmp.ResponderLifetime) []string {
		lines := w.sa(e.SA, " processing responder lifetime")
		if e.Phase == 1 {
			return slices.Concat(lines, w.sa(e.SA, " start processing isakmp responder lifetime"),
				w.sa(e.SA, " restart ike sa timer to %d secs", e.Seconds))
		}
		if e.Seconds != 0 {
			lines = append(lines, w.packet(e.SA, "responder lifetime of %ds", e.Seconds)...)
		}
		if e.Kilobytes != 0 {
			lines = append(lines, w.packet(e.SA, "responder lifetime of %dkb", e.Kilobytes)...)
		}
		return lines
	}),
	Row(Memory, func(w *Words, e isakmp.AliveRead) []string {
		what := "R_U_THERE"
		if e.Ack {
			what = "R_U_THERE_ACK"
		}
		return w.sa(e.SA, " DPD/%s received from peer %s, sequence 0x%X", what, e.SA.Remote.Addr(), e.Sequence)
	}),
	Row(Memory, func(w *Words, e isakmp.AliveOverdue) []string {
		return w.sa(e.SA, "DPD incrementing error counter (%d/%d)", e.Attempt, e.Of)
	}),
	Row(Memory, func(w *Words, e isakmp.PeerSilent) []string {
		return w.sa(e.SA, "peer %s not responding!", e.SA.Remote.Addr())
	}),
	Row(Memory, func(w *Words, e isakmp.AliveSent) []string { return w.sa(e.SA, " seq. no 0x%X", e.Sequence) }),
}
