package subject

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/retention"
	"foia/internal/yamltext"
)

// Library finds subjects by id, in the user's folder first and then among the built-in ones. It
// reads a file when it is asked for it.
type Library struct {
	layers []fs.FS // the first wins
}

// NewLibrary joins layers of folders that hold subjects/. The first layer that has a file wins;
// the last is the built-in one.
func NewLibrary(layers ...fs.FS) *Library { return &Library{layers: layers} }

const folder = "subjects"

// IDs are the ids of all subjects, sorted.
func (l *Library) IDs() []string {
	ids := map[string]bool{}
	for _, layer := range l.layers {
		files, err := fs.ReadDir(layer, folder)
		if err != nil {
			continue // a layer need not have the folder
		}
		for _, f := range files {
			if id, ok := strings.CutSuffix(f.Name(), ".yaml"); ok && !f.IsDir() && !strings.HasPrefix(id, ".") {
				ids[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// Get reads one subject. The error is a *NotFound if there is none of that name.
func (l *Library) Get(id string) (*Subject, error) {
	if err := l.passedOver(); err != nil {
		return nil, err
	}
	name := path.Join(folder, id+".yaml")
	for i, layer := range l.layers {
		info, err := fs.Stat(layer, name)
		switch {
		case err != nil || info.IsDir():
		case !isID(id):
			return nil, &Problem{File: name, Line: 1, What: "the name of the file cannot be the id of a subject",
				Remedy: "rename it to lower-case letters, digits and hyphens, such as jail-deaths.yaml"}
		default:
			return read(layer, name, id, i < len(l.layers)-1)
		}
	}
	return nil, &NotFound{Name: short(id), Near: entered.Nearest(short(id), l.IDs(), 3)}
}

// Find is Get for a name as people type it: body cameras, Body-Camera.
func (l *Library) Find(name string) (*Subject, error) {
	s, err := l.Get(name)
	var none *NotFound
	if !errors.As(err, &none) {
		return s, err
	}
	for _, id := range l.IDs() {
		if typed := retention.Stems(name); len(typed) > 0 && slices.Equal(typed, retention.Stems(id)) {
			return l.Get(id)
		}
	}
	return nil, err
}

// All reads all subjects, sorted by id.
func (l *Library) All() ([]*Subject, error) {
	var all []*Subject
	for _, id := range l.IDs() {
		s, err := l.Get(id)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// Advice is what holds for a request on every subject, and where it was read.
type Advice struct {
	Is   string `yaml:"is" json:"is"`
	Read string `yaml:"read" json:"read"`
}

// EverySubject is what holds for a request on every subject. It is built in.
func (l *Library) EverySubject() ([]Advice, error) {
	const file = "narrowing.yaml"
	if len(l.layers) == 0 {
		return nil, nil
	}
	raw, err := yamltext.ReadFS(l.layers[len(l.layers)-1], file)
	if err != nil {
		return nil, fmt.Errorf("the advice on narrowing cannot be read: %w", err)
	}
	var all struct {
		Rules []Advice `yaml:"rules"`
	}
	err = yamltext.Decode(yamltext.Source{File: file, Text: raw}, &all)
	return all.Rules, err
}

// passedOver is the error that a file of the user's would be passed over without a word.
func (l *Library) passedOver() error {
	for _, layer := range l.layers {
		files, err := fs.ReadDir(layer, folder)
		if err != nil {
			continue
		}
		for _, f := range files {
			ext := path.Ext(f.Name())
			meant := strings.EqualFold(ext, ".yml") || strings.EqualFold(ext, ".yaml") && ext != ".yaml"
			if meant && !f.IsDir() && !strings.HasPrefix(f.Name(), ".") {
				return &remedy.Error{What: "foia does not read " + f.Name() + ", whose name does not end in .yaml",
					Where: path.Join(folder, f.Name()), Do: "rename it, such as jail-deaths.yaml"}
			}
		}
	}
	return nil
}

func read(layer fs.FS, file, id string, own bool) (*Subject, error) {
	raw, err := yamltext.ReadFS(layer, file)
	if err != nil {
		return nil, fmt.Errorf("the subject cannot be read: %w", err)
	}
	s := quickSubject(layer, file, raw)
	if s == nil {
		if s, err = parse(file, raw); err != nil {
			return nil, err
		}
	}
	if s.ID != id {
		return nil, &Problem{File: file, Line: 1, What: "the subject's id is not the name of its file",
			Remedy: "write id: " + id + ", or rename the file"}
	}
	s.File, s.Own = file, own
	return s, nil
}

// isID tells whether a name can be the id of a subject.
func isID(s string) bool {
	const longest = 60
	if s == "" || len(s) > longest || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return false
	}
	return s[0] != '-' && s[len(s)-1] != '-'
}

// short keeps a hostile name out of an error.
func short(s string) string {
	const most = 60
	if r := []rune(strings.Join(strings.Fields(s), " ")); len(r) > most {
		return string(r[:most]) + "…"
	}
	return strings.Join(strings.Fields(s), " ")
}
