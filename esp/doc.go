// Package esp is the data plane of IPsec: security associations that seal and
// open packets in tunnel mode, their sequence numbers, replay windows,
// lifetimes and counters, and the database of inbound ones.
//
//	inner IP packet -> Outbound.Seal -> IP | SPI seq | IV | packet pad n 4 | ICV
//	                                    |outer|  clear |<-- encrypted -->|
//	inner IP packet <- Inbound.Open  <-          |<--- authenticated --->|
//
// It follows RFC 4303 with 32-bit sequence numbers, RFC 2403, 2404 and 4868
// for authentication, RFC 2405, 2410, 2451 and 3602 for encryption. What IOS
// does where the RFCs leave a choice (TTL 255, TOS and DF copied) stands in
// outer.go.
//
// An SA belongs to one goroutine at a time, for its cipher and hash states
// are reused from packet to packet; its counters may be read from anywhere.
// The Database belongs to the router's loop. Sealing and opening allocate
// nothing once the caller's buffer is large enough.
//
// Left out on purpose: AH, transport mode, extended sequence numbers, and UDP
// encapsulation.
package esp
