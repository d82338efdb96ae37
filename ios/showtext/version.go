package showtext

import (
	"fmt"
	"strings"
	"time"
)

// System is the router and its software.
type System struct {
	Hostname  string
	Software  string // the line by which tools know an IOS
	ROM       string
	Image     string // the file that it runs
	Platform  string
	Uptime    time.Duration
	Restarted string // why it restarted last
	Ports     []Ports
	NVRAM     int // bytes
}

// Ports are the physical interfaces of one kind.
type Ports struct {
	Kind  string // FastEthernet
	Count int
}

var version124 = Layout[System]{
	{"software", func(s System) string { return s.Software + "\n" }},
	{"ioslab", func(System) string {
		return "This is ioslab, an independent emulator; it is not a product of Cisco.\n\n"
	}},
	{"rom", func(s System) string { return fmt.Sprintf("ROM: %s\n\n", s.ROM) }},
	{"uptime", func(s System) string {
		return fmt.Sprintf("%s uptime is %s\nSystem returned to ROM by %s\n", s.Hostname, uptime(s.Uptime), s.Restarted)
	}},
	{"image", func(s System) string { return fmt.Sprintf("System image file is \"%s\"\n\n", s.Image) }},
	{"platform", func(s System) string {
		return fmt.Sprintf("%s with 249856K/12288K bytes of memory.\nProcessor board ID XXXXXXXXXXX\n", s.Platform)
	}},
	{"ports", func(s System) string {
		var text strings.Builder
		for _, p := range s.Ports {
			kind := strings.Replace(p.Kind, "Ethernet", " Ethernet", 1)
			fmt.Fprintf(&text, "%d %s interface%s\n", p.Count, kind, plural(p.Count))
		}
		return text.String()
	}},
	{"nvram", func(s System) string {
		return fmt.Sprintf("%dK bytes of NVRAM.\n\nConfiguration register is 0x2102\n\n", (s.NVRAM+1023)/1024)
	}},
}
