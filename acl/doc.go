// Package acl holds IP access lists: typed entries, their texts as IOS prints
// them, first-match evaluation of packets, hit counters, and the view of an
// entry that IPsec needs (proxy identities).
//
//	words --ParseEntry--> Entry --List.Add--> List (ordered, counted)
//	                        |                   |
//	                     String()        Evaluate(Packet) -> Result
//
// A list is edited and matched on the router's loop only, and edits change it in
// place. Code that runs beside the loop is handed a Snapshot, which
// never changes and is made when it is first wanted after an edit, so that a list
// of n entries is loaded in time proportional to n. A long one is given an index by the first
// packet that asks it. Hit counters are atomic, and so is whether a time range is active;
// reflexive lists are one structure that only the loop changes:
//
//	out: permit … reflect MIRROR --Result.Follow--> ReflexiveLists "MIRROR"
//	in:  evaluate MIRROR ---------List.Lookup------------^   (entries end by Clock)
//
// Left out on purpose: dynamic entries (lock and key); conditions on the time to live
// and object groups, which came after 12.4.
package acl
