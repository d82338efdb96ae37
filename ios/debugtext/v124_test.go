package debugtext

import (
	"net/netip"
	"testing"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

var (
	first = isakmp.SARef{
		Role: isakmp.Initiator, Label: isakmp.LabelNoState, Ptr: 0x64E0AC34,
		Local: netip.AddrPortFrom(local, 500), Remote: netip.AddrPortFrom(remote, 500),
	}
	idle = isakmp.SARef{
		Conn: 2, Role: isakmp.Responder, Label: isakmp.LabelQMIdle, Ptr: 0x64E0AC34,
		Local: netip.AddrPortFrom(local, 500), Remote: netip.AddrPortFrom(remote, 500),
	}
)

// TestLines pins what is said seldom, or with blanks that matter; the
// scenarios of package isakmp pin the rest in its context.
func TestLines(t *testing.T) {
	tests := []struct {
		event any
		want  string // records end in ¶
	}{
		{isakmp.Received{SA: first}, "ISAKMP (0:0): received packet from 23.23.23.3 dport 500 sport 500 Global (I) MM_NO_STATE¶"},
		{isakmp.Received{SA: isakmp.SARef{Role: isakmp.NoRole, Label: isakmp.LabelNewSA, Local: first.Local, Remote: first.Remote}},
			"ISAKMP (0:0): received packet from 23.23.23.3 dport 500 sport 500 Global (N) NEW SA¶"},
		{isakmp.Sending{SA: idle}, "ISAKMP:(0:2:SW:1): sending packet to 23.23.23.3 my_port 500 peer_port 500 (R) QM_IDLE      ¶"},
		{isakmp.Transition{SA: first, Class: isakmp.FromPeer, Input: isakmp.InputMMExch, Old: isakmp.StateIMM1, New: isakmp.StateIMM2},
			"ISAKMP:(0:0:N/A:0):Input = IKE_MESG_FROM_PEER, IKE_MM_EXCH¶ISAKMP:(0:0:N/A:0):Old State = IKE_I_MM1  New State = IKE_I_MM2 \n¶"},
		{isakmp.NodeTransition{SA: idle, Node: 0xFFFFFFFF, Class: isakmp.Internal, Input: isakmp.InputInitQM, Old: isakmp.NodeReady, New: isakmp.NodeIQM1},
			"ISAKMP:(0:2:SW:1):Node -1, Input = IKE_MESG_INTERNAL, IKE_INIT_QM¶ISAKMP:(0:2:SW:1):Old State = IKE_QM_READY  New State = IKE_QM_I_QM1¶"},
		{isakmp.ErrorCount{SA: idle, OnNode: true, Attempt: 2, Of: 5, Reason: isakmp.ErrorUnanswered2},
			"ISAKMP (0:134217730): incrementing error counter on node, attempt 2 of 5: retransmit phase 2¶"},
		{isakmp.RetransmitTimer{SA: idle, Phase: 2, Node: 0x80000000},
			"ISAKMP:(0:2:SW:1): retransmitting phase 2 QM_IDLE       -2147483648 ...¶"},
		{isakmp.Retransmitting{SA: idle, Phase: 2, Node: 7}, "ISAKMP:(0:2:SW:1): retransmitting phase 2 7 QM_IDLE      ¶"},
		{isakmp.NoParanoidKeepalives{SA: idle, Phase1: true}, "ISAKMP:(0:2:SW:1):peer does not do paranoid keepalives.\n¶"},
		{isakmp.NoParanoidKeepalives{SA: idle}, "ISAKMP:(0:2:SW:1):peer does not do paranoid keepalives.¶"},
		{isakmp.SADeleting{SA: idle, Reason: isakmp.SADeletedByPeer},
			`ISAKMP:(0:2:SW:1):deleting SA reason "No reason" state (R) QM_IDLE       (peer 23.23.23.3)¶`},
		{isakmp.SAPurged{SA: first}, "ISAKMP:(0:0:N/A:0):purging SA., sa=64E0AC34, delme=64E0AC34¶"},
		{isakmp.PeerLocked{Ptr: 0x64E2927C, Kind: isakmp.RefIPsec, Count: 1, For: isakmp.UseKeys},
			"ISAKMP: Locking peer struct 0x64E2927C, IPSEC refcount 1 for for stuff_ke¶"},
		{isakmp.PeerUnlocked{Ptr: 0x64E2927C, Kind: isakmp.RefIKE, For: isakmp.UseSADeleted}, "ISAKMP: Unlocking IKE struct 0x64E2927C for isadb_mark_sa_deleted(), count 0¶"},
		{isakmp.SAInserted{Ptr: 1, Duplicate: true}, "ISAKMP: Find a dup sa in the avl tree during calling isadb_insert sa = 1¶"},
		{isakmp.RequestOnSA{SA: idle}, "ISAKMP:(0:2:SW:1):SA has outstanding requests  (local 12.12.12.1 port 500, remote 23.23.23.3 port 500)¶" +
			"ISAKMP:(0:2:SW:1):sitting IDLE. Starting QM immediately (QM_IDLE      )¶"},
		{isakmp.DeleteIgnored{Local: local, Remote: remote, SPI: 0xD1370101},
			"ISAKMP: ignoring request to send delete notify (sa not authenticated) src 12.12.12.1 dst 23.23.23.3 for SPI 0xD1370101¶"},
		{isakmp.DeleteIgnored{Local: local, Remote: remote, SPI: 0x1234, NoSA: true},
			"ISAKMP: ignoring request to send delete notify (no ISAKMP sa) src 12.12.12.1 dst 23.23.23.3 for SPI 0x1234¶"},
		{isakmp.CannotStart{SA: first}, "ISAKMP:(0:0:N/A:0): No Cert or pre-shared address key. ¶" +
			"ISAKMP:(0:0:N/A:0): construct_initial_message: Can not start Main mode¶"},
		{isakmp.ReservedNotZero{Payload: wire.Identify}, "ISAKMP: reserved not zero on ID payload!¶"},
		{isakmp.ReservedNotZero{Payload: 77}, "ISAKMP: reserved not zero on UNKNOWN payload!¶"},
		{isakmp.VendorRead{SA: first, Kind: isakmp.VendorNATT07, Major: 0xf5},
			"ISAKMP:(0:0:N/A:0): vendor ID seems Unity/DPD but major 245 mismatch¶ISAKMP (0:0): vendor ID is NAT-T v7¶"},
		{isakmp.VendorRead{SA: first, Kind: isakmp.VendorNATT03, Major: 0x9d},
			"ISAKMP:(0:0:N/A:0): vendor ID seems Unity/DPD but major 157 mismatch¶ISAKMP:(0:0:N/A:0): vendor ID is NAT-T v3¶"},
		{isakmp.VendorRead{SA: first, Kind: isakmp.VendorXauth, Major: 215},
			"ISAKMP:(0:0:N/A:0): vendor ID seems Unity/DPD but major 215 mismatch¶ISAKMP:(0:0:N/A:0): vendor ID is XAUTH¶"},
		{isakmp.VendorRead{SA: first, Kind: isakmp.VendorNATTRFC, Major: 69}, "ISAKMP:(0:0:N/A:0): vendor ID seems Unity/DPD but major 69 mismatch¶ISAKMP (0:0): vendor ID is NAT-T RFC 3947¶"},
		{isakmp.VendorRead{SA: first, Major: 1}, "ISAKMP:(0:0:N/A:0):vendor ID seems Unity/DPD but hash mismatch¶"},
		{isakmp.Identity{SA: first, NextPayload: 8, Type: wire.IDFQDN, Data: []byte("r1\x1b.lab"), Protocol: 17, Length: 15},
			"ISAKMP (0:0): ID payload \n\tnext-payload : 8\n\ttype         : 2 \n\tFQDN name    : r1..lab \n\tprotocol     : 17 \n\tport         : 0 \n\tlength       : 15¶"},
		{isakmp.NotifyRead{SA: idle, Type: 40000, Protocol: 1}, "ISAKMP:(0:2:SW:1): processing NOTIFY UNKNOWN(40000) protocol 1\n\tspi 0, message ID = 0, sa = 64E0AC34¶"},
		{isakmp.IPsecTransform{Number: 1, Protocol: isakmp.ProtoESP, ID: isakmp.ESPAES, Attributes: []wire.Attribute{
			wire.Basic(wire.AttrEncaps, 3), wire.Basic(wire.AttrSAAuth, 9), wire.Basic(99, 1),
		}}, "ISAKMP: transform 1, ESP_AES ¶ISAKMP:   attributes in transform:¶ISAKMP:      encaps is 3 (Tunnel-UDP)¶" +
			"ISAKMP:      authenticator is ... What? 9?¶ISAKMP:      attribute 99¶"},
		{isakmp.IPsecTransform{Number: 2, Protocol: isakmp.ProtoAH, ID: 2}, "ISAKMP: transform 2, UNKNOWN (2/2)¶ISAKMP:   attributes in transform:¶"},
		{isakmp.NATVerdict{SA: first, Payload: 20, Mine: true}, "ISAKMP:received payload type 20¶ISAKMP (0:0): His hash no match - this node outside NAT¶"},
		{isakmp.NATVerdict{SA: idle, Payload: 20, Mine: true, His: true},
			"ISAKMP:received payload type 20¶ISAKMP (0:134217730): No NAT Found for self or peer¶"},
		{isakmp.NATVerdict{SA: idle, Payload: 20}, "ISAKMP:received payload type 20¶ISAKMP (0:134217730): NAT found, the node inside NAT¶"},
		{isakmp.NATVerdict{SA: idle, Payload: 130, His: true},
			"ISAKMP:received payload type 130¶ISAKMP (0:134217730): My hash no match -  this node inside NAT¶"},
		{isakmp.VendorSent{SA: first, Kind: isakmp.VendorNATTRFC}, "ISAKMP:(0:0:N/A:0): constructed NAT-T vendor-rfc3947 ID¶"},
		{isakmp.PortFloated{SA: idle}, "ISAKMP:(0:2:SW:1):Detected port floating to port = 500¶"},
		{isakmp.PeerSought{SA: idle, Ptr: 0x64E2927C}, "ISAKMP:(0:2:SW:1):Trying to find existing peer 12.12.12.1/23.23.23.3/500/¶"},
		{isakmp.PeerSought{SA: idle, Ptr: 0x64E2927C, Freed: 0x64E00000},
			"ISAKMP:(0:2:SW:1):Trying to find existing peer 12.12.12.1/23.23.23.3/500/ and found existing peer 64E2927C to reuse, free 64E00000¶"},
		{isakmp.PeerInserted{Local: idle.Local, Remote: idle.Remote, Ptr: 0x64E2927C},
			"ISAKMP: Trying to insert a peer 12.12.12.1/23.23.23.3/500/,  and inserted successfully 64E2927C.¶"},
		{isakmp.PeerInserted{Local: idle.Local, Remote: idle.Remote, Ptr: 0x64E2927C, Freed: 0x64E00000},
			"ISAKMP: Trying to insert a peer 12.12.12.1/23.23.23.3/500/,  and found existing one 64E2927C to reuse, free 64E00000¶"},
		{isakmp.UDPEncapsulated{SA: idle, Ptr: 0x64E2927C}, "ISAKMP:(0:2:SW:1):Setting UDP ENC peer struct 0x64E2927C sa= 0x64E0AC34¶"},
		{isakmp.NoSA{Remote: remote}, "%CRYPTO-4-IKMP_NO_SA: IKE message from 23.23.23.3 has no SA and is not an initialization offer¶"},
	}
	for _, tt := range tests {
		got := ""
		for _, record := range records(V124, tt.event) {
			got += record + "¶"
		}
		if got != tt.want {
			t.Errorf("%T: %q\nwant %q", tt.event, got, tt.want)
		}
	}
}

// records are all that a table says of an event.
func records(table *Table, event any) []string {
	out := table.Debug(event)
	if m, ok := table.Message(event); ok {
		out = append(out, m.Format(table.Text(event)))
	}
	return out
}

func TestPhase1Attributes(t *testing.T) {
	for _, tt := range []struct {
		a    wire.Attribute
		want string
	}{
		{wire.Basic(wire.AttrEncryption, 1), "encryption DES-CBC"},
		{wire.Basic(wire.AttrEncryption, 3), "encryption ... What? 3?"},
		{wire.Basic(wire.AttrKeyLength, 256), "keylength of 256"},
		{wire.Basic(wire.AttrHash, 4), "hash SHA256"},
		{wire.Basic(wire.AttrAuth, 3), "auth RSA sig"},
		{wire.Basic(wire.AttrLifeType, 2), "life type in kilobytes"},
		{wire.Number(wire.AttrLife, 60), "life duration (basic) of 60"},
		{wire.Number(wire.AttrLife, 86400), "life duration (VPI) of  0x0 0x1 0x51 0x80 "},
		{wire.Basic(17, 1), "attribute 17"},
	} {
		if got := V124.words.phase1Attribute(tt.a); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func TestFor(t *testing.T) {
	if For("12.4") != V124 || V124.Version() != "12.4" {
		t.Error("12.4 has another table")
	}
	if For("11.0") != nil {
		t.Error("a table for a release that there are no words of")
	}
	if records(V124, nil) != nil || V124.Text(nil) != "" {
		t.Error("words for no event")
	}
}
