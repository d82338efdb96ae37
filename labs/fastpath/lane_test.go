package fastpath

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/ioslab/ioslab/ios/packet"
	"github.com/ioslab/ioslab/labs/wire"
)

// tunnel is a world in which both gateways have SAs.
func tunnel(t testing.TB, configs [2]string, fast bool) *world {
	t.Helper()
	w := newWorld(t, configs, fast, false, 0)
	for range 2 {
		for _, g := range w.gateways {
			g.feed(inside, g.numbered(0, 100))
			w.run(10 * time.Second)
		}
	}
	for _, g := range w.gateways {
		g.sent = [2][][]byte{}
		if g.path != nil {
			g.path.refresh()
		}
	}
	return w
}

// numbered is a packet from a gateway's LAN to the other that carries its number.
func (g *gateway) numbered(number, size int) []byte {
	body := make([]byte, size-20)
	binary.BigEndian.PutUint32(body[8:], uint32(number))
	p := packet.BuildIPv4(packet.IPv4Fields{TTL: 64, Protocol: 17,
		Src: netip.MustParseAddr(lans[g.number] + ".2"), Dst: netip.MustParseAddr(lans[1-g.number] + ".2")}, body)
	return packet.BuildEthernet(g.ports[inside].Interface().MAC(), stations[g.number], packet.EtherTypeIPv4, p)
}

func numberOf(frame []byte) int {
	return int(binary.BigEndian.Uint32(packet.IPv4(frame[14:]).Payload()[8:]))
}

// A memory is a device whose frames come from a channel, in batches as they lie there.
type memory struct {
	in     chan []byte
	closed chan struct{}
	mu     sync.Mutex
	out    [][]byte
	next   *memory // where what is written comes in
}

func newMemory() *memory {
	return &memory{in: make(chan []byte, 4096), closed: make(chan struct{})}
}

func (m *memory) Layer() wire.Layer { return wire.Frames }
func (m *memory) BatchSize() int    { return 32 }
func (m *memory) Dropped() uint64   { return 0 }
func (m *memory) Close() error      { close(m.closed); return nil }

func (m *memory) Read(bufs [][]byte, sizes []int, offset int) (n int, err error) {
	select {
	case <-m.closed:
		return 0, os.ErrClosed
	case f := <-m.in:
		sizes[0] = copy(bufs[0][offset:], f)
	}
	for n = 1; n < len(bufs); n++ {
		select {
		case f := <-m.in:
			sizes[n] = copy(bufs[n][offset:], f)
		default:
			return n, nil
		}
	}
	return n, nil
}

func (m *memory) Write(bufs [][]byte, offset int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range bufs {
		f := bytes.Clone(b[offset:])
		if m.next != nil {
			m.next.in <- f
			continue
		}
		m.out = append(m.out, f)
	}
	return len(bufs), nil
}

// memoryOut is how a lane writes to it.
type memoryOut struct{ *memory }

func (m memoryOut) Write(bufs [][]byte) int {
	n, _ := m.memory.Write(bufs, wire.Headroom)
	return n
}

func (m *memory) written() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.out)
}

// TestWorkers sends packets of all sizes through both gateways at once, each with all
// its workers: all come out, in order, and no goroutine is left behind.
func TestWorkers(t *testing.T) {
	const packets = 4000
	old := runtime.GOMAXPROCS(4)
	defer runtime.GOMAXPROCS(old)
	for name, configs := range map[string][2]string{
		"esp-aes esp-sha-hmac": gatewaysOf("esp-aes esp-sha-hmac"), "esp-des esp-md5-hmac": gatewaysOf("esp-des esp-md5-hmac"),
		"NAT": natGateways(false, false), "NAT and a tunnel": natGateways(true, false),
	} {
		t.Run(name, func(t *testing.T) {
			w := tunnel(t, configs, true)
			before := runtime.NumGoroutine()
			a, b := w.gateways[0], w.gateways[1]
			devices := [2][2]*memory{{newMemory(), newMemory()}, {newMemory(), newMemory()}}
			devices[0][outside].next, devices[1][outside].next = devices[1][outside], devices[0][outside]
			var all sync.WaitGroup
			for n, g := range w.gateways {
				for port, lane := range g.path.lanes {
					lane.Out = memoryOut{devices[n][port]}
					all.Go(func() {
						err := lane.Serve(devices[n][port], func(bufs [][]byte, sizes []int) {
							t.Errorf("%d frames for the loop", len(bufs))
						})
						if err != os.ErrClosed {
							t.Error(err)
						}
					})
				}
			}
			for n, g := range []*gateway{a, b} {
				all.Go(func() {
					for i := range packets {
						devices[n][inside].in <- g.numbered(i, 40+i%1300)
					}
				})
			}
			for devices[0][inside].written() < packets || devices[1][inside].written() < packets {
				runtime.Gosched()
			}
			for n := range devices {
				for _, d := range devices[n] {
					d.Close()
				}
			}
			all.Wait()
			for n := range devices {
				for i, f := range devices[n][inside].out {
					if numberOf(f) != i {
						t.Fatalf("G%d: packet %d in place %d", n, numberOf(f), i)
					}
				}
			}
			for n := 0; runtime.NumGoroutine() > before; n++ { // the last may be on their way out
				if n > 1e6 {
					t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
					break
				}
				runtime.Gosched()
			}
			for _, g := range w.gateways {
				if c := g.ports[outside].Interface().Counters(); c.InPackets < packets || c.OutPackets < packets {
					t.Errorf("%+v", c)
				}
			}
		})
	}
}

// TestNoAllocations takes a batch through both gateways again and again.
func TestNoAllocations(t *testing.T) {
	for _, set := range []string{"esp-aes esp-sha-hmac", "esp-des esp-md5-hmac"} {
		run := bulk(t, tunnel(t, gatewaysOf(set), true), 32, 1400)
		run()
		if n := testing.AllocsPerRun(20, run); n != 0 {
			t.Errorf("%s: %v allocations a batch", set, n)
		}
	}
}

// bulk returns what takes a batch of packets from one LAN to the other on the fast
// path: sealed by the first gateway, opened by the second.
func bulk(t testing.TB, w *world, batch, size int) func() {
	t.Helper()
	a, b := w.gateways[0], w.gateways[1]
	sealing, opening := a.workers[inside], b.workers[outside]
	a.path.lanes[outside].Out = &handOver{to: opening}
	sink := &handOver{}
	b.path.lanes[inside].Out = sink
	frame := a.numbered(1, size)
	none := func(bufs [][]byte, sizes []int) { t.Fatalf("%d frames for the loop", len(bufs)) }
	return func() {
		for i := range batch {
			sealing.sizes[i] = copy(sealing.bufs[i][readAt:], frame)
		}
		sealing.decide(batch)
		sealing.crypt()
		sealing.settle(none)
		opening.decide(batch)
		opening.crypt()
		sink.n = 0
		opening.settle(none)
		if sink.n != batch {
			t.Fatalf("%d packets came out", sink.n)
		}
	}
}

// handOver writes into a worker's buffers.
type handOver struct {
	to *worker
	n  int
}

func (h *handOver) Write(bufs [][]byte) int {
	h.n = len(bufs)
	if h.to != nil {
		for i, b := range bufs {
			h.to.sizes[i] = copy(h.to.bufs[i][readAt:], b[wire.Headroom:])
		}
	}
	return len(bufs)
}

func sourceOf(frame []byte) string {
	return packet.IPv4(packet.Ethernet(frame).Payload()).Src().String()
}
