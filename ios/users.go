package ios

import (
	"fmt"

	"github.com/ioslab/ioslab/cli"
)

// user is a `username`.
type user struct {
	name      string
	privilege int
	password  password
	secret    bool // given as `secret`: type 5
}

var userCommands = []cli.Command{{
	Modes: []string{modeConfig},
	Grammar: `
		username           "A user who may log in"
		WORD:name          "User name"
		[ privilege        "Privilege of the user"
		  <0-15>:level     "User privilege level" ]
		[ ( password       "A password"
		    [ ( 0          "The password follows as it is"
		      | 7          "An obscured password follows" ) ]
		    LINE:password  "The secret itself"
		  | secret         "A hashed password"
		    [ ( 0          "The secret follows as it is"
		      | 5          "A hashed secret follows" ) ]
		    LINE:text      "The secret"
		  | nopassword     "None" ) ]`,
	No:  `username WORD:name [ LINE:rest "Current values" ]`,
	Run: on(setUser),
	Unset: on(func(r *Router, c *cli.Call) error {
		for i, u := range r.config.users {
			if u.name == c.Str("name") {
				r.config.users = append(r.config.users[:i], r.config.users[i+1:]...)
				break
			}
		}
		return nil
	}),
	Examples: []string{"username admin privilege 15 password 0 cisco", "username bob", "username eve secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0"},
}}

func (r *Router) user(name string) *user {
	for i := range r.config.users {
		if r.config.users[i].name == name {
			return &r.config.users[i]
		}
	}
	return nil
}

func setUser(r *Router, c *cli.Call) error {
	u := r.user(c.Str("name"))
	if u == nil {
		r.config.users = append(r.config.users, user{name: c.Str("name"), privilege: 1})
		u = &r.config.users[len(r.config.users)-1]
	}
	if c.Has("level") {
		u.privilege = c.Int("level")
	}
	var err error
	switch {
	case c.Has("nopassword"):
		u.password, u.secret = password{}, false
	case c.Has("password"):
		u.secret = false
		if u.password, err = r.typedPassword(c.Which("0", "7"), c.Str("password")); err != nil {
			return refuse("Invalid encrypted password")
		}
	case c.Has("secret"):
		var p password
		if p, err = r.typedSecret(c); err == nil {
			u.password, u.secret = p, true
		}
	}
	return err
}

func printUsers(r *Router, w *writer) {
	for _, u := range r.config.users {
		line := "username " + u.name
		if u.privilege != 1 {
			line += fmt.Sprintf(" privilege %d", u.privilege)
		}
		switch {
		case u.secret:
			line += " secret " + u.password.config()
		case u.password.set():
			// Unlike a line's password, a user's bears its type when it is 0.
			line += fmt.Sprintf(" password %d %s", u.password.kind, u.password.text)
		}
		w.line("%s", line)
	}
	if len(r.config.users) > 0 {
		w.bang()
	}
}
