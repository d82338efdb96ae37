package containers

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// root is the project's folder.
var root = filepath.Join("..", "..", "..")

// buildLine is the Dockerfile's order that makes the program.
var buildLine = regexp.MustCompile(`(?m)^RUN ((?:[A-Z_0-9]+=\S+ )+)go (build .* )-o /ioslab (\S+)$`)

// TestImage: what the Dockerfile makes needs no other file: it is linked to nothing.
func TestImage(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("containers hold Linux programs")
	}
	if testing.Short() {
		t.Skip("compiles everything anew, without cgo")
	}
	program := buildImage(t)
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the program has a segment %v: it is not static", p.Type)
		}
	}
	if libraries, err := f.ImportedLibraries(); err == nil && len(libraries) > 0 {
		t.Errorf("the program needs %v", libraries)
	}
}

// buildImage makes the program as the Dockerfile says, and returns its path.
func buildImage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	order := buildLine.FindStringSubmatch(string(text))
	if order == nil {
		t.Fatal("the Dockerfile does not say how the program is made")
	}
	for _, want := range []string{"FROM scratch\n", "COPY --from=build /ioslab /ioslab\n", `ENTRYPOINT ["/ioslab"]` + "\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the Dockerfile has no line %q", want)
		}
	}
	program := filepath.Join(t.TempDir(), "ioslab")
	build := exec.Command("go", append(strings.Fields(order[2]), "-o", program, order[3])...)
	build.Dir = root
	build.Env = append(os.Environ(), strings.Fields(order[1])...)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// TestGoVersion: the image's compiler is new enough for the module.
func TestGoVersion(t *testing.T) {
	docker, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	image := regexp.MustCompile(`(?m)^FROM golang:(\d+\.\d+) `).FindSubmatch(docker)
	module := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)
	if image == nil || module == nil || string(image[1]) != string(module[1]) {
		t.Errorf("the Dockerfile has Go %s, go.mod %s", image, module)
	}
}
