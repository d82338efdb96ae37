package ios

import (
	"regexp"
	"strings"

	"github.com/ioslab/ioslab/cli"
)

// formType is a word of a certain form, in a command that is kept.
type formType struct {
	form *regexp.Regexp
	help string
}

func wordOf(form, help string) formType {
	return formType{regexp.MustCompile("^(?i:" + form + ")$"), help}
}

// Match accepts a word of the form.
func (t formType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	if !t.form.MatchString(words[0]) {
		return 0, false, false, 0
	}
	return 1, true, true, len(words[0])
}

// Help is what may be typed.
func (t formType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: t.help}} }

// transformsType is the transforms of a transform set, those that are built and
// those that are not.
type transformsType struct{}

var transformWord = regexp.MustCompile(`^(?i:esp-(null|seal|des|3des|aes|gcm|gmac|(md5|sha|sha256|sha384|sha512)-hmac)|ah-(md5|sha|sha256|sha384|sha512)-hmac|comp-lzs|128|192|256)$`)

// Match accepts the rest of the line, if it is made of transforms.
func (transformsType) Match(_ any, words []string) (n int, ok, partial bool, bad int) {
	for i, w := range words {
		if !transformWord.MatchString(w) {
			return 0, false, false, offsetIn(words, i, 0)
		}
	}
	return len(words), true, true, len(strings.Join(words, " "))
}

// Help is what may be typed.
func (transformsType) Help() []cli.HelpEntry { return []cli.HelpEntry{{Text: "LINE"}} }
