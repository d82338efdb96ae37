package labs

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/ios"
)

var useRow = orderRow{
	name:  "use",
	form:  "LAB [seed=N] [version=V]",
	help:  "which lab a transcript uses: its first line",
	parse: parseUse,
}

// A Use is the first line of a transcript.
type Use struct {
	Lab     string
	Seed    *uint64 // nil where the line does not say
	Version string
}

func parseUse(p *orderParser) (action, error) {
	u := &Use{Lab: p.word()}
	if u.Lab == "" {
		return nil, p.wrong("names no lab")
	}
	for w := p.word(); w != ""; w = p.word() {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "seed":
			seed, err := strconv.ParseUint(value, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("seed %q is not a number: want seed=N with N from 0 on", value)
			}
			u.Seed = &seed
		case "version":
			if u.Version = value; !slices.Contains(ios.Versions(), value) {
				return nil, fmt.Errorf("there is no IOS version %q: want version=%s", value, strings.Join(ios.Versions(), " or version="))
			}
		default:
			return nil, fmt.Errorf("%q is not known to use: want seed=N or version=V", w)
		}
	}
	return u, nil
}

func (u *Use) do(*issue) (Pause, error) {
	return Pause{}, errors.New("use stands in the first line of a transcript only")
}
