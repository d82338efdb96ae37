package ios

import (
	"errors"

	"github.com/ioslab/ioslab/cli"
)

var errBadPasswords = errors.New("% Bad passwords")

// login asks who is at the console, as `line con 0` says, and shows the banners.
func (r *Router) login(c *cli.Call) error {
	l := r.consoleLine()
	c.Session.User = ""
	if l.asks() {
		r.showBanner(c, r.config.banners.motd)
		r.showBanner(c, r.config.banners.login)
		if err := r.authenticate(c, l); err != nil {
			return err
		}
	} else {
		r.showBanner(c, r.config.banners.motd)
	}
	r.showBanner(c, r.config.banners.exec)
	return nil
}

// askName asks until something is typed.
func askName(c *cli.Call) (name string, err error) {
	for name == "" && err == nil {
		name, err = c.Ask("Username: ")
	}
	return name, err
}

func (r *Router) authenticate(c *cli.Call, l *line) error {
	c.Print("\nUser Access Verification\n\n")
	for range tries {
		if l.login == localLogin {
			name, err := askName(c)
			if err != nil {
				return err
			}
			typed, err := c.Password("Password: ")
			if err != nil {
				return err
			}
			if u := r.user(name); u != nil && (!u.password.set() || u.password.matches(typed)) {
				c.Session.SetPrivilege(max(u.privilege, cli.UserLevel))
				c.Session.User = name
				return nil
			}
			c.Print("% Login invalid\n\n")
			continue
		}
		typed, err := c.Password("Password: ")
		if err != nil {
			return err
		}
		if l.password.set() && l.password.matches(typed) {
			return nil
		}
	}
	if l.login == lineLogin {
		c.Print("% Bad passwords\n")
	}
	return errBadPasswords
}
