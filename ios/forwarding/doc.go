// Package forwarding is the IP of one router: its interfaces, ARP, routes, the
// way of a packet from wire to wire, ICMP, fragmentation and reassembly, UDP
// that ends in the router, and the probes of ping and traceroute.
//
//	frame -> Interface.Receive -> [arrival stages] -> to this router?  -> ICMP, UDP, handlers
//	                                    |                                     |
//	                                    v                                     v
//	                                  route  ------> [departure stages] -> frame
//
// The stages stand in one place, path.go. A stage decides, and returns what goes on;
// the walk tells of the step, applies what it changes, and goes on (walk.go). So a
// packet can also be asked about without a trace (Stack.Ask), and what the steps say
// is data (reason.go, with its texts in texts.go). IPsec is plugged in by the Crypto
// interface and access lists by Filter.
//
// Nothing here starts a goroutine or reads a clock of its own: time, the cost of
// the modelled processor, randomness and the log come in through Env, and every
// method is to be called on the lab's event loop. Only the routing Table may be
// read from elsewhere: it is never changed, but replaced.
//
// RFCs: 791, 792, 815, 826, 894, 1027 (proxy ARP), 1191, 1812, 1858, 5722.
// Left out on purpose: IP options are carried but not acted upon, there is no
// multicast, and ICMP's information, mask and timestamp requests go unanswered.
package forwarding
