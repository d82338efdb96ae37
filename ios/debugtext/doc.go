// Package debugtext is what IOS says of the events of its engines: the lines of
// `debug` and the system messages, one table per IOS release.
//
// A table has a row for each type of event: what debug shows of it (Row), what is
// logged of it (Log), or that this release says nothing (Silent). Each row bears
// how its words are known. The table of the next release is made from the one
// before it by With, which names only what differs:
//
//	V15 := V124.With("15.1", Common(prefixes), Silent[isakmp.KeyMessage](), Row(Seen, func(…) …), …)
//
// Nothing is decided here: events go in, records come out, each with its trailing
// blanks, TABs and empty lines.
package debugtext
