// Package wire is ISAKMP's octets: the header, the payloads and their
// attributes, as pairs of a checked parser and an appender. A parser takes any
// bytes, never panics, never reads past its slice and never keeps more than
// limits.go allows; what it returns points into its input. Whether a message
// makes sense is for package isakmp to say.
//
// RFC 2408 section 3 (formats), RFC 2407 section 4.6 (ID, notifications),
// draft-ietf-ipsec-nat-t-ike (NAT-D).
package wire
