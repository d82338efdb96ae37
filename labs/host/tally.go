package host

import (
	"fmt"
	"math"
	"time"
)

// A tally counts what a ping has seen. Times are in microseconds, as iputils has
// them, so that its figures come out the same.
type tally struct {
	timed                  bool // the echoes carry the time
	sent, received, errors int
	pipe                   int // most echoes that were under way at once when one ended

	shortest, longest time.Duration
	sum, squares      int64
}

func (t *tally) reply(seq int, rtt time.Duration) {
	t.ended(seq)
	if t.received == 0 || rtt < t.shortest {
		t.shortest = rtt
	}
	t.longest = max(t.longest, rtt)
	t.received++
	us := rtt.Microseconds()
	t.sum += us
	t.squares += us * us
}

func (t *tally) failure(seq int) {
	t.ended(seq)
	t.errors++
}

func (t *tally) ended(seq int) { t.pipe = max(t.pipe, t.sent-seq+1) }

// text is the summary of a ping whose echoes were sent in the time that it took.
func (t *tally) text(took time.Duration) string {
	s := fmt.Sprintf("%d packets transmitted, %d received, ", t.sent, t.received)
	if t.errors > 0 {
		s += fmt.Sprintf("+%d errors, ", t.errors)
	}
	lost := float64(t.sent-t.received) * 100 / float64(t.sent)
	s += fmt.Sprintf("%.6g%% packet loss, time %dms\n", lost, took.Milliseconds())
	comma := ""
	if t.received > 0 && t.timed {
		n := int64(t.received)
		mean := t.sum / n
		deviation := math.Sqrt(float64(max(t.squares/n-mean*mean, 0)))
		s += fmt.Sprintf("rtt min/avg/max/mdev = %s/%s/%s/%s ms", thousandths(t.shortest.Microseconds()),
			thousandths(mean), thousandths(t.longest.Microseconds()), thousandths(int64(deviation)))
		comma = ", "
	}
	if t.pipe > 1 {
		s += fmt.Sprintf("%spipe %d", comma, t.pipe)
	}
	return s + "\n"
}

func thousandths(n int64) string { return fmt.Sprintf("%d.%03d", n/1000, n%1000) }

// milliseconds writes a round trip with the three digits that iputils gives it.
func milliseconds(d time.Duration) string {
	us := d.Microseconds()
	switch {
	case us >= 100000-50:
		return fmt.Sprint((us + 500) / 1000)
	case us >= 10000-5:
		us = (us + 50) / 100
		return fmt.Sprintf("%d.%d", us/10, us%10)
	case us >= 1000:
		us = (us + 5) / 10
		return fmt.Sprintf("%d.%02d", us/100, us%100)
	}
	return thousandths(us)
}
