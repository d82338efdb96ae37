package debugtext

import "github.com/ioslab/ioslab/isakmp"

// quickMode124: the course of quick mode.
func quickMode124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.QuickModeBegun:
		return general(e.SA, "beginning Quick Mode exchange, M-ID of %d", messageID(e.Node))
	case isakmp.SPIWanted:
		return general(e.SA, " asking for %d spis from ipsec", e.Count)
	case isakmp.IPsecSAs:
		return append(general(e.SA, " Creating IPSec SAs"), pair124(e.Pair)...)
	case isakmp.NodeSet:
		return bare("ISAKMP: set new node %d to %s", messageID(e.Node), label(isakmp.LabelQMIdle))
	case isakmp.NodeDeleting:
		failed := "FALSE"
		if e.Error {
			failed = "TRUE"
		}
		return general(e.SA, "deleting node %d error %s reason %q", messageID(e.Node), failed, e.Reason)
	case isakmp.NodePurged:
		return general(e.SA, "purging node %d", messageID(e.Node))
	case isakmp.LarvalDeleted:
		return general(e.SA, "deleting spi %d message ID = %d", e.SPI, messageID(e.Node))
	}
	return nil
}

// pair124 is the block that follows: every line is a record of its own but for
// the proxies. Inbound the SPI is hex and the counters have blanks inside.
func pair124(p isakmp.SAPair) []Line {
	local, remote := p.Local.Addr(), p.Remote.Addr()
	var flags uint32
	if p.PFS != 0 {
		flags = FlagPFS | FlagKE
	}
	if p.Proposal.IsInUDP() {
		flags |= FlagUDP
	}
	lines := bare("        inbound SA from %s to %s (f/i)  0/ 0\n        (proxy %s to %s)",
		remote, local, p.RemoteProxy.Addr, p.LocalProxy.Addr)
	lines = append(lines, bare("        has spi 0x%X and conn_id 0 and flags %X", p.InboundSPI, FlagsInbound|flags)...)
	lines = append(lines, life124(p)...)
	lines = append(lines, bare("        outbound SA from %s to %s (f/i) 0/0\n        (proxy %s to %s)",
		local, remote, p.LocalProxy.Addr, p.RemoteProxy.Addr)...)
	lines = append(lines, bare("        has spi %d and conn_id 0 and flags %X", p.OutboundSPI, FlagsOutbound|flags)...)
	return append(lines, life124(p)...)
}

func life124(p isakmp.SAPair) []Line {
	var lines []Line
	if p.Seconds != 0 {
		lines = append(lines, bare("        lifetime of %d seconds", p.Seconds)...)
	}
	if p.Kilobytes != 0 {
		lines = append(lines, bare("        lifetime of %d kilobytes", p.Kilobytes)...)
	}
	return append(lines, bare("        has client flags 0x0")...)
}
