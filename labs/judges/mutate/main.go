// Mutate judges tests: it makes small faults in the code of a package, one at a
// time, and runs the package's tests against each. A fault that no test notices
// is printed: it is a place that the tests do not look at.
//
//	go run ./labs/judges/mutate ./esp
//	go run ./labs/judges/mutate -seed 7 -draw 100 ./isakmp ./ios/keyengine,./ios
//	go run ./labs/judges/mutate -draw 0 -at life.go:38$ ./esp
//
// An argument is a package; packages after a comma are others whose tests judge
// it, too. The faults (mutants) are drawn by chance from all that can be made:
// under the same seed, the same source gives the same ones. The tree is not
// changed, for the compiler takes the changed file as an overlay.
//
// A mutant is killed when a test fails, or when the tests do not come to an end.
// A mutant that cannot be told from the original is named, with the reason, in
// equivalent.txt in this folder and is left out of the percentage.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"
)

func main() {
	o := options{}
	flag.Uint64Var(&o.seed, "seed", 1, "what the draw is made from")
	flag.IntVar(&o.draw, "draw", 60, "how many mutants are drawn in each package; 0 takes all of them")
	flag.StringVar(&o.at, "at", "", "draw only from places that match this regular expression, such as ^seal or life.go:38$")
	flag.IntVar(&o.parallel, "parallel", max(1, runtime.NumCPU()/2), "how many mutants are judged at a time")
	flag.DurationVar(&o.timeout, "timeout", 0, "how long the tests may take; 0 is ten times what they take without a fault, and five seconds")
	flag.BoolVar(&o.verbose, "v", false, "print the killed mutants, too")
	goal := flag.Float64("goal", 0, "fail where less than this percentage of a package's mutants is killed")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: mutate [flags] PACKAGE[,PACKAGE WITH TESTS]...")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	failed := false
	for _, arg := range flag.Args() {
		tally, err := judge(os.Stdout, arg, o)
		if err != nil {
			fmt.Fprintf(os.Stderr, "mutate: %s: %v\n", arg, err)
			failed = true
			continue
		}
		failed = failed || tally.percent() < *goal
	}
	if failed {
		os.Exit(1)
	}
}

// options are what the flags say.
type options struct {
	seed     uint64
	draw     int
	at       string
	parallel int
	timeout  time.Duration
	verbose  bool
}
