// Bench measures TCP through tunnels. It makes network namespaces of its
// own, so it has to be root; nothing leaves the machine, nothing is left behind.
//
//	go run ./labs/bench            # a table with ratios
//
// It needs strongSwan (charon, swanctl, kernel-libipsec), wireguard-go, wg, iperf3,
// ping and iproute2. Contenders take turns, round after round, and medians are
// compared: on a shared machine ratios of one run hold, and absolute figures do not.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// options are the flags.
type options struct {
	rounds  int
	seconds int
	among   string
}

func main() {
	var o options
	flag.StringVar(&o.among, "among", "", "leave out tunnels whose name does not contain `text`")
	flag.IntVar(&o.rounds, "rounds", 5, "how often each contender has its turn")
	flag.IntVar(&o.seconds, "seconds", 5, "length of one TCP transfer")
	flag.Parse()
	if flag.NArg() > 0 || o.rounds < 1 || o.seconds < 1 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if err := equipped(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ioslab-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: ctx, dir: dir, options: o}
	fmt.Println(machine())
	return b.tunnels()
}

// bench is one run.
type bench struct {
	options
	ctx context.Context
	dir string // for configurations, sockets and logs
}

// tools are the programs without which there is nothing to measure.
var tools = []string{charonPath, "swanctl", "wireguard-go", "wg", "iperf3", "ip", "ping"}

func equipped() error {
	if os.Geteuid() != 0 {
		return errors.New("namespaces and TUN devices need root: run it with sudo")
	}
	for _, t := range tools {
		if _, err := exec.LookPath(t); err != nil {
			return fmt.Errorf("%s is missing: on Debian, apt-get install strongswan-charon strongswan-swanctl "+
				"libcharon-extra-plugins libstrongswan-extra-plugins wireguard-go wireguard-tools iperf3 iproute2 iputils-ping", t)
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
