package isakmp

import "time"

// Modelled processor time, read off the stamps of the reference trace (a 12.4
// router without a crypto card). Debug lines are charged by the logger.
const (
	costReceive = 3 * time.Millisecond // header, look-up, exchange
	costOffer   = 6 * time.Millisecond // an SA payload of phase 1 taken apart
	costBuild   = 2 * time.Millisecond // a message put together
	costNonce   = 7 * time.Millisecond // nonce, vendor IDs, NAT-D
	costHash    = 1 * time.Millisecond // one HASH payload
	costCrypt   = 1 * time.Millisecond // a message encrypted or decrypted
	costKeys    = 3 * time.Millisecond // SKEYID and its children
	costProof   = 6 * time.Millisecond // before an identity is sent
	costRequest = 5 * time.Millisecond // before quick mode begins, and within
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
