package isakmp

import (
	"encoding/binary"
	"slices"
	"time"

	"github.com/ioslab/ioslab/isakmp/keymat"
)

// node is an exchange under a phase 1 SA, known by its message ID.
type node struct {
	s     *sa
	id    uint32
	role  Role
	state NodeState

	request SARequest // initiator's
	spi     uint32    // inbound
	iv      []byte
	nonceI  []byte
	nonceR  []byte
	pair    *keymat.KeyPair // PFS
	idI     []byte          // bodies of the IDs as sent
	idR     []byte
	sas     SAPair

	seen      []digest
	sent      []byte
	sentAt    time.Duration
	errors    int
	retry     func()
	resending bool
	done      bool // kept only to know its message ID again
	purge     func()
}

func (s *sa) newNode(id uint32, role Role) *node {
	n := &node{s: s, id: id, role: role, state: NodeReady}
	s.nodes = append(s.nodes, n)
	return n
}

// newMessageID draws an ID that no exchange of the SA has.
func (s *sa) newMessageID() uint32 {
	for {
		id := binary.BigEndian.Uint32(s.e.random(4))
		if id != 0 && s.node(id) == nil && !s.idRetired(id) {
			return id
		}
	}
}

func (s *sa) node(id uint32) *node {
	for _, n := range s.nodes {
		if n.id == id {
			return n
		}
	}
	return nil
}

// roomForNode keeps a peer from making us remember without end: the oldest
// finished exchange is forgotten early, and without one nothing new begins.
func (s *sa) roomForNode() bool {
	if len(s.nodes) < maxNodes {
		return true
	}
	for _, n := range s.nodes {
		if n.done {
			n.forget()
			return true
		}
	}
	return false
}

// transition is the only way from state to state.
func (n *node) transition(class InputClass, input Input, next NodeState) {
	n.s.e.emit(NodeTransition{
		SA: n.s.ref(), Node: n.id, Class: class, Input: input, Old: n.state, New: next,
	})
	n.state = next
}

// finish ends the exchange; its message ID is known for another 50 s.
func (n *node) finish(failed bool, reason string) {
	n.s.e.emit(NodeDeleting{SA: n.s.ref(), Node: n.id, Error: failed, Reason: reason})
	n.done = true
	if n.retry != nil {
		n.retry()
	}
	n.purge = n.s.e.env.Clock.After(nodePurgeAfter, func() {
		n.s.e.emit(NodePurged{SA: n.s.ref(), Node: n.id})
		n.forget()
	})
}

func (n *node) forget() {
	s := n.s
	n.stopTimers()
	s.nodes = slices.DeleteFunc(s.nodes, func(x *node) bool { return x == n })
	s.retireID(n.id)
}

// retireID notes that a message ID is used up.
func (s *sa) retireID(id uint32) {
	s.retired = append(s.retired[max(0, len(s.retired)+1-maxRetired):], id)
}

// idRetired reports whether a message ID was used by an exchange that is over. It
// cannot begin another (RFC 2409 §5.5: a message ID is unique): neither a
// recording of the peer's messages nor one of our own, which the same key signs.
func (s *sa) idRetired(id uint32) bool { return slices.Contains(s.retired, id) }

func (n *node) stopTimers() {
	for _, stop := range []func(){n.retry, n.purge} {
		if stop != nil {
			stop()
		}
	}
}
