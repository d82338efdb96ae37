package ios

import (
	"errors"

	"github.com/ioslab/ioslab/cli"
)

var errBadPasswords = errors.New("% Bad passwords")

// login asks who is at the console, as `line con 0` says, and shows the banners.
func (r *Router) login(c *cli.Call) error {
	l := r.consoleLine()
	if l.login != noLogin {
		showBanner(c, r.config.banners.motd)
		showBanner(c, r.config.banners.login)
		if err := r.authenticate(c, l); err != nil {
			return err
		}
	} else {
		showBanner(c, r.config.banners.motd)
	}
	showBanner(c, r.config.banners.exec)
	return nil
}

func (r *Router) authenticate(c *cli.Call, l *line) error {
	c.Print("\nUser Access Verification\n\n")
	for range tries {
		if l.login == localLogin {
			name, err := c.Ask("Username: ")
			if err != nil {
				return err
			}
			typed, err := c.Password("Password: ")
			if err != nil {
				return err
			}
			if u := r.user(name); u != nil && (!u.password.set() || u.password.matches(typed)) {
				c.Session.SetPrivilege(max(u.privilege, cli.UserLevel))
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
