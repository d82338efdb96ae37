// Package capture writes what Wireshark reads: the frames of a lab's interfaces as
// pcapng, and the keys of its IKE and ESP as Wireshark's own tables.
//
// All of it is used on the lab's loop, and written where it is told to: it knows
// neither links nor routers.
package capture
