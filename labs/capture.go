package labs

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/ioslab/ioslab/ios"
	"github.com/ioslab/ioslab/labs/capture"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

// stdoutName is standard output where an order names a file.
const stdoutName = "-"

// A captureFile takes the frames of the interfaces that are captured into it.
type captureFile struct {
	lab      *Lab
	name     string // as the order has it
	path     string // as the storage has it
	out      captureOut
	uses     []*captureUse
	flushing bool
}

type captureOut interface {
	Add(capture.Interface) (number int, err error)
	Packet(number int, at time.Time, sent bool, frame []byte)
	Frames(number int) uint64
	Flush() error
	Close() error
}

// captureUse is one interface that is captured into a file.
type captureUse struct {
	file   *captureFile
	end    topology.Endpoint
	number int
	remove func()
}

// capture begins to write the frames of an end of a link to a file.
func (l *Lab) capture(e topology.Endpoint, files storage.Storage, name string) error {
	f, err := l.captureFile(files, name)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(f.uses, func(u *captureUse) bool { return u.end == e }) {
		return fmt.Errorf("%v is captured into %s already", e, name)
	}
	number, err := f.out.Add(l.captured(e))
	if err != nil {
		if errors.Is(err, capture.ErrLinkType) {
			err = fmt.Errorf("%v cannot be captured into %s: %w: want another file", e, name, err)
		}
		return err
	}
	u := &captureUse{file: f, end: e, number: number}
	u.remove, err = l.Tap(e, func(at time.Duration, sent bool, frame []byte) {
		f.out.Packet(number, ios.Epoch.Add(at), sent, frame)
		f.flushSoon()
	})
	if err != nil {
		return err
	}
	f.uses = append(f.uses, u)
	f.flush()
	return nil
}

// captured describes an end of a link.
func (l *Lab) captured(e topology.Endpoint) capture.Interface {
	c := capture.Interface{Name: e.String(), LinkType: capture.Ethernet}
	for _, k := range l.File.Links {
		for i, end := range k.Ends {
			if end == e {
				c.Description = "to " + k.Ends[1-i].String()
				if l.File.Serial(k) {
					c.LinkType = capture.HDLC
				}
			}
		}
	}
	return c
}

// captureFile is the open file of that name, or a new one.
func (l *Lab) captureFile(files storage.Storage, name string) (*captureFile, error) {
	path := name
	if name != stdoutName {
		path = files.Path(name)
	}
	for _, f := range l.captures {
		if f.path == path {
			return f, nil
		}
	}
	f := &captureFile{lab: l, name: name, path: path}
	if name == stdoutName {
		if l.opts.Stdout == nil {
			return nil, errors.New("standard output shows the console: want a file, or `ioslab run --capture R1:FastEthernet0/0=- | wireshark -k -i -`")
		}
		f.out = stdout{capture.NewWriter(l.opts.Stdout), l.opts.Stdout}
	} else {
		file, err := capture.Create(files, name)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be written: %w", name, unwritable(err, "a new file, or a capture, in a directory that is there"))
		}
		f.out = file
	}
	l.captures = append(l.captures, f)
	return f, nil
}

// unwritable is why a file cannot be written, and what would be right.
func unwritable(err error, right string) error {
	if errors.Is(err, storage.ErrOutside) {
		right = "a path within the transcript's folder (`ioslab replay --allow-paths` takes others, too)"
	}
	return fmt.Errorf("%w: want %s", source.Reason(err), right)
}

// stdout is standard output as a capture file.
type stdout struct {
	*capture.Writer
	io.Closer
}

func (s stdout) Close() error { return errors.Join(s.Flush(), s.Closer.Close()) }

// flushSoon writes what was captured when what happens now has happened: a
// reader of the file sees packets at once.
func (f *captureFile) flushSoon() {
	if !f.flushing {
		f.flushing = true
		f.lab.Loop.At(f.lab.Loop.Now(), func() { f.flushing = false; f.flush() })
	}
}

func (f *captureFile) flush() {
	if err := f.out.Flush(); err != nil {
		f.close()
	}
}

// close ends the file and all that is captured into it.
func (f *captureFile) close() {
	if !slices.Contains(f.lab.captures, f) {
		return
	}
	f.lab.captures = slices.DeleteFunc(f.lab.captures, func(o *captureFile) bool { return o == f })
	for _, u := range f.uses {
		u.remove()
	}
	f.uses = nil
	err := f.out.Close()
	switch {
	case err == nil:
	case f.name == stdoutName: // its reader has gone, which is no failure
		f.lab.report(fmt.Errorf("the capture to standard output ends: %w", source.Reason(err)))
	default:
		f.lab.fail(fmt.Errorf("%s: the capture ends: %w", f.name, source.Reason(err)))
	}
}

// stopCapture ends what is captured at an end of a link, and tells of it.
func (l *Lab) stopCapture(e topology.Endpoint) (string, error) {
	var told strings.Builder
	for _, f := range slices.Clone(l.captures) {
		at := slices.IndexFunc(f.uses, func(u *captureUse) bool { return u.end == e })
		if at < 0 {
			continue
		}
		u := f.uses[at]
		told.WriteString(u.text())
		u.remove()
		f.uses = slices.Delete(f.uses, at, at+1)
		if len(f.uses) == 0 {
			f.close()
		}
	}
	if told.Len() == 0 {
		return "", fmt.Errorf("%v is not captured", e)
	}
	return told.String(), nil
}

func (l *Lab) closeCaptures() {
	for _, f := range slices.Clone(l.captures) {
		f.close()
	}
}
