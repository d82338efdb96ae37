package ios

import "strings"

// Flash keeps the files of a router's flash:.
type Flash interface {
	// Write replaces a file as a whole or not at all, and tells where it is on the
	// machine that the lab runs on.
	Write(name string, content []byte) (where string, err error)
}

// flashName is the name of a file in flash:, "" where it is none: it has no folders,
// and nothing in it that could lead out of the place where the files are.
func flashName(location string) (name string, isFlash bool) {
	name, isFlash = strings.CutPrefix(strings.ToLower(location), "flash:")
	if !isFlash {
		return "", false
	}
	name = strings.TrimPrefix(location[len(location)-len(name):], "/")
	plain := strings.IndexFunc(name, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("._-+", c))
	}) < 0
	if !plain || strings.HasPrefix(name, ".") || len(name) > maxFlashName {
		return "", true
	}
	return name, true
}

const maxFlashName = 63
