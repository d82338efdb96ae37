package host

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/tcp"
)

// Options make a host.
type Options struct {
	Name     string
	Clock    cli.Clock
	Rand     func(purpose string) io.Reader
	Terminal cli.Options
}

// How Linux differs from a router.
const (
	heldPackets = 3 // that wait for a neighbour's hardware address
	linuxTTL    = 64
	tick        = 50 * time.Microsecond // of what measures round trips: no host is faster
)

// A Host is one host. It is used on the lab's loop only.
type Host struct {
	opts    Options
	stack   *forwarding.Stack
	ports   []*forwarding.Port
	session *cli.Session
	tcp     *tcp.Stack
	servers []*webServer // that were begun in the background

	datagrams uint16 // how many ports nc has been given for UDP
}

// New returns a host that is switched off.
func New(o Options) *Host { return &Host{opts: o} }

// Attach gives the host an interface (eth1), whose frames leave by send. It must
// come before Boot.
func (h *Host) Attach(name string, send func(frame []byte)) (*forwarding.Port, error) {
	n, ok := interfaceName(name)
	if !ok {
		return nil, fmt.Errorf("%q is not an interface of a host: want eth1 or higher", name)
	}
	p := forwarding.NewPort(n, send)
	h.ports = append(h.ports, p)
	return p, nil
}

// A Problem is a command of exec that the host could not run.
type Problem struct {
	Index   int // of the command, from 0
	Column  int // of the caret, from 0; -1 for none
	Message string
}

// Boot switches the host on, or off and on, and runs its commands.
func (h *Host) Boot(exec []string) []Problem {
	if h.stack != nil {
		h.stack.Close()
		h.tcp.Close()
		h.session.Close()
	}
	h.stack = forwarding.New(h.opts.Name, forwarding.Env{
		Clock: h.opts.Clock,
		Spend: func(time.Duration) {}, // a host is fast
		Rand:  h.opts.Rand("ip"),
		Emit:  func(forwarding.Event) {},
	})
	h.stack.Routing, h.stack.UnreachableInterval = false, 0
	h.stack.HoldUnresolved, h.stack.TTL, h.stack.Tick = heldPackets, linuxTTL, tick
	h.plugTCP()
	h.servers = nil
	for _, p := range h.ports {
		p.PlugInto(h.stack).SetShutdown(false)
	}
	problems := h.run(exec)
	o := h.opts.Terminal
	o.Line, o.Console, o.Privilege, o.CtrlC = "console", true, cli.PrivilegedLevel, true
	h.session = cli.NewSession(grammar(), h, h.opts.Clock, o)
	return problems
}

// run runs commands without a console.
func (h *Host) run(commands []string) []Problem {
	var problems []Problem
	loader := cli.NewLoader(grammar(), h, h.opts.Clock, nil)
	defer loader.Close()
	for i, command := range commands {
		if err := loader.Line(command); err != nil {
			problems = append(problems, problem(i, command, err))
		}
	}
	return problems
}

// problem tells a command that is not there from one that has something wrong.
func problem(index int, command string, err error) Problem {
	p := Problem{Index: index, Column: -1, Message: err.Error()}
	if e, ok := err.(*cli.LineError); ok {
		p.Column = e.Column
	}
	name, _, _ := strings.Cut(strings.TrimLeft(command, " \t"), " ")
	start := strings.Index(command, name)
	if p.Column >= start && p.Column < start+len(name) {
		p.Column, p.Message = start, notFound(name).Error()
	}
	return p
}

// Console is the session on the host's console.
func (h *Host) Console() *cli.Session { return h.session }

// Stack is the host's IP, nil before it was first switched on. A reload makes a new one.
func (h *Host) Stack() *forwarding.Stack { return h.stack }

// Hostname is the host's name.
func (h *Host) Hostname() string { return h.opts.Name }

// LeftConfig has nothing to do: there is no configuration mode.
func (h *Host) LeftConfig(*cli.Session) {}

// UnknownExec says what a shell says of a command that is not there.
func (h *Host) UnknownExec(c *cli.Call) error {
	return notFound(c.Words()[0].Text)
}

func notFound(command string) error { return fmt.Errorf("sh: %s: not found", command) }

// interfaceName turns eth1 into the stack's name of it.
func interfaceName(name string) (forwarding.Name, bool) {
	digits, ok := strings.CutPrefix(name, "eth")
	n, err := strconv.ParseUint(digits, 10, 8)
	if !ok || err != nil || n == 0 || digits[0] == '0' {
		return forwarding.Name{}, false
	}
	return forwarding.Name{Kind: forwarding.Ethernet, Numbers: [3]uint32{uint32(n)}, Parts: 1}, true
}

// ethName is the interface's name as Linux has it.
func ethName(i *forwarding.Interface) string {
	return "eth" + strconv.Itoa(int(i.Name().Numbers[0]))
}

func (h *Host) find(dev string) (*forwarding.Interface, error) {
	if n, ok := interfaceName(dev); ok {
		if i := h.stack.Interface(n); i != nil {
			return i, nil
		}
	}
	return nil, fmt.Errorf("Cannot find device %q", dev)
}

var (
	errExists = errors.New("RTNETLINK answers: File exists")
	errAbsent = errors.New("RTNETLINK answers: Cannot assign requested address")
	errNoWay  = errors.New("RTNETLINK answers: Network is unreachable")
	errNoSuch = errors.New("RTNETLINK answers: No such process")
)

func anywhere() netip.Prefix { return netip.PrefixFrom(netip.IPv4Unspecified(), 0) }
