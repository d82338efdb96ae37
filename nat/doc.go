// Package nat translates addresses, ports and identifiers of packets between the
// inside and the outside of a router, as `ip nat` of IOS 12.4 does.
//
//	inside local (IL)  --- router ---  inside global (IG)     what the host is, what the outside sees
//	outside local (OL) --- router ---  outside global (OG)    what the inside sees, what the host is
//
//	Outbound: IL -> IG, OL -> OG   after the packet is routed
//	Inbound:  IG -> IL, OG -> OL   before it is routed
//
// Lists and route-maps are asked only to make an entry: once there is one it is used,
// whatever the configuration says now. Both directions first decide and change
// nothing; what a decision changes is applied apart, and a decision that is not applied
// can be assumed by others.
//
//	packet --> fragment?   follows its first one, or is held           fragments.go
//	           ICMP error? by the packet that it quotes                icmp.go
//	           entry?      rewritten                                   question.go
//	           none        static, simple entry, rule -> a new entry   plan.go
//	                       with an address or port of a pool           pool.go, ports.go
//	           FTP, DNS    what it carries                             ftp.go, dns.go
//
// An entry is in one table under two keys, one for each direction, and in a wheel that
// looks at it when its time may be over:
//
//	                       by IL, port, OL, port      by IG, port, OG, port
//	conversation   flow:   udp 10.1.1.1:5 20.1.1.1:53   udp 30.1.1.1:5 20.1.1.1:53
//	               |       by IL                        by IG
//	  hangs on     simple: 10.1.1.1                     30.1.1.1
//	  or on a static, or has a port of an address:      places: which inside end has which (ports.go)
//	                                                    spaces: which are taken
//
//	table:  heads of buckets -> one list in the order of reversed hashes    table.go
//	wheel:  256 slots of a second, 256 of 256 seconds, 256 of 65,536        wheel.go
//
// A NAT belongs to its router's loop. Code beside the loop reads a View: the
// configuration as it was, and the table, which the loop goes on to change meanwhile. It
// writes nothing but the time of last use. What it finds no entry for, and what may change
// one (SYN, FIN and RST, fragments, ICMP errors, FTP, DNS), it leaves to the loop.
//
// To make, find and end an entry costs the same with a thousand of them as with a
// million, but for the memory's caches; so does it to refuse one.
//
// Sources: RFC 1624 (checksums), RFC 3022 (NAT), RFC 5508 (ICMP); the feature guides of
// IOS 12.4. Left out on purpose: the virtual interface (`ip nat enable`), VRFs, stateful
// failover, and payloads other than FTP's and DNS's.
package nat
