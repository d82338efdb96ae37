package cli

import (
	"fmt"
	"slices"
)

// commandsOf returns the rows that exist in a release.
func (lang *Language) commandsOf(release string) ([]Command, error) {
	now, err := lang.age(release, 0)
	if err != nil {
		return nil, err
	}
	var rows []Command
	for _, row := range lang.Commands {
		since, err := lang.age(row.Since, 0)
		if err != nil {
			return nil, fmt.Errorf("cli: command %q: %w", row.Words(), err)
		}
		until, err := lang.age(row.Until, len(lang.Releases)+1)
		if err != nil {
			return nil, fmt.Errorf("cli: command %q: %w", row.Words(), err)
		}
		if since <= now && now < until {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// date finds the keywords of a syntax that came later than a release.
func (lang *Language) date(s *syntax, release string) error {
	now, err := lang.age(release, 0)
	if err != nil {
		return err
	}
	for i := range s.tokens {
		tok := &s.tokens[i]
		since, err := lang.age(tok.since, 0)
		if err != nil {
			return err
		}
		tok.later = since > now
	}
	return nil
}

// age returns the place of a release in the order of all, from 0; unnamed is
// that of "".
func (lang *Language) age(release string, unnamed int) (int, error) {
	if release == "" {
		return unnamed, nil
	}
	i := slices.Index(lang.Releases, release)
	if i < 0 {
		return 0, fmt.Errorf("there is no release %q", release)
	}
	return i, nil
}
