package main

import (
	"errors"
	"fmt"
	"time"
)

// daemon negotiates: an ioslab or a charon at one end.
type daemon interface {
	// initiate brings a tunnel up, main mode and quick mode.
	initiate() error
	// terminate deletes it, telling the peer.
	terminate() error
	cpu() (time.Duration, error)
	stop()
}

// A maker starts a daemon for a Diffie-Hellman group.
type maker func(s *sides, own, other side, group int) (daemon, error)

var makers = map[string]maker{
	"ioslab": gatewayFor,
	"charon": charonFor,
}

// pairing is who negotiates with whom.
type pairing struct{ initiator, responder string }

var pairings = []pairing{{"ioslab", "charon"}, {"charon", "ioslab"}, {"ioslab", "ioslab"}, {"charon", "charon"}}

// cost is the processor time of one exchange, in milliseconds.
type cost struct{ initiator, responder float64 }

// ike measures every pairing for groups 2 and 14, in turns.
func (b *bench) ike() error {
	groups := []int{2, 14}
	results := make(map[pairing]map[int][]cost)
	for _, p := range pairings {
		results[p] = make(map[int][]cost)
	}
	for range b.rounds {
		for _, group := range groups {
			for _, p := range pairings {
				c, err := b.negotiations(p, group)
				if err != nil {
					return fmt.Errorf("%s with %s, group %d: %w", p.initiator, p.responder, group, err)
				}
				results[p][group] = append(results[p][group], c)
			}
		}
	}
	fmt.Fprintf(b.out, "\nProcessor time of main mode, quick mode, one ping and the deletion, ms; medians of %d rounds of %d:\n\n", b.rounds, b.exchanges)
	for _, group := range groups {
		fmt.Fprintf(b.out, "%s\n", costTable(group, results))
	}
	return nil
}

// negotiations is one turn of a pairing.
func (b *bench) negotiations(p pairing, group int) (c cost, err error) {
	s, err := b.newSides()
	if err != nil {
		return c, err
	}
	defer s.close()
	initiator, err := makers[p.initiator](s, s.a, s.z, group)
	if err != nil {
		return c, err
	}
	defer initiator.stop()
	responder, err := makers[p.responder](s, s.z, s.a, group)
	if err != nil {
		return c, err
	}
	defer responder.stop()
	once := func() error {
		err := initiator.initiate()
		if err == nil {
			err = s.reach()
		}
		if err == nil {
			err = initiator.terminate()
		}
		return err
	}
	if err := once(); err != nil { // tables, caches, the first page faults
		return c, err
	}
	i0, err1 := initiator.cpu()
	r0, err2 := responder.cpu()
	for range b.exchanges {
		if err := once(); err != nil {
			return c, err
		}
	}
	i1, err3 := initiator.cpu()
	r1, err4 := responder.cpu()
	each := func(d time.Duration) float64 { return d.Seconds() * 1e3 / float64(b.exchanges) }
	return cost{each(i1 - i0), each(r1 - r0)}, errors.Join(err1, err2, err3, err4)
}

// costTable sets every pairing beside the others, and says how many times charon's time
// ioslab needs in either role when each negotiates with charon.
func costTable(group int, results map[pairing]map[int][]cost) string {
	rows := [][]string{{fmt.Sprintf("group %d", group), "initiator ms", "responder ms"}}
	asInitiator := func(c cost) float64 { return c.initiator }
	asResponder := func(c cost) float64 { return c.responder }
	for _, p := range pairings {
		turns := results[p][group]
		rows = append(rows, []string{p.initiator + " to " + p.responder,
			fmt.Sprintf("%.2f", middle(turns, asInitiator)), fmt.Sprintf("%.2f", middle(turns, asResponder))})
	}
	ours, theirs := results[pairing{"ioslab", "charon"}][group], results[pairing{"charon", "ioslab"}][group]
	return table(append(rows, []string{"ioslab / charon",
		fmt.Sprintf("%.2f", middle(ours, asInitiator)/middle(theirs, asInitiator)),
		fmt.Sprintf("%.2f", middle(theirs, asResponder)/middle(ours, asResponder))}))
}
