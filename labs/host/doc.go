// Package host is a plain IP host of a lab (containerlab's kind linux): the IP
// stack of a router with routing switched off, a TCP, and a console with the few
// commands that are needed to address and test it. Its `exec` commands are
// lines of the same console.
//
// It is no Linux: ping stops after five echoes unless -c says otherwise, and there are
// no files, users, pipes or names of hosts.
package host
