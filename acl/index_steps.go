package acl

import (
	"math/bits"
	"slices"
)

// steps is a function of a value that is the same from one step to the next.
//
// Where there are many steps, a table divides the values between the first step and the last
// into about as many slots as there are steps, and a slot that still has many of them
// has a table of its own. So steps that lie close together, as private addresses do, are
// found as fast as others, and the tables grow with the steps and no faster.
type steps struct {
	steps  []step
	tables []table
	slots  []int32
}

// step is where the function becomes is. The first step is at 0.
type step struct {
	at uint32
	is int32
}

// table divides steps into slots of equal width.
type table struct {
	base   uint32 // value of its first step
	before int32  // index of the step before that
	slots  uint32 // index of the first slot
	last   uint32 // number of the last slot
	shift  uint8  // from values to slots
}

// fewSteps is up to how many steps are compared one by one.
const fewSteps = 4

// add puts a step behind the others, or changes the last one.
func (s *steps) add(at uint32, is int32) {
	if last := len(s.steps) - 1; last >= 0 && s.steps[last].at == at {
		s.steps[last].is = is
		return
	}
	s.steps = append(s.steps, step{at, is})
}

// finish makes ready for at, when all steps are there.
func (s *steps) finish() {
	s.steps = slices.Clip(s.steps)
	if len(s.steps) > fewSteps {
		s.divide(0, len(s.steps))
	}
}

// divide makes the table of some of the steps and returns its number.
func (s *steps) divide(from, to int) int32 {
	number, first := len(s.tables), len(s.slots)
	base := s.steps[from].at
	span := s.steps[to-1].at - base
	t := table{base: base, before: int32(from) - 1, slots: uint32(first)}
	t.shift = uint8(max(0, bits.Len32(span)-bits.Len(uint(to-from))))
	t.last = span >> t.shift
	s.tables = append(s.tables, t)
	s.slots = append(s.slots, make([]int32, t.last+1)...)
	for slot, at := 0, from; slot <= int(t.last); slot++ {
		begin := at
		for at < to && (s.steps[at].at-base)>>t.shift == uint32(slot) {
			at++
		}
		if s.slots[first+slot] = int32(begin); at-begin > fewSteps {
			s.slots[first+slot] = ^s.divide(begin, at)
		}
	}
	return int32(number)
}

// at is the function of a value.
func (s *steps) at(value uint32) int32 {
	i := int32(0)
	for n := int32(0); int(n) < len(s.tables); {
		t := &s.tables[n]
		if value < t.base {
			return s.steps[t.before].is
		}
		slot := min((value-t.base)>>t.shift, t.last)
		if i = s.slots[t.slots+slot]; i >= 0 {
			break
		}
		n = ^i
	}
	for int(i) < len(s.steps) && s.steps[i].at <= value {
		i++
	}
	return s.steps[i-1].is
}
