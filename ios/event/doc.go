// Package event is the stream of what happens in a router.
//
// The router's engines tell a Bus what happens, as structs of their own; readers
// subscribe to the kinds of event that they want. `debug`, the log and `monitor
// capture` are readers, others hang beside them. Nothing is said in words here.
//
//	engine ── body ──▶ Bus ── Event{At, Router, Serial, Cause, body} ──▶ readers
//
// What no one wants is not made. Each event names its cause: what had come to one
// of the router's edges (a frame, a typed line, …), at once or by a timer.
// Everything runs on the lab's loop.
package event
