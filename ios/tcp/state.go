package tcp

// State is a state of a connection (RFC 9293 §3.3.2).
type State uint8

// The states. A Listener is what the RFC calls LISTEN.
const (
	Closed State = iota
	SynSent
	SynReceived
	Established
	FinWait1
	FinWait2
	CloseWait
	Closing
	LastAck
	TimeWait
	numStates
)

var stateNames = [numStates]string{
	"CLOSED", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2",
	"CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT",
}

// String returns the state's name as the RFC writes it.
func (s State) String() string { return stateNames[s] }

// A turn is what takes a connection from one state to another.
type turn uint8

const (
	synTaken turn = iota // the peer's SYN, without an ACK of ours
	synAcked             // the peer has acknowledged our SYN
	closed               // our side has nothing more to send
	finAcked             // the peer has acknowledged our FIN
	finTaken             // all that the peer had to send is here
	ended                // aborted, reset, given up, or at the end of its time
)

// turns is the RFC's diagram of states (figure 5). What stands in no row changes nothing.
var turns = map[State]map[turn]State{
	SynSent:     {synTaken: SynReceived, synAcked: Established, ended: Closed},
	SynReceived: {synAcked: Established, ended: Closed},
	Established: {closed: FinWait1, finTaken: CloseWait, ended: Closed},
	FinWait1:    {finAcked: FinWait2, finTaken: Closing, ended: Closed},
	FinWait2:    {finTaken: TimeWait, ended: Closed},
	CloseWait:   {closed: LastAck, ended: Closed},
	Closing:     {finAcked: TimeWait, ended: Closed},
	LastAck:     {finAcked: Closed, ended: Closed},
	TimeWait:    {ended: Closed},
}

// turn takes the connection to the state that follows.
func (c *Conn) turn(t turn) {
	next, ok := turns[c.state][t]
	if !ok {
		return
	}
	from := c.state
	c.state = next
	switch next {
	case FinWait2:
		c.awaitFIN()
	case TimeWait:
		c.finished = true
		c.stack.waiting = append(c.stack.waiting, c)
		c.wait()
	case Closed:
		c.finished = c.finished || t == finAcked
		c.stack.forget(c)
	}
	if c.stack.env.Changed != nil {
		c.stack.env.Changed(c, from)
	}
}

// synchronized reports whether both ends know the other's sequence numbers.
func (s State) synchronized() bool { return s >= Established }

// sends reports whether there may be something to send: data or a FIN.
func (s State) sends() bool {
	switch s {
	case Established, CloseWait, FinWait1, Closing, LastAck:
		return true
	}
	return false
}

// receives reports whether the peer may have more to send.
func (s State) receives() bool {
	return s == Established || s == FinWait1 || s == FinWait2
}
