package labs

import (
	"fmt"

	"github.com/ioslab/ioslab/labs/capture"
	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
)

var keysRow = orderRow{
	name: "keys",
	form: "DIR",
	help: "write the key files with which Wireshark decrypts IKE and ESP",
	parse: func(p *orderParser) (action, error) {
		dir := p.path()
		if dir == "" {
			return nil, p.wrong("names no directory")
		}
		return logKeys{dir}, nil
	},
}

type logKeys struct{ dir string }

func (logKeys) touchesHost() bool { return true }

func (o logKeys) do(i *issue) (Pause, error) { return Pause{}, i.lab.logKeys(i.Files, o.dir) }

// logKeys begins to write the keys of all routers' SAs into a directory, and no more
// into another.
func (l *Lab) logKeys(files storage.Storage, dir string) error {
	l.closeKeys()
	k, err := capture.CreateKeyFiles(files, dir, func(err error) {
		l.fail(fmt.Errorf("%s: no more keys are written: %w", dir, source.Reason(err)))
	})
	if err != nil {
		return fmt.Errorf("keys cannot be written to %s: %w", dir, unwritable(err, "a directory of the lab's own"))
	}
	l.keyFiles = k
	for _, n := range l.nodes {
		if r, ok := n.device.(*router); ok {
			r.LogKeys(k)
		}
	}
	return nil
}

func (l *Lab) closeKeys() {
	if l.keyFiles == nil {
		return
	}
	for _, n := range l.nodes {
		if r, ok := n.device.(*router); ok {
			r.LogKeys(nil)
		}
	}
	if err := l.keyFiles.Close(); err != nil {
		l.fail(fmt.Errorf("the key files: %w", source.Reason(err)))
	}
	l.keyFiles = nil
}
