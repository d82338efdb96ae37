// Package tcp is the TCP of a host or router (RFC 9293) on an event loop. It has no
// clock, goroutine or randomness but those of its Env, and is used on the lab's loop
// only.
//
// A Stack is handed the segments that come for its addresses (Input) and the ICMP
// errors about those that it sent (ICMP). A Conn is told of by the functions of its
// Handler, each called when something has happened:
//
//	Dial --> Connected --> Data, Data, ... --> Ended --> Closed
//	Listen --> accept --> Data, ...
//
// Both directions are limited: Write takes what there is room for, and Room is called
// when there is again; Data takes what it can, and Resume has the rest offered again,
// until when the window closes. Close ends the sending direction after what was
// written, Abort the whole connection at once. So a command that serves lines or pages
// needs no more than these.
//
// It has: the states and checks of RFC 9293 with those of RFC 5961 against blind
// attacks, the MSS option, round trip times and retransmission by RFC 6298, slow
// start, congestion avoidance, fast retransmit and recovery by RFC 5681 and 6582,
// initial sequence numbers by RFC 6528, path MTU discovery by RFC 1191, Nagle's
// algorithm, delayed acknowledgments, probes of a closed window. It has no window
// scaling, time stamps, SACK or urgent data (the bytes come in their order).
package tcp
