package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/isakmp"
)

// table124: key-engine messages, peers, SAs coming and going.
func table124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.KeyMessage:
		return bare("ISAKMP: received ke message (%d/%d)", e.Type, e.Count)
	case isakmp.PeerCreated:
		return bare("ISAKMP: Created a peer struct for %s, peer port %d", e.Remote.Addr(), e.Remote.Port())
	case isakmp.PeerFound:
		return bare("ISAKMP: Found a peer struct for %s, peer port %d", e.Remote.Addr(), e.Remote.Port())
	case isakmp.PeerNew:
		return bare("ISAKMP: New peer created peer = 0x%X peer_handle = 0x%X", e.Ptr, e.Handle)
	case isakmp.PeerLocked:
		return bare("ISAKMP: Locking peer struct 0x%X, %s refcount %d for %s", e.Ptr, e.Kind, e.Count, e.For)
	case isakmp.PeerUnlocked:
		from := "for"
		if e.Kind == isakmp.RefIPsec {
			from = "from"
		}
		return bare("ISAKMP: Unlocking %s struct 0x%X %s %s, count %d", e.Kind, e.Ptr, from, e.For, e.Count)
	case isakmp.PeerReaped:
		return bare("ISAKMP: Deleting peer node by peer_reap for %s: %X", e.Remote.Addr(), e.Ptr)
	case isakmp.PeerInserted:
		trying := fmt.Sprintf("ISAKMP: Trying to insert a peer %s/%s/%d/, ", e.Local.Addr(), e.Remote.Addr(), e.Remote.Port())
		if e.Freed != 0 {
			return bare("%s and found existing one %X to reuse, free %X", trying, e.Ptr, e.Freed)
		}
		return bare("%s and inserted successfully %X.", trying, e.Ptr)
	case isakmp.PeerSought:
		found := ""
		if e.Freed != 0 {
			found = fmt.Sprintf(" and found existing peer %X to reuse, free %X", e.Ptr, e.Freed)
		}
		return general(e.SA, "Trying to find existing peer %s/%s/%d/%s",
			e.SA.Local.Addr(), e.SA.Remote.Addr(), e.SA.Remote.Port(), found)
	case isakmp.UDPEncapsulated:
		return general(e.SA, "Setting UDP ENC peer struct 0x%X sa= 0x%X", e.Ptr, e.SA.Ptr)
	case isakmp.Ports:
		return bare("ISAKMP: local port %d, remote port %d", e.Local, e.Remote)
	case isakmp.SAInserted:
		if e.Duplicate {
			return bare("ISAKMP: Find a dup sa in the avl tree during calling isadb_insert sa = %X", e.Ptr)
		}
		return bare("insert sa successfully sa = %X", e.Ptr)
	case isakmp.RequestAttached:
		return general(e.SA, "SA is still budding. Attached new ipsec request to it. (local %s, remote %s)",
			e.SA.Local.Addr(), e.SA.Remote.Addr())
	case isakmp.RequestOnSA:
		return append(general(e.SA, "SA has outstanding requests  (local %s port %d, remote %s port %d)",
			e.SA.Local.Addr(), e.SA.Local.Port(), e.SA.Remote.Addr(), e.SA.Remote.Port()),
			general(e.SA, "sitting IDLE. Starting QM immediately (%s)", label(e.SA.Label))...)
	case isakmp.RequestError:
		return append(bare("ISAKMP: Error while processing SA request: Failed to initialize SA"),
			bare("ISAKMP: Error while processing KMI message 0, error 2.")...)
	case isakmp.DeleteIgnored:
		why := "sa not authenticated"
		if e.NoSA {
			why = "no ISAKMP sa"
		}
		return bare("ISAKMP: ignoring request to send delete notify (%s) src %s dst %s", why, e.Local, e.Remote)
	case isakmp.NoParanoidKeepalives:
		if e.Phase1 {
			return general(e.SA, "peer does not do paranoid keepalives.\n")
		}
		return general(e.SA, "peer does not do paranoid keepalives.")
	case isakmp.SADeleting:
		tail := ""
		if e.Final {
			tail = " "
		}
		return general(e.SA, "deleting SA reason %q state (%c) %s (peer %s)%s",
			e.Reason, e.SA.Role, label(e.SA.Label), e.SA.Remote.Addr(), tail)
	case isakmp.SAPurged:
		return general(e.SA, "purging SA., sa=%X, delme=%X", e.SA.Ptr, e.SA.Ptr)
	}
	return nil
}
