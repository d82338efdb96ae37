package isakmp

import "time"

// Modelled processor time, read off the stamps of the reference trace (a 12.4
// router without a crypto card). Debug lines are charged by the logger.
const (
	costReceive = 3 * time.Millisecond // header, look-up, exchange
	costSA      = 5 * time.Millisecond // an SA payload taken apart
	costBuild   = 6 * time.Millisecond // a message put together
	costHash    = 2 * time.Millisecond // one HASH payload
	costCrypt   = 2 * time.Millisecond // a message encrypted or decrypted
	costKeys    = 3 * time.Millisecond // SKEYID and its children
	costKeymat  = 6 * time.Millisecond // keys of a pair of IPsec SAs
)

// costDH is one exponentiation: 70 ms in group 1, growing with the size of the
// prime, and below two seconds for the largest.
func costDH(group int) time.Duration {
	switch group {
	case 1:
		return 66 * time.Millisecond
	case 2:
		return 130 * time.Millisecond
	case 5:
		return 280 * time.Millisecond
	case 14:
		return 500 * time.Millisecond
	case 15:
		return 1050 * time.Millisecond
	}
	return 1800 * time.Millisecond
}
