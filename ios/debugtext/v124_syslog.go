package debugtext

import "github.com/ioslab/ioslab/isakmp"

// syslog124: what is logged whether or not someone debugs.
func syslog124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.BadMessage:
		return []Line{syslog(4, "IKMP_BAD_MESSAGE",
			"IKE message from %s failed its sanity check or is malformed", e.Remote)}
	case isakmp.NoSA:
		return []Line{syslog(4, "IKMP_NO_SA",
			"IKE message from %s has no SA and is not an initialization offer", e.Remote)}
	case isakmp.ModeFailed:
		return []Line{syslog(6, "IKMP_MODE_FAILURE",
			"Processing of %s mode failed with peer at %s", e.Mode, e.Remote)}
	case isakmp.NotEncrypted:
		return []Line{syslog(6, "IKMP_NOT_ENCRYPTED",
			"IKE packet from %s was not encrypted and it should've been.", e.Remote)}
	case isakmp.NotAuthenticated:
		return []Line{syslog(6, "IKMP_SA_NOT_AUTH",
			"Cannot accept Quick Mode exchange from %s if SA is not authenticated!", e.Remote)}
	case isakmp.AggressiveDisabled:
		return []Line{syslog(5, "IKMP_AG_MODE_DISABLED",
			"Unable to initiate or respond to Aggressive Mode while disabled")}
	case isakmp.UnknownExchange:
		return []Line{syslog(6, "IKMP_UNK_EXCHANGE",
			"IKE peer at %s sent a message with unknown exchange %d", e.Remote, e.Exchange)}
	}
	return nil
}
