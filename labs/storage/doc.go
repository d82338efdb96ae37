// Package storage is where a lab reads and writes files: NVRAM, flash, captures,
// keys. A lab knows only the interface, so that it runs where there is no disk.
//
//	lab -> Storage -+- Folder   a directory of the host
//	                +- Memory   goes with the process (transcripts in a test, a browser)
//
// Beside labs/wire this is the one room of labs that touches the host's files.
package storage
