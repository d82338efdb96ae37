package ios

import (
	"fmt"
	"strings"
	"time"

	"github.com/ioslab/ioslab/cli"
	"github.com/ioslab/ioslab/ios/logging"
)

var clockCommands = []cli.Command{
	{
		Modes: []string{modeConfig},
		Grammar: `
			clock             "Time of day"
			timezone          "Offset from UTC"
			WORD:zone         "name of time zone"
			HOURS:hours       "Hours offset from UTC"
			[ <0-59>:minutes  "Minutes offset from UTC" ]`,
		No: `clock timezone [ LINE:rest "Current values" ]`,
		Run: on(func(r *Router, c *cli.Call) error {
			hours := c.Value("hours").(int)
			minutes := c.Int("minutes")
			if hours < 0 {
				minutes = -minutes
			}
			setZone(r, c, time.FixedZone(c.Str("zone"), hours*3600+minutes*60))
			return nil
		}),
		Unset:    on(func(r *Router, c *cli.Call) error { setZone(r, c, time.UTC); return nil }),
		Examples: []string{"clock timezone CET 1", "clock timezone NST -3 30"},
		Standard: []string{"clock timezone UTC 0"},
	},
	{
		Modes: []string{modeExec}, Privilege: cli.PrivilegedLevel,
		Grammar: `
			clock             "Time of day"
			set               "Set date and time"
			hh:mm:ss:time     "Time of day, 24 hours"
			( <1-31>:day      "Day, from 1"
			  MONTH:month     "Month of the year"
			| MONTH:month     "Month of the year"
			  <1-31>:day      "Day, from 1" )
			<1993-2035>:year  "Year"`,
		Run: on(setClock),
	},
	{
		Modes: []string{modeExec}, Grammar: `show clock "Time of day" [ detail "With the source of the time" ]`,
		Run: on(func(r *Router, c *cli.Call) error {
			c.Print(r.clockText() + "\n")
			if c.Has("detail") {
				source := "No time source"
				if r.wall.set {
					source = "Time source is user configuration"
				}
				c.Println(source)
			}
			return nil
		}),
	},
}

func setClock(r *Router, c *cli.Call) error {
	at, err := time.Parse("15:04:05", c.Str("time"))
	if err != nil {
		return cli.InvalidAt("time")
	}
	t := time.Date(c.Int("year"), c.Value("month").(time.Month), c.Int("day"), at.Hour(), at.Minute(), at.Second(), 0, r.wall.zone)
	if t.Day() != c.Int("day") {
		return cli.InvalidAt("day") // the 31st of a shorter month
	}
	before := r.clockText()
	r.wall.offset, r.wall.set = t.Sub(Epoch)-r.Uptime(), true
	r.tellTimeRanges()
	r.clockUpdated(c, before)
	return nil
}

func setZone(r *Router, c *cli.Call, zone *time.Location) {
	before := r.clockText()
	r.wall.zone = zone
	r.tellTimeRanges()
	if !r.loading {
		r.clockUpdated(c, before)
	}
}

// clockUpdated logs that the clock shows another time than before.
func (r *Router) clockUpdated(c *cli.Call, before string) {
	r.log.Message("SYS", logging.Informational, "CLOCKUPDATE", fmt.Sprintf(
		"System clock has been updated from %s to %s, configured from console by %s.",
		strings.TrimPrefix(before, "*"), strings.TrimPrefix(r.clockText(), "*"), onConsole(c.Session)))
}

// clockText is the time of day as `show clock` has it.
func (r *Router) clockText() string {
	star := "*"
	if r.wall.set {
		star = ""
	}
	return star + r.Now().Format("15:04:05.000 MST Mon Jan 2 2006")
}

func printClock(r *Router, w *writer) {
	name, offset := r.Now().Zone()
	if offset == 0 && name == "UTC" {
		return
	}
	line := fmt.Sprintf("clock timezone %s %d", name, offset/3600)
	if m := offset / 60 % 60; m != 0 {
		line += fmt.Sprintf(" %d", max(m, -m))
	}
	w.line("%s", line)
}
