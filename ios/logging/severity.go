package logging

import "fmt"

// Severity is a syslog severity (RFC 5424, section 6.2.1), 0 the worst.
type Severity int

// The severities that routers use.
const (
	Emergencies Severity = iota
	Alerts
	Critical
	Errors
	Warnings
	Notifications
	Informational
	Debugging
)

var severityNames = [...]string{
	"emergencies", "alerts", "critical", "errors", "warnings",
	"notifications", "informational", "debugging",
}

// String is the keyword that configuration uses.
func (s Severity) String() string {
	if s < 0 || int(s) >= len(severityNames) {
		return fmt.Sprintf("severity %d", int(s))
	}
	return severityNames[s]
}
