// Package replay runs transcripts (*.ios): text that looks like what a person
// sees on consoles, in which every line that starts with a prompt is typed anew
// and every other line is replaced by what really appears.
//
//	Parse: file -> lines, orders checked, lab read     (an error starts nothing)
//	Run:   one line after the other, in virtual time    -> Result.Text
//
// Time moves only while a typed command runs or an order waits. There is one
// reader with one screen: what the router being typed on prints appears as it
// comes, what another prints is kept until the next line typed on that one.
package replay
