package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/logging"
)

// nvramSize is what `show startup-config` says of the NVRAM, in bytes.
const nvramSize = 57336

var nvramCommands = []cli.Command{
	privileged(`write [ memory "Save to NVRAM" ]`, save),
	privileged(`write terminal "Write to the terminal"`, showRunning),
	privileged(`write erase "Empty the NVRAM"`, eraseStartup),
	privileged(`erase "Empty a memory" ( startup-config "The startup configuration" | nvram: "The NVRAM" )`, eraseStartup),
	privileged(`copy running-config "From the running configuration" startup-config "To NVRAM"`, copyToStartup),
	privileged(`copy startup-config "From NVRAM" running-config "Into the running configuration"`, copyToRunning),
	privileged(`show
		running-config         "Current configuration"
		[ interface            "Of one interface"
		  INTERFACE:interface  "Interface" ]`, showRunning),
	keptExec(`show running-config interface KEPTINTERFACE:interface`, showKeptInterface),
	privileged(`show startup-config "Saved configuration"`, showStartup),
	privileged(`reload "Restart the router"`, reload),
}

// privileged is a row of privileged EXEC.
func privileged(grammar string, run handler) cli.Command {
	return cli.Command{Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel, Grammar: grammar, Run: on(run)}
}

// keptExec is a row of privileged EXEC for what is only kept.
func keptExec(grammar string, run handler) cli.Command {
	row := privileged(grammar, run)
	row.Kept = "An interface that is kept, without effect"
	return row
}

func save(r *Router, c *cli.Call) error {
	c.Print("Building configuration...\n")
	if err := r.NVRAM.Save([]byte(r.RunningConfig())); err != nil {
		c.Printf("%%Error opening nvram:/startup-config (%v)\n", err)
		return nil
	}
	r.config.modified = false
	c.Print("[OK]\n")
	if !r.NVRAM.Lasting() && !r.toldVolatile {
		r.toldVolatile = true
		c.Print("(This NVRAM lives as long as ioslab runs; `ioslab run --state DIR` keeps it.)\n")
	}
	return nil
}

func copyToStartup(r *Router, c *cli.Call) error {
	name, err := c.Ask("Destination filename [startup-config]? ")
	if err != nil {
		return nil
	}
	if name != "" && name != "startup-config" {
		c.Printf("%%Error opening nvram:/%s (No such file or directory)\n", name)
		return nil
	}
	return save(r, c)
}

func copyToRunning(r *Router, c *cli.Call) error {
	name, err := c.Ask("Destination filename [running-config]? ")
	if err != nil {
		return nil
	}
	if name != "" && name != "running-config" {
		c.Printf("%%Error opening system:/%s (No such file or directory)\n", name)
		return nil
	}
	startup, err := r.NVRAM.Load()
	if err != nil {
		return err
	}
	if startup == nil {
		c.Print("%% Non-volatile configuration memory is not present\n")
		return nil
	}
	started := r.Clock.Now()
	r.loadFromMemory(startup)
	seconds := max((r.Clock.Now() - started).Seconds(), 0.1)
	c.Printf("%d bytes copied in %.3f secs (%d bytes/sec)\n", len(startup), seconds, int(float64(len(startup))/seconds))
	return nil
}

func eraseStartup(r *Router, c *cli.Call) error {
	yes, err := c.Confirm("Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]")
	if err != nil {
		return nil
	}
	if !yes {
		c.Print("File system erase is not confirmed or Could not be completed\n")
		return nil
	}
	if err := r.NVRAM.Erase(); err != nil {
		c.Printf("%%Error erasing nvram (%v)\n", err)
		return nil
	}
	c.Print("[OK]\nErase of nvram: complete\n")
	r.log.Message("SYS", logging.Debugging, "NV_BLOCK_INIT", "Initialized the geometry of nvram")
	return nil
}

func showStartup(r *Router, c *cli.Call) error {
	startup, err := r.NVRAM.Load()
	if err != nil {
		return err
	}
	if startup == nil {
		c.Print("startup-config is not present\n")
		return nil
	}
	c.Printf("Using %d out of %d bytes\n%s\n", len(startup), nvramSize, startup)
	return nil
}

func reload(r *Router, c *cli.Call) error {
	if r.config.modified {
		answer, err := c.YesNo("\nSystem configuration has been modified. Save? [yes/no]: ")
		if err != nil {
			return nil
		}
		if answer {
			if err := save(r, c); err != nil {
				return err
			}
		}
	}
	yes, err := c.Confirm("Proceed with reload? [confirm]")
	if err != nil || !yes {
		return nil
	}
	r.log.Message("SYS", logging.Notifications, "RELOAD", "Reload requested by console. Reload Reason: Reload Command.")
	// The session that this command runs in ends with the system, unless there is
	// nothing to start from.
	var failed error
	err = c.Await(func(resume func()) func() {
		return r.Clock.After(0, func() {
			r.restartReason = "reload"
			if failed = r.restart(); failed != nil {
				resume()
			}
		})
	})
	if failed != nil {
		return refuse("%% Reload failed: %v", failed)
	}
	return err
}
