package nat

import "time"

// alarm is the timer that the wheel waits for.
type alarm struct {
	stop func()
	at   int64 // tick
}

// deadline is when an entry goes; ok is false where it stays.
func (n *NAT) deadline(e *Entry) (t time.Duration, ok bool) {
	d := n.timeoutOf(e)
	return e.used() + d, d > 0
}

// schedule has an entry looked at when its time is over, or earlier than was planned.
func (n *NAT) schedule(e *Entry) {
	t, ok := n.deadline(e)
	at := max(tickAt(t), int64(n.env.Now()/tick)+1)
	if !ok || e.uses > 0 {
		n.wheel.remove(e)
		return
	}
	if e.hung && e.tick <= at {
		return // it will be found to have more time
	}
	n.wheel.remove(e)
	n.catchUp()
	n.wheel.add(e, at)
	n.arm()
}

// catchUp moves an empty wheel on to the present.
func (n *NAT) catchUp() {
	if _, ok := n.wheel.due(); !ok {
		n.wheel.at = max(n.wheel.at, int64(n.env.Now()/tick))
	}
}

// arm sets the timer to the next tick of the wheel.
func (n *NAT) arm() {
	at, ok := n.wheel.due()
	if n.alarm.stop != nil && ok && n.alarm.at <= at || n.closed {
		return
	}
	n.disarm()
	if ok {
		n.alarm.at = at
		n.alarm.stop = n.env.After(max(0, time.Duration(at)*tick-n.env.Now()), n.ring)
	}
}

func (n *NAT) disarm() {
	if n.alarm.stop != nil {
		n.alarm.stop()
		n.alarm.stop = nil
	}
}

// ring lets the entries go whose time is over.
func (n *NAT) ring() {
	n.alarm.stop = nil
	now := n.now()
	n.wheel.advance(int64(now/tick), func(e *Entry) {
		if t, ok := n.deadline(e); !ok || tickAt(t) > int64(now/tick) {
			n.schedule(e)
			return
		}
		n.expire(e)
	})
	n.arm()
}

func (n *NAT) expire(e *Entry) {
	if e.shape != door {
		n.counts.Expired++
		n.emit(func() Event { return Expiring{e.translation()} })
	}
	n.remove(e)
}
