package storage

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Host reads the files of the host by the paths that people write: absolute ones
// and those with .. too, which fs.ValidPath does not allow, and a lab file may have.
var Host fs.StatFS = host{}

type host struct{}

func (host) Open(name string) (fs.File, error) { return os.Open(filepath.FromSlash(name)) }

func (host) Stat(name string) (fs.FileInfo, error) { return os.Stat(filepath.FromSlash(name)) }

// Real is the absolute path of a file without symbolic links.
func (host) Real(name string) (string, error) {
	path, err := filepath.EvalSymlinks(filepath.FromSlash(name))
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}
