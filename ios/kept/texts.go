package kept

import "strconv"

// A Text is a command that is kept with the text that follows it, up to a
// delimiter that may stand on a later line. No line of the text is a command.
type Text struct {
	Place   Place
	Mode    string // the key of the mode that it is typed in; "" is configuration itself
	Grammar string // with LINE:text where the delimiter stands that begins the text, and ends it
	End     string // the delimiter where the command names none, and the text begins on the next line
}

// Texts are the commands of IOS with a text that ioslab does not use.
var Texts = []Text{
	{Place: Switching, Grammar: "macro name WORD:name", End: "@"},
	{Place: Tail, Grammar: "banner ( incoming | prompt-timeout | slip-ppp ) LINE:text"},
	{Place: Tail, Grammar: "menu WORD:name ( title | prompt | item-separator ) LINE:text"},
	{Place: AAA, Grammar: "aaa authentication ( banner | fail-message ) LINE:text"},
	{Place: IP, Grammar: "ip ( auth-proxy | admission ) auth-proxy-banner ( http | ftp | telnet ) LINE:text"},
	{Mode: "config-isakmp-group", Grammar: "banner LINE:text"},
	{Mode: "config-ikev2-author-policy", Grammar: "banner LINE:text"},
	{Mode: "config-line kept", Grammar: "( vacant-message | refuse-message ) LINE:text"},
}

// LineTexts are those of a console or vty.
var LineTexts = []Text{
	{Grammar: "( vacant-message | refuse-message ) LINE:text"},
}

// SetText keeps a command with its text, in the place of one of the same key. The
// lines are printed as they are; the first begins with the command.
func (b *Block) SetText(key string, lines []string) error {
	l, err := b.put(key, lines[0])
	if err != nil {
		return err
	}
	l.verbatim = true
	l.remove(func(*Block) bool { return true })
	for n, text := range lines[1:] {
		if _, err := l.put(strconv.Itoa(n), text); err != nil {
			b.remove(func(o *Block) bool { return o == l })
			return err
		}
	}
	return nil
}
