package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/isakmp"
)

func crypto(severity int, mnemonic string) Message {
	return Message{Facility: "CRYPTO", Severity: severity, Mnemonic: mnemonic}
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
	Log(Transposed, crypto(5, "IKMP_AG_MODE_DISABLED"), func(w *Words, e isakmp.AggressiveDisabled) string {
		return "Unable to initiate or respond to Aggressive Mode while disabled"
	}),
	Log(Memory, crypto(6, "IKMP_UNK_EXCHANGE"), func(w *Words, e isakmp.UnknownExchange) string {
		return fmt.Sprintf("IKE peer at %s sent a message with unknown exchange %d", e.Remote, e.Exchange)
	}),
}
