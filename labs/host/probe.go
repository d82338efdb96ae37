package host

import (
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

const (
	defaultEchoes = 5
	defaultData   = 56
	headers       = 28 // of IP and ICMP
)

// ping sends an echo a second, each of them given up after a second.
func (h *Host) ping(c *cli.Call) error {
	count, data, target := defaultEchoes, defaultData, c.Addr("target")
	if c.Has("count") {
		count = c.Int("count")
	}
	if c.Has("size") {
		data = c.Int("size")
	}
	c.Printf("PING %v (%v) %d(%d) bytes of data.\n", target, target, data, data+headers)
	sent, received := 0, 0
	for sent < count {
		began := h.opts.Clock.Now()
		sent++
		r, err := h.echo(c, forwarding.PingParams{Dst: target, Count: 1, Size: data + headers, Timeout: time.Second})
		if err != nil {
			break
		}
		switch r.Mark {
		case '!':
			received++
			c.Printf("%d bytes from %v: icmp_seq=%d time=%.2f ms\n", data+8, r.From, sent, r.RTT.Seconds()*1e3)
		case 'U':
			c.Printf("From %v icmp_seq=%d Destination Host Unreachable\n", r.From, sent)
		case '&':
			c.Printf("From %v icmp_seq=%d Time to live exceeded\n", r.From, sent)
		}
		if rest := began + time.Second - h.opts.Clock.Now(); sent < count && rest > 0 {
			if c.Sleep(rest) != nil {
				break
			}
		}
	}
	c.Printf("\n--- %v ping statistics ---\n", target)
	c.Printf("%d packets transmitted, %d received, %d%% packet loss\n", sent, received, (sent-received)*100/sent)
	return nil
}

// echo waits for the end of one echo. The error is that of an interrupted wait.
func (h *Host) echo(c *cli.Call, params forwarding.PingParams) (forwarding.PingResult, error) {
	p := h.stack.StartPing(params)
	defer p.Stop()
	for {
		if r, ok := p.Next(); ok {
			return r, nil
		}
		if p.Done() {
			return forwarding.PingResult{Mark: '.'}, nil
		}
		if err := c.Await(p.Wait); err != nil {
			return forwarding.PingResult{}, err
		}
	}
}

func (h *Host) traceroute(c *cli.Call) error {
	target := c.Addr("target")
	c.Printf("traceroute to %v (%v), 30 hops max\n", target, target)
	t := h.stack.StartTraceroute(forwarding.TraceParams{Dst: target})
	defer t.Stop()
	ttl := 0
	var from string
	for {
		r, ok := t.Next()
		switch {
		case ok:
			if r.TTL != ttl {
				if ttl > 0 {
					c.Print("\n")
				}
				ttl, from = r.TTL, ""
				c.Printf("%2d ", ttl)
			}
			if r.From.IsValid() && r.From.String() != from {
				from = r.From.String()
				c.Printf(" %s", from)
			}
			if r.From.IsValid() {
				c.Printf("  %.2f ms", r.RTT.Seconds()*1e3)
			}
			if r.Mark != "" {
				c.Printf(" %s", r.Mark)
			}
		case t.Done():
			if ttl > 0 {
				c.Print("\n")
			}
			return nil
		default:
			if c.Await(t.Wait) != nil {
				c.Print("\n")
				return nil
			}
		}
	}
}
