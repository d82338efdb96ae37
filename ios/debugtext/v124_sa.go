package debugtext

import (
	"fmt"
	"slices"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// sas124 are key-engine messages, peers, SAs that come and go, packets, the
// machines and retransmission.
var sas124 = []Change{
	Row(Seen, func(w *Words, e isakmp.KeyMessage) []string {
		return bare("ISAKMP: received ke message (%d/%d)", e.Type, e.Count)
	}),
	Row(Seen, func(w *Words, e isakmp.RequestProfile) []string { return w.sa(e.SA, " SA request profile is (NULL)") }),
	Row(Seen, func(w *Words, e isakmp.PeerCreated) []string {
		return bare("ISAKMP: Created a peer struct for %s, peer port %d", e.Remote.Addr(), e.Remote.Port())
	}),
	Row(Memory, func(w *Words, e isakmp.PeerFound) []string {
		return bare("ISAKMP: Found a peer struct for %s, peer port %d", e.Remote.Addr(), e.Remote.Port())
	}),
	Row(Seen, func(w *Words, e isakmp.PeerNew) []string {
		return bare("ISAKMP: New peer created peer = 0x%X peer_handle = 0x%X", e.Ptr, e.Handle)
	}),
	Row(Seen, func(w *Words, e isakmp.PeerLocked) []string {
		return bare("ISAKMP: Locking peer struct 0x%X, %s refcount %d for %s", e.Ptr, w.Counter[e.Kind], e.Count, w.Lock[e.For])
	}),
	Row(Seen, func(w *Words, e isakmp.PeerUnlocked) []string {
		return bare("ISAKMP: Unlocking %s struct 0x%X %s, count %d", w.Counter[e.Kind], e.Ptr, w.Unlock[e.For], e.Count)
	}),
	Row(Transposed, func(w *Words, e isakmp.PeerReaped) []string {
		return bare("ISAKMP: Deleting peer node by peer_reap for %s: %X", e.Remote.Addr(), e.Ptr)
	}),
	Row(Seen, func(w *Words, e isakmp.PeerInserted) []string {
		trying := fmt.Sprintf("ISAKMP: Trying to insert a peer %s/%s/%d/, ", e.Local.Addr(), e.Remote.Addr(), e.Remote.Port())
		if e.Freed != 0 {
			return bare("%s and found existing one %X to reuse, free %X", trying, e.Ptr, e.Freed)
		}
		return bare("%s and inserted successfully %X.", trying, e.Ptr)
	}),
	Row(Memory, func(w *Words, e isakmp.PeerSought) []string {
		found := ""
		if e.Freed != 0 {
			found = fmt.Sprintf(" and found existing peer %X to reuse, free %X", e.Ptr, e.Freed)
		}
		return w.sa(e.SA, "Trying to find existing peer %s/%s/%d/%s",
			e.SA.Local.Addr(), e.SA.Remote.Addr(), e.SA.Remote.Port(), found)
	}),
	Row(Memory, func(w *Words, e isakmp.UDPEncapsulated) []string {
		return w.sa(e.SA, "Setting UDP ENC peer struct 0x%X sa= 0x%X", e.Ptr, e.SA.Ptr)
	}),
	Row(Seen, func(w *Words, e isakmp.Ports) []string {
		return bare("ISAKMP: local port %d, remote port %d", e.Local, e.Remote)
	}),
	Row(Seen, func(w *Words, e isakmp.SAInserted) []string {
		if e.Duplicate {
			return bare("ISAKMP: Find a dup sa in the avl tree during calling isadb_insert sa = %X", e.Ptr)
		}
		return bare("insert sa successfully sa = %X", e.Ptr)
	}),
	Row(Memory, func(w *Words, e isakmp.RequestAttached) []string {
		return w.sa(e.SA, "SA is still budding. Attached new ipsec request to it. (local %s, remote %s)",
			e.SA.Local.Addr(), e.SA.Remote.Addr())
	}),
	Row(Transposed, func(w *Words, e isakmp.RequestOnSA) []string {
		return slices.Concat(
			w.sa(e.SA, "SA has outstanding requests  (local %s port %d, remote %s port %d)",
				e.SA.Local.Addr(), e.SA.Local.Port(), e.SA.Remote.Addr(), e.SA.Remote.Port()),
			w.sa(e.SA, "sitting IDLE. Starting QM immediately (%s)", label(e.SA.Label)))
	}),
	Row(Transposed, func(w *Words, e isakmp.RequestError) []string {
		return slices.Concat(
			bare("ISAKMP: Error while processing SA request: Failed to initialize SA"),
			bare("ISAKMP: Error while processing KMI message 0, error 2."))
	}),
	Row(Memory, func(w *Words, e isakmp.DeleteIgnored) []string {
		why := "sa not authenticated"
		if e.NoSA {
			why = "no ISAKMP sa"
		}
		return bare("ISAKMP: ignoring request to send delete notify (%s) src %s dst %s for SPI 0x%X", why, e.Local, e.Remote, e.SPI)
	}),
	Row(Transposed, func(w *Words, e isakmp.NoParanoidKeepalives) []string {
		if e.Phase1 {
			return w.sa(e.SA, "peer does not do paranoid keepalives.\n")
		}
		return w.sa(e.SA, "peer does not do paranoid keepalives.")
	}),
	Row(Transposed, func(w *Words, e isakmp.SADeleting) []string {
		tail := ""
		if e.Final {
			tail = " "
		}
		return w.sa(e.SA, "deleting SA reason %q state (%c) %s (peer %s)%s",
			w.SAReason[e.Reason], e.SA.Role, label(e.SA.Label), e.SA.Remote.Addr(), tail)
	}),
	Row(Transposed, func(w *Words, e isakmp.SAPurged) []string {
		return w.sa(e.SA, "purging SA., sa=%X, delme=%X", e.SA.Ptr, e.SA.Ptr)
	}),
	Row(Seen, func(w *Words, e isakmp.Received) []string {
		return w.packet(e.SA, "received packet from %s dport %d sport %d Global (%c) %s",
			e.SA.Remote.Addr(), e.SA.Local.Port(), e.SA.Remote.Port(), e.SA.Role, label(e.SA.Label))
	}),
	Row(Seen, func(w *Words, e isakmp.Sending) []string {
		return w.sa(e.SA, " sending packet to %s my_port %d peer_port %d (%c) %s",
			e.SA.Remote.Addr(), e.SA.Local.Port(), e.SA.Remote.Port(), e.SA.Role, label(e.SA.Label))
	}),
	// A phase 1 state line ends in a blank and an empty line.
	Row(Seen, func(w *Words, e isakmp.Transition) []string {
		return slices.Concat(w.sa(e.SA, "Input = %s, %s", e.Class, e.Input),
			w.sa(e.SA, "Old State = %s  New State = %s \n", e.Old, e.New))
	}),
	Row(Seen, func(w *Words, e isakmp.NodeTransition) []string {
		return slices.Concat(w.sa(e.SA, "Node %d, Input = %s, %s", w.node(e.Node), e.Class, e.Input),
			w.sa(e.SA, "Old State = %s  New State = %s", e.Old, e.New))
	}),
	Row(Memory, func(w *Words, e isakmp.UnknownInput) []string {
		if e.Node != 0 {
			return w.packet(e.SA, "Unknown Input %s, %s:  for node %d: state = %s", e.Class, e.Input, w.node(e.Node), e.State)
		}
		return w.packet(e.SA, "Unknown Input %s, %s:  state = %s", e.Class, e.Input, e.State)
	}),
	Row(Seen, func(w *Words, e isakmp.Processing) []string {
		if e.Payload == wire.VendorID {
			return w.sa(e.SA, " processing vendor id payload")
		}
		return w.sa(e.SA, " processing %s payload. message ID = %d", w.payload(e.Payload), w.message(e.Message))
	}),
	Row(Memory, func(w *Words, e isakmp.ReservedNotZero) []string {
		return bare("ISAKMP: reserved not zero on %s payload!", w.payload(e.Payload))
	}),
	Row(Memory, func(w *Words, e isakmp.Malformed) []string { return w.sa(e.SA, " malformed payload") }),
	Row(Memory, func(w *Words, e isakmp.FSMError) []string {
		return w.packet(e.SA, "FSM action returned error: %d", e.Code)
	}),
	Row(Memory, func(w *Words, e isakmp.Duplicate) []string {
		return w.sa(e.SA, " phase %d packet is a duplicate of a previous packet.", e.Phase)
	}),
	Row(Memory, func(w *Words, e isakmp.RetransmitDue) []string {
		return w.sa(e.SA, " retransmitting due to retransmit phase %d", e.Phase)
	}),
	Row(Memory, func(w *Words, e isakmp.RetransmitSkipped) []string {
		return w.sa(e.SA, " retransmission skipped for phase %d (time since last transmission %d)", e.Phase, e.SinceMS)
	}),
	Row(Seen, func(w *Words, e isakmp.RetransmitTimer) []string {
		if e.Phase == 2 {
			return w.sa(e.SA, " retransmitting phase 2 %s %d ...", label(e.SA.Label), w.node(e.Node))
		}
		return w.sa(e.SA, " retransmitting phase 1 %s...", label(e.SA.Label))
	}),
	Row(Seen, func(w *Words, e isakmp.Retransmitting) []string {
		if e.Phase == 2 {
			return w.sa(e.SA, " retransmitting phase 2 %d %s", w.node(e.Node), label(e.SA.Label))
		}
		return w.sa(e.SA, " retransmitting phase 1 %s", label(e.SA.Label))
	}),
	Row(Seen, func(w *Words, e isakmp.ErrorCount) []string {
		what := "sa"
		if e.OnNode {
			what = "node"
		}
		return w.packet(e.SA, "incrementing error counter on %s, attempt %d of %d: %s", what, e.Attempt, e.Of, w.ErrorReason[e.Reason])
	}),
}
