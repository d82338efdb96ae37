package labs

import (
	"fmt"

	"github.com/ioslab/ioslab/ios/forwarding"
)

// listed describes the line of an access list that has decided, and the entry of a reflexive
// list by which it has, or that the packet makes.
func (w *pathWords) listed(s *forwarding.ListStep, asked bool) []string {
	list := []string{w.lineText(s.Name, s.Line())}
	if entry, makes := s.Reflexive(); entry != "" {
		use := w.uses
		if makes && asked {
			use = w.wouldUse
		}
		list = append(list, fmt.Sprintf(use, entry))
	}
	return list
}
