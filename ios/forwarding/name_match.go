package forwarding

import "strings"

// Match is how far words were accepted as the name of an interface.
type Match struct {
	Name    Name
	Words   int  // how many words the name took, or would take
	OK      bool // the name is whole
	Partial bool // not whole, but more typing could make it so
	// Where neither: the word, and in it the character, that could not be accepted.
	BadWord, BadChar int
}

// MatchName reads a name from the start of words. The number may follow the
// type directly or as a word of its own.
func MatchName(words []string) Match {
	if len(words) == 0 {
		return Match{Partial: true}
	}
	word := strings.ToLower(words[0])
	letters := 0
	for letters < len(word) && word[letters] >= 'a' && word[letters] <= 'z' {
		letters++
	}
	kind, accepted := matchKind(word[:letters])
	if accepted < letters || letters == 0 {
		return Match{Words: 1, BadChar: accepted}
	}
	if letters < len(word) {
		return matchNumber(kind, word[letters:], 0, letters)
	}
	if len(words) == 1 {
		return Match{Words: 1, Partial: true}
	}
	return matchNumber(kind, words[1], 1, 0)
}

// matchKind finds the type that begins with s. No two types begin alike, so one
// letter is enough.
func matchKind(s string) (kind Kind, accepted int) {
	for _, k := range Kinds() {
		n := 0
		for n < len(s) && n < len(k.String()) && s[n] == k.String()[n]|0x20 {
			n++
		}
		if n > accepted {
			kind, accepted = k, n
		}
	}
	return kind, accepted
}

// matchNumber reads the numbers of a name, which stand in the given word from
// character at on.
func matchNumber(kind Kind, s string, word, at int) Match {
	m := Match{Name: Name{Kind: kind}, Words: word + 1, BadWord: word}
	digits := 0
	var value uint32
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && uint64(value)*10+uint64(c-'0') <= uint64(kinds[kind].most):
			value = value*10 + uint32(c-'0')
			digits++
		case c == '/' && digits > 0 && int(m.Name.Parts)+1 < kinds[kind].parts:
			m.Name.Numbers[m.Name.Parts] = value
			m.Name.Parts++
			digits, value = 0, 0
		default:
			m.Name, m.BadChar = Name{}, at+i
			return m
		}
	}
	if digits == 0 {
		return Match{Words: word + 1, Partial: true}
	}
	m.Name.Numbers[m.Name.Parts] = value
	m.Name.Parts++
	m.OK, m.BadWord = true, 0
	return m
}
