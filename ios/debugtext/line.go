package debugtext

import "fmt"

// Class says who hears a line.
type Class int

// Classes.
const (
	IPsec  Class = iota // debug crypto ipsec
	Syslog              // always, through the log
)

// Line is one record: one time stamp, then Text, whose continuation lines
// follow "\n". A phase 1 state line ends in " \n": a blank and an empty line.
type Line struct {
	Class Class
	Text  string
	// Of a syslog message, whose Text starts with %CRYPTO-4-IKMP_NO_SA: ...
	Facility string
	Severity int
	Mnemonic string
}

func syslog(severity int, mnemonic, format string, args ...any) Line {
	return Line{
		Class:    Syslog,
		Text:     fmt.Sprintf("%%CRYPTO-%d-%s: ", severity, mnemonic) + fmt.Sprintf(format, args...),
		Facility: "CRYPTO",
		Severity: severity,
		Mnemonic: mnemonic,
	}
}
