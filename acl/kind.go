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

// NumberRange is a range of list numbers that stands for a kind.
type NumberRange struct {
	Low, High int
	Kind      Kind
	Help      string
}

// NumberRanges are the ranges of numbered IP lists, in the order of help.
var NumberRanges = []NumberRange{
	{1, 99, Standard, "Standard IP list: matches source addresses"},
	{100, 199, Extended, "Extended IP list: matches addresses, protocol and ports"},
	{1300, 1999, Standard, "Standard IP list (expanded range)"},
	{2000, 2699, Extended, "Extended IP list (expanded range)"},
}

// KindOfNumber says which kind of list a number stands for.
func KindOfNumber(n int) (Kind, bool) {
	for _, r := range NumberRanges {
		if n >= r.Low && n <= r.High {
			return r.Kind, true
		}
	}
	return 0, false
}

// number returns the number that a name is; ok is false for a true name.
func number(name string) (n int, ok bool) {
	n, err := strconv.Atoi(name)
	return n, err == nil && n >= 0 && strconv.Itoa(n) == name
}

// ValidName says whether a list of this kind may bear the name: a number must
// lie in a range of the kind, and a true name starts with a letter or sign.
func ValidName(name string, kind Kind) bool {
	if n, ok := number(name); ok {
		k, known := KindOfNumber(n)
		return known && k == kind
	}
	return name != "" && (name[0] < '0' || name[0] > '9')
}
