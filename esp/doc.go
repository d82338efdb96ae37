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
// Several workers seal and open packets of one SA at once: each borrows a cipher
// and hash state of its own (Outbound.Sealer, Inbound.Opener). What must happen in
// order stands apart, and takes little time: Outbound.Next takes a sequence number,
// Inbound.Accept moves the replay window. Seal and Open are all of it in one, as
// the router's loop uses them. Counters may be read from anywhere. The Database
// belongs to the router's loop.
// Sealing and opening allocate nothing once the caller's buffer is large enough.
//
// ESP travels as a protocol of its own or, with Params.Encap, in UDP (RFC 3948).
//
// Left out on purpose: AH, transport mode, and extended sequence numbers.
package esp
