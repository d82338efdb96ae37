package isakmp

// Messages and machines.
type (
	// Received a packet. Local and remote ports are in SA. Message is nil unless
	// Env.Watched.
	Received struct {
		SA      SARef
		Message *Message
	}
	// Sending a packet; Message as in Received.
	Sending struct {
		SA      SARef
		Message *Message
	}
	// Transition of an SA's machine.
	Transition struct {
		SA       SARef
		Class    InputClass
		Input    Input
		Old, New State
	}
	// UnknownInput: the machine has no row for that input.
	UnknownInput struct {
		SA    SARef
		Class InputClass
		Input Input
		Node  uint32 // 0: of phase 1
		State string
	}
	// NodeTransition of a quick mode's machine.
	NodeTransition struct {
		SA       SARef
		Node     uint32
		Class    InputClass
		Input    Input
		Old, New NodeState
	}
	// Processing a payload.
	Processing struct {
		SA      SARef
		Payload uint8
		Message uint32
	}
	// ReservedNotZero: a generic header that cannot be one, mostly because
	// the wrong key decrypted it.
	ReservedNotZero struct{ Payload uint8 }
	// Malformed: a payload that cannot be read.
	Malformed struct{ SA SARef }
	// Duplicate of a message that came before.
	Duplicate struct {
		SA    SARef
		Phase int
	}
	// RetransmitDue: the duplicate asks for our last message again.
	RetransmitDue struct {
		SA    SARef
		Phase int
	}
	// RetransmitSkipped: our last message is too young to be sent again.
	RetransmitSkipped struct {
		SA      SARef
		Phase   int
		SinceMS int
	}
	// RetransmitTimer: an answer is overdue.
	RetransmitTimer struct {
		SA    SARef
		Phase int
		Node  uint32
	}
	// ErrorCount of an SA, or of a node, rose.
	ErrorCount struct {
		SA      SARef
		OnNode  bool
		Attempt int
		Of      int
		Reason  ErrorReason
	}
	// Retransmitting our last message.
	Retransmitting struct {
		SA    SARef
		Phase int
		Node  uint32
	}
	// FSMError: an action of the machine failed.
	FSMError struct {
		SA   SARef
		Code int
	}
	// NoParanoidKeepalives precedes every deletion.
	NoParanoidKeepalives struct {
		SA     SARef
		Phase1 bool
	}
	// SADeleting is said twice; Final is the second time.
	SADeleting struct {
		SA     SARef
		Reason SAReason
		Final  bool
	}
	// SAPurged: the deleted SA is forgotten.
	SAPurged struct{ SA SARef }
)
