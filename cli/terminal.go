package cli

// terminal is what `terminal …` sets.
type terminal struct {
	length, width int // 0 = no paging, no scrolling
	noEdit        bool
}

// The size of a terminal of which nothing is set.
const (
	DefaultLength = 24
	DefaultWidth  = 80
)

// SetLength sets the number of lines on a screen; 0 = no paging.
func (s *Session) SetLength(lines int) { s.term.length = max(0, lines) }

// SetWidth sets the number of columns; 0 = lines are not scrolled.
func (s *Session) SetWidth(columns int) { s.term.width = max(0, columns) }

// Length returns the number of lines on a screen.
func (s *Session) Length() int { return s.term.length }

// Width returns the number of columns.
func (s *Session) Width() int { return s.term.width }

// SetHistory sets how many lines are remembered.
func (s *Session) SetHistory(size int) {
	for i := range s.histories {
		s.histories[i].resize(min(size, maxHistory))
	}
}

// Resize tells the size of a local terminal's window. (A router does not take
// its paging from the client; a transcript has no window.)
func (s *Session) Resize(width, height int) {
	if s.screen.script != nil {
		return
	}
	s.SetLength(height)
	s.SetWidth(width)
	s.editor.Width = s.editorWidth()
	s.editor = s.editor.scrolled()
}
