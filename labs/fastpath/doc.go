// Package fastpath carries bulk traffic between the host wires of one router beside
// the lab's loop, as CEF does beside process switching.
//
//	Device ==> [ read, decide, number ] => [ seal, open ] => [ settle, write ] ==> Device
//	             one worker at a time       all at once        in the order of reading
//	                                                   \
//	                                                    what is not settled: to the loop
//
// Each wire has as many workers as there are processors. A worker reads a batch,
// decides on a published View what is to be done with each packet, lets the next
// worker read, does the cipher's work, and waits for its turn to write: so a batch stays
// with one worker, and its bytes with one processor. A small batch is done before the
// next is read, which costs no change of worker.
//
// What a View cannot settle goes to the loop as the frame that it was, by the way that
// frames take without this package, and so does everything while a link has a delay or
// is captured. Only the loop changes anything; see package forwarding.
//
// Each worker has one batch of buffers, which is made once. All goroutines end with
// their device.
package fastpath
