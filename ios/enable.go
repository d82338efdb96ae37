package ios

import (
	"fmt"
	"slices"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/kept"
)

// enablePasswords guard privileged EXEC; the secret wins.
type enablePasswords struct {
	secret, password password
	levels           []levelPassword // kept without effect: ioslab has the levels 1 and 15 only
}

// levelPassword is an `enable secret level` or `enable password level`.
type levelPassword struct {
	command  string // in full, up to the level
	password password
}

var enableCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `enable
			secret     "A hashed password for privileged EXEC"
			[ ( 0      "The password follows as it is"
			  | 5      "A hashed secret follows" ) ]
			LINE:text  "The secret"`,
		No:       "enable secret [ LINE:text ]",
		Run:      on(setEnableSecret),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.config.enable.secret = password{}; return nil }),
		Examples: []string{"enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `enable
			password   "A password for privileged EXEC"
			[ ( 0      "The password follows as it is"
			  | 7      "An obscured password follows" ) ]
			LINE:text  "The password"`,
		No: "enable password [ LINE:text ]",
		Run: on(func(r *Router, c *cli.Call) error {
			p, err := r.typedPassword(c.Which("0", "7"), c.Str("text"))
			if err != nil {
				return refuse("Invalid encrypted password")
			}
			r.config.enable.password = p
			return nil
		}),
		Unset:    on(func(r *Router, _ *cli.Call) error { r.config.enable.password = password{}; return nil }),
		Examples: []string{"enable password cisco"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `enable
			secret        "A hashed password for privileged EXEC"
			level         "Set exec level password"
			<1-15>:level  "Level number"
			[ ( 0         "The password follows as it is"
			  | 5         "A hashed secret follows" ) ]
			LINE:text     "The secret"`,
		No: "enable secret level <1-15>:level [ LINE:text ]",
		Run: on(func(r *Router, c *cli.Call) error {
			p, err := r.typedSecret(c)
			if err != nil {
				return err
			}
			return r.setLevel(c, "enable secret level", p, &r.config.enable.secret)
		}),
		Unset: on(func(r *Router, c *cli.Call) error {
			return r.unsetLevel(c, "enable secret level", &r.config.enable.secret)
		}),
		Examples: []string{"enable secret level 15 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0"},
	},
	{
		Modes: []string{modeConfig},
		Grammar: `enable
			password      "A password for privileged EXEC"
			level         "Set exec level password"
			<1-15>:level  "Level number"
			[ ( 0         "The password follows as it is"
			  | 7         "An obscured password follows" ) ]
			LINE:text     "The password"`,
		No: "enable password level <1-15>:level [ LINE:text ]",
		Run: on(func(r *Router, c *cli.Call) error {
			p, err := r.typedPassword(c.Which("0", "7"), c.Str("text"))
			if err != nil {
				return refuse("Invalid encrypted password")
			}
			return r.setLevel(c, "enable password level", p, &r.config.enable.password)
		}),
		Unset: on(func(r *Router, c *cli.Call) error {
			return r.unsetLevel(c, "enable password level", &r.config.enable.password)
		}),
		Examples: []string{"enable password level 15 cisco"},
	},
	{
		Modes: []string{modeExec}, Grammar: `enable "Go to privileged EXEC"`, Run: on(enable),
	},
	{
		Modes: []string{modeExec}, Grammar: `disable "Go back to user EXEC"`, Privilege: cli.PrivilegedLevel,
		Run: on(func(_ *Router, c *cli.Call) error { c.Session.SetPrivilege(cli.UserLevel); return nil }),
	},
}

func setEnableSecret(r *Router, c *cli.Call) error {
	p, err := r.typedSecret(c)
	if err == nil {
		r.config.enable.secret = p
	}
	return err
}

// setLevel sets the password of a level; that of level 15 is the one that guards
// privileged EXEC.
func (r *Router) setLevel(c *cli.Call, command string, p password, privileged *password) error {
	if c.Int("level") == cli.PrivilegedLevel {
		*privileged = p
		return nil
	}
	r.unsetLevel(c, command, privileged)
	r.config.enable.levels = append(r.config.enable.levels, levelPassword{fmt.Sprintf("%s %d", command, c.Int("level")), p})
	r.noteKept(c, command)
	return nil
}

// unsetLevel takes the password of a level back.
func (r *Router) unsetLevel(c *cli.Call, command string, privileged *password) error {
	if c.Int("level") == cli.PrivilegedLevel {
		*privileged = password{}
		return nil
	}
	r.config.enable.levels = slices.DeleteFunc(r.config.enable.levels, func(l levelPassword) bool {
		return l.command == fmt.Sprintf("%s %d", command, c.Int("level"))
	})
	return nil
}

// tries is how often a password is asked for.
const tries = 3

// enable asks for the secret, or the password where there is no secret; on a
// console with neither it lets everyone in.
func enable(r *Router, c *cli.Call) error {
	p := r.config.enable.secret
	if !p.set() {
		p = r.config.enable.password
	}
	if !p.set() {
		c.Session.SetPrivilege(cli.PrivilegedLevel)
		return nil
	}
	for range tries {
		typed, err := c.Password("Password: ")
		if err != nil {
			return nil
		}
		if p.matches(typed) {
			c.Session.SetPrivilege(cli.PrivilegedLevel)
			return nil
		}
	}
	c.Print("% Bad secrets\n\n")
	return nil
}

func printEnable(r *Router, w *writer) {
	e := r.config.enable
	if e.secret.set() {
		w.line("enable secret %s", e.secret.config())
	}
	if e.password.set() {
		w.line("enable password %s", e.password.config())
	}
	for _, l := range e.levels {
		w.line("%s %s", l.command, l.password.config())
	}
	if e.secret.set() || e.password.set() || len(e.levels) > 0 {
		w.bang()
	}
	if r.config.kept.At(kept.AAA).Find("aaa new-model") == nil {
		w.line("no aaa new-model")
	}
	w.bang()
}
