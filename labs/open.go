package labs

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/topology"
)

const topologySuffix = ".clab.yml"

// Open reads a lab: the name of one of the library, or in files a folder that holds
// one *.clab.yml, or such a file. Paths are relative to dir; "" is the top of files,
// or the working directory where they are the host's.
func Open(files fs.FS, name, dir string) (*topology.File, error) {
	if file := library.Topology(name); fs.ValidPath(file) {
		if _, err := fs.Stat(library.Files, file); err == nil {
			return read(library.Files, file)
		}
	}
	file, err := find(files, name, dir)
	if err != nil {
		return nil, err
	}
	return read(files, file)
}

// read reads a topology file and those that it names.
func read(files fs.FS, file string) (*topology.File, error) {
	text, err := source.Read(files, file)
	if err != nil {
		return nil, source.Errorf(file, 0, "the lab cannot be read: %v", err)
	}
	return parse(file, text, func(path string) ([]byte, error) {
		if err := mayRead(files, path, filepath.Dir(file)); err != nil {
			return nil, err
		}
		return source.Read(files, path)
	})
}

// everyone is the permission to read a file that every user has.
const everyone fs.FileMode = 0o004

// mayRead returns an error for a startup-config that is outside of the lab's folder and
// private: a lab of a stranger's, perhaps started by root, would show it at its consoles.
func mayRead(files fs.FS, path, folder string) error {
	info, err := fs.Stat(files, filepath.ToSlash(path))
	if err != nil || info.Mode()&everyone != 0 { // reading it says what is wrong
		return nil
	}
	if rel, err := filepath.Rel(resolved(files, folder), resolved(files, path)); err == nil && filepath.IsLocal(rel) {
		return nil
	}
	return errors.New("is outside of the lab's folder, and private")
}

// resolved is a path without symbolic links, where the files have any.
func resolved(files fs.FS, path string) string {
	if r, ok := files.(interface {
		Real(name string) (string, error)
	}); ok {
		if name, err := r.Real(path); err == nil {
			return name
		}
	}
	return path
}

// parse reads a topology and checks what only a router knows: the versions.
func parse(file string, text []byte, open func(path string) ([]byte, error)) (*topology.File, error) {
	f, err := topology.Parse(file, text, open)
	if err != nil {
		return nil, err
	}
	for _, n := range f.Nodes {
		if n.Kind == topology.Router && n.Version != "" && !slices.Contains(ios.Versions(), n.Version) {
			return nil, wrongVersion(file, n, n.Version)
		}
	}
	return f, nil
}

func wrongVersion(file string, n *topology.Node, version string) error {
	return source.Errorf(file, n.Line, "node %s: there is no IOS version %q", n.Name, version).
		Want("%s", strings.Join(ios.Versions(), ", "))
}

// find returns the path of the topology file that is meant.
func find(files fs.FS, name, dir string) (string, error) {
	file := name
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	info, err := fs.Stat(files, filepath.ToSlash(file))
	if err != nil {
		var names []string
		for _, b := range library.Labs() {
			names = append(names, b.Name)
		}
		return "", source.Errorf(name, 0, "there is no such lab").
			Want("a bundled one (%s), a directory with a *%s, or such a file", strings.Join(names, ", "), topologySuffix)
	}
	if !info.IsDir() {
		return file, nil
	}
	var found []string
	entries, err := fs.ReadDir(files, filepath.ToSlash(file))
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), topologySuffix) {
			found = append(found, filepath.Join(file, e.Name()))
		}
	}
	if err == nil && len(found) == 1 {
		return found[0], nil
	}
	return "", source.Errorf(name, 0, "the directory holds %d topology files", len(found)).Want("one *%s", topologySuffix)
}
