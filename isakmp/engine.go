package isakmp

import (
	"encoding/binary"
	"io"
	"net/netip"
	"slices"
	"time"

	"github.com/ioslab/ioslab/isakmp/wire"
)

// Engine is one router's IKE daemon.
type Engine struct {
	env     Env
	sas     []*sa // in the order in which they came
	byName  map[saName]*sa
	own     map[wire.Cookie]*sa // by our own cookie
	peers   []*peer
	drivers map[uint8]*driver // by exchange type
	conns   int               // connection ids given so far
	serials uint64            // of SAs, given so far
	release *Release
	handle  uint32  // of the latest peer
	off     bool    // nothing is to be begun
	stages  []stage // between phase 1 and quick mode
}

// saName finds the SA of a first message that comes again: the initiator's cookie
// is unforeseeable, and the other is not known at first.
type saName struct {
	remote  netip.AddrPort
	cookieI wire.Cookie
}

// New makes an engine. It is silent until it is asked or spoken to.
func New(env Env) *Engine {
	release := env.Release
	if release == nil {
		release = Release124
	}
	return &Engine{env: env, release: release, drivers: drivers(), byName: make(map[saName]*sa), own: make(map[wire.Cookie]*sa), handle: 0x80000001}
}

func (e *Engine) emit(ev Event) {
	if e.env.Emit != nil {
		e.env.Emit(ev)
	}
}

func (e *Engine) spend(d time.Duration) {
	if e.env.Spend != nil {
		e.env.Spend(d)
	}
}

// random draws n octets. A source that fails is a fault of the lab, not of the
// network.
func (e *Engine) random(n int) []byte {
	b := make([]byte, n)
	if _, err := io.ReadFull(e.env.Rand, b); err != nil {
		panic("isakmp: no randomness: " + err.Error())
	}
	return b
}

func (e *Engine) cookie() wire.Cookie {
	for {
		if c := wire.Cookie(e.random(8)); !c.IsZero() && e.own[c] == nil {
			return c
		}
	}
}

// pointer is the address that a struct would have: where 12.4 keeps its heap
// on the platform of the reference trace.
func (e *Engine) pointer() uint32 {
	return 0x64000000 | binary.BigEndian.Uint32(e.random(4))&0x00fffffc
}

// add enters an SA under its name.
func (e *Engine) add(s *sa) {
	e.sas = append(e.sas, s)
	e.byName[s.name()] = s
	e.own[s.cookie()] = s
}

func (e *Engine) remove(s *sa) {
	e.sas = slices.DeleteFunc(e.sas, func(x *sa) bool { return x == s })
	if e.byName[s.name()] == s {
		delete(e.byName, s.name())
	}
	if e.own[s.cookie()] == s {
		delete(e.own, s.cookie())
	}
}

// newest finds the youngest SA between two addresses for which ok holds, and with
// that port of the peer's where one is given.
func (e *Engine) newest(local, remote netip.Addr, port uint16, ok func(*sa) bool) *sa {
	for i := len(e.sas) - 1; i >= 0; i-- {
		s := e.sas[i]
		if s.local.Addr() == local && s.remote.Addr() == remote && (port == 0 || s.reaches(port)) && ok(s) {
			return s
		}
	}
	return nil
}
