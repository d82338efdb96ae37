package logging

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func testLogger(now *Time, console *[]string, spent *time.Duration) *Logger {
	return New(Env{
		Time:    func() Time { return *now },
		Spend:   func(d time.Duration) { *spent += d },
		Console: func(r string) { *console = append(*console, r) },
		Emit:    func(Record) {},
	})
}

func TestStamps(t *testing.T) {
	clock := time.Date(2002, 3, 1, 0, 1, 43, 499e6, time.FixedZone("CET", 3600))
	at := Time{Uptime: 26*time.Hour + 3*time.Minute, Clock: clock}
	set := at
	set.Set = true
	for _, c := range []struct {
		name  string
		stamp Stamp
		at    Time
		want  string
	}{
		{"default", DefaultStamp, at, "*Feb 28 23:01:43.499: "},
		{"set", DefaultStamp, set, "Feb 28 23:01:43.499: "},
		{"local zone year", Stamp{Kind: Datetime, Local: true, ShowZone: true, Year: true}, set, "Mar  1 2002 00:01:43 CET: "},
		{"uptime", Stamp{Kind: Uptime}, at, "1d02h: "},
		{"none", Stamp{}, at, ""},
	} {
		if got := c.stamp.Format(c.at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFormatUptime(t *testing.T) {
	for d, want := range map[time.Duration]string{
		522 * time.Second:      "00:08:42",
		50 * time.Hour:         "2d02h",
		9 * 24 * time.Hour:     "1w2d",
		400 * 24 * time.Hour:   "1y05w",
		23*time.Hour + 59*60e9: "23:59:00",
	} {
		if got := FormatUptime(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestDestinationsFilterBySeverity(t *testing.T) {
	var now Time
	var console []string
	var spent time.Duration
	l := testLogger(&now, &console, &spent)
	l.Log, l.Debug = Stamp{}, Stamp{}
	l.Console.Level = Warnings
	l.Message("SYS", Notifications, "CONFIG_I", "Configured from console by console")
	l.Message("LINK", Errors, "UPDOWN", "Interface Serial0/0, changed state to up")
	l.Show(Record{Text: "a debug line"})
	if got := strings.Join(console, "|"); got != "%LINK-3-UPDOWN: Interface Serial0/0, changed state to up" {
		t.Errorf("console: %q", got)
	}
	if len(l.Buffered()) != 3 || l.Buffer.Logged != 3 || l.Console.Logged != 1 || l.Total() != 3 {
		t.Errorf("buffer %v, counts %d %d %d", l.Buffered(), l.Buffer.Logged, l.Console.Logged, l.Total())
	}
	if spent != lineCost {
		t.Errorf("spent %v, want one line", spent)
	}
	l.On = false
	l.Message("SYS", Alerts, "X", "y")
	if len(console) != 2 || len(l.Buffered()) != 3 {
		t.Error("no logging on: only the console must get the record")
	}
}

func TestBufferKeepsTheNewest(t *testing.T) {
	var now Time
	var console []string
	var spent time.Duration
	l := testLogger(&now, &console, &spent)
	l.Debug = Stamp{}
	l.SetBufferSize(20)
	for _, s := range []string{"first record", "second", "third"} {
		l.Show(Record{Text: s})
	}
	if got := l.Buffered(); len(got) != 2 || got[0].Text != "second" || got[1].Text != "third" {
		t.Errorf("kept %+v", got)
	}
	l.SetBufferSize(30)
	if len(l.Buffered()) != 0 {
		t.Error("a new size must clear the buffer")
	}
	l.Show(Record{Text: "x"})
	l.ClearBuffer()
	if len(l.Buffered()) != 0 {
		t.Error("clear logging left records")
	}
}

func TestSequenceNumbersAndSeverityNames(t *testing.T) {
	var now Time
	var console []string
	var spent time.Duration
	l := testLogger(&now, &console, &spent)
	l.Debug, l.Sequence = Stamp{}, true
	l.Show(Record{Text: "x"})
	if console[0] != "000001: x" {
		t.Errorf("got %q", console[0])
	}
	if Emergencies.String() != "emergencies" || Debugging.String() != "debugging" || Severity(9).String() != "severity 9" {
		t.Error("names of severities")
	}
}

// TestRecordsLeadBackToTheirEvents: also those in the buffer.
func TestRecordsLeadBackToTheirEvents(t *testing.T) {
	var told []Record
	l := New(Env{
		Time: func() Time { return Time{} }, Spend: func(time.Duration) {}, Console: func(string) {},
		Emit: func(r Record) { told = append(told, r) },
	})
	l.Log, l.Debug = Stamp{}, Stamp{}
	l.Tell(Record{Severity: Warnings, Text: "a", Event: 7})
	l.Show(Record{Text: "b", Event: 8})
	l.Message("SYS", Notifications, "CONFIG_I", "c")
	want := []Record{{Warnings, "a", 7}, {Debugging, "b", 8}, {Notifications, "%SYS-5-CONFIG_I: c", 0}}
	if !slices.Equal(told, want) || !slices.Equal(l.Buffered(), want) {
		t.Errorf("told %+v, kept %+v", told, l.Buffered())
	}
}
