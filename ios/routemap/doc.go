// Package routemap holds route-maps: entries in order that permit or deny what all of
// their match clauses are true of, and what a permitted packet is to be done to.
//
//	Table ── Map ── Entry ── Match   all clauses, of each any of its lists
//	           │          └─ Set     where to, and with which marks
//	           └─ View (never changes) ── Find(Asked) ──▶ Rule
//
// What is asked is a packet with the way that routing would take it. A clause
// whose access lists are all undefined or empty is true of everything, as on IOS;
// an entry of which a line is not built (Entry.Withheld) is true of nothing.
//
// A Table belongs to its router's loop. Code beside the loop is handed a View, which
// never changes; the same one is handed out until the map, or a list that it names,
// has changed.
package routemap
