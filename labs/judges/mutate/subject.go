package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// subject is a package whose tests are judged.
type subject struct {
	importPath string
	dir        string // where its files are
	folder     string // the same from the top of the module, with slashes
	judges     []judgePackage
	sources    map[string][]byte // by the file's name

	fset    *token.FileSet
	files   map[string]*ast.File
	names   []string // in order
	imports types.Importer
}

// judgePackage is a package whose tests are run.
type judgePackage struct{ importPath, dir string }

// listed is what `go list -json` prints of a package.
type listed struct {
	ImportPath string
	Dir        string
	Export     string
	DepOnly    bool
	GoFiles    []string
	Module     *struct{ Dir string }
	Error      *struct{ Err string }
}

// list asks the go command about packages, in the folder dir.
func list(dir string, args ...string) ([]listed, error) {
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Export,DepOnly,GoFiles,Module,Error"}, args...)...)
	cmd.Dir = dir
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, err
		case p.Error != nil:
			return nil, errors.New(p.Error.Err)
		}
		all = append(all, p)
	}
}

// load reads a package and finds those whose tests judge it: itself and the
// others of the argument, which are separated by commas. dir is where relative
// names of packages count from.
func load(dir, arg string) (*subject, error) {
	names := strings.Split(arg, ",")
	s := &subject{sources: map[string][]byte{}, fset: token.NewFileSet(), files: map[string]*ast.File{}}
	for _, name := range names {
		found, err := list(dir, name)
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("%s is %d packages; name one", name, len(found))
		}
		s.judges = append(s.judges, judgePackage{found[0].ImportPath, found[0].Dir})
	}
	all, err := list(dir, "-export", "-deps", names[0])
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
		if !p.DepOnly {
			if err := s.read(p); err != nil {
				return nil, err
			}
		}
	}
	s.imports = importer.ForCompiler(s.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	return s, nil
}

// read parses the files of the package.
func (s *subject) read(p listed) error {
	if p.Module == nil {
		return fmt.Errorf("%s is in no module", p.ImportPath)
	}
	folder, err := filepath.Rel(p.Module.Dir, p.Dir)
	if err != nil {
		return err
	}
	s.importPath, s.dir, s.folder, s.names = p.ImportPath, p.Dir, filepath.ToSlash(folder), p.GoFiles
	for _, name := range p.GoFiles {
		full := filepath.Join(p.Dir, name)
		if s.sources[name], err = os.ReadFile(full); err != nil {
			return err
		}
		if s.files[name], err = s.parse(name, s.sources[name]); err != nil {
			return err
		}
	}
	return nil
}

func (s *subject) parse(name string, source []byte) (*ast.File, error) {
	return parser.ParseFile(s.fset, name, source, parser.SkipObjectResolution)
}

// check compiles the package as far as its types, with one file replaced; info
// may be nil.
func (s *subject) check(name string, file *ast.File, info *types.Info) error {
	var files []*ast.File
	for _, n := range s.names {
		if n == name {
			files = append(files, file)
		} else {
			files = append(files, s.files[n])
		}
	}
	conf := types.Config{Importer: s.imports, Sizes: types.SizesFor("gc", runtime.GOARCH)}
	_, err := conf.Check(s.importPath, s.fset, files, info)
	return err
}

// mutants lists the changes that can be made at the places, as in "life.go:38",
// that match; nil matches all.
func (s *subject) mutants(match *regexp.Regexp) ([]*mutant, error) {
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	if err := s.check("", nil, info); err != nil {
		return nil, err
	}
	var all []*mutant
	for _, name := range s.names {
		for _, m := range find(s.fset, s.files[name], name, string(s.sources[name]), info) {
			if match == nil || match.MatchString(fmt.Sprintf("%s:%d", name, m.line)) {
				all = append(all, m)
			}
		}
	}
	return all, nil
}

// compiles reports whether the package can be compiled with the change.
func (s *subject) compiles(m *mutant) bool {
	file, err := s.parse(m.file, m.apply(s.sources[m.file]))
	return err == nil && s.check(m.file, file, nil) == nil
}

// shuffle orders mutants by chance, under a seed that counts for this package
// alone.
func (s *subject) shuffle(all []*mutant, seed uint64) {
	h := fnv.New64a()
	io.WriteString(h, s.folder)
	rand.New(rand.NewPCG(seed, h.Sum64())).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}

// path names a mutant's file from the top of the module.
func (s *subject) path(m *mutant) string { return path.Join(s.folder, m.file) }
