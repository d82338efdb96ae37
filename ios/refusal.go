package ios

import "fmt"

// refusal is why a command was not carried out, in IOS's words, which are not
// those that errors have elsewhere.
type refusal string

// Error is the line that IOS prints.
func (r refusal) Error() string { return string(r) }

func refuse(format string, args ...any) error { return refusal(fmt.Sprintf(format, args...)) }
