package nat

import (
	"fmt"
	"net/netip"
)

// PoolInUseError refuses to remove or change a pool that a rule names.
type PoolInUseError struct{ Pool string }

func (e *PoolInUseError) Error() string {
	return "nat: a rule names pool " + e.Pool
}

// PoolError refuses a pool whose ranges make no sense.
type PoolError struct{ Pool string }

func (e *PoolError) Error() string {
	return "nat: ranges of pool " + e.Pool + " are backwards or overlap"
}

// RuleInUseError refuses to change a dynamic mapping that has entries.
type RuleInUseError struct{ Rule Rule }

func (e *RuleInUseError) Error() string { return "nat: the rule has entries" }

// AlreadyMappedError refuses a static whose local end has another static.
type AlreadyMappedError struct {
	Mapped        netip.Addr
	Local, Global netip.Addr // of the one that exists
}

func (e *AlreadyMappedError) Error() string {
	return fmt.Sprintf("nat: %v has a static already: %v -> %v", e.Mapped, e.Local, e.Global)
}

// SimilarStaticError refuses a static whose global end another one has.
type SimilarStaticError struct{ Local, Global netip.Addr }

func (e *SimilarStaticError) Error() string {
	return fmt.Sprintf("nat: another static has the global end: %v -> %v", e.Local, e.Global)
}

// NonStaticError refuses a static for addresses that have an entry made by traffic.
type NonStaticError struct{ Local, Global netip.Addr }

func (e *NonStaticError) Error() string { return "nat: traffic has made an entry of these addresses" }
