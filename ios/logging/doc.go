// Package logging is a router's log: it stamps records, keeps the last ones
// in a buffer and hands them to the console and to monitoring terminals, each
// at its own severity, as IOS's `logging` and `service timestamps` commands
// say. A record is one message; it may have several lines.
package logging
