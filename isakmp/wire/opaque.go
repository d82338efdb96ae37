package wire

// Payloads whose body is bytes without a form: here are their bounds.

// ParseKE reads a key exchange payload (RFC 2408 §3.7).
func ParseKE(body []byte) ([]byte, error) { return bounded(body, 1, MaxKeyValue) }

// ParseNonce reads a nonce payload (RFC 2408 §3.13, RFC 2409 §5).
func ParseNonce(body []byte) ([]byte, error) { return bounded(body, MinNonce, MaxNonce) }

// ParseHash reads a hash payload (RFC 2408 §3.11) or a NAT-D payload, which
// is a hash as well.
func ParseHash(body []byte) ([]byte, error) { return bounded(body, MinHash, MaxHash) }

func bounded(body []byte, low, high int) ([]byte, error) {
	if len(body) < low || len(body) > high {
		return nil, ErrMalformed
	}
	return body, nil
}
