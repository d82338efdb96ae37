package cli

import "time"

// A Device is what a shell asks of what it is a console of.
type Device interface {
	Hostname() string
	// LeftConfig is told when a session has gone back from configuration
	// to EXEC; the new prompt is on the screen already.
	LeftConfig(s *Session)
	// UnknownExec is a line in EXEC whose first word no command begins
	// with: IOS takes it as the name of a host to connect to. See
	// Call.HostPort and InvalidInput.
	UnknownExec(c *Call) error
}

// A Clock is the event loop's clock, as far as a session needs it.
type Clock interface {
	Now() time.Duration
	After(d time.Duration, f func()) (stop func())
}
