// Package acl holds IP access lists: typed entries, their texts as IOS prints
// them, first-match evaluation of packets, hit counters, and the view of an
// entry that IPsec needs (proxy identities).
//
//	words --ParseEntry--> Entry --List.Add--> List (ordered, counted)
//	                        |                   |
//	                     String()        Evaluate(Packet) -> Result
//
// Who may call what: a list is edited on the router's loop only. Each edit
// publishes a new immutable slice of rules, so Evaluate, Lookup and Rules may
// be called from any goroutine at any time; hit counters are atomic.
//
// Left out on purpose: time ranges, reflexive and dynamic entries, IP options
// and TTL conditions, object groups (they came after 12.4).
package acl
