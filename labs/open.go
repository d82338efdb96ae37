package labs

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/library"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/topology"
)

const topologySuffix = ".clab.yml"

// Open reads a lab: the name of a bundled one, a directory that holds one
// *.clab.yml, or such a file. Paths are relative to dir; "" is the working directory.
func Open(name, dir string) (*topology.File, error) {
	if file := library.Topology(name); fs.ValidPath(file) {
		if text, err := library.Files.ReadFile(file); err == nil {
			return parse(file, text, func(p string) ([]byte, error) {
				return library.Files.ReadFile(filepath.ToSlash(p))
			})
		}
	}
	file, err := find(name, dir)
	if err != nil {
		return nil, err
	}
	text, err := source.Read(file)
	if err != nil {
		return nil, source.Errorf(file, 0, "the lab cannot be read: %v", err)
	}
	return parse(file, text, source.Read)
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
func find(name, dir string) (string, error) {
	file := name
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	info, err := os.Stat(file)
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
	found, err := filepath.Glob(filepath.Join(escapeGlob(file), "*"+topologySuffix))
	if err == nil && len(found) == 1 {
		return found[0], nil
	}
	return "", source.Errorf(name, 0, "the directory holds %d topology files", len(found)).Want("one *%s", topologySuffix)
}

// escapeGlob keeps a directory's own name out of the pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(dir)
}
