package ios

import (
	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/kept"
)

// enablePasswords guard privileged EXEC; the secret wins.
type enablePasswords struct{ secret, password password }

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
		Modes: []string{modeExec}, Grammar: `enable "Go to privileged EXEC"`, Run: on(enable),
	},
	{
		Modes: []string{modeExec}, Grammar: `disable "Go back to user EXEC"`, Privilege: cli.PrivilegedLevel,
		Run: on(func(_ *Router, c *cli.Call) error { c.Session.SetPrivilege(cli.UserLevel); return nil }),
	},
}

func setEnableSecret(r *Router, c *cli.Call) error {
	text := c.Str("text")
	if c.Has("5") {
		if !valid5(text) {
			return refuse("ERROR: The secret you entered is not a valid encrypted secret.")
		}
		r.config.enable.secret = password{5, text}
		return nil
	}
	p, err := r.hash5(text)
	r.config.enable.secret = p
	return err
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
	if e.secret.set() || e.password.set() {
		w.bang()
	}
	if r.config.kept.At(kept.AAA).Find("aaa new-model") == nil {
		w.line("no aaa new-model")
	}
	w.bang()
}
