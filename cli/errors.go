package cli

import "errors"

// What Await, Sleep and the questions return instead of an answer.
var (
	ErrInterrupted = errors.New("interrupted")    // Ctrl-Shift-6, or Ctrl-C at a question
	ErrClosed      = errors.New("session closed") // the session is going away
)

const (
	textInvalid    = "% Invalid input detected at '^' marker."
	textIncomplete = "% Incomplete command."
	textUnknown    = "% Unrecognized command"
)

func textAmbiguous(line string) string { return `% Ambiguous command:  "` + line + `"` }

// caretError is reported by a caret under the line that was typed.
type caretError struct {
	name string // the argument
	word int    // else the word
	own  bool   // else where the parser gave up
}

func (*caretError) Error() string { return textInvalid }

// incompleteError is a command that a handler finds incomplete.
type incompleteError struct{}

func (incompleteError) Error() string { return textIncomplete }

// InvalidAt puts the caret under the argument (or keyword) of that name.
func InvalidAt(name string) error { return &caretError{name: name} }

// InvalidWord puts the caret under a word of the line, counted from 0.
func InvalidWord(n int) error { return &caretError{word: n} }

// InvalidInput puts the caret where the parser could not go on. It is for
// Device.UnknownExec, where no name lookup is wanted.
func InvalidInput() error { return &caretError{own: true} }

// Incomplete says that the command lacks something.
func Incomplete() error { return incompleteError{} }
