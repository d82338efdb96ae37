package bufcap

import (
	"fmt"
	"strings"
)

// Status is the word for a point that has been started, or not.
func (p *Point) Status() string {
	if p.Active {
		return "Active"
	}
	return "Inactive"
}

// Text is what `show monitor capture point` says of the point.
func (p *Point) Text() string {
	buffer := "None"
	if p.Buffer != nil {
		buffer = p.Buffer.Name
	}
	return fmt.Sprintf("Status Information for Capture Point %s\n%v\nSwitch Path: %-20v, Capture Buffer: %s\nStatus : %s\n\nConfiguration:\n%s\n",
		p.Name, p.Path, p.Path, buffer, p.Status(), p.Config())
}

// Parameters are what `show monitor capture buffer … parameters` says of the
// buffer and of the points that it has.
func (b *Buffer) Parameters(points []*Point) string {
	var t strings.Builder
	kind := "linear"
	if b.Circular {
		kind = "circular"
	}
	fmt.Fprintf(&t, "Capture buffer %s (%s buffer)\n", b.Name, kind)
	fmt.Fprintf(&t, "Buffer Size : %d bytes, Max Element Size : %d bytes, Packets : %d\n", b.Size, b.MaxElement, len(b.elements))
	fmt.Fprintf(&t, "Allow-nth-pak : %d, Duration : %d (seconds), Max packets : %d, pps : %d\n",
		b.Limits.EveryNth, b.Limits.Duration, b.Limits.Packets, b.Limits.PerSecond)
	t.WriteString("Associated Capture Points:\n")
	for _, p := range points {
		fmt.Fprintf(&t, "Name : %s, Status : %s\n", p.Name, p.Status())
	}
	t.WriteString("Configuration:\n")
	for _, line := range b.config(points) {
		t.WriteString(line + "\n")
	}
	return t.String()
}

// config are the commands that make the buffer what it is.
func (b *Buffer) config(points []*Point) []string {
	name := "monitor capture buffer " + b.Name
	first := name
	if b.Size != DefaultSize {
		first += fmt.Sprintf(" size %d", b.Size>>10)
	}
	if b.MaxElement != DefaultElement {
		first += fmt.Sprintf(" max-size %d", b.MaxElement)
	}
	if b.Circular {
		first += " circular"
	}
	lines := []string{first}
	for _, p := range points {
		lines = append(lines, "monitor capture point associate "+p.Name+" "+b.Name)
	}
	if b.Filter != "" {
		lines = append(lines, name+" filter access-list "+b.Filter)
	}
	for _, l := range []struct {
		word  string
		value int
	}{
		{"allow-nth-pak", b.Limits.EveryNth}, {"duration", b.Limits.Duration},
		{"packet-count", b.Limits.Packets}, {"packets-per-sec", b.Limits.PerSecond},
	} {
		if l.value > 0 {
			lines = append(lines, fmt.Sprintf("%s limit %s %d", name, l.word, l.value))
		}
	}
	return lines
}

// Heading is the line above a packet in a dump.
func (e *Element) Heading() string {
	none := func(name string) string {
		if name == "" {
			return "None"
		}
		return name
	}
	return fmt.Sprintf("%s : %-16s: %s %s", e.At.Format("15:04:05.000 MST Jan 2 2006"), e.Path.inDump(), none(e.In), none(e.Out))
}

const (
	// memory is where a dump says that the first packet lies.
	memory = 0x66a00000
	// across is how many bytes stand in a line.
	across = 16
)

// Dump are the packets in hexadecimal.
func (b *Buffer) Dump() string {
	var t strings.Builder
	at := memory
	for i := range b.elements {
		e := &b.elements[i]
		fmt.Fprintf(&t, "%s\n\n", e.Heading())
		for from := 0; from < len(e.Data); from += across {
			dumpLine(&t, at, e.Data[from:min(from+across, len(e.Data))])
			at += across
		}
		t.WriteByte('\n')
	}
	return t.String()
}

func dumpLine(t *strings.Builder, at int, data []byte) {
	var hex strings.Builder
	text := []byte(strings.Repeat(" ", across))
	for i, c := range data {
		if i > 0 && i%4 == 0 {
			hex.WriteByte(' ')
		}
		fmt.Fprintf(&hex, "%02X", c)
		if text[i] = c & 0x7f; text[i] < ' ' || text[i] == 0x7f {
			text[i] = '.'
		}
	}
	fmt.Fprintf(t, "%08X: %-36s %s\n", at, hex.String(), text)
}
