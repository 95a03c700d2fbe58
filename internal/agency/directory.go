package agency

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// The quick forms of the directory (see Quick), one office a line, so that an office can
// be read without the others. A test compares them with the files of the departments.
var (
	//go:embed data/offices.jsonl
	officesJSONL []byte
	//go:embed data/sources.jsonl
	sourcesJSONL []byte
)

// Directory is the list of offices, sorted by id. It may be used by many
// goroutines.
type Directory struct {
	records []*record
	byID    map[string]int
	dropped string     // see Dropped
	base    *Directory // without the user's offices; nil: it has none

	entriesOnce sync.Once
	allEntries  []entry // see entries
}

// record is one office, read from its line when it is first needed.
type record struct {
	id     string
	line   []byte // nil: office was given
	at     int    // where the line begins
	once   sync.Once
	office Office

	nameOnce sync.Once
	name     string // of a line, for the offices of which it is the parent
}

// Embedded returns the built-in directory. Its offices come without their list
// of sources; see Sources.
var Embedded = sync.OnceValues(func() (*Directory, error) { return readLines(officesJSONL) })

// readLines splits the quick form of the directory. It reads no more of a line
// than the id at its beginning.
func readLines(raw []byte) (*Directory, error) {
	d := &Directory{byID: make(map[string]int, 512)}
	at := 0
	for line := range bytes.Lines(raw) {
		after, ok := bytes.CutPrefix(line, []byte(`{"id":"`))
		id, _, ok2 := bytes.Cut(after, []byte(`"`))
		if !ok || !ok2 {
			return nil, fmt.Errorf("the built-in directory cannot be read: line %d has no id", len(d.records)+1)
		}
		d.add(&record{id: string(id), line: line, at: at})
		at += len(line)
	}
	return d, nil
}

func (d *Directory) add(r *record) {
	if i, ok := d.byID[r.id]; ok {
		d.records[i] = r
		return
	}
	d.byID[r.id] = len(d.records)
	d.records = append(d.records, r)
}

// office reads the record with that place. A line that cannot be read would be a
// fault of the program; a test reads them all.
func (d *Directory) office(i int) Office {
	r := d.records[i]
	r.once.Do(func() {
		if r.line != nil {
			if err := json.Unmarshal(r.line, &r.office); err != nil {
				panic("agency: the built-in directory is broken at " + r.id + ": " + err.Error())
			}
		}
	})
	o := r.office
	if p, ok := d.byID[o.Parent]; ok && o.Parent != o.ID {
		o.ParentName = d.nameOf(p)
	}
	return o
}

// nameOf is the name of the office with that place.
func (d *Directory) nameOf(i int) string {
	r := d.records[i]
	if r.line == nil {
		return r.office.Name
	}
	var name struct {
		Name string `json:"name"`
	}
	r.nameOnce.Do(func() {
		if err := json.Unmarshal(r.line, &name); err != nil {
			panic("agency: the built-in directory is broken at " + r.id + ": " + err.Error())
		}
		r.name = name.Name
	})
	return r.name
}

// mayHold tells whether the record's names can hold a word, given in lower case.
// It saves reading most lines, and never says no wrongly.
func (r *record) mayHold(word string) bool {
	if r.line == nil || strings.ContainsFunc(word, func(c rune) bool { return c < 'a' || c > 'z' }) {
		return true // JSON may write other characters in another way
	}
	return bytes.Contains(r.lower(), []byte(word))
}

// loweredJSONL is the quick form in lower case, made at once for all lines.
var loweredJSONL = sync.OnceValue(func() []byte { return bytes.ToLower(officesJSONL) })

// lower is the line in lower case.
func (r *record) lower() []byte {
	if all := loweredJSONL(); len(all) == len(officesJSONL) && r.at+len(r.line) <= len(all) {
		return all[r.at : r.at+len(r.line)]
	}
	return bytes.ToLower(r.line)
}

// All returns the federal offices and the user's own, sorted by id; for those of states,
// cities and abroad, see Under.
func (d *Directory) All() []Office {
	all := make([]Office, len(d.records))
	for i := range d.records {
		all[i] = d.office(i)
	}
	slices.SortFunc(all, func(a, b Office) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Get returns the office with that id.
func (d *Directory) Get(id string) (Office, bool) {
	if i, ok := d.byID[id]; ok {
		return d.office(i), true
	}
	return elsewhere(id)
}

// Sources returns where the fields of an office's record come from: of a corrected one,
// what is built in without the corrected fields, and the user's own.
func (d *Directory) Sources(id string) ([]Source, error) {
	o, ok := d.Get(id)
	if !ok || o.UserAdded || o.IsElsewhere() && len(o.Corrected) == 0 {
		return o.Sources, nil
	}
	built, err := builtInSources(id)
	if err != nil {
		return nil, err
	}
	corrected := o.correctedKeys()
	var out []Source
	for _, s := range built {
		had := len(s.Fields)
		s.Fields = slices.DeleteFunc(slices.Clone(s.Fields), func(k string) bool { return slices.Contains(corrected, k) })
		if had == 0 || len(s.Fields) > 0 {
			out = append(out, s)
		}
	}
	return append(out, o.Sources...), nil
}

// builtInSources are those of the directory's own record.
func builtInSources(id string) ([]Source, error) {
	if o, ok := elsewhere(id); ok {
		return o.Sources, nil
	}
	for line := range bytes.Lines(sourcesJSONL) {
		if !bytes.HasPrefix(line, []byte(`{"id":"`+id+`"`)) {
			continue
		}
		var record sourcesLine
		if err := json.Unmarshal(line, &record); err != nil {
			return nil, fmt.Errorf("the built-in directory cannot be read: %w", err)
		}
		return record.Sources, nil
	}
	return nil, nil
}
