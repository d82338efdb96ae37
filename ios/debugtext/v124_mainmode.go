package debugtext

import (
	"fmt"
	"net/netip"

	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

// mainMode124: the course of main mode.
func mainMode124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.RequestProfile:
		return general(e.SA, " SA request profile is (NULL)")
	case isakmp.NoAggressive:
		return general(e.SA, "Can not start Aggressive mode, trying Main mode.")
	case isakmp.KeyFound:
		return general(e.SA, "found peer pre-shared key matching %s", e.SA.Remote.Addr())
	case isakmp.KeyMissing:
		return general(e.SA, "No pre-shared key with %s!", e.SA.Remote.Addr())
	case isakmp.CannotStart:
		return append(general(e.SA, " No Cert or pre-shared address key."),
			general(e.SA, " construct_initial_message: Can not start Main mode")...)
	case isakmp.VendorSent:
		return general(e.SA, " constructed NAT-T vendor-%s ID", vendorDraft[e.Kind])
	case isakmp.VendorRead:
		return vendor124(e)
	case isakmp.NATVerdict:
		return natd124(e)
	case isakmp.PortFloated:
		return general(e.SA, "Detected port floating to port = %d", e.SA.Remote.Port())
	case isakmp.MainModeBegun:
		return general(e.SA, " beginning Main Mode exchange")
	case isakmp.SKEYIDGenerated:
		return general(e.SA, "SKEYID state generated")
	case isakmp.InitialContactSent:
		return general(e.SA, "Send initial contact")
	case isakmp.InitialContactRead:
		return general(e.SA, " Process initial contact,\nbring down existing phase 1 and 2 SA's with local %s remote %s remote port %d",
			e.SA.Local.Addr(), e.SA.Remote.Addr(), e.SA.Remote.Port())
	case isakmp.Authenticating:
		kind := "ID_IPV4_ADDR"
		if e.ID == wire.IDFQDN {
			kind = "ID_FQDN"
		}
		return general(e.SA, "SA is doing pre-shared key authentication using id type %s", kind)
	case isakmp.Identity:
		return identity124(e)
	case isakmp.IdentityLength:
		return general(e.SA, "Total payload length: %d", e.Length)
	case isakmp.NoProfile:
		return general(e.SA, ": peer matches *none* of the profiles")
	case isakmp.AuthStatus:
		return general(e.SA, "SA authentication status:\n\tauthenticated")
	case isakmp.Authenticated:
		return general(e.SA, "SA has been authenticated with %s", e.SA.Remote.Addr())
	case isakmp.HashMismatch:
		return general(e.SA, " phase %d hash does not match!", e.Phase)
	}
	return nil
}

var vendorDraft = map[isakmp.VendorKind]string{
	isakmp.VendorNATT02: "02", isakmp.VendorNATT03: "03", isakmp.VendorNATT07: "07", isakmp.VendorNATTRFC: "rfc3947",
}

// natd124: who stands behind a NAT, as far as the payloads so far tell.
func natd124(e isakmp.NATVerdict) []Line {
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
	return append(bare("ISAKMP:received payload type %d", e.Payload), packet(e.SA, "%s", verdict)...)
}

// unityMajor is what byte 14 of Unity's and DPD's own vendor IDs is.
const unityMajor = 1

// vendor124: what 12.4 thinks of a vendor ID.
func vendor124(e isakmp.VendorRead) []Line {
	switch e.Kind {
	case isakmp.VendorUnity:
		return general(e.SA, " vendor ID is Unity")
	case isakmp.VendorDPD:
		return general(e.SA, " vendor ID is DPD")
	case isakmp.VendorIOS:
		return general(e.SA, " speaking to another IOS box!")
	}
	seems := general(e.SA, " vendor ID seems Unity/DPD but major %d mismatch", e.Major)
	if e.Major == unityMajor {
		seems = general(e.SA, "vendor ID seems Unity/DPD but hash mismatch")
	}
	switch e.Kind {
	case isakmp.VendorNATTRFC:
		return append(seems, packet(e.SA, "vendor ID is NAT-T RFC 3947")...)
	case isakmp.VendorNATT07:
		return append(seems, packet(e.SA, "vendor ID is NAT-T v7")...)
	case isakmp.VendorNATT03:
		return append(seems, general(e.SA, " vendor ID is NAT-T v3")...)
	case isakmp.VendorNATT02:
		return append(seems, general(e.SA, " vendor ID is NAT-T v2")...)
	case isakmp.VendorXauth:
		return append(seems, general(e.SA, " vendor ID is XAUTH")...)
	}
	return seems
}

func identity124(e isakmp.Identity) []Line {
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
	return packet(e.SA, "ID payload \n\tnext-payload : %d\n\ttype         : %d \n\t%s: %s \n\tprotocol     : %d \n\tport         : %d \n\tlength       : %d",
		e.NextPayload, e.Type, what, value, e.Protocol, e.Port, e.Length)
}
