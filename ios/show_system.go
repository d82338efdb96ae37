package ios

import (
	"fmt"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/forwarding"
	"github.com/ioslab/ioslab/ios/showtext"
)

var showSystemCommands = []cli.Command{{
	Modes: []string{modeExec}, Grammar: `show version "The router and its software"`, Run: on(showVersion),
}}

// softwareLine is the line by which tools know an IOS.
func (r *Router) softwareLine() string {
	return fmt.Sprintf("Cisco IOS Software, %s, Version %s, RELEASE SOFTWARE (fc1)", r.release.software, r.release.full)
}

func showVersion(r *Router, c *cli.Call) error {
	view := showtext.System{
		Hostname: r.Hostname(), Software: r.softwareLine(), ROM: r.release.rom, Image: r.release.image, Platform: r.release.platform,
		Uptime: r.Uptime(), Restarted: r.restartReason, NVRAM: nvramSize,
	}
	for _, k := range forwarding.Kinds() {
		n := 0
		for _, i := range r.stack.Interfaces() {
			if i.Name().Kind == k && k.Physical() {
				n++
			}
		}
		if n > 0 {
			view.Ports = append(view.Ports, showtext.Ports{Kind: k.String(), Count: n})
		}
	}
	c.Print(r.release.show.Version.Text(view))
	return nil
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
