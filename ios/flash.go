package ios

import (
	"slices"
	"strings"
	"time"
)

// Flash keeps the files of a router's flash:.
type Flash interface {
	// Write replaces a file as a whole or not at all, and returns where it is on the
	// machine that the lab runs on, "" where it goes with the lab.
	Write(name string, content []byte, at time.Time) (where string, err error)
	// Files lists what is there, in the order of the names.
	Files() ([]FlashFile, error)
	// Remove deletes a file; the error is fs.ErrNotExist where there is none.
	Remove(name string) error
}

// A FlashFile is one in flash:.
type FlashFile struct {
	Name    string
	Size    int64
	Written time.Time
}

// flashSize is that of a compact flash card, in bytes.
const flashSize = 256487424

const errFlashFull = refusal("No space left on device")

// flashFiles lists flash: as far as its names are those that a router can write.
func (r *Router) flashFiles() (files []FlashFile, used int64, err error) {
	if r.Flash == nil {
		return nil, 0, nil
	}
	if files, err = r.Flash.Files(); err != nil {
		return nil, 0, err
	}
	files = slices.DeleteFunc(files, func(f FlashFile) bool {
		name, _ := flashName("flash:" + f.Name)
		return name == ""
	})
	for _, f := range files {
		used += f.Size
	}
	return files, used, nil
}

// writeFlash writes a file to flash: if there is room for it.
func (r *Router) writeFlash(name string, content []byte) (where string, err error) {
	files, used, err := r.flashFiles()
	if err != nil {
		return "", err
	}
	for _, f := range files {
		if f.Name == name {
			used -= f.Size
		}
	}
	if used+int64(len(content)) > flashSize {
		return "", errFlashFull
	}
	return r.Flash.Write(name, content, r.Now())
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
