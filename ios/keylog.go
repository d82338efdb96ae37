package ios

import (
	"net/netip"

	"github.com/ioslab/ioslab/ios/keyengine"
	"github.com/ioslab/ioslab/isakmp"
)

// A KeyLog is told the keys of SAs, for a program that decrypts the packets of a lab.
type KeyLog interface {
	// Phase1 is told of the key of a phase 1 SA's cipher and its initiator's cookie.
	Phase1(initiator [8]byte, key []byte)
	ESP(ESPKeys)
}

// ESPKeys are an ESP SA and its keys. The algorithms are IANA's numbers (RFC 2407,
// 4.4.4 and 4.5).
type ESPKeys struct {
	Source, Destination netip.Addr
	InUDP               bool // RFC 3948
	SPI                 uint32
	Cipher              uint8
	Auth                uint16
	CipherKey, AuthKey  []byte
}

// String keeps the keys out of logs.
func (k ESPKeys) String() string { return "(keys)" }

// LogKeys has the keys of all SAs told, of those that there are at once and of
// others as they are made, also after a reload; nil ends it.
func (r *Router) LogKeys(log KeyLog) {
	r.keyLog = log
	if log == nil || r.system == nil {
		return
	}
	for _, k := range r.isakmp.Keyings() {
		r.phase1Keyed(k)
	}
	for _, k := range r.keys.Keyings() {
		r.espKeyed(k)
	}
}

func (r *Router) phase1Keyed(k isakmp.Keying) {
	if r.keyLog != nil {
		r.keyLog.Phase1(k.InitiatorCookie, k.CipherKey)
	}
}

func (r *Router) espKeyed(k keyengine.Keying) {
	if r.keyLog != nil {
		r.keyLog.ESP(ESPKeys{
			Source: k.Source, Destination: k.Destination, InUDP: k.InUDP, SPI: k.SPI,
			Cipher: uint8(k.Transform.Cipher), Auth: uint16(k.Transform.Auth),
			CipherKey: k.Keys.Cipher, AuthKey: k.Keys.Auth,
		})
	}
}
