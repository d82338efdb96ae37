// Package interop holds tests of ioslab against other implementations of the
// same protocols: strongSwan's charon for IKEv1 and ESP in UDP, scapy's IPsec
// layer for ESP packet by packet. They run where IOSLAB_ROOT=1 is set, on Linux as
// root; there a peer that is missing is a failure. README.md is the table of their
// results, which the run itself makes:
//
//	IOSLAB_ROOT=1 go test ./labs/judges/interop
//	IOSLAB_ROOT=1 go test ./labs/judges/interop -update
package interop
