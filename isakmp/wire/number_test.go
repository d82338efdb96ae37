package wire

import "testing"

// TestNumbers holds the numbers to those that IANA has registered for ISAKMP
// and for the IPsec DOI, written out once more: a peer has no other.
func TestNumbers(t *testing.T) {
	for _, tt := range []struct {
		name string
		got  int
		want int
	}{
		{"payload SA", int(SAPayload), 1},
		{"payload proposal", int(ProposalType), 2},
		{"payload transform", int(TransfType), 3},
		{"payload key exchange", int(KeyExchange), 4},
		{"payload identification", int(Identify), 5},
		{"payload certificate", int(Certificate), 6},
		{"payload certificate request", int(CertRequest), 7},
		{"payload hash", int(HashPayload), 8},
		{"payload signature", int(Signature), 9},
		{"payload nonce", int(Nonce), 10},
		{"payload notification", int(Notification), 11},
		{"payload delete", int(DeletePay), 12},
		{"payload vendor ID", int(VendorID), 13},
		{"payload NAT-D of draft 07", int(NATD07), 15},
		{"payload NAT-D", int(NATD), 20},
		{"payload NAT-D of draft 02", int(NATD02), 130},

		{"exchange identity protection", int(ExchangeMain), 2},
		{"exchange aggressive", int(ExchangeAggressive), 4},
		{"exchange informational", int(ExchangeInformational), 5},
		{"exchange quick mode", int(ExchangeQuick), 32},

		{"flag encryption", int(FlagEncrypted), 0x01},
		{"flag commit", int(FlagCommit), 0x02},
		{"flag authentication only", int(FlagAuthOnly), 0x04},

		{"DOI IPsec", int(DOI), 1},
		{"situation identity only", int(IdentityOnly), 1},
		{"transform KEY_IKE", int(TransformIKE), 1},

		{"phase 1 encryption", int(AttrEncryption), 1},
		{"phase 1 hash", int(AttrHash), 2},
		{"phase 1 authentication", int(AttrAuth), 3},
		{"phase 1 group", int(AttrGroup), 4},
		{"phase 1 life type", int(AttrLifeType), 11},
		{"phase 1 life duration", int(AttrLife), 12},
		{"phase 1 key length", int(AttrKeyLength), 14},

		{"phase 2 life type", int(AttrSALifeType), 1},
		{"phase 2 life duration", int(AttrSALife), 2},
		{"phase 2 group", int(AttrSAGroup), 3},
		{"phase 2 encapsulation", int(AttrEncaps), 4},
		{"phase 2 authentication", int(AttrSAAuth), 5},
		{"phase 2 key length", int(AttrSAKeyLength), 6},
		{"life in seconds", LifeSeconds, 1},
		{"life in kilobytes", LifeKilobytes, 2},

		{"ID IPv4 address", int(IDIPv4Addr), 1},
		{"ID FQDN", int(IDFQDN), 2},
		{"ID user FQDN", int(IDUserFQDN), 3},
		{"ID IPv4 subnet", int(IDIPv4Subnet), 4},

		{"notify INVALID-SPI", int(NotifyInvalidSPI), 11},
		{"notify NO-PROPOSAL-CHOSEN", int(NotifyNoProposalChosen), 14},
		{"notify INVALID-ID-INFORMATION", int(NotifyInvalidID), 18},
		{"last error", int(NotifyLastError), 16383},
		{"notify RESPONDER-LIFETIME", int(NotifyResponderLifetime), 24576},
		{"notify INITIAL-CONTACT", int(NotifyInitialContact), 24578},
		{"notify R-U-THERE", int(NotifyAreYouThere), 36136},
		{"notify R-U-THERE-ACK", int(NotifyAreYouThereAck), 36137},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %d, want %d", tt.name, tt.got, tt.want)
		}
	}
}
