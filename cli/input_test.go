package cli

import (
	"strings"
	"testing"
	"time"
)

// FuzzPaste pastes bytes at once, and in two pieces: what becomes of them is what becomes
// of them one by one.
func FuzzPaste(f *testing.F) {
	f.Add("enable\nconfigure terminal\r\nhostname R2\r\ninterface e0/0\nip address 10.0.0.1 255.255.255.0\nend\n", 30)
	f.Add(strings.Repeat("a line that is wider than the screen ", 4)+"\x01\x05\r\x10\x7f"+"x\r", 40)
	f.Add("show inv\x02\x02xx\x05y\x15\x19z\x1bbq\x16?\x1bqs\r", 3)
	f.Add("show ?\x15sho\tinv\x03show 第一 inv\r\xe7\xac show inv\rx\xe7a\r", 8)
	f.Add("ping 1.1.1.1\rshow inv\rsh\x1ex\x1eyow inv\r", 20)
	f.Add("terminal escape-character 120\rshow xxx\rping 1.1.1.1\rx show xinv\r", 50)
	f.Add("enable\rsecret\rabc?\r"+"copy run start\rb?\x7fc\rreload\rnshow lines 30\r qshow inv\r", 25)
	f.Add(strings.Repeat("0123456789", 420)+"\r", 4090)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		if len(text) > 5000 {
			return
		}
		cut = max(0, min(cut, len(text)))
		outcome := func(enter func(s *Session)) string {
			x := newTerminal(t, Options{})
			enter(x.s)
			x.clock.Pass(time.Minute)
			return x.out.String() + "|" + x.s.editor.Text() + "|" +
				strings.Join(x.s.histories[0].lines, "\n") + "|" + strings.Join(x.s.histories[1].lines, "\n")
		}
		want := outcome(func(s *Session) {
			for _, c := range []byte(text) {
				s.typeByte(typed{c, 0})
			}
			s.settle()
		})
		paste := func(pieces ...string) string {
			return outcome(func(s *Session) {
				for _, p := range pieces {
					s.Input([]byte(p))
				}
			})
		}
		if got := paste(text); got != want {
			t.Errorf("pasted %q\n got %q\nwant %q", text, got, want)
		}
		if got := paste(text[:cut], text[cut:]); got != want {
			t.Errorf("pasted %q in two pieces\n got %q\nwant %q", text, got, want)
		}
	})
}
