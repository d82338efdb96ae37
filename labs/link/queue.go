package link

// queue holds frames in order.
type queue struct {
	frames [][]byte
	first  int // those before it have been taken
}

func (q *queue) len() int { return len(q.frames) - q.first }

func (q *queue) push(frame []byte) { q.frames = append(q.frames, frame) }

func (q *queue) pop() []byte {
	frame := q.frames[q.first]
	q.frames[q.first] = nil
	q.first++
	switch {
	case q.first == len(q.frames):
		q.frames, q.first = q.frames[:0], 0
	case q.first >= 64 && q.first > len(q.frames)/2: // keep the front short
		n := copy(q.frames, q.frames[q.first:])
		clear(q.frames[n:])
		q.frames, q.first = q.frames[:n], 0
	}
	return frame
}

// lose makes all frames nil; they keep their places.
func (q *queue) lose() { clear(q.frames[q.first:]) }
