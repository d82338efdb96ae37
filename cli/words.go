package cli

// A Word is a word of a typed line and where it starts.
type Word struct {
	Text   string
	Offset int
}

// split divides a line at its blanks.
func split(line string) []Word {
	words := make([]Word, 0, 8) // as many as most lines have
	start := -1
	for i := 0; i < len(line); i++ {
		blank := line[i] == ' ' || line[i] == '\t'
		switch {
		case blank && start >= 0:
			words = append(words, Word{line[start:i], start})
			start = -1
		case !blank && start < 0:
			start = i
		}
	}
	if start >= 0 {
		words = append(words, Word{line[start:], start})
	}
	return words
}

// isRemark reports whether a word makes a remark of the rest of its line: it
// begins with an exclamation mark.
func isRemark(word string) bool { return word[0] == '!' }

// beforeRemark returns the words, the first of which stands for itself, up to the
// remark that may follow them.
func beforeRemark(words []string) []string {
	for i, w := range words[1:] {
		if isRemark(w) {
			return words[:i+1]
		}
	}
	return words
}

// sharedPrefix counts the characters in which a typed word agrees with a keyword.
func sharedPrefix(word, keyword string) int {
	n := 0
	for n < len(word) && n < len(keyword) && lower(word[n]) == keyword[n] {
		n++
	}
	return n
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
