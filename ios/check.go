package ios

import (
	"io"
	"time"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// CheckConfig reads a configuration as a router of a version does that has the
// interfaces, without starting one, and returns the lines that it would pass over or
// keep without effect. Names of interfaces are those of IOS.
func CheckConfig(text, version string, interfaces []string) ([]Problem, error) {
	r, err := New(Options{
		Name: "Router", Clock: stopped{}, Spend: func(time.Duration) {}, Version: version,
		Rand: func(string) io.Reader { return zeros{} },
	})
	if err != nil {
		return nil, err
	}
	r.newSystem()
	defer r.halt()
	for _, name := range interfaces {
		if n, err := forwarding.ParseName(name); err == nil {
			r.stack.AddInterface(n)
		}
	}
	for _, n := range hardwareOf(text) {
		r.stack.AddInterface(n)
	}
	return r.load(text), nil
}

// stopped is a clock that does not go: nothing happens after a check.
type stopped struct{}

// Now is always the same.
func (stopped) Now() time.Duration { return 0 }

// After never runs f.
func (stopped) After(time.Duration, func()) (stop func()) { return func() {} }

// zeros is randomness for what a check throws away: salts and keys.
type zeros struct{}

// Read fills b.
func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
