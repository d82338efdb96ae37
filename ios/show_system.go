package ios

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
)

var showSystemCommands = []cli.Command{{
	Modes: []string{modeExec}, Grammar: `show version "The router and its software"`, Run: on(showVersion),
}}

// softwareLine is the line by which tools know an IOS.
func (r *Router) softwareLine() string {
	return fmt.Sprintf("Cisco IOS Software, %s, Version %s, RELEASE SOFTWARE (fc1)", r.release.software, r.release.full)
}

func showVersion(r *Router, c *cli.Call) error {
	v := r.release
	c.Println(r.softwareLine())
	c.Print("This is ioslab, an independent emulator; it is not a product of Cisco.\n\n")
	c.Printf("ROM: %s\n\n", v.rom)
	c.Printf("%s uptime is %s\n", r.Hostname(), uptimeWords(r.Uptime()))
	c.Print("System returned to ROM by " + r.restartReason + "\n")
	c.Printf("System image file is \"%s\"\n\n", v.image)
	c.Printf("%s with 249856K/12288K bytes of memory.\n", v.platform)
	c.Print("Processor board ID XXXXXXXXXXX\n")
	for _, k := range forwarding.Kinds() {
		n := 0
		for _, i := range r.stack.Interfaces() {
			if i.Name().Kind == k && k.Physical() {
				n++
			}
		}
		if n > 0 {
			c.Printf("%d %s interface%s\n", n, spaced(k.String()), plural(n))
		}
	}
	c.Printf("%dK bytes of NVRAM.\n\nConfiguration register is 0x2102\n\n", (nvramSize+1023)/1024)
	return nil
}

// spaced parts a name such as FastEthernet as a hardware list does.
func spaced(name string) string { return strings.Replace(name, "Ethernet", " Ethernet", 1) }

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// uptimeWords is a duration as `show version` has it: 1 week, 2 days, 3 hours,
// 4 minutes. The minutes are always there.
func uptimeWords(d time.Duration) string {
	minutes := int(d / time.Minute)
	var parts []string
	for _, u := range []struct {
		name    string
		minutes int
	}{{"year", 365 * 24 * 60}, {"week", 7 * 24 * 60}, {"day", 24 * 60}, {"hour", 60}, {"minute", 1}} {
		n := minutes / u.minutes
		minutes %= u.minutes
		if n > 0 || u.minutes == 1 {
			parts = append(parts, fmt.Sprintf("%d %s%s", n, u.name, plural(n)))
		}
	}
	return strings.Join(parts, ", ")
}

func showRunning(r *Router, c *cli.Call) error {
	text := r.RunningConfig()
	c.Print("Building configuration...\n\n")
	if c.Has("interface") {
		text = r.interfaceConfig(c.Value("interface").(forwarding.Name))
	}
	c.Printf("Current configuration : %d bytes\n%s\n", len(text), text)
	return nil
}
