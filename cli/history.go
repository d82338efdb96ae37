package cli

// DefaultHistory is how many lines IOS keeps.
const DefaultHistory = 10

// maxHistory is the most that `terminal history size` takes.
const maxHistory = 256

// A history is the lines typed in a family of modes.
type history struct {
	lines []string
	size  int
}

// add keeps a line, unless it repeats the last one.
func (h *history) add(line string) {
	if n := len(h.lines); n > 0 && h.lines[n-1] == line {
		return
	}
	h.lines = append(h.lines, line) // behind what an editor may be looking at
	h.trim()
}

func (h *history) trim() { h.lines = h.lines[max(0, len(h.lines)-h.size):] }

func (h *history) resize(size int) {
	h.size = size
	h.trim()
}
