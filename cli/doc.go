// Package cli is a router's command shell in the manner of Cisco IOS. It
// knows nothing of routers: a device declares its commands as rows, and the
// package makes of them abbreviation, help, completion, `no` and `default`
// forms, modes, error carets, paging and output filters.
//
//	rows ──Compile──> Grammar (immutable, shared by all routers)
//	                     │
//	keys ──Decoder──> Editor ──line──> match ──> Run(*Call) in a coroutine
//	                     ^                            │ Print
//	                     └── Session: modes, history, ┴─> filter ─> pager ─> bytes
//
// Everything here runs on the caller's one event loop. A session starts no
// goroutine of its own but the coroutine (iter.Pull) of the command that runs
// in it; Sleep, Await, Ask and the pager park that coroutine, and Close
// unwinds it by ErrClosed.
package cli
