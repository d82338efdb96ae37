// Bench measures ioslab's gateway beside other people's: TCP through a tunnel, TCP
// through NAT beside the kernel's own, and the processor time of IKE exchanges. It makes network namespaces of its
// own, so it has to be root; nothing leaves the machine, nothing is left behind.
//
//	go run ./labs/judges/bench            # a table with ratios
//
// It needs strongSwan (charon, swanctl, kernel-libipsec), wireguard-go, wg, iperf3,
// iptables, ping and iproute2. Contenders take turns, round after round, and medians are
// compared: on a shared machine ratios of one run hold, and absolute figures do not.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options are the flags.
type options struct {
	only      string
	among     string
	wireguard string
	rounds    int
	seconds   int
	exchanges int
}

func main() {
	var o options
	flag.StringVar(&o.only, "only", "", "measure `what`: tunnels, nat or ike (default: all)")
	flag.StringVar(&o.among, "among", "", "leave out tunnels and ways through NAT whose name does not contain `text`")
	flag.StringVar(&o.wireguard, "wireguard", "wireguard-go", "the `program` wireguard-go: Debian's has no segmentation offload")
	flag.IntVar(&o.rounds, "rounds", 5, "how often each contender has its turn")
	flag.IntVar(&o.seconds, "seconds", 5, "length of one TCP transfer")
	flag.IntVar(&o.exchanges, "exchanges", 100, "IKE exchanges in one turn")
	flag.Parse()
	if flag.NArg() > 0 || o.rounds < 1 || o.seconds < 1 || o.exchanges < 1 || !slices.Contains([]string{"", "tunnels", "nat", "ike"}, o.only) {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures and prints what it finds.
func run(ctx context.Context, o options, out io.Writer) error {
	if err := o.equipped(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ioslab-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: ctx, dir: dir, out: out, options: o}
	if err := b.build(); err != nil {
		return err
	}
	fmt.Fprintln(out, machine(o.wireguard))
	if o.only == "" || o.only == "tunnels" {
		if err := b.tunnels(); err != nil {
			return err
		}
	}
	if o.only == "" || o.only == "nat" {
		if err := b.nat(); err != nil {
			return err
		}
	}
	if o.only == "" || o.only == "ike" {
		return b.ike()
	}
	return nil
}

// bench is one run.
type bench struct {
	options
	ctx    context.Context
	dir    string // for configurations, sockets and logs
	ioslab string // the program
	out    io.Writer
}

// tools are the programs without which there is nothing to measure.
var tools = []string{"go", charonPath, "swanctl", "wg", "iperf3", "ip", "ping", "iptables"}

func (o options) equipped() error {
	if os.Geteuid() != 0 {
		return errors.New("namespaces and TUN devices need root: run it with sudo")
	}
	for _, t := range append([]string{o.wireguard}, tools...) {
		if _, err := exec.LookPath(t); err != nil {
			return fmt.Errorf("%s is missing: on Debian, apt-get install strongswan-charon strongswan-swanctl "+
				"libcharon-extra-plugins libstrongswan-extra-plugins wireguard-go wireguard-tools iperf3 iproute2 iptables iputils-ping", t)
		}
	}
	return nil
}

// output runs a command to its end.
func (b *bench) output(name string, args ...string) (string, error) {
	out, err := exec.CommandContext(b.ctx, name, args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, strings.TrimSpace(string(out)))
	}
	return string(out), nil
}

// until tries f until it succeeds.
func (b *bench) until(limit time.Duration, f func() error) error {
	for end := time.Now().Add(limit); ; {
		err := f()
		if err == nil || time.Now().After(end) || b.ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}
