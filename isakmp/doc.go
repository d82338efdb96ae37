// Package isakmp is a router's IKEv1 daemon: main mode and quick mode with
// pre-shared keys, informational exchanges, and the book-keeping around them.
//
//	key engine --RequestSA-->  Engine  --Send-->  UDP 500, 4500
//	           <-InstallSAs--          <-Input--
//	                             |
//	                            Emit: typed events, one wherever IOS would speak
//
// Main mode, in the names of IOS:
//
//	IKE_READY -> I_MM1 -> I_MM2 -> I_MM3 -> I_MM4 -> I_MM5 -> I_MM6 -> P1_COMPLETE
//	IKE_READY -> R_MM1 -> R_MM2 -> R_MM3 -> R_MM4 -> R_MM5 ----------> P1_COMPLETE
//	any state -> IKE_DEST_SA
//
// Quick mode, one exchange (a node, to IOS) per message ID:
//
//	IKE_QM_READY -> QM_I_QM1 --------------> QM_PHASE2_COMPLETE
//	IKE_QM_READY -> QM_SPI_STARVE -> R_QM2 -> QM_PHASE2_COMPLETE
//
// A message goes from Input to the driver of its exchange type (driver.go), which
// finds the step that is waited for (mainmode.go, quick.go). What all exchanges
// share, retransmission among it, is in exchange.go; how the ends authenticate in
// auth.go; what IOS releases do differently in release.go.
//
// RFC 2407 (DOI), 2408 (ISAKMP), 2409 (IKE), 3526 (groups 5, 14-16), 3706
// (dead peers), 3947 and its drafts 02, 03 and 07 (NAT traversal). Left out on
// purpose: aggressive mode, certificates, Xauth, AH.
//
// An Engine belongs to one event loop: every method and every call-back runs
// there, nothing is locked, and nothing starts a goroutine. What the events
// read like is a matter of package ios/debugtext.
package isakmp
