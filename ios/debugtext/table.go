package debugtext

import "github.com/ioslab/ioslab/isakmp"

// Table holds the words of one IOS version.
type Table struct {
	version string
	isakmp  func(isakmp.Event) []Line
	syslog  func(isakmp.Event) []Line
}

// For finds the table of an IOS version; today they are all 12.4's.
func For(version string) *Table { return V124 }

// Render says an event; one event can be several records.
func (t *Table) Render(e isakmp.Event) []Line { return t.isakmp(e) }

// RenderSyslog says of an event only what is logged whether or not someone
// debugs. Most events are of no interest then: their words need not be made.
func (t *Table) RenderSyslog(e isakmp.Event) []Line { return t.syslog(e) }
