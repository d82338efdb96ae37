// Package labs puts labs together: a topology file becomes routers, hosts,
// switches and links on one event loop, with one clock and one seed. It reads
// the orders to a lab (!lab …) and carries them out, and opens the labs of its library.
//
//	topology (file) -> Lab -> nodes -- link.End == link.End -- nodes
//	                    |       each with a loop.Processor and a console
//	                    +-- loop, entropy, storage (NVRAM, flash, captures, keys)
//
// Files are read by way of fs.FS and written by way of storage.Storage, so that a lab
// runs where there is no disk. Transcripts are replayed by the package replay below this one. All methods of
// a Lab are called on its loop, or while the loop does not run.
package labs
