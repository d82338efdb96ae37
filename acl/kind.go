package acl

import "strconv"

// Kind is the kind of a list and of each of its entries.
type Kind uint8

// The kinds of list: Standard looks at source addresses alone.
const (
	Standard Kind = iota
	Extended
)

// String is the keyword of `ip access-list`.
func (k Kind) String() string {
	if k == Standard {
		return "standard"
	}
	return "extended"
}

// numberRanges are the ranges of numbered IP lists.
var numberRanges = []struct {
	low, high int
	kind      Kind
}{
	{1, 99, Standard},
	{100, 199, Extended},
	{1300, 1999, Standard},
	{2000, 2699, Extended},
}

// KindOfNumber says which kind of list a number stands for.
func KindOfNumber(n int) (Kind, bool) {
	for _, r := range numberRanges {
		if n >= r.low && n <= r.high {
			return r.kind, true
		}
	}
	return 0, false
}

// number returns the number that a name is; ok is false for a true name.
func number(name string) (n int, ok bool) {
	n, err := strconv.Atoi(name)
	return n, err == nil && n >= 0 && strconv.Itoa(n) == name
}

// ValidName reports whether a list of this kind may bear the name: a number must
// lie in a range of the kind, and a true name starts with a letter or sign.
func ValidName(name string, kind Kind) bool {
	if n, ok := number(name); ok {
		k, known := KindOfNumber(n)
		return known && k == kind
	}
	return name != "" && (name[0] < '0' || name[0] > '9')
}
