package ios

import (
	"github.com/ioslab/ioslab/ios/showtext"
	"github.com/ioslab/ioslab/isakmp"
)

// release is what an IOS version says of itself. A later version is a row of
// its own, below the earlier ones: commands name the rows that they exist since
// and until; the words of its debug output stand in ios/debugtext.
type release struct {
	number   string // as `--version` and a lab file name it
	full     string // as `show version` has it
	software string
	image    string
	rom      string
	platform string
	show     *showtext.Texts
	isakmp   *isakmp.Release // what its ISAKMP does
	nat      *natWords
}

var releases = []release{{
	number:   "12.4",
	full:     "12.4(13)",
	software: "3700 Software (C3725-ADVSECURITYK9-M)",
	image:    "flash:c3725-advsecurityk9-mz.124-13.bin",
	rom:      "ROMMON Emulation Microcode",
	platform: "Cisco 3725 (R7000) processor (revision 0.1)",
	show:     showtext.V124,
	isakmp:   isakmp.Release124,
	nat:      natWords124,
}}

// milestones are the releases that the rows and keywords of commands may name, the
// oldest first: those of releases, and later ones that commands here are from.
var milestones = []string{"12.4", "12.4T", "15.1"}

// DefaultVersion is the release that a router looks like unless told.
const DefaultVersion = "12.4"

// Versions lists the releases that a router can look like.
func Versions() []string {
	var names []string
	for _, v := range releases {
		names = append(names, v.number)
	}
	return names
}

func findRelease(number string) (release, bool) {
	for _, v := range releases {
		if v.number == number {
			return v, true
		}
	}
	return release{}, false
}
