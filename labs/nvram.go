package labs

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/ioslab/ioslab/labs/source"
	"github.com/ioslab/ioslab/labs/storage"
	"github.com/ioslab/ioslab/labs/topology"
)

// nvram is a router's NVRAM: a file, beside which is what the lab gives the router
// at first.
type nvram struct {
	storage     storage.Storage
	file        string
	lasting     bool
	startup     []byte // counts until the file is written
	startupPath string
	loaded      string // the path of what was loaded last
}

// newNVRAM returns a router's NVRAM.
func (l *Lab) newNVRAM(f *topology.Node) *nvram {
	return &nvram{storage: l.state, file: f.Name + ".cfg", lasting: l.opts.State != nil, startup: f.Startup, startupPath: f.StartupPath}
}

// Load returns what was last saved. An empty file is an NVRAM that was erased.
func (n *nvram) Load() ([]byte, error) {
	text, err := source.Read(n.storage, n.file)
	if errors.Is(err, fs.ErrNotExist) {
		n.loaded = n.startupPath
		return n.startup, nil
	}
	n.loaded = n.storage.Path(n.file)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", n.loaded, err)
	case len(text) == 0:
		return nil, nil
	}
	return text, nil
}

// Save replaces the file.
func (n *nvram) Save(config []byte) error {
	return source.Reason(n.storage.Replace(n.file, config, storage.Private))
}

// Erase empties the file.
func (n *nvram) Erase() error { return n.Save(nil) }

// Lasting reports whether the file outlives the process.
func (n *nvram) Lasting() bool { return n.lasting }
