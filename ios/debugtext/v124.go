package debugtext

import (
	"fmt"

	"github.com/ioslab/ioslab/isakmp"
)

// V124 is 12.4 mainline, the dialect A of the reference trace.
var V124 = &Table{version: "12.4", isakmp: render124, syslog: syslog124}

// render124 asks one file a subject until one of them knows the event.
func render124(e isakmp.Event) []Line {
	for _, words := range []func(isakmp.Event) []Line{
		policy124, mainMode124, quickMode124, informational124, machine124, table124, syslog124,
	} {
		if lines := words(e); lines != nil {
			return lines
		}
	}
	return nil
}

// bare lines belong to no SA, or do not say to which.
func bare(format string, args ...any) []Line {
	return []Line{{Class: ISAKMP, Text: fmt.Sprintf(format, args...)}}
}

// general is the prefix of most lines: an SA, its engine (software) and number.
func general(sa isakmp.SARef, format string, args ...any) []Line {
	prefix := "ISAKMP:(0:0:N/A:0):"
	if sa.Conn != 0 {
		prefix = fmt.Sprintf("ISAKMP:(0:%d:SW:1):", sa.Conn)
	}
	return bare("%s%s", prefix, fmt.Sprintf(format, args...))
}

// conn32 is a connection id with the engine in its upper bits: 1 is software.
func conn32(conn int) int { return 1<<27 + conn }

// packet is the prefix of lines about packets, identities and counters.
func packet(sa isakmp.SARef, format string, args ...any) []Line {
	number := 0
	if sa.Conn != 0 {
		number = conn32(sa.Conn)
	}
	return bare("ISAKMP (0:%d): %s", number, fmt.Sprintf(format, args...))
}

// label pads QM_IDLE to 13 columns, as IOS does; the others stand alone.
func label(l isakmp.Label) string {
	if l == isakmp.LabelQMIdle {
		return "QM_IDLE      "
	}
	return string(l)
}

// messageID is printed signed.
func messageID(id uint32) int32 { return int32(id) }
