package ios

import (
	"errors"
	"time"

	"github.com/ioslab/ioslab/acl"
	"github.com/ioslab/ioslab/cli"
)

const modeTimeRange = "config-time-range"

var timeRangeCommands = []cli.Command{
	{
		Modes:   []string{modeConfig},
		Grammar: `time-range "When entries of access lists count" WORD:name "Time range name"`,
		Header:  true, Run: on(enterTimeRange), Unset: on(removeTimeRange),
		Examples: []string{"time-range HOURS"},
	},
	{
		Modes: []string{modeTimeRange},
		Grammar: `
			absolute            "Bounds of the range"
			{ start             "The first minute"
			  HH:MM:from        "Time of day"
			  <1-31>:fromday    "Day of the month"
			  MONTH:frommonth   "Month of the year"
			  <1993-2035>:fromyear  "Year"
			| end               "The last minute"
			  HH:MM:to          "Time of day"
			  <1-31>:today      "Day of the month"
			  MONTH:tomonth     "Month of the year"
			  <1993-2035>:toyear  "Year" }`,
		No:  `absolute [ LINE:rest "Current values" ]`,
		Run: on(setAbsolute), Unset: on(unsetAbsolute),
		Examples: []string{
			"absolute start 08:00 01 October 2026", "absolute end 18:00 30 December 2026",
			"absolute start 08:00 01 October 2026 end 18:00 30 December 2026",
		},
	},
	{
		Modes: []string{modeTimeRange},
		Grammar: `
			periodic        "A period that comes again each week"
			DAYS:days       "Days on which it begins"
			HH:MM:from      "Time of day at which it begins"
			to              "Its end"
			[ DAY:until     "Day on which it ends" ]
			HH:MM:to        "Its last minute"`,
		Run: on(changePeriod((*acl.TimeRange).Add)), Unset: on(changePeriod((*acl.TimeRange).Remove)),
		Examples: []string{
			"periodic weekdays 8:00 to 17:00", "periodic daily 22:00 to 6:00", "periodic Monday Wednesday 9:30 to 11:00",
			"periodic Friday 18:00 to Monday 7:00",
		},
	},
	{
		Modes: []string{modeExec}, Grammar: `show time-range "Time ranges" [ WORD:name "Time range name" ]`,
		Run: on(showTimeRanges),
	},
}

var errTimeOrder = errors.New("% The end time must be later than the start time")

// timeRange is the data of a time range's own mode: the range may be removed,
// and made anew, while someone is in its mode.
type timeRange string

func enterTimeRange(r *Router, c *cli.Call) error {
	name := c.Str("name")
	r.lists.TimeRanges.Open(name)
	c.Enter(modeTimeRange, timeRange(name))
	return nil
}

func removeTimeRange(r *Router, c *cli.Call) error {
	r.lists.TimeRanges.Delete(c.Str("name"))
	r.tellTimeRanges()
	return nil
}

func openTimeRange(r *Router, c *cli.Call) *acl.TimeRange {
	return r.lists.TimeRanges.Open(string(c.Data().(timeRange)))
}

func setAbsolute(r *Router, c *cli.Call) error {
	var bounds [2]time.Time
	for i, which := range []struct{ word, at string }{{"start", "from"}, {"end", "to"}} {
		if !c.Has(which.word) {
			continue
		}
		day := c.Int(which.at + "day")
		bounds[i] = time.Date(c.Int(which.at+"year"), c.Value(which.at+"month").(time.Month), day,
			0, c.Value(which.at).(int), 0, 0, time.UTC)
		if bounds[i].Day() != day {
			return cli.InvalidAt(which.at + "day") // the 31st of a shorter month
		}
	}
	if c.Has("start") && c.Has("end") && !bounds[0].Before(bounds[1]) {
		return errTimeOrder
	}
	t := openTimeRange(r, c)
	t.Start, t.End = bounds[0], bounds[1]
	r.tellTimeRanges()
	return nil
}

func unsetAbsolute(r *Router, c *cli.Call) error {
	t := openTimeRange(r, c)
	t.Start, t.End = time.Time{}, time.Time{}
	r.tellTimeRanges()
	return nil
}

func changePeriod(change func(*acl.TimeRange, acl.Period)) handler {
	return func(r *Router, c *cli.Call) error {
		p := acl.Period{Days: c.Value("days").(acl.Days), From: c.Value("from").(int), To: c.Value("to").(int)}
		if c.Has("until") {
			p.Until = c.Value("until").(acl.Days)
		}
		change(openTimeRange(r, c), p)
		r.tellTimeRanges()
		return nil
	}
}

// tellTimeRanges tells the time ranges what time it is: when they or the clock
// have been changed, and whenever one of them begins or ends.
func (r *Router) tellTimeRanges() {
	if r.stopTimeRanges != nil {
		r.stopTimeRanges()
		r.stopTimeRanges = nil
	}
	if wait, ok := r.lists.TimeRanges.Tell(r.Now()); ok {
		r.stopTimeRanges = r.bootClock().After(wait, r.tellTimeRanges)
	}
}

func printTimeRanges(r *Router, w *writer) {
	all := r.lists.TimeRanges.All()
	for _, t := range all {
		w.line("time-range %s", t.Name())
		for _, line := range t.Lines() {
			w.line(" %s", line)
		}
		w.bang()
	}
}

func showTimeRanges(r *Router, c *cli.Call) error {
	for _, t := range r.lists.TimeRanges.All() {
		if c.Has("name") && t.Name() != c.Str("name") {
			continue
		}
		c.Printf("time-range entry: %s %s\n", t.Name(), acl.ActiveText(t.Active()))
		for _, line := range t.Lines() {
			c.Printf("   %s\n", line)
		}
		for range t.Uses() {
			c.Println("   used in: IP ACL entry")
		}
	}
	return nil
}
