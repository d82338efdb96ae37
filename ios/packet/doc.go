// Package packet holds the headers that several parts of a router look at:
// views over byte slices and the functions that build them.
//
// A view is the packet itself: reading allocates nothing, and Valid must have
// answered true before any other method is called on bytes from a wire. The
// package knows no state and may be used from any goroutine.
package packet
