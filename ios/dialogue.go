package ios

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/ioslab/ioslab/cli"
)

// A dialogue asks the questions of an extended command. Once one was not
// answered, as when the user has broken it off, the others are not asked.
type dialogue struct {
	router *Router
	call   *cli.Call
	over   bool
}

// ask puts a question; an empty answer is standard, which is what the user sees
// in its brackets.
func (d *dialogue) ask(question, shown, standard string) string {
	if d.over {
		return standard
	}
	if shown != "" {
		shown = "[" + shown + "]"
	}
	answer, err := d.call.Ask(question + shown + ": ")
	if err != nil {
		d.over = true
	}
	if answer = strings.TrimSpace(answer); answer == "" {
		return standard
	}
	return answer
}

// stop ends the dialogue with what is wrong.
func (d *dialogue) stop(problem string) {
	if !d.over {
		d.call.Print(problem + "\n")
		d.over = true
	}
}

// number asks until the answer is one within bounds.
func (d *dialogue) number(question string, standard, low, high int) int {
	for !d.over {
		n, err := strconv.Atoi(d.ask(question+" ", strconv.Itoa(standard), strconv.Itoa(standard)))
		if err == nil && n >= low && n <= high {
			return n
		}
		d.call.Printf("%% A decimal number between %d and %d.\n", low, high)
	}
	return standard
}

// yes asks until the answer is yes or no; shown is what stands in the brackets
// for no.
func (d *dialogue) yes(question, shown string) bool {
	for !d.over {
		answer := strings.ToLower(d.ask(question+" ", shown, "no"))
		switch {
		case strings.HasPrefix("yes", answer):
			return true
		case strings.HasPrefix("no", answer):
			return false
		}
		d.call.Print("% Please answer 'yes' or 'no'.\n")
	}
	return false
}

// protocol asks for the protocol, of which there is one.
func (d *dialogue) protocol(command string) {
	if p := strings.ToLower(d.ask("Protocol ", "ip", "ip")); p != "ip" {
		d.stop(fmt.Sprintf("%% Unknown protocol - \"%s\", type \"%s ?\" for help", p, command))
	}
}

// target asks for the address to probe.
func (d *dialogue) target() netip.Addr {
	answer := d.ask("Target IP address", "", "")
	if answer == "" {
		d.stop("% Bad IP address")
	}
	if d.over {
		return netip.Addr{}
	}
	a, ok, err := d.router.host(d.call, answer)
	if !ok || err != nil {
		d.over = true
	}
	return a
}

// source asks for the address to probe from; not valid where it is left open.
func (d *dialogue) source(question string) netip.Addr {
	answer := d.ask(question, "", "")
	if answer == "" {
		return netip.Addr{}
	}
	a, err := d.router.answeredSource(answer)
	if err != nil {
		d.stop(err.Error())
	}
	return a
}

// pattern asks until the answer is a data pattern; nil is the standard one.
func (d *dialogue) pattern() *uint16 {
	for !d.over {
		answer := d.ask("Data pattern ", "0xABCD", "")
		if answer == "" {
			return nil
		}
		if _, ok, _, _ := (patternType{}).Match(nil, []string{answer}); ok {
			p := patternType{}.Value(nil, []string{answer}).(uint16)
			return &p
		}
		d.call.Print("% Bad hexadecimal number\n")
	}
	return nil
}

// options asks for the options of the IP header, of which there are none here,
// and whether every answer is to be told in words.
func (d *dialogue) options() (verbose bool) {
	shown := "none"
	for !d.over {
		answer := strings.ToLower(d.ask("Loose, Strict, Record, Timestamp, Verbose", shown, ""))
		switch {
		case answer == "" || answer == "none":
			return verbose
		case strings.HasPrefix("verbose", answer):
			verbose, shown = true, "V"
		default:
			d.call.Print("% No such option here\n")
		}
	}
	return verbose
}
