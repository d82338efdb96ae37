// Command ioslab runs networks of emulated IOS routers: on the terminal, or
// from transcripts. Run it without arguments for the bundled lab.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/ios"
)

// Exit statuses.
const (
	statusOK     = 0
	statusFailed = 1 // a check failed
	statusUsage  = 2 // bad usage, or a file that is unreadable or invalid
)

const usage = `usage:
  ioslab                       the bundled lab site-to-site, on R1's console
  ioslab list                  the bundled labs
  ioslab run [flags] LAB       start LAB and attach this terminal to a console
  ioslab node --config FILE --attach INTERFACE=WIRE...  one router alone, its interfaces on the host
  ioslab replay [flags] FILE...  run transcripts (-: standard input) and print what appears
  ioslab check LAB|FILE...     list what labs, configurations and transcripts have wrong, or kept without effect
  ioslab version               which ioslab this is

LAB is the name of a bundled lab, a directory with one *.clab.yml, or such a file.
WIRE is tun:NAME[,ADDRESS/LENGTH], tap:NAME[,ADDRESS/LENGTH], eth:NAME or udp:PORT:HOST:PORT.
'ioslab run -h', 'ioslab node -h' and 'ioslab replay -h' list the flags.
`

func main() { os.Exit(ioslab(os.Args[1:])) }

// ioslab runs a command line and returns the exit status.
func ioslab(args []string) int {
	command := "run"
	switch {
	case len(args) == 1 && (args[0] == "-h" || args[0] == "--help"):
		command = "help"
	case len(args) > 0 && !strings.HasPrefix(args[0], "-"):
		command, args = args[0], args[1:]
	}
	var err error
	status := statusOK
	switch command {
	case "list":
		err = list(args)
	case "run":
		status, err = run(args)
	case "node":
		status, err = node(args)
	case "replay":
		status, err = replayAll(args)
	case "check":
		status, err = check(args)
	case "version":
		err = printVersion(os.Stdout, args)
	case "help":
		fmt.Print(usage)
	default:
		err = fmt.Errorf("there is no command %q: want list, run, node, replay, check or version ('ioslab help' tells more)", command)
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return statusOK
	case err != nil:
		complain(err)
		return statusUsage
	}
	return status
}

// complain prints one line on standard error.
func complain(err error) { fmt.Fprintln(os.Stderr, "ioslab:", err) }

// common are the flags that run and replay share.
type common struct {
	seed    seedFlag
	version string
}

func newFlags(command string) *flag.FlagSet {
	f := flag.NewFlagSet(command, flag.ContinueOnError)
	f.SetOutput(io.Discard) // an error is printed once, by main
	f.Usage = func() {}
	return f
}

// printFlags answers -h.
func printFlags(f *flag.FlagSet, synopsis string) {
	fmt.Printf("usage: ioslab %s\n", synopsis)
	f.SetOutput(os.Stdout)
	f.PrintDefaults()
}

func (c *common) register(f *flag.FlagSet) {
	f.Var(&c.seed, "seed", "draw every random value from this `number`")
	f.StringVar(&c.version, "version", ios.DefaultVersion, "the IOS `version` to look like, where the lab file does not say")
}

// check refuses a version that there is not.
func (c *common) check() error {
	for _, v := range ios.Versions() {
		if v == c.version {
			return nil
		}
	}
	return fmt.Errorf("there is no IOS version %q: want one of %s", c.version, strings.Join(ios.Versions(), ", "))
}

// parse reads flags that may stand before, between and after the arguments.
func parse(f *flag.FlagSet, synopsis string, args []string) (rest []string, err error) {
	for {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				printFlags(f, synopsis)
			}
			return nil, err
		}
		if f.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, f.Arg(0)), f.Args()[1:]
	}
}

// seedFlag is a seed, nil where none was given.
type seedFlag struct{ value *uint64 }

// String is the flag's value.
func (s *seedFlag) String() string {
	if s.value == nil {
		return ""
	}
	return strconv.FormatUint(*s.value, 10)
}

// Set reads the flag.
func (s *seedFlag) Set(text string) error {
	v, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return errors.New("want a number from 0 on")
	}
	s.value = &v
	return nil
}
