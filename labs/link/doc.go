// Package link carries frames between the nodes of a lab: point-to-point links,
// Ethernet and serial alike, and a learning Ethernet switch (Bridge).
//
//	node A                                                    node B
//	 Send ---> [End A: its settings] ====== [End B: its settings] ---> receive
//	 receive <--------------------------------------------------------- Send
//
// A link is full duplex and perfect until told otherwise. It was given settings
// when the lab was read, and each end may be given others while the lab runs;
// those of an end act on the frames of both directions there. Frames never
// overtake one another, jitter or not.
//
// All of it happens on the lab's loop. Chance is drawn from a stream of the
// link's own, so that a loss here shifts no other value.
package link
