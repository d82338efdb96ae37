package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// charonPath is where Debian keeps the daemon.
const charonPath = "/usr/lib/ipsec/charon"

// preshared is the key of all tunnels.
const preshared = "cisco123"

// charonPlugins are loaded in this order: where several offer an algorithm, the
// first has it, so OpenSSL does what it can (AES, SHA-1, the groups) and gcrypt
// the rest (DES).
const charonPlugins = "random nonce openssl sha1 sha2 md5 hmac kdf gmp gcrypt " +
	"kernel-libipsec kernel-netlink socket-default vici updown"

// charon is strongSwan's daemon with its userspace ESP.
type charon struct {
	*process
	b   *bench
	dir string
}

// proposals name what a charon offers and accepts.
type proposals struct{ ike, esp string }

// newCharon starts a charon at one end that knows of a tunnel to the other.
func (b *bench) newCharon(own, other side, p proposals) (*charon, error) {
	dir, err := os.MkdirTemp(b.dir, "charon")
	if err != nil {
		return nil, err
	}
	c := &charon{b: b, dir: dir}
	files := map[string]string{
		"strongswan.conf": fmt.Sprintf(charonSettings, charonPlugins, c.socket(), c.socket()),
		"swanctl.conf":    fmt.Sprintf(charonConnection, own.outer, other.outer, p.ike, own.subnet, other.subnet, p.esp, preshared),
		// Where the daemon writes its process id is compiled in.
		"launch": fmt.Sprintf("mkdir %[1]s/run\nmount --bind %[1]s/run /run\nexec %s\n", dir, charonPath),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	c.process, err = b.start(own, "charon", []string{"STRONGSWAN_CONF=" + filepath.Join(dir, "strongswan.conf")}, "sh", filepath.Join(dir, "launch"))
	if err != nil {
		return nil, err
	}
	err = b.until(10*time.Second, func() error {
		if err := c.alive(); err != nil {
			return err
		}
		_, err := c.control("--load-all", "--noprompt", "--file", filepath.Join(dir, "swanctl.conf"))
		return err
	})
	if err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

func (c *charon) socket() string { return "unix://" + filepath.Join(c.dir, "vici") }

// control gives the daemon an order.
func (c *charon) control(args ...string) (string, error) {
	out, err := exec.CommandContext(c.b.ctx, "swanctl", append(args, "--uri", c.socket())...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("swanctl %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(string(out)))
	}
	return string(out), nil
}

func (c *charon) initiate() error {
	_, err := c.control("--initiate", "--child", "net", "--timeout", "20", "--loglevel", "-1")
	return err
}

func (c *charon) terminate() error {
	_, err := c.control("--terminate", "--ike", "peer", "--timeout", "5", "--loglevel", "-1")
	return err
}

// charonSettings: logging is off, and retransmission no slower than ours.
const charonSettings = `charon {
  load_modular = no
  load = %s
  install_routes = yes
  syslog {
    daemon { default = -1 }
    auth { default = -1 }
  }
  plugins {
    vici { socket = %s }
    kernel-libipsec { allow_peer_ts = yes }
  }
}
swanctl {
  plugins { vici { socket = %s } }
}
`

const charonConnection = `connections {
  peer {
    version = 1
    local_addrs = %s
    remote_addrs = %s
    proposals = %s
    unique = never
    local { auth = psk }
    remote { auth = psk }
    children {
      net {
        local_ts = %s
        remote_ts = %s
        esp_proposals = %s
        mode = tunnel
      }
    }
  }
}
secrets {
  ike-1 { secret = "%s" }
}
`

// charonFor is a charon that negotiates with a Diffie-Hellman group.
func charonFor(s *sides, own, other side, group int) (daemon, error) {
	if err := s.addresses(own); err != nil {
		return nil, err
	}
	return s.b.newCharon(own, other, proposals{
		ike: "aes128-sha1-" + map[int]string{2: "modp1024", 14: "modp2048"}[group],
		esp: "aes128-sha1",
	})
}

// charons is a tunnel between two of them.
func charons(esp string) func(*sides) (*gateways, error) {
	return func(s *sides) (*gateways, error) {
		if err := s.addresses(s.a, s.z); err != nil {
			return nil, err
		}
		p := proposals{ike: "aes128-sha1-modp1024", esp: esp}
		a, err := s.b.newCharon(s.a, s.z, p)
		if err != nil {
			return nil, err
		}
		z, err := s.b.newCharon(s.z, s.a, p)
		if err != nil {
			a.stop()
			return nil, err
		}
		g := &gateways{a.process, z.process}
		if err := a.initiate(); err != nil {
			g.stop()
			return nil, err
		}
		return g, nil
	}
}
