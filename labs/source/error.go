// Package source tells where in a file that a person wrote something is wrong.
package source

import "fmt"

// An Error says what is wrong with a line of a file and what would be right.
type Error struct {
	File  string
	Line  int // from 1; 0 where the file as a whole is meant
	Wrong string
	Right string // may be empty
}

// Errorf returns an error whose Right is empty.
func Errorf(file string, line int, format string, args ...any) *Error {
	return &Error{File: file, Line: line, Wrong: fmt.Sprintf(format, args...)}
}

// Want sets what would be right.
func (e *Error) Want(format string, args ...any) *Error {
	e.Right = fmt.Sprintf(format, args...)
	return e
}

// Error gives the one line that a command prints.
func (e *Error) Error() string {
	s := e.File
	if e.Line > 0 {
		s += fmt.Sprintf(":%d", e.Line)
	}
	s += ": " + e.Wrong
	if e.Right != "" {
		s += ": want " + e.Right
	}
	return s
}
