// Package capture writes what Wireshark reads: the frames of a lab's interfaces as
// pcapng, and the keys of its IKE and ESP as Wireshark's own tables.
//
// All of it is used on the lab's loop, which hands it frames and keys: it knows
// no links, and of routers only what an SA's keys look like.
package capture
