package logging

import (
	"fmt"
	"time"
)

// lineCost is what a 12.4 router spends on a record that reaches the console:
// the stamps of the reference trace advance 1.3 ms a line on average.
const lineCost = 1300 * time.Microsecond

// Destination is one place where records go, with what is configured of it.
type Destination struct {
	On     bool
	Level  Severity
	Logged int // records sent there since boot
}

// Record is one message of the log.
type Record struct {
	Severity Severity
	// Text is what is shown, with its stamp. It may have several lines.
	Text string
	// Event is the serial number of the event that it tells of, 0 where it tells of
	// none.
	Event uint64
}

// Env is what a Logger needs of its router.
type Env struct {
	Time    func() Time
	Spend   func(time.Duration)
	Console func(record string) // shows a record on the console
	Emit    func(Record)        // is told of each record
}

// Config is what `logging` and `service` commands set.
type Config struct {
	On         bool // `logging on`; without it only the console is served
	Console    Destination
	Monitor    Destination
	Buffer     Destination
	BufferSize int // bytes
	Trap       Severity
	Debug, Log Stamp
	Sequence   bool // `service sequence-numbers`
}

// DefaultBufferSize is the size of the log buffer in bytes unless configured.
const DefaultBufferSize = 4096

// DefaultConfig is what a router has with nothing configured.
func DefaultConfig() Config {
	all := Destination{On: true, Level: Debugging}
	return Config{
		On: true, Console: all, Monitor: all, Buffer: all, BufferSize: DefaultBufferSize,
		Trap: Informational, Debug: DefaultStamp, Log: DefaultStamp,
	}
}

// Logger is the log of one router. It is used on the lab's loop only.
type Logger struct {
	Config
	env     Env
	buffer  buffer
	counter int
}

// New returns a Logger with the default configuration.
func New(env Env) *Logger { return &Logger{Config: DefaultConfig(), env: env} }

// Message logs %FACILITY-severity-MNEMONIC: text.
func (l *Logger) Message(facility string, severity Severity, mnemonic, text string) {
	l.Tell(Record{Severity: severity, Text: fmt.Sprintf("%%%s-%d-%s: %s", facility, severity, mnemonic, text)})
}

// Tell logs a message, whose Text has no stamp yet.
func (l *Logger) Tell(r Record) { l.record(l.Log, r) }

// Show logs a record of debug, whose Text has no stamp yet.
func (l *Logger) Show(r Record) {
	r.Severity = Debugging
	l.record(l.Debug, r)
}

func (l *Logger) record(stamp Stamp, r Record) {
	r.Text = stamp.Format(l.env.Time()) + r.Text
	l.counter++
	if l.Sequence {
		r.Text = fmt.Sprintf("%06d: %s", l.counter, r.Text)
	}
	l.env.Emit(r)
	toConsole := l.Console.takes(r.Severity)
	if toConsole {
		l.Console.Logged++
	}
	if l.On && l.Buffer.takes(r.Severity) {
		l.Buffer.Logged++
		l.buffer.add(r, l.BufferSize)
	}
	if toConsole {
		l.env.Spend(lineCost)
		l.env.Console(r.Text)
	}
}

// takes reports whether a record of that severity goes to d.
func (d *Destination) takes(severity Severity) bool {
	return d.On && severity <= d.Level
}

// Buffered returns the records in the buffer, oldest first.
func (l *Logger) Buffered() []Record { return l.buffer.records }

// Total is the number of records since boot.
func (l *Logger) Total() int { return l.counter }

// ClearBuffer empties the buffer: `clear logging`.
func (l *Logger) ClearBuffer() { l.buffer.clear() }

// SetBufferSize changes the buffer's size in bytes. As on IOS, its content is
// given up.
func (l *Logger) SetBufferSize(n int) {
	if n != l.BufferSize {
		l.BufferSize = n
		l.buffer.clear()
	}
}
