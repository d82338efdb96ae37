// Package prefixlist holds `ip prefix-list`: lists of prefixes, each permitted or
// denied with a range of lengths, that choose routes and next hops.
//
//	ip prefix-list NAME seq 5 permit 10.0.0.0/8 ge 24 le 30
//	                          └ Action └ Prefix  └ GE  └ LE
//
// A list belongs to its router's loop. Code beside the loop is handed a Snapshot,
// which never changes; the same one is handed out until the list does. Hits
// are counted atomically.
//
// The package knows no packets: a prefix-list does not filter them.
package prefixlist
