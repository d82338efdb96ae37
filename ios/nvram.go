package ios

// Store keeps a router's startup configuration.
type Store interface {
	// Load returns the configuration, nil where there is none.
	Load() ([]byte, error)
	// Save replaces the configuration as a whole or not at all.
	Save(config []byte) error
	// Erase removes the configuration.
	Erase() error
	// Lasting reports whether what is saved outlives the process.
	Lasting() bool
}

// MemoryStore is an NVRAM that lives as long as the process.
type MemoryStore struct{ config []byte }

// Load returns what was last saved.
func (m *MemoryStore) Load() ([]byte, error) { return m.config, nil }

// Save keeps a copy of config.
func (m *MemoryStore) Save(config []byte) error {
	m.config = append([]byte(nil), config...)
	return nil
}

// Erase forgets the configuration.
func (m *MemoryStore) Erase() error {
	m.config = nil
	return nil
}

// Lasting is false: memory goes with the process.
func (m *MemoryStore) Lasting() bool { return false }
