//go:build linux

package interop

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/ioslab/ioslab/labs/judges/netlab"
)

// A charon is strongSwan's IKE daemon in a namespace, with its ESP in the process
// (kernel-libipsec), as a kernel need not have any.
type charon struct {
	space   *netlab.Namespace
	dir     string
	process *netlab.Process
}

const charonPath = "/usr/lib/ipsec/charon"

// launch gives charon a /run of its own: where its pid file stands is compiled in.
const launch = `mount --make-rprivate / && mount --bind "$1" /run && exec ` + charonPath

func newCharon(t testing.TB, space *netlab.Namespace) *charon {
	t.Helper()
	netlab.Need(t, charonPath, "swanctl")
	// The path of a socket has little room.
	dir, err := os.MkdirTemp("", "charon")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	c := &charon{space: space, dir: dir}
	fill(t, "strongswan.conf", c.conf(), map[string]string{"Dir": dir})
	c.start(t)
	return c
}

// start starts charon, or starts it again, and waits until it answers.
func (c *charon) start(t testing.TB) {
	t.Helper()
	run := filepath.Join(c.dir, "run")
	os.RemoveAll(run)
	os.Remove(c.socket())
	if err := os.MkdirAll(run, 0o755); err != nil {
		t.Fatal(err)
	}
	c.process = c.space.Start("env", "STRONGSWAN_CONF="+c.conf(), "sh", "-c", launch, "charon", run)
	if !within(patience, func() bool {
		if _, err := os.Stat(c.socket()); err != nil {
			return !c.process.Running()
		}
		_, err := c.swanctl("--version")
		return err == nil || !c.process.Running()
	}) || !c.process.Running() {
		t.Fatalf("charon does not start: %s\n%s", c.process.Output(), c.log(0))
	}
}

func (c *charon) socket() string { return filepath.Join(c.dir, "vici") }
func (c *charon) conf() string   { return filepath.Join(c.dir, "strongswan.conf") }

func (c *charon) swanctl(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "swanctl", append(args, "--uri", "unix://"+c.socket())...)
	cmd.Env = append(os.Environ(), "STRONGSWAN_CONF="+c.conf())
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// do is swanctl, which must not fail.
func (c *charon) do(t testing.TB, args ...string) string {
	t.Helper()
	out, err := c.swanctl(args...)
	if err != nil {
		t.Fatalf("swanctl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// load replaces what charon is configured to do.
func (c *charon) load(t testing.TB, p peerConfig) {
	t.Helper()
	file := filepath.Join(c.dir, "swanctl.conf")
	fill(t, "swanctl.conf", file, p)
	c.do(t, "--load-all", "--clear", "--noprompt", "--file", file)
}

// initiate has charon begin, and waits for the end of it.
func (c *charon) initiate() (string, error) {
	return c.swanctl("--initiate", "--child", "net", "--timeout", "10")
}

// sas is what charon has of either phase, nothing where it has none.
func (c *charon) sas(t testing.TB) string {
	t.Helper()
	return strings.TrimSpace(c.do(t, "--list-sas"))
}

// log is what charon has written after the first n bytes.
func (c *charon) log(n int) string {
	b, _ := os.ReadFile(filepath.Join(c.dir, "charon.log"))
	return string(b[min(n, len(b)):])
}

// mark is how long charon's log is.
func (c *charon) mark() int { return len(c.log(0)) }

// says waits for charon to have logged text after the first n bytes.
func (c *charon) says(t testing.TB, n int, text string, d time.Duration) {
	t.Helper()
	if !within(d, func() bool { return strings.Contains(c.log(n), text) }) {
		t.Errorf("charon does not say %q", text)
	}
}

// fill writes a template of testdata to a file.
func fill(t testing.TB, name, file string, values any) {
	t.Helper()
	tmpl, err := template.New(name).Option("missingkey=error").ParseFiles(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := tmpl.Execute(&text, values); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// peerVersion is what charon calls itself.
func peerVersion(t testing.TB) string {
	t.Helper()
	out, err := exec.Command(charonPath, "--version").Output()
	if err != nil {
		t.Fatalf("%s: %v", charonPath, err)
	}
	return strings.TrimPrefix(strings.TrimSpace(string(out)), "Linux ")
}
