package debugtext

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// phase1Rows124 are the course of main mode and the comparison of policies.
var phase1Rows124 = []Change{
	Silent[isakmp.LifetimeChosen](), // 12.4 does not tell of it
	Row(Seen, func(w *Words, e isakmp.NoAggressive) []string {
		return w.sa(e.SA, "Can not start Aggressive mode, trying Main mode.")
	}),
	Row(Seen, func(w *Words, e isakmp.KeyFound) []string {
		return w.sa(e.SA, "found peer pre-shared key matching %s", e.SA.Remote.Addr())
	}),
	Row(Transposed, func(w *Words, e isakmp.KeyMissing) []string {
		return w.sa(e.SA, "No pre-shared key with %s!", e.SA.Remote.Addr())
	}),
	Row(Transposed, func(w *Words, e isakmp.CannotStart) []string {
		return slices.Concat(w.sa(e.SA, " No Cert or pre-shared address key. "),
			w.sa(e.SA, " construct_initial_message: Can not start Main mode"))
	}),
	Row(Seen, func(w *Words, e isakmp.VendorSent) []string {
		return w.sa(e.SA, " constructed NAT-T vendor-%s ID", w.VendorDraft[e.Kind])
	}),
	Row(Seen, vendorRead124),
	Row(Transposed, natVerdict124),
	Row(Memory, func(w *Words, e isakmp.PortFloated) []string {
		return w.sa(e.SA, "Detected port floating to port = %d", e.SA.Remote.Port())
	}),
	Row(Seen, func(w *Words, e isakmp.MainModeBegun) []string { return w.sa(e.SA, " beginning Main Mode exchange") }),
	Row(Seen, func(w *Words, e isakmp.SKEYIDGenerated) []string { return w.sa(e.SA, "SKEYID state generated") }),
	Row(Seen, func(w *Words, e isakmp.InitialContactSent) []string { return w.sa(e.SA, "Send initial contact") }),
	Row(Transposed, func(w *Words, e isakmp.InitialContactRead) []string {
		return w.sa(e.SA, " Process initial contact,\nbring down existing phase 1 and 2 SA's with local %s remote %s remote port %d",
			e.SA.Local.Addr(), e.SA.Remote.Addr(), e.SA.Remote.Port())
	}),
	Row(Seen, func(w *Words, e isakmp.Authenticating) []string {
		kind := "ID_IPV4_ADDR"
		if e.ID == wire.IDFQDN {
			kind = "ID_FQDN"
		}
		return w.sa(e.SA, "SA is doing pre-shared key authentication using id type %s", kind)
	}),
	Row(Seen, identity124),
	Row(Seen, func(w *Words, e isakmp.IdentityLength) []string {
		return w.sa(e.SA, "Total payload length: %d", e.Length)
	}),
	Row(Seen, func(w *Words, e isakmp.NoProfile) []string {
		return w.sa(e.SA, ": peer matches *none* of the profiles")
	}),
	Row(Seen, func(w *Words, e isakmp.AuthStatus) []string {
		return w.sa(e.SA, "SA authentication status:\n\tauthenticated")
	}),
	Row(Seen, func(w *Words, e isakmp.Authenticated) []string {
		return w.sa(e.SA, "SA has been authenticated with %s", e.SA.Remote.Addr())
	}),
	Row(Memory, func(w *Words, e isakmp.HashMismatch) []string {
		return w.sa(e.SA, " phase %d hash does not match!", e.Phase)
	}),

	Row(Seen, func(w *Words, e isakmp.LocalKeyFound) []string { return w.sa(e.SA, " local preshared key found") }),
	Row(Seen, func(w *Words, e isakmp.ProfilesScanned) []string {
		return bare("ISAKMP : Scanning profiles for xauth ...")
	}),
	Row(Seen, func(w *Words, e isakmp.PolicyCheck) []string {
		return w.sa(e.SA, "Checking ISAKMP transform %d against priority %d policy", e.Transform, e.Priority)
	}),
	Row(Seen, func(w *Words, e isakmp.AttributeRead) []string {
		return bare("ISAKMP:      %s", w.phase1Attribute(e.Attribute))
	}),
	Row(Transposed, func(w *Words, e isakmp.PolicyMismatch) []string { return w.sa(e.SA, "%s", w.Mismatch[e.Reason]) }),
	Row(Seen, func(w *Words, e isakmp.PolicyVerdict) []string {
		if e.Acceptable {
			return w.sa(e.SA, "atts are acceptable. Next payload is %d", e.NextPayload)
		}
		return w.sa(e.SA, "atts are not acceptable. Next payload is %d", e.NextPayload)
	}),
	Row(Transposed, func(w *Words, e isakmp.NoOffers) []string { return w.sa(e.SA, "no offers accepted!") }),
	Row(Transposed, func(w *Words, e isakmp.PolicyRefused) []string {
		return w.sa(e.SA, " phase %d SA policy not acceptable! (local %s remote %s)",
			e.Phase, e.SA.Local.Addr(), e.SA.Remote.Addr())
	}),
}

// natVerdict124 tells who stands behind a NAT, as far as the payloads so far show.
func natVerdict124(w *Words, e isakmp.NATVerdict) []string {
	verdict := ""
	switch {
	case e.Mine && e.His:
		verdict = "No NAT Found for self or peer"
	case e.Mine:
		verdict = "His hash no match - this node outside NAT"
	case e.His:
		verdict = "My hash no match -  this node inside NAT"
	default:
		verdict = "NAT found, the node inside NAT"
	}
	return slices.Concat(bare("ISAKMP:received payload type %d", e.Payload), w.packet(e.SA, "%s", verdict))
}

// unityMajor is what byte 14 of Unity's and DPD's own vendor IDs is.
const unityMajor = 1

// vendorRead124 tells what 12.4 thinks of a vendor ID.
func vendorRead124(w *Words, e isakmp.VendorRead) []string {
	switch e.Kind {
	case isakmp.VendorUnity:
		return w.sa(e.SA, " vendor ID is Unity")
	case isakmp.VendorDPD:
		return w.sa(e.SA, " vendor ID is DPD")
	case isakmp.VendorIOS:
		return w.sa(e.SA, " speaking to another IOS box!")
	}
	seems := w.sa(e.SA, " vendor ID seems Unity/DPD but major %d mismatch", e.Major)
	if e.Major == unityMajor {
		seems = w.sa(e.SA, "vendor ID seems Unity/DPD but hash mismatch")
	}
	switch e.Kind {
	case isakmp.VendorNATTRFC:
		return append(seems, w.packet(e.SA, "vendor ID is NAT-T RFC 3947")...)
	case isakmp.VendorNATT07:
		return append(seems, w.packet(e.SA, "vendor ID is NAT-T v7")...)
	case isakmp.VendorNATT03:
		return append(seems, w.sa(e.SA, " vendor ID is NAT-T v3")...)
	case isakmp.VendorNATT02:
		return append(seems, w.sa(e.SA, " vendor ID is NAT-T v2")...)
	case isakmp.VendorXauth:
		return append(seems, w.sa(e.SA, " vendor ID is XAUTH")...)
	}
	return seems
}

// identity124 is an ID payload of phase 1, field by field.
func identity124(w *Words, e isakmp.Identity) []string {
	what, value := "address      ", ""
	switch e.Type {
	case wire.IDIPv4Addr:
		if a, ok := netip.AddrFromSlice(e.Data); ok {
			value = a.String()
		}
	case wire.IDFQDN:
		what, value = "FQDN name    ", wire.Printable(e.Data)
	case wire.IDUserFQDN:
		what, value = "USER FQDN    ", wire.Printable(e.Data)
	default:
		value = fmt.Sprintf("%X", e.Data)
	}
	return w.packet(e.SA, "ID payload \n\tnext-payload : %d\n\ttype         : %d \n\t%s: %s \n\tprotocol     : %d \n\tport         : %d \n\tlength       : %d",
		e.NextPayload, e.Type, what, value, e.Protocol, e.Port, e.Length)
}
