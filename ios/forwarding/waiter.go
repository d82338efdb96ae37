package forwarding

// waiter is the one command that waits for a probe to have something to say.
type waiter struct{ resume func() }

// Wait has resume called, once, when there is more to read or the probe has
// ended. Its form is that of what a console command registers while it waits.
// It is to be called only when there is nothing left to read.
func (w *waiter) Wait(resume func()) (cancel func()) {
	w.resume = resume
	return func() { w.resume = nil }
}

func (w *waiter) wake() {
	if resume := w.resume; resume != nil {
		w.resume = nil
		resume()
	}
}
