package labs

import "github.com/ioslab/ioslab/ios/event"

// Subscribe has read called with the events of these kinds of all routers of the lab,
// in the order in which they happen, until it is removed. See package ios/event.
func (l *Lab) Subscribe(kinds event.Kind, read func(event.Event)) (remove func()) {
	var removes []func()
	for _, n := range l.nodes {
		if r, is := n.device.(*router); is {
			removes = append(removes, r.Subscribe(kinds, read))
		}
	}
	return func() {
		for _, remove := range removes {
			remove()
		}
	}
}
