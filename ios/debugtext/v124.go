package debugtext

import (
	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
	"github.com/ioslab/ioslab/nat"
)

// V124 is 12.4 mainline, the dialect of the reference trace.
var V124 = newTable("12.4", words124, sas124, phase1Rows124, phase2Rows124, informational124, ipsec124, syslog124, interfaces124, nat124, policy124, packet124, icmp124, arp124)

var words124 = []Change{Common(func(w *Words) {
	w.General = Prefix{New: "ISAKMP:(0:0:N/A:0):", Conn: "ISAKMP:(0:%d:SW:1):"} // SW 1: software, the engine's number
	w.Packet = Prefix{New: "ISAKMP (0:0): ", Conn: "ISAKMP (0:%d): ", Base: 1 << 27}
	w.Names = names124
})}

var names124 = Names{
	Unreachable: unreachable124,
	TimeOver:    timeOver124,
	Encryption:  map[uint32]string{1: "DES-CBC", 5: "3DES-CBC", 7: "AES-CBC"},
	Hash:        map[uint32]string{1: "MD5", 2: "SHA", 4: "SHA256", 5: "SHA384", 6: "SHA512"},
	Auth:        map[uint32]string{1: "pre-share", 2: "DSS sig", 3: "RSA sig", 4: "RSA encr"},
	LifeType:    map[uint32]string{wire.LifeSeconds: "seconds", wire.LifeKilobytes: "kilobytes"},
	Encapsulation: map[uint32]string{
		1: "Tunnel", 2: "Transport", 3: "Tunnel-UDP", 4: "Transport-UDP", 61443: "Tunnel-UDP", 61444: "Transport-UDP",
	},
	HMAC: map[uint32]string{1: "HMAC-MD5", 2: "HMAC-SHA", 5: "HMAC-SHA256", 6: "HMAC-SHA384", 7: "HMAC-SHA512"},
	// ESP_AES has a trailing blank.
	ESP: map[uint8]string{
		isakmp.ESPDES: "ESP_DES", isakmp.ESP3DES: "ESP_3DES", isakmp.ESPNull: "ESP_NULL", isakmp.ESPAES: "ESP_AES ",
	},
	Payload: map[uint8]string{
		wire.SAPayload:    "SA",
		wire.ProposalType: "PROPOSAL",
		wire.TransfType:   "TRANSFORM",
		wire.KeyExchange:  "KE",
		wire.Identify:     "ID",
		wire.Certificate:  "CERT",
		wire.CertRequest:  "CERT_REQ",
		wire.HashPayload:  "HASH",
		wire.Signature:    "SIG",
		wire.Nonce:        "NONCE",
		wire.Notification: "NOTIFY",
		wire.DeletePay:    "DELETE",
		wire.VendorID:     "VENDOR",
	},
	// RFC 2408 §3.14.1 where IOS has no word of its own.
	Notify: map[uint16]string{
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
	},
	VendorDraft: map[isakmp.VendorKind]string{
		isakmp.VendorNATT02: "02", isakmp.VendorNATT03: "03", isakmp.VendorNATT07: "07", isakmp.VendorNATTRFC: "rfc3947",
	},
	Mismatch: map[isakmp.Mismatch]string{
		isakmp.MismatchEncryption: "Encryption algorithm offered does not match policy!",
		isakmp.MismatchKeyLength:  "Proposed key length does not match policy",
		isakmp.MismatchHash:       "Hash algorithm offered does not match policy!",
		isakmp.MismatchGroup:      "Diffie-Hellman group offered does not match policy!",
		isakmp.MismatchAuth:       "Authentication method offered does not match policy!",
		isakmp.MismatchNoKey:      "Preshared authentication offered but does not match policy!",
	},
	Lock: map[isakmp.PeerUse]string{
		isakmp.UseInitiator: "isakmp_initiator",
		isakmp.UseResponder: "crypto_isakmp_process_block",
		isakmp.UseReuse:     "Reuse existing peer",
		isakmp.UseFloat:     "port floating",
		isakmp.UseKeys:      "for stuff_ke",
		isakmp.UsePair:      "from create_transforms",
	},
	Unlock: map[isakmp.PeerUse]string{
		isakmp.UseReuse:        "for Reuse existing peer",
		isakmp.UseFloat:        "for port floating",
		isakmp.UsePair:         "from create_transforms",
		isakmp.UsePairReleased: "from delete_siblings",
		isakmp.UseSADeleted:    "for isadb_mark_sa_deleted()",
		isakmp.UseSAAbandoned:  "for isadb_unlock_peer_delete_sa()",
	},
	Counter: map[isakmp.RefKind]string{isakmp.RefIKE: "IKE", isakmp.RefIPsec: "IPSEC"},
	SAReason: map[isakmp.SAReason]string{
		isakmp.SAUnanswered:     "Death by retransmission P1",
		isakmp.SAQuickLost:      "Death by retransmission P2",
		isakmp.SAExpired:        "IKE SA Lifetime Exceeded",
		isakmp.SACleared:        "By user command",
		isakmp.SAAllCleared:     "Death by tree-walk md5",
		isakmp.SAInitialContact: "Receive initial contact",
		isakmp.SADeletedByPeer:  "No reason",
		isakmp.SAPeerDead:       "P1 errcounter exceeded (PEERS_ALIVE_TIMER)",
		isakmp.SANoPolicy:       "Phase1 SA policy proposal not accepted",
	},
	NodeReason: map[isakmp.NodeReason]string{
		isakmp.NodeDone:       "No Error",
		isakmp.NodeConfirmed:  "QM done (await)",
		isakmp.NodeRejected:   "QM rejected",
		isakmp.NodeSADeleted:  "IKE deleted",
		isakmp.NodeInformed:   "Informational (in) state 1",
		isakmp.NodeRefused:    "Delete Larval",
		isakmp.NodeUnanswered: "Phase 2 err count exceeded",
	},
	ErrorReason: map[isakmp.ErrorReason]string{
		isakmp.ErrorMalformed:   "PAYLOAD_MALFORMED",
		isakmp.ErrorRefused:     "construct_fail_ag_init",
		isakmp.ErrorUnanswered1: "retransmit phase 1",
		isakmp.ErrorUnanswered2: "retransmit phase 2",
	},
	NATFailure: map[nat.Reason]string{
		nat.NoAddress: "A", nat.TooMany: "B", nat.Taken: "C", nat.NoRoom: "D", nat.NotCarried: "E",
	},
	Mode: map[isakmp.Mode]string{
		isakmp.ModeMain:          "Main",
		isakmp.ModeAggressive:    "Aggressive",
		isakmp.ModeQuick:         "Quick",
		isakmp.ModeInformational: "Informational",
	},
	TransformSet: map[uint8]string{
		isakmp.ESPDES: "esp-des", isakmp.ESP3DES: "esp-3des", isakmp.ESPNull: "esp-null", isakmp.ESPAES: "esp-aes",
	},
	SetHMAC: map[uint16]string{
		isakmp.AuthHMACMD5:    "esp-md5-hmac",
		isakmp.AuthHMACSHA:    "esp-sha-hmac",
		isakmp.AuthHMACSHA256: "esp-sha256-hmac",
		isakmp.AuthHMACSHA384: "esp-sha384-hmac",
		isakmp.AuthHMACSHA512: "esp-sha512-hmac",
	},
}
