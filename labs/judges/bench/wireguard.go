package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// wireguards is a tunnel between two processes of wireguard-go.
func wireguards(s *sides) (*gateways, error) {
	if err := s.addresses(s.a, s.z); err != nil {
		return nil, err
	}
	g := &gateways{}
	// Both names are in one directory of sockets: they must differ.
	names := [2]string{fmt.Sprintf("wg%d-a", os.Getpid()%100000), fmt.Sprintf("wg%d-z", os.Getpid()%100000)}
	var public [2]string
	for i, e := range []side{s.a, s.z} {
		private, err := s.b.output("wg", "genkey")
		if err != nil {
			g.stop()
			return nil, err
		}
		if err := os.WriteFile(s.key(names[i]), []byte(private), 0o600); err != nil {
			g.stop()
			return nil, err
		}
		cmd := exec.CommandContext(s.b.ctx, "wg", "pubkey")
		cmd.Stdin = strings.NewReader(private)
		out, err := cmd.Output()
		if err != nil {
			g.stop()
			return nil, err
		}
		public[i] = strings.TrimSpace(string(out))
		if g[i], err = s.b.start(e, "wireguard-go", nil, s.b.wireguard, "--foreground", names[i]); err != nil {
			g.stop()
			return nil, err
		}
	}
	for i, e := range []side{s.a, s.z} {
		if err := s.peer(g[i], e, s.other(e), names[i], public[1-i]); err != nil {
			g.stop()
			return nil, err
		}
	}
	return g, nil
}

func (s *sides) key(name string) string { return filepath.Join(s.b.dir, name+".key") }

func (s *sides) other(e side) side {
	if e == s.a {
		return s.z
	}
	return s.a
}

// peer tells one process about the other.
func (s *sides) peer(p *process, own, other side, name, public string) error {
	const port = "51820"
	err := s.b.until(5*time.Second, func() error {
		if err := p.alive(); err != nil {
			return err
		}
		_, err := s.b.output("ip", own.in("wg", "set", name, "private-key", s.key(name), "listen-port", port,
			"peer", public, "allowed-ips", other.subnet, "endpoint", other.outer+":"+port)...)
		return err
	})
	if err != nil {
		return err
	}
	for _, args := range [][]string{
		{"-n", own.ns, "link", "set", name, "up"},
		{"-n", own.ns, "route", "add", other.subnet, "dev", name, "src", own.inner},
	} {
		if _, err := s.b.output("ip", args...); err != nil {
			return err
		}
	}
	return nil
}
