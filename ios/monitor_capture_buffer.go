package ios

import (
	"slices"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/bufcap"
)

// maxCaptures bounds buffers and points, each.
const maxCaptures = 32

var captureBufferCommands = []cli.Command{
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `monitor capture buffer WORD:buffername
			{ size               "Size of the buffer"
			  <1-102400>:size    "In kilobytes (256)"
			| max-size           "How much of a packet is kept"
			  <68-9500>:element  "In bytes (68)"
			| circular           "Overwrite the oldest packets"
			| linear             "Stop when the buffer is full" }`,
		No:  "monitor capture buffer WORD:buffername",
		Run: on(setCaptureBuffer), Unset: on(removeCaptureBuffer),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `monitor capture buffer WORD:buffername
			filter       "Keep some packets only"
			access-list  "Packets that an access list permits"
			` + anyListName,
		No:  "monitor capture buffer WORD:buffername filter access-list [ " + anyListName + " ]",
		Run: on(filterCaptureBuffer), Unset: on(filterCaptureBuffer),
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `monitor capture buffer WORD:buffername
			limit                     "Limits of the capture"
			( allow-nth-pak           "Keep some packets only"
			  <1-2147483647>:nth      "One packet of this many"
			| duration                "Keep packets for a time"
			  <1-2147483>:seconds     "Seconds"
			| packet-count            "Keep so many packets"
			  <1-2147483647>:packets  "Packets"
			| packets-per-sec         "Keep so many packets a second"
			  <1-2147483647>:rate     "Packets" )`,
		No:  "monitor capture buffer WORD:buffername limit",
		Run: on(limitCaptureBuffer), Unset: on(limitCaptureBuffer),
	},
	privileged(`monitor capture buffer WORD:buffername clear "Empty the buffer"`, clearCaptureBuffer),
	privileged(`monitor capture buffer WORD:buffername
		export         "Write its packets to a file (pcap)"
		WORD:location  "flash:NAME"`,
		exportCaptureBuffer),
}

// typedBuffer is the buffer that a line names.
func (r *Router) typedBuffer(c *cli.Call) (*bufcap.Buffer, error) {
	if b := r.captures.buffer(c.Str("buffername")); b != nil {
		return b, nil
	}
	return nil, refuse("Capture Buffer %s does not exist", c.Str("buffername"))
}

func setCaptureBuffer(r *Router, c *cli.Call) error {
	b := r.captures.buffer(c.Str("buffername"))
	if b == nil {
		if len(r.captures.buffers) >= maxCaptures {
			return refuse("There are %d capture buffers already", maxCaptures)
		}
		b = bufcap.NewBuffer(c.Str("buffername"))
		r.captures.buffers = append(r.captures.buffers, b)
	}
	if r.isCapturing(b) && (c.Has("size") || c.Has("element") || c.Has("circular") || c.Has("linear")) {
		return refuse("Capture Buffer %s is in use: stop its capture points first", b.Name)
	}
	if c.Has("size") {
		b.Size = c.Int("size") << 10
	}
	if c.Has("element") {
		b.MaxElement = c.Int("element")
	}
	switch {
	case c.Has("circular"):
		b.Circular = true
	case c.Has("linear"):
		b.Circular = false
	}
	if c.Has("size") {
		b.Clear() // what is in it may not fit any more
	}
	return nil
}

// isCapturing reports whether a point is active whose packets go into the buffer.
func (r *Router) isCapturing(b *bufcap.Buffer) bool {
	return slices.ContainsFunc(r.captures.pointsOf(b), func(p *bufcap.Point) bool { return p.Active })
}

func removeCaptureBuffer(r *Router, c *cli.Call) error {
	b, err := r.typedBuffer(c)
	if err != nil {
		return err
	}
	if r.isCapturing(b) {
		return refuse("Capture Buffer %s is in use: stop its capture points first", b.Name)
	}
	for _, p := range r.captures.pointsOf(b) {
		p.Buffer = nil
	}
	r.captures.buffers = slices.DeleteFunc(r.captures.buffers, func(o *bufcap.Buffer) bool { return o == b })
	c.Print("Capture Buffer deleted\n")
	return nil
}

func filterCaptureBuffer(r *Router, c *cli.Call) error {
	b, err := r.typedBuffer(c)
	if err != nil {
		return err
	}
	if b.Filter = c.Str("name"); c.No {
		b.Filter = ""
	}
	return nil
}

func limitCaptureBuffer(r *Router, c *cli.Call) error {
	b, err := r.typedBuffer(c)
	if err != nil {
		return err
	}
	switch {
	case c.No:
		b.Limits = bufcap.Limits{}
	case c.Has("nth"):
		b.Limits.EveryNth = c.Int("nth")
	case c.Has("seconds"):
		b.Limits.Duration = c.Int("seconds")
	case c.Has("packets"):
		b.Limits.Packets = c.Int("packets")
	case c.Has("rate"):
		b.Limits.PerSecond = c.Int("rate")
	}
	return nil
}

func clearCaptureBuffer(r *Router, c *cli.Call) error {
	b, err := r.typedBuffer(c)
	if err == nil {
		b.Clear()
	}
	return err
}

// exportCaptureBuffer writes to flash:. A router here reaches no server for files.
func exportCaptureBuffer(r *Router, c *cli.Call) error {
	b, err := r.typedBuffer(c)
	if err != nil {
		return err
	}
	location := c.Str("location")
	name, isFlash := flashName(location)
	switch {
	case !isFlash || r.Flash == nil:
		return refuse("%%Error opening %s (No such device)\n(Captures are exported to flash: only.)", location)
	case name == "":
		return refuse("%%Error opening %s (Invalid argument)", location)
	}
	file, err := b.PCAP()
	if err != nil {
		return refuse("%%Error writing %s (%v)", location, err)
	}
	where, err := r.writeFlash(name, file)
	if err != nil {
		return refuse("%%Error opening %s (%v)", location, err)
	}
	if where == "" {
		c.Printf("(flash:%s of this router goes with the lab: --state DIR would keep it.)\n", name)
		return nil
	}
	c.Printf("(flash:%s of this router is the file %s.)\n", name, where)
	return nil
}
