package bufcap

// Path is how a router switches a packet.
type Path uint8

// The switching paths: what passes through or comes in, and what the router's
// own processes send and receive.
const (
	CEF Path = iota
	Process
)

// String names the path as `show monitor capture point` does.
func (p Path) String() string { return [...]string{"IPv4 CEF", "IPv4 Process"}[p] }

// inDump names it as a dump does.
func (p Path) inDump() string { return [...]string{"IPv4 LES CEF", "IPv4 Process"}[p] }

func (p Path) word() string { return [...]string{"cef", "process-switched"}[p] }

// Direction is which packets a point sees.
type Direction uint8

// The directions.
const (
	Both Direction = iota
	In
	Out
	FromUs // what the router itself makes
)

// Directions are the words of the commands, in the order of the constants.
var Directions = []string{"both", "in", "out", "from-us"}

// String is the word.
func (d Direction) String() string { return Directions[d] }

// A Point is where packets are seen.
type Point struct {
	Name      string
	Path      Path
	Interface string // by its full name; "" is every one
	Direction Direction
	Buffer    *Buffer // nil: none
	Active    bool
	Starts    int // how often it was started
}

// Seen is a packet at a place: it comes in or goes out by an interface.
type Seen struct {
	Path      Path
	Direction Direction // In, Out; FromUs where the router made what goes out
	Interface string
}

// Sees reports whether the point sees what is at that place.
func (p *Point) Sees(s Seen) bool {
	if !p.Active || p.Path != s.Path || p.Interface != "" && p.Interface != s.Interface {
		return false
	}
	return p.Direction == Both || p.Direction == s.Direction || p.Direction == Out && s.Direction == FromUs
}

// Config is the command that makes the point.
func (p *Point) Config() string {
	text := "monitor capture point ip " + p.Path.word() + " " + p.Name
	if p.Path == CEF {
		ifc := p.Interface
		if ifc == "" {
			ifc = "all"
		}
		text += " " + ifc
	}
	return text + " " + p.Direction.String()
}
