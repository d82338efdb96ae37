package ios

import (
	"fmt"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/ios/logging"
	"github.com/ioslab/ioslab/ios/packet"
)

const (
	// accessLogInterval is how long packets like one that was reported are
	// only counted.
	accessLogInterval = 5 * time.Minute
	// maxAccessFlows bounds how many kinds of packet are counted at a time.
	// The rest is reported as missed.
	maxAccessFlows = 1024
	// Kinds that are seen for the first time are reported at once as long as there are
	// not too many: so many, and one more in each accessReportEvery. The others
	// are missed.
	accessReportsAtOnce = 20
	accessReportEvery   = time.Second
)

// accessFlow is what packets have in common that one report counts.
type accessFlow struct {
	list     string
	standard bool
	verb     string // permitted, denied
	packet   acl.Packet
	from     string // of log-input: the interface and the sender, with a leading blank
}

// accessLog is what the entries with `log` have yet to report.
type accessLog struct {
	counts map[accessFlow]*int
	missed int // since the last report of it; it is due when above zero
	fresh  logLimit

	// What is configured.
	threshold int           // of packets that are reported at once; 0: there is none
	interval  time.Duration // between packets that are looked at; 0: all are
	looked    time.Duration // when the last one was
	any       bool          // there was one
}

// logAccess reports a packet that an entry with `log` has decided: the first
// of its kind at once, the others as a number every five minutes, or when
// there are as many as `ip access-list log-update` says.
func (r *Router) logAccess(list *acl.List, result acl.Result, p *acl.Packet, from string) {
	flow := accessFlow{list: list.Name(), verb: "denied", packet: acl.Packet{Src: p.Src}, from: from}
	if result.Outcome == acl.Permitted {
		flow.verb = "permitted"
	}
	if flow.standard = list.Kind() == acl.Standard; !flow.standard {
		flow.packet = *p
		flow.packet.TOS, flow.packet.TCPFlags, flow.packet.Options = 0, 0, ""
	}
	a := &r.accessLog
	if a.passesOver(r.Uptime()) {
		r.missAccess()
		return
	}
	if n := a.counts[flow]; n != nil {
		if *n++; a.threshold > 0 && *n >= a.threshold {
			r.reportAccess(flow, *n)
			*n = 0
		}
		return
	}
	if len(a.counts) >= maxAccessFlows || !a.fresh.take(accessReportsAtOnce, accessReportEvery, r.Uptime()) {
		r.missAccess()
		return
	}
	if a.counts == nil {
		a.counts = make(map[accessFlow]*int)
	}
	a.counts[flow] = new(int)
	r.reportAccess(flow, 1)
	r.summariseAccess(flow)
}

// passesOver reports whether a packet comes too soon after another to be looked at.
func (a *accessLog) passesOver(now time.Duration) bool {
	if a.interval > 0 && a.any && now-a.looked < a.interval {
		return true
	}
	a.looked, a.any = now, true
	return false
}

// summariseAccess reports a flow's packets when the interval is over, and goes
// on until there are none.
func (r *Router) summariseAccess(flow accessFlow) {
	r.bootClock().After(accessLogInterval, func() {
		n := r.accessLog.counts[flow]
		if *n == 0 {
			delete(r.accessLog.counts, flow)
			return
		}
		r.reportAccess(flow, *n)
		*n = 0
		r.summariseAccess(flow)
	})
}

// missAccess counts a packet that there is no room to report.
func (r *Router) missAccess() {
	if r.accessLog.missed++; r.accessLog.missed > 1 {
		return
	}
	r.bootClock().After(accessLogInterval, func() {
		r.log.Message("SEC", logging.Informational, "IPACCESSLOGRL",
			"access-list logging rate-limited or missed "+packets(r.accessLog.missed))
		r.accessLog.missed = 0
	})
}

func (r *Router) reportAccess(flow accessFlow, n int) {
	mnemonic, text := flow.words()
	r.log.Message("SEC", logging.Informational, mnemonic, text+packets(n))
}

func packets(n int) string {
	if n == 1 {
		return "1 packet"
	}
	return fmt.Sprintf("%d packets", n)
}

// words are the message about a flow but for the number of packets.
func (f accessFlow) words() (mnemonic, text string) {
	p := f.packet
	text = "list " + f.list + " " + f.verb + " "
	if f.standard {
		return "IPACCESSLOGS", text + p.Src.String() + " "
	}
	name := acl.ProtocolName(p.Protocol)
	switch p.Protocol {
	case packet.ProtoTCP, packet.ProtoUDP:
		return "IPACCESSLOGP", fmt.Sprintf("%s%s %s(%d)%s -> %s(%d), ", text, name, p.Src, p.SrcPort, f.from, p.Dst, p.DstPort)
	case packet.ProtoICMP:
		return "IPACCESSLOGDP", fmt.Sprintf("%s%s %s%s -> %s (%d/%d), ", text, name, p.Src, f.from, p.Dst, p.Type, p.Code)
	case protoIGMP, protoEIGRP, protoOSPF, protoPIM:
		mnemonic = "IPACCESSLOGRP"
	default:
		mnemonic, name = "IPACCESSLOGNP", fmt.Sprint(p.Protocol)
	}
	return mnemonic, fmt.Sprintf("%s%s %s%s -> %s, ", text, name, p.Src, f.from, p.Dst)
}

// The routing protocols that a message names.
const (
	protoIGMP  = 2
	protoEIGRP = 88
	protoOSPF  = 89
	protoPIM   = 103
)
