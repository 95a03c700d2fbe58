package agency

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed data/agencies.json
var agenciesJSON []byte

// Directory is the list of offices, sorted by id.
type Directory struct {
	offices []Office
	byID    map[string]int
}

// Embedded returns the built-in directory. It is read once.
var Embedded = sync.OnceValues(func() (*Directory, error) { return parseOffices(agenciesJSON) })

func parseOffices(raw []byte) (*Directory, error) {
	var offices []Office
	if err := json.Unmarshal(raw, &offices); err != nil {
		return nil, fmt.Errorf("the built-in directory cannot be read: %w", err)
	}
	return newDirectory(offices), nil
}

func newDirectory(offices []Office) *Directory {
	slices.SortFunc(offices, func(a, b Office) int { return strings.Compare(a.ID, b.ID) })
	d := &Directory{offices: offices, byID: make(map[string]int, len(offices))}
	for i, o := range offices {
		d.byID[o.ID] = i
	}
	for i := range offices {
		if p, ok := d.byID[offices[i].Parent]; ok {
			offices[i].ParentName = offices[p].Name
		}
	}
	return d
}

// All returns every office, sorted by id.
func (d *Directory) All() []Office { return slices.Clone(d.offices) }

// Get returns the office with that id.
func (d *Directory) Get(id string) (Office, bool) {
	i, ok := d.byID[id]
	if !ok {
		return Office{}, false
	}
	return d.offices[i], true
}
