package law

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// The laws on public records of states and countries: one file for each, which people
// read and correct (laws/README.md says how), and laws.json, which says the same and is
// read at once. A test compares them.
//
//go:embed laws/laws.json
var recordsJSON []byte

// RecordsBook is laws on public records, besides the federal one: those that foia has,
// with what the user's own files say.
type RecordsBook struct {
	laws     map[string]*PublicRecords
	reminder Limit
	own      string // digest of the user's files; empty if there are none
}

// recordsFile is laws.json.
type recordsFile struct {
	Reminder Limit            `yaml:"reminder" json:"reminder"`
	Laws     []*PublicRecords `yaml:"-" json:"laws"`
}

// LoadRecords reads the embedded laws on public records, once. Those of a workspace are
// in its Book.
var LoadRecords = sync.OnceValues(func() (*RecordsBook, error) { return recordsFrom(recordsJSON) })

// recordsFrom reads laws.json.
func recordsFrom(raw []byte) (*RecordsBook, error) {
	var file recordsFile
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("the laws on public records cannot be read: %w", err)
	}
	b := &RecordsBook{laws: map[string]*PublicRecords{}, reminder: file.Reminder}
	for _, p := range file.Laws {
		b.add(p)
	}
	return b, nil
}

func (b *RecordsBook) add(p *PublicRecords) {
	p.Reminder = b.reminder
	p.complete()
	b.laws[p.ID] = p
}

// complete makes the law one that letters and clocks can ask.
func (p *PublicRecords) complete() { p.regime = Regime{Texts: []Text{p.text()}, Records: p} }

// clone is the law again, none of it shared.
func (p *PublicRecords) clone() *PublicRecords {
	out := &PublicRecords{Reminder: p.Reminder}
	raw, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(raw, out)
	}
	if err != nil {
		panic("law: a law is not the same after JSON: " + err.Error()) // it has come from JSON
	}
	return out
}

// ParseRecords reads the file of one law. What is wrong with what it says, Check tells.
func ParseRecords(raw []byte, file string) (*PublicRecords, error) {
	p := &PublicRecords{}
	if err := yamltext.Decode(yamltext.Source{File: file, Text: raw}, p); err != nil {
		return nil, err
	}
	p.complete()
	return p, nil
}

// Law returns the law of that id.
func (b *RecordsBook) Law(id string) (*PublicRecords, bool) {
	p, ok := b.laws[id]
	return p, ok
}

// IDs are those of all laws, sorted.
func (b *RecordsBook) IDs() []string { return slices.Sorted(maps.Keys(b.laws)) }

// Called is the id of the law that people call so: by its id, by its place without what stands in brackets, or, of a country, by
// the initials of its name (UK); empty: there is none.
func (b *RecordsBook) Called(name string) string {
	name = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(name), ".", ""))
	if _, ok := b.laws[name]; ok || name == "" {
		return name
	}
	for _, id := range b.IDs() {
		place, _, _ := strings.Cut(strings.ToLower(b.laws[id].Place), " (")
		if place == name || b.laws[id].Abroad() && initials(place) == name {
			return id
		}
	}
	return ""
}

// initials are those of a name of several words.
func initials(name string) (out string) {
	if words := strings.Fields(name); len(words) > 1 {
		for _, w := range words {
			out += w[:1]
		}
	}
	return out
}

// OwnFile is the file of a law that the user has written.
type OwnFile struct {
	Name string // laws/us-tx.yaml
	Text []byte
}

// With returns the laws with those of the user's files: one that is named for a law of
// the book is laid over it, field by field, and another is a law of its own. The error
// is a *Faulty.
func (b *RecordsBook) With(files []OwnFile) (*RecordsBook, error) {
	if len(files) == 0 {
		return b, nil
	}
	out := &RecordsBook{laws: maps.Clone(b.laws), reminder: b.reminder}
	sum := sha256.New()
	var faults []Fault
	for _, f := range files {
		p, found := Check(f.Text, f.Name, b.laws[IDOf(f.Name)])
		if faults = append(faults, found...); len(found) == 0 {
			out.add(p)
		}
		fmt.Fprintf(sum, "%s %d\n%s\n", f.Name, len(f.Text), f.Text)
	}
	out.own = hex.EncodeToString(sum.Sum(nil))
	if len(faults) > 0 {
		return nil, &Faulty{faults}
	}
	return out, nil
}

// Faulty is that there are faults in laws of the user's own.
type Faulty struct{ Faults []Fault }

func (e *Faulty) Error() string {
	text := e.Faults[0].Error()
	if n := len(e.Faults) - 1; n == 1 {
		text += ", and one more fault"
	} else if n > 1 {
		text += fmt.Sprintf(", and %d more faults", n)
	}
	return "your own law cannot be used: " + text
}

// Hint says what to do.
func (e *Faulty) Hint() string {
	hint := e.Faults[0].Remedy
	if len(e.Faults) > 1 {
		hint += "; to see all of them: " + remedy.To(remedy.CheckLaw, e.Faults[0].File).String()
	}
	return hint
}

// Unwrap is the first fault as an error in a YAML text, which is what it is for whoever
// asks what kind of error there was.
func (e *Faulty) Unwrap() error {
	f := e.Faults[0]
	return &yamltext.Error{File: f.File, Line: f.Line, What: f.What, Remedy: f.Remedy}
}

// Own are the fields of the law that are as the user's file has them, sorted. A list is
// one field, since it is taken as a whole; sources are added to those of the law below.
func (p *PublicRecords) Own() []string {
	fields, outer := map[string]bool{}, map[string]bool{}
	for path := range p.given {
		path, _, _ = strings.Cut(path, "[")
		fields[path] = true
		for at := around(path); at != ""; at = around(at) {
			outer[at] = true
		}
	}
	maps.DeleteFunc(fields, func(path string, _ bool) bool { return outer[path] })
	return slices.Sorted(maps.Keys(fields))
}

// lieOver completes a law whose file was read over another: what was read for the other
// was still read, so its sources come after those of the file; and that a field of the
// other is unverified says nothing of a field that the file gives. It returns how many
// of the sources are of the file.
func (p *PublicRecords) lieOver(under *PublicRecords) (own int) {
	if p.given.Has("sources") {
		own = len(p.Sources)
		p.Sources = append(p.Sources[:own:own], under.Sources...)
	}
	given := p.Own()
	for _, list := range []struct {
		name  string
		paths *[]string
	}{{"unverified_fields", &p.Unverified}, {"tertiary_only_fields", &p.OneSource}, {"use.doubted", &p.Use.Doubted}} {
		if p.given.Has(list.name) {
			continue
		}
		*list.paths = slices.DeleteFunc(*list.paths, func(path string) bool {
			return slices.ContainsFunc(given, func(field string) bool { return path == field || within(path, field) })
		})
	}
	return own
}

// Records are the laws on public records of the book: those of WithRecords, else those
// that foia has.
func (b *Book) Records() *RecordsBook {
	if b.records != nil {
		return b.records
	}
	return mustRecords()
}

// WithRecords is the book with other laws on public records.
func (b *Book) WithRecords(records *RecordsBook) *Book {
	out := *b
	out.records = records
	return &out
}

// Knows tells whether the law of that id is in the book.
func (b *Book) Knows(id string) bool {
	if id == Federal {
		return true
	}
	_, ok := b.Records().Law(id)
	return ok
}

// Currency is the one in which fees under a law are asked for, as ISO 4217 has it.
func (b *Book) Currency(id string) string {
	if p, ok := b.Records().Law(id); ok {
		return cmp.Or(p.Use.Currency, Dollars)
	}
	return Dollars
}

// Digest is the SHA-256, in hex, of the laws: what was derived from other ones may be
// out of date.
func (b *Book) Digest() string {
	sum := sha256.New()
	for _, part := range [][]byte{federalJSON, recordsJSON} {
		sum.Write(part)
	}
	if b.records != nil && b.records.own != "" { // those of foia itself need not be read for it
		sum.Write([]byte(b.records.own))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Dollars is the currency of the United States.
const Dollars = "USD"

// KnownLaw tells whether foia has the law of that id. Who has a Book asks that, which
// knows the user's own laws too.
func KnownLaw(id string) bool {
	_, ok := mustRecords().Law(id)
	return ok || id == Federal
}

// mustRecords is LoadRecords where there is nobody to tell: what is embedded was
// read when the program was tested, so that a fault in it is one of the program.
func mustRecords() *RecordsBook {
	b, err := LoadRecords()
	if err != nil {
		panic("law: " + err.Error())
	}
	return b
}
