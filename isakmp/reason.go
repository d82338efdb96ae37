package isakmp

// PeerUse is why a reference to a peer struct comes or goes.
type PeerUse int

// Uses of a peer struct.
const (
	UseInitiator    PeerUse = iota + 1 // an SA is begun with the peer
	UseResponder                       // the peer begins one
	UseReuse                           // an SA moves to the struct of the peer's new port
	UseFloat                           // the peer's port has changed
	UseKeys                            // the keys of a pair of IPsec SAs are there
	UsePair                            // the pair is made
	UseSADeleted                       // an SA is deleted
	UseSAAbandoned                     // an SA could not begin
	UsePairReleased                    // a pair is gone
)

// SAReason is why an SA of phase 1 is deleted.
type SAReason int

// Reasons of a deleted SA.
const (
	SAUnanswered     SAReason = iota + 1 // phase 1 was not answered
	SAQuickLost                          // a quick mode under it was not answered
	SAExpired                            // its lifetime is over
	SACleared                            // a command deletes it
	SAAllCleared                         // a command deletes all
	SAInitialContact                     // the peer knows of no SAs
	SADeletedByPeer                      // the peer says so
	SAPeerDead                           // the peer does not answer R_U_THERE
	SANoPolicy                           // no policy suits the peer's offer
)

// NodeReason is why an exchange under an SA is over.
type NodeReason int

// Reasons of an exchange that is over.
const (
	NodeDone       NodeReason = iota + 1 // it did what it was for
	NodeConfirmed                        // the third message of quick mode came
	NodeRejected                         // we refused a quick mode
	NodeSADeleted                        // its SA is deleted
	NodeInformed                         // an informational message was read
	NodeRefused                          // the peer refused our quick mode
	NodeUnanswered                       // it was not answered
)

// ErrorReason is what counts as an error of an SA or of an exchange under it.
type ErrorReason int

// Errors.
const (
	ErrorMalformed   ErrorReason = iota + 1 // a message of phase 1 that cannot be read
	ErrorRefused                            // an offer of phase 1 was refused
	ErrorUnanswered1                        // a message of phase 1 is sent again
	ErrorUnanswered2                        // one of quick mode
)
