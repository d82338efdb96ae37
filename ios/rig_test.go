package ios

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/labs/loop"
)

// A rig is a few routers, the links between them and the time they share, which
// passes only while a test lets it.
//
//	g := newRig(t, map[string]string{"R1": config1, "R2": config2}, "R1:Fa0/0 R2:Fa0/0")
//	got := g.on("R1").do("show ip route", "ping 12.12.12.2")
type rig struct {
	*loop.Loop
	t     testing.TB
	nodes map[string]*rigNode
	nat   *rigNAT
}

// rigSettle is how long a rig runs before its test begins: every router is up
// and has logged that.
const rigSettle = 20 * time.Second

// newRig boots the routers with the configurations in their NVRAM and joins
// them: each link is "R1:Fa0/0 R2:Fa0/0", or
// "NAT 12.12.12.1 R2:Fa0/0 R1:Fa0/0" with a NAT before all but the first. They start in privileged EXEC.
func newRig(t testing.TB, configs map[string]string, links ...string) *rig {
	t.Helper()
	g := &rig{Loop: loop.New(), t: t, nodes: map[string]*rigNode{}}
	for name, config := range configs {
		g.nodes[name] = g.newNode(name, config)
	}
	for _, l := range links {
		ends := strings.Fields(l)
		if ends[0] == "NAT" {
			g.nat = g.natBetween(ends[1], ends[2], ends[3:]...)
			continue
		}
		g.join(ends[0], ends[1])
	}
	for _, name := range g.names() {
		g.nodes[name].boot()
	}
	g.Pass(rigSettle)
	for _, n := range g.nodes {
		n.screen, n.logs = "", nil
	}
	return g
}

// oneRouter is a rig of a single router, R1.
func oneRouter(t testing.TB, config string) *rigNode {
	t.Helper()
	return newRig(t, map[string]string{"R1": config}).on("R1")
}

// on returns the router of that name.
func (g *rig) on(name string) *rigNode {
	n := g.nodes[name]
	if n == nil {
		g.t.Fatalf("no router %s in this rig", name)
	}
	return n
}

func (g *rig) names() []string {
	var names []string
	for n := range g.nodes {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// rigDelay is how long a frame is under way.
const rigDelay = 100 * time.Microsecond

func (g *rig) join(a, b string) {
	x, y := &rigWire{rig: g}, &rigWire{rig: g}
	x.peer, y.peer = y, x
	g.attach(a, x)
	g.attach(b, y)
}

func (g *rig) attach(end string, w *rigWire) {
	name, ifc, _ := strings.Cut(end, ":")
	n := g.on(name)
	w.node = n
	port, err := n.Attach(ifc, w.send)
	if err != nil {
		g.t.Fatal(err)
	}
	w.port = port
	port.OnSignal(func(on bool) {
		g.At(g.Now(), func() { w.peer.port.SetCarrier(on) })
	})
	n.wires = append(n.wires, w)
}

// rigWire is one end of a link.
type rigWire struct {
	rig  *rig
	node *rigNode
	port *forwarding.Port
	peer *rigWire
	sent [][]byte                // every frame that went in here
	lose func(frame []byte) bool // nil loses none
}

func (w *rigWire) send(frame []byte) {
	w.sent = append(w.sent, frame)
	if w.lose != nil && w.lose(frame) {
		return
	}
	w.rig.At(w.node.proc.Now()+rigDelay, func() { w.peer.deliver(frame) })
}

// deliver hands a frame to the router, as soon as its processor is free.
func (w *rigWire) deliver(frame []byte) {
	w.node.proc.Deliver(func() { w.port.Receive(frame) })
}

// rigNode is a router of a rig, with the processor it has and the terminal on
// its console.
type rigNode struct {
	*Router
	rig      *rig
	proc     *loop.Processor
	wires    []*rigWire
	problems []Problem
	screen   string   // what was printed, log records included
	logs     []string // log records
	echo     bool     // whether the screen shows prompts and what is typed at them
}

func (g *rig) newNode(name, config string) *rigNode {
	n := &rigNode{rig: g, proc: loop.NewProcessor(g.Loop)}
	r, err := New(Options{
		Name: name, Clock: n.proc, Spend: n.proc.Spend, Rand: entropyOf(name),
		NVRAM:    &MemoryStore{config: []byte(config)},
		Terminal: cli.Options{Script: n, Privilege: cli.PrivilegedLevel},
	})
	if err != nil {
		g.t.Fatal(err)
	}
	n.Router = r
	return n
}

// entropyOf is a stream of randomness for each purpose of a router.
func entropyOf(node string) func(purpose string) io.Reader {
	return func(purpose string) io.Reader {
		return rand.NewChaCha8(sha256.Sum256([]byte(node + "/" + purpose)))
	}
}

func (n *rigNode) boot() {
	problems, err := n.Boot()
	if err != nil {
		n.rig.t.Fatal(err)
	}
	n.problems = problems
	for _, p := range problems {
		if p.Kept {
			continue
		}
		n.rig.t.Errorf("%s: line %d of its configuration: %q: %s", n.Name, p.Line, p.Text, p.Message)
	}
}

// do types lines, each when the one before has had its answer, and returns what
// the console showed. An answer to a question is a line as well.
func (n *rigNode) do(lines ...string) string {
	n.rig.t.Helper()
	n.screen = ""
	for _, l := range lines {
		n.Console().TypeLine(l)
		n.wait()
	}
	return n.screen
}

// transcript is do, with the prompts and what was typed at them.
func (n *rigNode) transcript(lines ...string) string {
	n.rig.t.Helper()
	n.echo = true
	defer func() { n.echo = false }()
	return n.do(lines...)
}

// configure types lines of configuration and returns what the console showed.
func (n *rigNode) configure(lines ...string) string {
	n.rig.t.Helper()
	n.do("configure terminal")
	shown := n.do(lines...)
	n.do("end")
	return shown
}

// start types a line and does not wait for its answer.
func (n *rigNode) start(line string) {
	n.screen = ""
	n.Console().TypeLine(line)
}

// interrupt types Ctrl-Shift-6.
func (n *rigNode) interrupt() string {
	n.Console().Keys([]byte{0x1e})
	n.wait()
	return n.screen
}

// help is what `?` prints after the line.
func (n *rigNode) help(line string) string {
	n.screen = ""
	n.Console().Help(line)
	return n.screen
}

// rigPatience is the longest that a command may take.
const rigPatience = time.Hour

// wait lets time pass until the console waits for a line.
func (n *rigNode) wait() {
	n.rig.t.Helper()
	busy := func() bool { return n.Console().Busy() }
	if n.rig.RunWhile(n.rig.Now()+rigPatience, busy); busy() {
		n.rig.t.Fatalf("%s: the command does not end; so far:\n%s", n.Name, n.screen)
	}
}

// Echo is part of the console's screen.
func (n *rigNode) Echo(prompt, line string) {
	if n.echo {
		n.screen += prompt + line + "\n"
	}
}

// Output is part of the console's screen.
func (n *rigNode) Output(text string) { n.screen += text }

// Log is part of the console's screen.
func (n *rigNode) Log(record string) {
	n.screen += record + "\n"
	n.logs = append(n.logs, record)
}

// logged reports whether a log record held the text.
func (n *rigNode) logged(text string) bool {
	for _, l := range n.logs {
		if strings.Contains(l, text) {
			return true
		}
	}
	return false
}

// equalText compares what was shown to what should have been, and says where
// they part.
func equalText(t testing.TB, what, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "(nothing)", "(nothing)"
		if i < len(g) {
			a = fmt.Sprintf("%q", g[i])
		}
		if i < len(w) {
			b = fmt.Sprintf("%q", w[i])
		}
		if a != b {
			t.Errorf("%s: line %d:\n got %s\nwant %s\nin all:\n%s", what, i+1, a, b, got)
			return
		}
	}
}
