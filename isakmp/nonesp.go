package isakmp

// On port 4500 ISAKMP shares the way with ESP: its messages bear four octets of
// zero in front, where ESP has its SPI (RFC 3947 §4, RFC 3948 §2.2).

const (
	nattPort  = 4500
	markerLen = 4
)

// mark puts the marker before a message.
func mark(message []byte) []byte {
	return append(make([]byte, markerLen, markerLen+len(message)), message...)
}

// unmark takes it off; false where there is none: a keepalive of one octet, or
// ESP that came here by mistake.
func unmark(b []byte) ([]byte, bool) {
	if len(b) < markerLen || [markerLen]byte(b) != [markerLen]byte{} {
		return nil, false
	}
	return b[markerLen:], true
}
