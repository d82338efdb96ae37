package telnet

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/ioslab/ioslab/labs/console"
	"github.com/ioslab/ioslab/labs/loop"
)

const (
	// cutoffGrace is how long a client that was cut off may keep its slot to read the reason.
	cutoffGrace = time.Minute
	// closeGrace is how long a client has to take the last word it is sent.
	closeGrace = 2 * time.Second
	// hangupGrace is how long it has to hang up when it has taken that.
	hangupGrace = 500 * time.Millisecond
	// chunk is how much is handed to the loop at once.
	chunk = 4096
	// pause is how long it takes until the room is checked again.
	pause = 5 * time.Millisecond
)

// What clients are told.
const (
	tooSlow = "\r\n[cut off: more than 1 MB of what the console printed was left unread]\r\n"
	tooMany = "[this console has %d terminals already]\r\n"
	ended   = "\r\n[the lab has ended]\r\n"
)

// A client is a terminal at a console.
type client struct {
	conn     net.Conn
	loop     *loop.Loop
	line     *console.Line
	protocol *Protocol         // used on the loop
	keyboard *console.Keyboard // the same
	out      *backlog

	once sync.Once
	over chan struct{} // closed when the client is to leave
}

func newClient(conn net.Conn, l *loop.Loop, line *console.Line) *client {
	c := &client{
		conn: conn, loop: l, line: line,
		protocol: NewProtocol(), out: newBacklog(), over: make(chan struct{}),
	}
	c.protocol.Present = c.present
	return c
}

// serve serves the client until it leaves or is told to.
func (c *client) serve() {
	var both sync.WaitGroup
	c.loop.Do(c.join) // before what it sends comes to the loop
	both.Go(c.send)
	both.Go(c.receive)
	both.Wait()
	c.conn.Close()
	c.loop.Do(func() { c.line.Leave(c); c.keyboard.Close() })
}

// end has the client told a last word and leave. It may be called from any goroutine.
func (c *client) end(word string, instead bool) {
	c.out.finish(word, instead)
	c.once.Do(func() { close(c.over) })
}

// within bounds the time in which all is over.
func (c *client) within(d time.Duration) { c.conn.SetDeadline(time.Now().Add(d)) }

// join puts the client on the line. It sees where it is and what stands in the
// cursor's line; other terminals do not notice.
func (c *client) join() {
	c.keyboard = console.NewKeyboard(c.line, c.loop, console.Remote, c.out.high)
	c.out.add(c.protocol.Greeting())
	text := "Connected to the console of " + c.line.Name + ".\r\n"
	row := c.line.Row()
	if len(row) == 0 {
		text += "Press RETURN to get a prompt.\r\n"
	}
	c.Show(append([]byte(text), row...))
	c.line.Join(c)
}

// present answers AYT.
func (c *client) present() []byte {
	kind := c.protocol.TerminalType()
	if kind == "" {
		kind = "of no type"
	}
	if width, height := c.Size(); width > 0 && height > 0 {
		kind += fmt.Sprintf(", %d columns, %d lines", width, height)
	}
	text := fmt.Sprintf("\r\n[%s is here; your terminal: %s; terminals at this console: %d]\r\n",
		c.line.Name, kind, c.line.Terminals())
	return append([]byte(text), c.line.Row()...)
}

// Show is for the line.
func (c *client) Show(b []byte) {
	if !c.out.add(c.protocol.Encode(nil, b)) {
		c.end(tooSlow, true) // it reads that when it reads again, if ever
		c.within(cutoffGrace)
		c.line.Leave(c)
	}
}

// Size is for the line.
func (c *client) Size() (width, height int) { return c.protocol.Size() }

// send sends what waits, as it comes.
func (c *client) send() {
	for range c.out.wake {
		for {
			b, over := c.out.take()
			if len(b) == 0 && !over {
				break
			}
			if _, err := c.conn.Write(b); err != nil || over {
				c.hangUp(err)
				return
			}
		}
	}
}

// hangUp has the receiver see the end. Were the connection closed while the client
// still sends, it would lose the last that it was sent: that side stays open for
// a moment.
func (c *client) hangUp(err error) {
	half, ok := c.conn.(interface{ CloseWrite() error })
	if err == nil && ok && half.CloseWrite() == nil {
		c.within(hangupGrace)
		return
	}
	c.end("", true)
	c.conn.Close()
}

// receive hands what the client sends to the loop, no faster than it is taken.
func (c *client) receive() {
	buffer := make([]byte, chunk)
	for {
		n, err := c.conn.Read(buffer)
		switch {
		case n > 0 && !c.hand(bytes.Clone(buffer[:n])):
			io.Copy(io.Discard, c.conn) // until closeGrace is over
			return
		case err != nil:
			if err == io.EOF {
				c.rest()
			}
			c.within(closeGrace)
			c.end("", false)
			return
		}
	}
}

// hand hands bytes to the loop and waits until there is room for more; false means
// that the client is to leave.
func (c *client) hand(b []byte) bool {
	room := make(chan struct{})
	c.loop.Do(func() {
		keys, reply := c.protocol.Receive(b)
		c.keyboard.Type(keys)
		c.line.Fit()
		c.out.add(reply)
		c.when(func() bool { return c.keyboard.Room() && !c.out.high() }, room)
	})
	return c.comes(room)
}

// rest waits until all that was typed has been done: a script may close its end
// when it has sent its last line, and read on.
func (c *client) rest() {
	idle := make(chan struct{})
	c.loop.Do(func() { c.when(c.keyboard.Idle, idle) })
	c.comes(idle)
}

// when closes a channel as soon as something is so, unless the client is to leave
// before.
func (c *client) when(is func() bool, closes chan<- struct{}) {
	select {
	case <-c.over:
	default:
		if is() {
			close(closes)
		} else {
			c.loop.After(pause, func() { c.when(is, closes) })
		}
	}
}

// comes waits for that; false means that the client is to leave.
func (c *client) comes(closed <-chan struct{}) bool {
	select {
	case <-closed:
		return true
	case <-c.over:
		return false
	}
}
