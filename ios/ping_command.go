package ios

import (
	"errors"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

// What a ping does unless told.
const (
	pingCount   = 5
	pingSize    = 100
	pingSeconds = 2
	minPingSize = 36
	maxPingSize = 18024
)

var pingCommands = []cli.Command{
	{
		Modes: []string{modeExec},
		Grammar: `ping
			[ ip                     "IP echo" ]
			WORD:host                "Address or host name"
			{ ` + sourceGrammar + `
			| repeat                 "How many packets"
			  <1-2147483647>:repeat  "Repeat count"
			| size                   "Size of the packets"
			  <36-18024>:size        "Datagram size"
			| timeout                "Timeout"
			  <0-3600>:timeout       "Timeout in seconds"
			| df-bit                 "Set the DF bit"
			| data                   "Data pattern"
			  PATTERN:data           "Hexadecimal pattern"
			| validate               "Validate reply data" }`,
		Run: on(pingTyped),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `ping [ ip "IP echo" ]`,
		Run:     on(pingAsked),
	},
}

// pingOrder is a ping as it was asked for.
type pingOrder struct {
	forwarding.PingParams
	seconds int
	verbose bool
}

func newPingOrder() pingOrder {
	return pingOrder{PingParams: forwarding.PingParams{Count: pingCount, Size: pingSize}, seconds: pingSeconds}
}

// pingTyped is a ping with all that it is to do on the line.
func pingTyped(r *Router, c *cli.Call) error {
	o := newPingOrder()
	var ok bool
	var err error
	if o.Dst, ok, err = r.host(c, c.Str("host")); err != nil || !ok {
		return err
	}
	if o.Src, err = r.typedSource(c); err != nil {
		return err
	}
	if c.Has("repeat") {
		o.Count = c.Int("repeat")
	}
	if c.Has("size") {
		o.Size = c.Int("size")
	}
	if c.Has("timeout") {
		o.seconds = c.Int("timeout")
	}
	if p, ok := c.Value("data").(uint16); ok {
		o.Pattern = &p
	}
	o.DF, o.Validate = c.Has("df-bit"), c.Has("validate")
	return r.ping(c, o)
}

// ping announces a ping, and shows how it goes.
func (r *Router) ping(c *cli.Call, o pingOrder) error {
	c.Print("\nType escape sequence to abort.\n")
	announcePing(c, o)
	if o.Timeout = time.Duration(o.seconds) * time.Second; o.Timeout == 0 {
		o.Timeout = 1 // no waiting at all
	}
	p := r.stack.StartPing(o.PingParams)
	defer p.Stop()
	screen := newPingScreen(r, c, o)
	requests := 0
	for {
		if result, ok := p.Next(); ok {
			screen.show(result)
			continue
		}
		if p.Done() {
			requests = p.Total()
			break
		}
		if err := c.Await(p.Wait); errors.Is(err, cli.ErrInterrupted) {
			break
		} else if err != nil {
			return err
		}
	}
	screen.finish(requests)
	return nil
}

func announcePing(c *cli.Call, o pingOrder) {
	if o.SweepMax > 0 {
		sizes := (o.SweepMax-o.SweepMin)/o.SweepStep + 1
		c.Printf("Sending %d, [%d..%d]-byte ICMP Echos to %v, timeout is %d seconds:\n", o.Count*sizes, o.SweepMin, o.SweepMax, o.Dst, o.seconds)
	} else {
		c.Printf("Sending %d, %d-byte ICMP Echos to %v, timeout is %d seconds:\n", o.Count, o.Size, o.Dst, o.seconds)
	}
	if o.Src.IsValid() {
		c.Printf("Packet sent with a source address of %v \n", o.Src)
	}
	if o.DF {
		c.Print("Packet sent with the DF bit set\n")
	}
	if o.Pattern != nil {
		c.Printf("Packet has data pattern 0x%04X\n", *o.Pattern)
	}
	if o.Validate {
		c.Print("Reply data will be validated\n")
	}
}
