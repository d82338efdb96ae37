package nat

import (
	"sync/atomic"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
)

// shape is what kind of entry one is.
type shape uint8

const (
	flow          shape = iota // a conversation, with all four ends
	simple                     // an inside local and an inside global address
	simpleOutside              // an outside local and an outside global address
	port                       // the same of one port of one protocol
	portOutside
	door // a port of an inside host that one outside host is expected at
)

// An Entry is a translation in the table. All but its time of last use belongs to the
// loop once it is in the table, and what workers read of it does not change.
type Entry struct {
	nodes [2]node // its places in the table: what inside shows, what outside shows

	il, ig, ol, og         uint32
	ilID, igID, olID, ogID uint32

	protocol uint8
	shape    shape
	state    tcpState    // of a conversation by TCP
	settled  atomic.Bool // workers may carry its packets

	static      bool
	portless    bool // a conversation without ports, shown as `:0`
	destination bool // made by `ip nat inside destination`
	gone        bool
	content     content // what is looked into; not nothing leaves its packets to the loop

	hung     bool     // it is in the wheel
	slot     uint16   // where
	uses     int32    // entries that hang on this one
	origin   *mapping // what has made it
	inside   *Entry   // the simple or static entry of its inside end, if it is a flow
	outside  *Entry   // the same of its outside end
	prev     *Entry   // in a slot of the wheel
	next     *Entry
	tick     int64 // when the wheel looks at it
	created  time.Duration
	lastUsed atomic.Int64 // time.Duration
	ftp      *ftp         // of a control channel
}

// keys are the two kinds of key that an entry is found by.
func (e *Entry) keys() [2]keyKind {
	switch e.shape {
	case simple:
		return [2]keyKind{byInsideLocal, byInsideGlobal}
	case simpleOutside:
		return [2]keyKind{byOutsideLocal, byOutsideGlobal}
	case port, door:
		return [2]keyKind{byInsideLocalPort, byInsideGlobalPort}
	case portOutside:
		return [2]keyKind{byOutsideLocalPort, byOutsideGlobalPort}
	}
	return [2]keyKind{byFlowLocal, byFlowGlobal}
}

// key is the entry's key of that kind.
func (e *Entry) key(by keyKind) key {
	k := key{by: by, protocol: e.protocol}
	switch by {
	case byFlowLocal:
		k.a, k.aID, k.b, k.bID = e.il, e.ilID, e.ol, e.olID
	case byFlowGlobal:
		k.a, k.aID, k.b, k.bID = e.ig, e.igID, e.og, e.ogID
	case byInsideLocal:
		k.a = e.il
	case byInsideGlobal:
		k.a = e.ig
	case byOutsideLocal:
		k.a = e.ol
	case byOutsideGlobal:
		k.a = e.og
	case byInsideLocalPort:
		k.a, k.aID = e.il, e.ilID
	case byInsideGlobalPort:
		k.a, k.aID = e.ig, e.igID
	case byOutsideLocalPort:
		k.a, k.aID = e.ol, e.olID
	case byOutsideGlobalPort:
		k.a, k.aID = e.og, e.ogID
	}
	return k
}

// node is the entry's node under a kind of key.
func (e *Entry) node(by keyKind) *node {
	if e.nodes[0].by == by {
		return &e.nodes[0]
	}
	return &e.nodes[1]
}

// used is when it was last used.
func (e *Entry) used() time.Duration { return time.Duration(e.lastUsed.Load()) }

// extended reports whether the entry has ports.
func (e *Entry) extended() bool { return e.shape == flow || e.shape == port || e.shape == portOutside }

// translation is the entry as it is shown, without what depends on the time.
func (e *Entry) translation() Translation {
	t := Translation{
		Protocol: e.protocol, Static: e.static, Extended: e.extended(), Destination: e.destination,
		Outside:   e.shape == simpleOutside || e.shape == portOutside,
		TimingOut: e.state == closing, Created: e.created, Used: e.used(), Uses: int(e.uses),
	}
	if e.origin != nil {
		t.Mapping, t.Extendable = e.origin.id, e.static && e.origin.static.Extendable
	}
	igID, olID := e.igID, e.olID
	if e.protocol == packet.ProtoESP { // an SPI is shown at the end that has chosen it
		igID, olID = 0, 0
	}
	if e.shape != simpleOutside && e.shape != portOutside {
		t.InsideLocal, t.InsideGlobal = Endpoint{address(e.il), e.ilID}, Endpoint{address(e.ig), igID}
	}
	if e.shape != simple && e.shape != port {
		t.OutsideLocal, t.OutsideGlobal = Endpoint{address(e.ol), olID}, Endpoint{address(e.og), e.ogID}
	}
	return t
}
