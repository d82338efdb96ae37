// Package keymat is the arithmetic of IKEv1: Diffie-Hellman, the prf, the
// ciphers with their chains of IVs, and the derivation of every key and hash of
// RFC 2409 sections 5, 5.5 and appendix B. Randomness is handed in.
package keymat
