// Package telnet offers the consoles of a lab by telnet (RFC 854), each on a TCP
// port of its own, as terminal servers do.
//
//	TCP --> Protocol.Receive --> console.Line     (on the lab's loop)
//	TCP <-- backlog <-- Protocol.Encode <-- console.Line
//
// Protocol is the telnet protocol and no more: a machine that takes and gives
// bytes. It knows the options ECHO (RFC 857), SUPPRESS-GO-AHEAD (RFC 858),
// TIMING-MARK (RFC 860), NAWS (RFC 1073) and TERMINAL-TYPE (RFC 1091), negotiates
// by the method of RFC 1143, and refuses all else.
//
// Server has the sockets. Each client has two goroutines: what it sends is handed
// to the loop, which alone touches lines and protocols; what it is sent waits in a
// bounded backlog. A client that types faster than its router reads is read from
// more slowly, so that nothing of a paste is lost. One that does not read what it is
// sent is cut off, so that it stops no other.
//
// There is no password but those that the routers ask for.
package telnet
