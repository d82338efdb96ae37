package forwarding

// A NATSide is where an interface stands for NAT.
type NATSide uint8

// The sides: NAT looks at what goes from Inside to Outside and back.
const (
	None    NATSide = iota
	Inside          // `ip nat inside`
	Outside         // `ip nat outside`
)

// String returns the side as the configuration has it, "" for None.
func (s NATSide) String() string { return [...]string{"", "inside", "outside"}[s] }

// crosses reports whether a packet that leaves on that side is a candidate for NAT: one
// that comes from inside, or that this router has made.
func (s NATSide) crosses(made bool, from NATSide) bool {
	return s == Outside && (made || from == Inside)
}
