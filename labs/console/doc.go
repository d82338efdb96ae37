// Package console is a node's console line as several people share it: what the
// node prints is shown on every terminal that is at the line, and what is typed at
// any of them goes in, as on a terminal server. Terminals come and go without the
// node noticing.
//
//	terminal --Type--> Line --> cli.Session
//	terminal <--Show-- Line <--Write-- cli.Session
//
// All of it is used on the lab's loop.
package console
