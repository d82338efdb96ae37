package debugtext

import (
	"slices"

	"github.com/ioslab/ioslab/isakmp"
)

// phase2Rows124 are the course of quick mode.
var phase2Rows124 = []Change{
	Row(Seen, func(w *Words, e isakmp.QuickModeBegun) []string {
		return w.sa(e.SA, "beginning Quick Mode exchange, M-ID of %d", w.node(e.Node))
	}),
	Row(Seen, func(w *Words, e isakmp.IPsecProposal) []string {
		return w.sa(e.SA, "Checking IPSec proposal %d", e.Number)
	}),
	Row(Seen, func(w *Words, e isakmp.IPsecTransform) []string {
		lines := slices.Concat(bare("ISAKMP: transform %d, %s", e.Number, w.transform(e.Protocol, e.ID)),
			bare("ISAKMP:   attributes in transform:"))
		for _, a := range e.Attributes {
			lines = append(lines, bare("ISAKMP:      %s", w.phase2Attribute(a))...)
		}
		return lines
	}),
	Row(Seen, func(w *Words, e isakmp.IPsecVerdict) []string {
		if e.Acceptable {
			return w.sa(e.SA, "atts are acceptable.")
		}
		return w.sa(e.SA, "atts not acceptable.")
	}),
	Row(Transposed, func(w *Words, e isakmp.IPsecInvalidated) []string {
		return w.sa(e.SA, " IPSec policy invalidated proposal")
	}),
	Row(Memory, func(w *Words, e isakmp.SPIWanted) []string {
		return w.sa(e.SA, " asking for %d spis from ipsec", e.Count)
	}),
	Row(Seen, func(w *Words, e isakmp.IPsecSAs) []string {
		return slices.Concat(w.sa(e.SA, " Creating IPSec SAs"), pair124(e.Pair))
	}),
	Row(Seen, func(w *Words, e isakmp.NodeSet) []string {
		return bare("ISAKMP: set new node %d to %s", w.node(e.Node), label(isakmp.LabelQMIdle))
	}),
	Row(Seen, func(w *Words, e isakmp.NodeDeleting) []string {
		failed := "FALSE"
		if e.Error {
			failed = "TRUE"
		}
		return w.sa(e.SA, "deleting node %d error %s reason %q", w.node(e.Node), failed, w.NodeReason[e.Reason])
	}),
	Row(Transposed, func(w *Words, e isakmp.NodePurged) []string { return w.sa(e.SA, "purging node %d", w.node(e.Node)) }),
	Row(Memory, func(w *Words, e isakmp.LarvalDeleted) []string {
		return w.sa(e.SA, "deleting spi %d message ID = %d", e.SPI, w.message(e.Node))
	}),
}

// pair124 is the block about a pair of SAs: every line is a record of its own but
// for the proxies. Inbound the SPI is hex and the counters have blanks inside.
func pair124(p isakmp.SAPair) []string {
	local, remote := p.Local.Addr(), p.Remote.Addr()
	flags := pairFlags(p.Proposal, p.PFS)
	return slices.Concat(
		bare("        inbound SA from %s to %s (f/i)  0/ 0\n        (proxy %s to %s)",
			remote, local, p.RemoteProxy.Addr, p.LocalProxy.Addr),
		bare("        has spi 0x%X and conn_id 0 and flags %X", p.InboundSPI, flagsInbound|flags),
		life124(p),
		bare("        outbound SA from %s to %s (f/i) 0/0\n        (proxy %s to %s)",
			local, remote, p.LocalProxy.Addr, p.RemoteProxy.Addr),
		bare("        has spi %d and conn_id 0 and flags %X", p.OutboundSPI, flagsOutbound|flags),
		life124(p))
}

func life124(p isakmp.SAPair) []string {
	var lines []string
	if p.Seconds != 0 {
		lines = append(lines, bare("        lifetime of %d seconds", p.Seconds)...)
	}
	if p.Kilobytes != 0 {
		lines = append(lines, bare("        lifetime of %d kilobytes", p.Kilobytes)...)
	}
	return append(lines, bare("        has client flags 0x0")...)
}
