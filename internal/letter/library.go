package letter

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// Library finds templates, clauses, arguments and packs by id, in the user's folder first
// and then among the built-in ones. It reads a file when it is asked for it.
type Library struct {
	layers []fs.FS // the first wins
	claims func() (claimBook, error)
}

// NewLibrary joins layers of folders that hold letters/, clauses/, arguments/ and packs/.
// The first layer that has a file wins.
func NewLibrary(layers ...fs.FS) *Library {
	l := &Library{layers: layers}
	l.claims = sync.OnceValues(func() (claimBook, error) {
		if len(layers) == 0 {
			return claimBook{}, nil
		}
		return readClaims(layers[len(layers)-1])
	})
	return l
}

// Pack is several letters that are filed together.
type Pack struct {
	ID       string         `yaml:"id"`
	Title    string         `yaml:"title"`
	Summary  string         `yaml:"summary"`
	Defaults map[string]any `yaml:"defaults"`
	Letters  []PackLetter   `yaml:"letters"`

	File string `yaml:"-" json:"-"`
}

// PackLetter is one letter of a pack: a template, an office, and what the
// letter says there. Name tells it from the others and ends its folder's name.
type PackLetter struct {
	Name     string         `yaml:"name"`
	Template string         `yaml:"template"`
	Office   string         `yaml:"office"`
	Place    *Place         `yaml:"place" json:",omitempty"` // instead of an office: where there is none, in samples only
	Via      string         `yaml:"via"`                     // how this one is best filed; empty: as the office prefers
	Defaults map[string]any `yaml:"defaults"`
}

// Place is an office that there is not, of the samples of a pack whose user brings a list of real ones.
type Place struct {
	Name    string   `yaml:"name"`
	Address []string `yaml:"address"`
	City    string   `yaml:"city"`
	State   string   `yaml:"state"`
	ZIP     string   `yaml:"zip"`
	Law     string   `yaml:"law"`
}

// Addressee is the office of the letter as a list names it.
func (l PackLetter) Addressee() string {
	if l.Place != nil {
		return l.Place.Name + " (made up)"
	}
	return l.Office
}

// NotFound says that there is no template, clause, argument or pack of that name.
type NotFound struct {
	What string // template, clause, argument
	Name string
	Near []string
}

func (e *NotFound) Error() string { return fmt.Sprintf("there is no %s %s", e.What, quoted(e.Name)) }

// Hint names the closest ones.
func (e *NotFound) Hint() string {
	if len(e.Near) == 0 {
		return "list what there is: " + remedy.To(remedy.Templates).String()
	}
	return remedy.DidYouMean(e.Near, "see all: "+remedy.To(remedy.Templates).String())
}

// Usage: the user named something that does not exist.
func (e *NotFound) Usage() bool { return true }

// find opens the file in the first layer that has it.
func (l *Library) find(file string) (fs.FS, bool) {
	for _, layer := range l.layers {
		if info, err := fs.Stat(layer, file); err == nil && !info.IsDir() {
			return layer, true
		}
	}
	return nil, false
}

// Template reads, joins and checks one template.
func (l *Library) Template(id string) (*Template, error) {
	s, err := l.source("letters", "template", id)
	if err != nil {
		return nil, err
	}
	var clauses []*source
	for _, c := range s.Clauses {
		clause, err := l.source("clauses", "clause", c)
		var missing *NotFound
		if errors.As(err, &missing) {
			return nil, &Problem{File: s.file, What: err.Error(), Remedy: missing.Hint()}
		}
		if err != nil {
			return nil, err
		}
		clauses = append(clauses, clause)
	}
	arguments, err := l.arguments(slices.Concat(clauses, []*source{s}))
	if err != nil {
		return nil, err
	}
	return compile(s, clauses, arguments, l.claims)
}

// arguments reads those that a letter and its clauses name, each once; those of the
// clauses come first, as their facts are asked for first.
func (l *Library) arguments(parts []*source) ([]*source, error) {
	var out []*source
	seen := map[string]bool{}
	for _, part := range parts {
		for _, id := range part.Arguments {
			if seen[id] {
				continue
			}
			seen[id] = true
			argument, err := l.source("arguments", "argument", id)
			var missing *NotFound
			if errors.As(err, &missing) {
				return nil, &Problem{File: part.file, What: err.Error(), Remedy: missing.Hint()}
			}
			if err != nil {
				return nil, err
			}
			out = append(out, argument)
		}
	}
	return out, nil
}

func (l *Library) source(folder, what, id string) (*source, error) {
	file := path.Join(folder, id+".md")
	layer, ok := l.find(file)
	if !isID(id) || !ok {
		return nil, &NotFound{What: what, Name: id, Near: entered.Nearest(id, l.names(folder, ".md"), 3)}
	}
	return readSource(layer, file)
}

// Source returns the text of a template as it appears in its file.
func (l *Library) Source(id string) ([]byte, error) {
	s, err := l.source("letters", "template", id)
	if err != nil {
		return nil, err
	}
	return s.raw, nil
}

// Claims are all claims that letters may make, by name.
func (l *Library) Claims() (map[string]*Claim, error) {
	book, err := l.claims()
	return book, err
}

// Pack reads one pack. The error is *NotFound if there is none of that name.
func (l *Library) Pack(id string) (*Pack, error) {
	file := path.Join("packs", id+".yaml")
	layer, ok := l.find(file)
	if !isID(id) || !ok {
		return nil, &NotFound{What: "template", Name: id, Near: entered.Nearest(id, append(l.Packs(), l.Templates()...), 3)}
	}
	raw, err := yamltext.ReadFS(layer, file)
	if err != nil {
		return nil, fmt.Errorf("the pack cannot be read: %w", err)
	}
	p := quickPack(layer, file, raw)
	if p == nil {
		p = &Pack{}
		if err := yamltext.Decode(yamltext.Source{File: file, Text: raw}, p); err != nil {
			return nil, err
		}
	}
	p.File = file
	if p.ID != id || len(p.Letters) == 0 {
		return nil, &Problem{File: file, What: "the pack's id is not the name of its file, or it has no letters",
			Remedy: "write id: " + id + " and a list of letters"}
	}
	return p, p.check()
}

func (p *Pack) check() error {
	seen := map[string]bool{}
	for i, l := range p.Letters {
		if !isID(l.Name) || seen[l.Name] || l.Template == "" || (l.Office == "") == (l.Place == nil) {
			return &Problem{File: p.File, What: fmt.Sprintf("letter %d lacks its template or office, or its name is not unique", i+1),
				Remedy: "give each letter its own name (lower-case letters, digits, hyphens), a template, and an office or a place"}
		}
		seen[l.Name] = true
	}
	return nil
}

// Templates returns the ids of all letters, sorted.
func (l *Library) Templates() []string { return l.names("letters", ".md") }

// Packs returns the ids of all packs, sorted.
func (l *Library) Packs() []string { return l.names("packs", ".yaml") }

func (l *Library) names(folder, extension string) []string {
	names := map[string]bool{}
	for _, layer := range l.layers {
		entries, err := fs.ReadDir(layer, folder)
		if err != nil {
			continue // a layer need not have every folder
		}
		for _, e := range entries {
			if name, ok := strings.CutSuffix(e.Name(), extension); ok && !e.IsDir() {
				names[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}
