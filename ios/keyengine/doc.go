// Package keyengine is the IPsec side of a router: what IOS's debug output
// calls the key engine.
//
// It holds the policy (transform sets, crypto maps), decides for each packet
// whether a crypto map protects it, asks ISAKMP for SAs where there are none,
// keeps the SAs that come back, renews them before they end, and passes packets
// through them.
//
//	            RequestSA (1/1), DeleteNotify (3/1)
//	keyengine ──────────────────────────────────────▶ isakmp
//	          ◀──────────────────────────────────────
//	            ValidateProposal, InstallSAs, EnableOutbound, PeerDeleted …
//
// A flow is one pair of proxy identities on one interface; a pair is its two
// SAs, inbound and outbound. Everything runs on the lab's loop.
package keyengine
