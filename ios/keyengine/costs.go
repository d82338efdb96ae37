package keyengine

import "time"

// What a 12.4 router with a software engine spends on encrypting or decrypting
// a packet.
const (
	sealCost = 400 * time.Microsecond
	openCost = 400 * time.Microsecond
)
