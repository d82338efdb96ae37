package link

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Property of a link that can be set.
type Property uint8

// The properties of a link.
const (
	Delay  Property = 1 << iota // one way
	Jitter                      // the delay varies by so much up and down
	Loss                        // part of the frames that get lost
	Rate                        // bits per second
	State                       // up or down
)

var properties = []struct {
	property Property
	name     string
	form     string
	parse    func(s *Settings, value string) error
}{
	{Delay, "delay", "a duration such as 50ms", func(s *Settings, v string) (err error) {
		s.Delay, err = parseDuration(v)
		return err
	}},
	{Jitter, "jitter", "a duration such as 5ms", func(s *Settings, v string) (err error) {
		s.Jitter, err = parseDuration(v)
		return err
	}},
	{Loss, "loss", "a percentage from 0% to 100%", func(s *Settings, v string) (err error) {
		s.Loss, err = parsePercentage(v)
		return err
	}},
	{Rate, "rate", "a rate such as 64kbit, 10mbit or 1gbit, or 0 for no limit", func(s *Settings, v string) (err error) {
		s.Rate, err = parseRate(v)
		return err
	}},
	{State, "state", "up or down", func(s *Settings, v string) (err error) {
		s.Down, err = parseState(v)
		return err
	}},
}

// Settings are properties of a link and which of them are set at all. The zero
// value sets none.
type Settings struct {
	Delay  time.Duration
	Jitter time.Duration
	Loss   float64 // from 0 to 1
	Rate   int64   // bits per second; 0 is no limit
	Down   bool

	set Property // those that are
}

// Has reports whether a property is set.
func (s *Settings) Has(p Property) bool { return s.set&p != 0 }

// Set sets the property of that name (delay, jitter, loss, rate, state). The
// error says what would be right.
func (s *Settings) Set(name, value string) error {
	for _, p := range properties {
		if p.name != name {
			continue
		}
		if err := p.parse(s, value); err != nil {
			return fmt.Errorf("%s %q: want %s", name, value, p.form)
		}
		s.set |= p.property
		return nil
	}
	return fmt.Errorf("a link has no %q: want %s", name, PropertyNames())
}

// PropertyNames lists the names that Set knows, for messages.
func PropertyNames() string {
	names := make([]string, len(properties))
	for i, p := range properties {
		names[i] = p.name
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// String is the settings as an order gives them: the state, and what there is beside.
func (s Settings) String() string {
	text := "up"
	if s.Down {
		text = "down"
	}
	if s.Delay != 0 {
		text += fmt.Sprintf(" delay=%v", s.Delay)
	}
	if s.Jitter != 0 {
		text += fmt.Sprintf(" jitter=%v", s.Jitter)
	}
	if s.Loss != 0 {
		text += " loss=" + strconv.FormatFloat(s.Loss*100, 'g', lossDigits, 64) + "%"
	}
	if s.Rate != 0 {
		text += " rate=" + rateText(s.Rate)
	}
	return text
}

// lossDigits hides that percentages are sums of binary fractions.
const lossDigits = 4

// merge takes over what o sets.
func (s *Settings) merge(o Settings) {
	if o.Has(Delay) {
		s.Delay = o.Delay
	}
	if o.Has(Jitter) {
		s.Jitter = o.Jitter
	}
	if o.Has(Loss) {
		s.Loss = o.Loss
	}
	if o.Has(Rate) {
		s.Rate = o.Rate
	}
	if o.Has(State) {
		s.Down = o.Down
	}
	s.set |= o.set
}

// along returns what a frame meets that passes both ends. What the link itself
// was given holds until an end is given another value for that property.
func along(base, a, b Settings) Settings {
	ends := a.set | b.set
	if ends&Delay == 0 {
		a.Delay = base.Delay
	}
	if ends&Jitter == 0 {
		a.Jitter = base.Jitter
	}
	if ends&Loss == 0 {
		a.Loss = base.Loss
	}
	if ends&Rate == 0 {
		a.Rate = base.Rate
	}
	if ends&State == 0 {
		a.Down = base.Down
	}
	sum := Settings{
		Delay:  a.Delay + b.Delay,
		Jitter: a.Jitter + b.Jitter,
		Loss:   1 - (1-a.Loss)*(1-b.Loss),
		Rate:   a.Rate,
		Down:   a.Down || b.Down,
	}
	if b.Rate > 0 && (sum.Rate == 0 || b.Rate < sum.Rate) {
		sum.Rate = b.Rate
	}
	return sum
}

// none is the value of a delay, jitter, loss or rate that there is not, without a unit.
const none = "0"

// maxDuration keeps delays far from the end of the clock.
const maxDuration = time.Hour

func parseDuration(v string) (time.Duration, error) {
	d, err := time.ParseDuration(v)
	if err == nil && (d < 0 || d > maxDuration) {
		err = strconv.ErrRange
	}
	return d, err
}

func parsePercentage(v string) (float64, error) {
	v, ok := strings.CutSuffix(v, "%")
	if !ok && v != none {
		return 0, strconv.ErrSyntax
	}
	f, err := strconv.ParseFloat(v, 64)
	if err == nil && !(f >= 0 && f <= 100) { // not a number fails too
		err = strconv.ErrRange
	}
	return f / 100, err
}

// rateUnits begin with the largest, and "bit" ends all of them.
var rateUnits = []struct {
	suffix string
	bits   float64
}{{"gbit", 1e9}, {"mbit", 1e6}, {"kbit", 1e3}, {"bit", 1}}

func parseRate(v string) (int64, error) {
	if v == none {
		return 0, nil
	}
	for _, u := range rateUnits {
		number, ok := strings.CutSuffix(strings.ToLower(v), u.suffix)
		if !ok {
			continue
		}
		f, err := strconv.ParseFloat(number, 64)
		if err == nil && !(f*u.bits >= 1 && f*u.bits <= 1e12) {
			err = strconv.ErrRange
		}
		return int64(f * u.bits), err
	}
	return 0, strconv.ErrSyntax
}

func rateText(bits int64) string {
	for _, u := range rateUnits {
		if float64(bits) >= u.bits {
			return strconv.FormatFloat(float64(bits)/u.bits, 'f', -1, 64) + u.suffix
		}
	}
	return none
}

func parseState(v string) (down bool, err error) {
	switch v {
	case "up":
		return false, nil
	case "down":
		return true, nil
	}
	return false, strconv.ErrSyntax
}
