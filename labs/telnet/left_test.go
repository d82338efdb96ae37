package telnet

import (
	"io"
	"strings"
	"testing"

	"github.com/ioslab/ioslab/labs/console"
)

// TestPasteOfOneThatLeft: what a client pasted and left, each line of which waits for a
// name server, is stopped by Ctrl-C from any terminal at that line: what the keyboard
// holds, and what has still to come from the connection.
func TestPasteOfOneThatLeft(t *testing.T) {
	for name, lines := range map[string]int{"short": 300, "longer than the queue": 30000} {
		for _, where := range []string{"by telnet", "at the lab's own terminal"} {
			t.Run(name+", "+where, func(t *testing.T) {
				s := serve(t)
				left := s.dial(0)
				left.until("R1>")
				go func() {
					io.WriteString(left, strings.Repeat("nosuchword\r", lines))
					left.Close()
				}()
				other := s.dial(0)
				other.until("Translating")
				press := other.send
				if where != "by telnet" {
					k := make(chan *console.Keyboard, 1)
					s.loop.Do(func() { k <- console.NewKeyboard(s.lines[0], s.loop, console.Local, nil) })
					own := <-k
					press = func(text string) { s.loop.Do(func() { own.Type([]byte(text)) }) }
				}
				press("\x03") // takes back what waits
				press("\x1e") // breaks off what runs
				other.until("% Name lookup aborted\r\nR1>")
				press("show privilege\r")
				if shown := other.until("level is 1\r\nR1>"); strings.Contains(shown, "nosuchword") {
					t.Errorf("it goes on: %q", shown[:min(len(shown), 200)])
				}
			})
		}
	}
}
