// Package slow holds a NAT that is a list of entries and looks at all of them for
// everything, so that it is plain to see that it is right, and compares nat.NAT with it
// over random packets, times and changes of the configuration.
//
//	Compare -> world (lists, hosts, clock) -> nat.NAT  \
//	                                       -> Model    /  the same answers, and the same tables
//
// It is for tests and judges. It knows nothing of fragments, ICMP errors, ESP and what
// packets carry.
package slow
