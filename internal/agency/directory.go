package agency

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// agenciesJSON is the directory with all its sources, for people and for
// Sources; offices.json is the same without them and without white space, which
// is read four times as fast. A test compares the two.
var (
	//go:embed data/agencies.json
	agenciesJSON []byte
	//go:embed data/offices.json
	officesJSON []byte
)

// Directory is the list of offices, sorted by id.
type Directory struct {
	offices []Office
	byID    map[string]int
}

// Embedded returns the built-in directory. It is read once. Its offices come
// without their list of sources; see Sources.
var Embedded = sync.OnceValues(func() (*Directory, error) { return parseOffices(officesJSON) })

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

// Sources returns where the fields of an office's record come from.
func (d *Directory) Sources(id string) ([]Source, error) {
	if o, ok := d.Get(id); !ok || o.UserAdded {
		return o.Sources, nil
	}
	var records []struct {
		ID      string   `json:"id"`
		Sources []Source `json:"sources"`
	}
	if err := json.Unmarshal(agenciesJSON, &records); err != nil {
		return nil, fmt.Errorf("the built-in directory cannot be read: %w", err)
	}
	for _, r := range records {
		if r.ID == id {
			return r.Sources, nil
		}
	}
	return nil, nil
}

// withoutSources is what offices.json must hold.
func withoutSources(raw []byte) ([]byte, error) {
	var offices []Office
	if err := json.Unmarshal(raw, &offices); err != nil {
		return nil, err
	}
	for i := range offices {
		offices[i].Sources = nil
	}
	return json.Marshal(offices)
}
