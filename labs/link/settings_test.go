package link

import (
	"strings"
	"testing"
	"time"
)

func TestSet(t *testing.T) {
	tests := []struct {
		name, value string
		want        Settings // without what is set
		err         string
	}{
		{"delay", "20ms", Settings{Delay: 20 * time.Millisecond}, ""},
		{"jitter", "1.5ms", Settings{Jitter: 1500 * time.Microsecond}, ""},
		{"loss", "1%", Settings{Loss: 0.01}, ""},
		{"loss", "0.5%", Settings{Loss: 0.005}, ""},
		{"rate", "10mbit", Settings{Rate: 10_000_000}, ""},
		{"rate", "64Kbit", Settings{Rate: 64_000}, ""},
		{"rate", "1.5gbit", Settings{Rate: 1_500_000_000}, ""},
		{"rate", "9600bit", Settings{Rate: 9600}, ""},
		{"delay", "0", Settings{}, ""},
		{"jitter", "0", Settings{}, ""},
		{"loss", "0", Settings{}, ""},
		{"rate", "0", Settings{}, ""},
		{"state", "down", Settings{Down: true}, ""},
		{"state", "up", Settings{}, ""},
		{"delay", "20", Settings{}, `delay "20": want a duration such as 50ms`},
		{"delay", "-1ms", Settings{}, "want a duration"},
		{"delay", "999h", Settings{}, "want a duration"},
		{"loss", "1", Settings{}, `loss "1": want a percentage from 0% to 100%`},
		{"loss", "101%", Settings{}, "want a percentage"},
		{"loss", "NaN%", Settings{}, "want a percentage"},
		{"rate", "10", Settings{}, `rate "10": want a rate such as 64kbit, 10mbit or 1gbit`},
		{"rate", "0kbit", Settings{}, "want a rate"},
		{"rate", "infkbit", Settings{}, "want a rate"},
		{"state", "off", Settings{}, `state "off": want up or down`},
		{"mtu", "9000", Settings{}, `a link has no "mtu": want delay, jitter, loss, rate or state`},
	}
	for _, tt := range tests {
		t.Run(tt.name+"="+tt.value, func(t *testing.T) {
			var s Settings
			err := s.Set(tt.name, tt.value)
			switch {
			case tt.err == "" && err != nil:
				t.Error(err)
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("error %v, want %q", err, tt.err)
			}
			if tt.err == "" {
				if s.set == 0 {
					t.Error("nothing is set")
				}
				s.set = 0
				if s != tt.want {
					t.Errorf("got %+v, want %+v", s, tt.want)
				}
			}
		})
	}
}

func TestSettingsText(t *testing.T) {
	for _, pairs := range [][]string{
		{"state", "down"}, {"state", "up", "delay", "50ms", "jitter", "1.5ms", "loss", "12.5%", "rate", "1.5mbit"},
		{"state", "up", "rate", "9600bit"}, {"state", "up", "loss", "1%", "rate", "10gbit"}, {"state", "up", "rate", "1bit"},
	} {
		want := pairs[1]
		for i := 2; i < len(pairs); i += 2 {
			want += " " + pairs[i] + "=" + pairs[i+1]
		}
		want = strings.NewReplacer("=9600bit", "=9.6kbit").Replace(want)
		if got := settings(t, pairs...).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	b := newBench(settings(t, "rate", "1mbit", "loss", "3%"))
	b.link.End(0).Change(settings(t, "loss", "1%", "delay", "1ms"))
	b.link.End(1).Change(settings(t, "loss", "2%", "rate", "0"))
	if got := b.link.End(0).Settings().String(); got != "up delay=1ms loss=2.98%" {
		t.Errorf("both ends: %q", got)
	}
}

func FuzzSet(f *testing.F) {
	f.Add("delay", "20ms")
	f.Add("loss", "1e999%")
	f.Add("rate", "10mbit")
	f.Fuzz(func(t *testing.T, name, value string) {
		var s Settings
		if s.Set(name, value) != nil {
			return
		}
		if s.Delay < 0 || s.Jitter < 0 || s.Loss < 0 || s.Loss > 1 || s.Rate < 0 {
			t.Errorf("%s=%q gives %+v", name, value, s)
		}
	})
}

func TestClear(t *testing.T) {
	b := newBench(Settings{})
	end := b.link.End(0)
	want := func(what string, clear bool) {
		t.Helper()
		if end.Clear() != clear || b.link.End(1).Clear() != clear {
			t.Errorf("%s: clear %v", what, end.Clear())
		}
	}
	want("perfect", true)
	b.link.End(1).Change(settings(t, "delay", "1ms"))
	want("with a delay", false)
	b.link.End(1).Change(settings(t, "delay", "0s"))
	want("without it", true)
	remove := end.Tap(func(time.Duration, bool, []byte) {})
	want("with a tap", false)
	remove()
	want("without it", true)
	end.SetOff(true)
	want("shut down at an end", false)
	end.SetOff(false)
	want("not any more", true)
	end.Change(settings(t, "state", "down"))
	want("down", false)
}
