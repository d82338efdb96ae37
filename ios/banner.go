package ios

import (
	"strings"

	"github.com/ioslab/ioslab/cli"
)

// banners are what a line shows: motd to everyone, login before the question
// for a password, exec after it.
type banners struct{ motd, login, exec string }

var bannerCommands = []cli.Command{
	bannerRow("motd", `"Message of the day"`, func(b *banners) *string { return &b.motd }),
	bannerRow("login", `"Text shown before the password prompt"`, func(b *banners) *string { return &b.login }),
	bannerRow("exec", `"Text shown after login"`, func(b *banners) *string { return &b.exec }),
}

func bannerRow(word, help string, field func(*banners) *string) cli.Command {
	return cli.Command{
		Modes:   []string{modeConfig},
		Grammar: "banner " + word + help + ` LINE:text "c text c, where c is a delimiting character"`,
		No:      cli.Optional,
		Run: on(func(r *Router, c *cli.Call) error {
			text, err := c.Delimited("text")
			if err == nil {
				*field(&r.config.banners) = text
			}
			return err
		}),
		Unset: on(func(r *Router, _ *cli.Call) error { *field(&r.config.banners) = ""; return nil }),
		Examples: []string{
			"banner " + word + " ^Cone line^C", "banner " + word + " #\nseveral\nlines\n#",
		},
	}
}

// bannerText is what a line of a configuration has from a banner's delimiter on,
// "" where it is not of a banner. That of a macro begins on the next line.
func bannerText(line string) string {
	if strings.HasPrefix(line, "macro name ") {
		return "@"
	}
	rest, ok := strings.CutPrefix(line, "banner ")
	if !ok {
		return ""
	}
	word, text, _ := strings.Cut(rest, " ")
	switch word {
	case "motd", "login", "exec", "incoming", "prompt-timeout", "slip-ppp":
		return text
	}
	return ""
}

func printBanners(r *Router, w *writer) {
	b := r.config.banners
	for _, x := range []struct{ word, text string }{{"exec", b.exec}, {"login", b.login}, {"motd", b.motd}} {
		if x.text != "" {
			d := bannerDelimiter(x.text)
			w.line("banner %s %s%s%s", x.word, d, x.text, d)
		}
	}
	if b != (banners{}) {
		w.bang()
	}
}

// bannerDelimiter is a delimiter that the text does not hold: Ctrl-C, which IOS
// writes as ^C, unless the text has just that in it.
func bannerDelimiter(text string) string {
	if !strings.ContainsAny(text, "\x03") && !strings.Contains(text, "^C") {
		return "^C"
	}
	for d := byte('!'); d <= '~'; d++ {
		if d != '^' && strings.IndexByte(text, d) < 0 {
			return string(d)
		}
	}
	return "^C"
}

// showBanner prints a banner on lines of its own, with its tokens filled in.
func (r *Router) showBanner(c *cli.Call, text string) {
	if text == "" {
		return
	}
	tokens := strings.NewReplacer("$(hostname)", r.config.hostname, "$(domain)", r.config.domain.name, "$(line)", "0")
	c.Print("\n" + strings.Trim(tokens.Replace(text), "\n") + "\n")
}
