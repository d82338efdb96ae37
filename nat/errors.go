package nat

import (
	"fmt"
	"net/netip"
)

// PoolInUseError refuses to remove or change a pool that a rule names.
type PoolInUseError struct{ Pool string }

func (e *PoolInUseError) Error() string {
	return fmt.Sprintf("%%Pool %s in use, cannot destroy", e.Pool)
}

// PoolError refuses a pool whose ranges make no sense.
type PoolError struct{ Pool string }

func (e *PoolError) Error() string { return fmt.Sprintf("%%Pool %s: start and end do not fit", e.Pool) }

// RuleInUseError refuses to change a dynamic mapping that has entries.
type RuleInUseError struct{ Rule Rule }

func (e *RuleInUseError) Error() string { return "%Dynamic mapping in use, cannot change" }

// AlreadyMappedError refuses a static whose local end has another static.
type AlreadyMappedError struct {
	Mapped        netip.Addr
	Local, Global netip.Addr // of the one that exists
}

func (e *AlreadyMappedError) Error() string {
	return fmt.Sprintf("%% %v already mapped (%v -> %v)", e.Mapped, e.Local, e.Global)
}

// SimilarStaticError refuses a static whose global end another one has.
type SimilarStaticError struct{ Local, Global netip.Addr }

func (e *SimilarStaticError) Error() string {
	return fmt.Sprintf("%% similar static entry (%v -> %v) already exists", e.Local, e.Global)
}

// NonStaticError refuses a static for addresses that have an entry made by traffic.
type NonStaticError struct{ Local, Global netip.Addr }

func (e *NonStaticError) Error() string { return "%Non-Static entry already exists" }
