// Package event is the stream of what happens in a router.
package event
