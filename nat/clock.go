package nat

import (
	"sync/atomic"
	"time"
)

// clock is the time that workers set an entry's time of last use to: that of the last
// event on the loop, or the last call of Publish.
type clock struct{ at atomic.Int64 }

func (c *clock) set(t time.Duration) { c.at.Store(int64(t)) }
