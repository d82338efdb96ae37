//go:build linux

package interop

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the table of results into README.md")

// atOnce is how many cases run at the same time, whatever the number of
// processors: most of them wait most of the time.
const atOnce = 6

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", fmt.Sprint(atOnce)); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
