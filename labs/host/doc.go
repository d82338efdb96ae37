// Package host is a plain IP host of a lab (containerlab's kind linux): the IP
// stack of a router with routing switched off, and a console with the few
// commands that are needed to address and test it. Its `exec` commands are
// lines of the same console.
//
// It is no Linux: ping stops after five echoes unless -c says otherwise, and the
// first packet to a neighbour not met yet is lost, as a router's is.
package host
