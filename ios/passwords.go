package ios

import (
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/GehirnInc/crypt/md5_crypt"
	"github.com/ioslab/ioslab/cli"
)

// password is a password as the configuration keeps it.
type password struct {
	kind int    // 0 in clear, 5 hashed, 7 obscured; 4, 8 and 9 hashed in ways that ioslab lacks
	text string // as the configuration shows it
}

// set reports whether there is a password.
func (p password) set() bool { return p.text != "" }

// config is the password's part of a configuration line.
func (p password) config() string {
	if p.kind == 0 && !looksTyped(p.text) {
		return p.text
	}
	return fmt.Sprintf("%d %s", p.kind, p.text)
}

// looksTyped reports whether a password in clear could be taken for the type of one.
func looksTyped(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	return first == "0" || first == "7"
}

// matches reports whether a typed word is the password.
func (p password) matches(typed string) bool {
	switch p.kind {
	case 5:
		return md5_crypt.New().Verify(p.text, []byte(typed)) == nil
	case 7:
		clear, err := reveal7(p.text)
		return err == nil && clear == typed
	case 4, 8, 9:
		return false
	}
	return p.text == typed
}

// hash5 hashes a password as `enable secret` does: the MD5 crypt of Unix with
// a salt of four characters.
func (r *Router) hash5(clear string) (password, error) {
	const alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	salt := make([]byte, 4)
	if _, err := io.ReadFull(r.secrets, salt); err != nil {
		return password{}, err
	}
	for i, b := range salt {
		salt[i] = alphabet[b%64]
	}
	text, err := md5_crypt.New().Generate([]byte(clear), append([]byte("$1$"), salt...))
	return password{5, text}, err
}

// valid5 reports whether a text can be a hash of type 5.
func valid5(text string) bool {
	return strings.HasPrefix(text, "$1$") && strings.Count(text, "$") == 3 && len(text) <= 34
}

// laterSecret is a secret with the type of its hash, of those that releases after
// 12.4 have.
var laterSecret = regexp.MustCompile(`^(4) ([./0-9A-Za-z]+)$|^(8) (\$8\$\S+)$|^(9) (\$9\$\S+)$`)

// typedSecret reads `[TYPE] LINE:text` of a command that sets a secret. The hash of a
// type that ioslab lacks is kept as it is, and no password matches it.
func (r *Router) typedSecret(c *cli.Call) (password, error) {
	text := c.Str("text")
	kind, hash, typed := strings.Cut(text, " ")
	switch {
	case c.Has("5") && valid5(text):
		return password{5, text}, nil
	case !c.Has("5") && (c.Has("0") || !typed || len(kind) > 1 || kind < "0" || kind > "9"):
		return r.hash5(text)
	case c.Has("5") || !laterSecret.MatchString(text):
		return password{}, refuse("ERROR: The secret you entered is not a valid encrypted secret.")
	}
	r.noteUncheckable(c, kind)
	return password{int(kind[0] - '0'), hash}, nil
}

// noteUncheckable says that no password will match a secret.
func (r *Router) noteUncheckable(c *cli.Call, kind string) {
	const words = "no password matches it, for ioslab cannot check hashes of this type"
	if r.loading {
		r.keptLines++
		r.keptNote = words
		return
	}
	c.Printf("[ioslab] secret %s is kept, and %s\n", kind, words)
}

// key7 is the well-known key with which type 7 obscures passwords. It hides
// them from a glance over the shoulder and from nothing else.
const key7 = "dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"

// hide7 obscures a password.
func (r *Router) hide7(clear string) password {
	var b [1]byte
	io.ReadFull(r.secrets, b[:]) // an exhausted source leaves offset 0, which hides as little
	offset := int(b[0] % 16)
	text := fmt.Sprintf("%02d", offset)
	for i := range len(clear) {
		text += fmt.Sprintf("%02X", clear[i]^key7[(offset+i)%len(key7)])
	}
	return password{7, text}
}

// reveal7 is the reverse of hide7.
func reveal7(text string) (string, error) {
	if len(text) < 2 {
		return "", fmt.Errorf("%q is no type 7 password", text)
	}
	offset, err := strconv.Atoi(text[:2])
	if err != nil || offset < 0 || offset > 15 {
		return "", fmt.Errorf("%q is no type 7 password", text)
	}
	clear, err := hex.DecodeString(text[2:])
	if err != nil {
		return "", fmt.Errorf("%q is no type 7 password", text)
	}
	for i := range clear {
		clear[i] ^= key7[(offset+i)%len(key7)]
	}
	return string(clear), nil
}

// typedPassword reads `[0|7] WORD` from a command, obscured where `service
// password-encryption` asks for it.
func (r *Router) typedPassword(kind, text string) (password, error) {
	p := password{0, text}
	if kind == "7" {
		if _, err := reveal7(text); err != nil {
			return p, err
		}
		p.kind = 7
	}
	return r.obscured(p), nil
}

func (r *Router) obscured(p password) password {
	if p.kind == 0 && p.set() && r.config.services.passwordEncryption {
		return r.hide7(p.text)
	}
	return p
}

// encryptPasswords obscures what stands in clear in the configuration.
func (r *Router) encryptPasswords() {
	r.config.enable.password = r.obscured(r.config.enable.password)
	for i := range r.config.enable.levels {
		r.config.enable.levels[i].password = r.obscured(r.config.enable.levels[i].password)
	}
	for i := range r.config.users {
		r.config.users[i].password = r.obscured(r.config.users[i].password)
	}
	for i := range r.config.lines {
		r.config.lines[i].password = r.obscured(r.config.lines[i].password)
	}
}
