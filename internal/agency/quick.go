package agency

//go:generate go run foia/internal/quick agency

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"foia/internal/yamltext"
)

// What people read and mend, one file for each department, and what is made of it.
const (
	departmentsDir = "data/departments"
	sourcesYAML    = "data/sources.yaml"
	quickOffices   = "data/offices.jsonl"
	quickSources   = "data/sources.jsonl"

	quickElsewhere = "data/elsewhere.jsonl" // of data/offices; see elsewhere.go
	quickWords     = "data/elsewhere-words.txt"
	quickPlaces    = "data/places.json"
)

// Quick makes the quick forms of the directory from the files of the departments: the
// offices, of whose sources there is only how old each contact is, and the sources, both
// with one office a line.
func Quick(files fs.FS) (map[string][]byte, error) {
	offices, err := readDepartments(files)
	if err != nil {
		return nil, err
	}
	var quick, sources bytes.Buffer
	for _, o := range offices {
		from, err := json.Marshal(sourcesLine{o.ID, o.Sources})
		if err != nil {
			return nil, err
		}
		o.Dates, o.Sources = datesOf(o), nil
		line, err := json.Marshal(o)
		if err != nil {
			return nil, err
		}
		quick.Write(append(line, '\n'))
		sources.Write(append(from, '\n'))
	}
	made, err := quickOfLaws(files, offices)
	if err != nil {
		return nil, err
	}
	made[quickOffices], made[quickSources] = quick.Bytes(), sources.Bytes()
	return made, nil
}

// quickOfLaws makes the quick forms of the offices of states, cities and abroad.
func quickOfLaws(files fs.FS, federal []Office) (map[string][]byte, error) {
	laws, err := readElsewhere(files)
	if err != nil {
		return nil, err
	}
	kinds, err := readKinds()
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, o := range federal {
		taken[o.ID], taken[key(o.Abbreviation)] = true, true
	}
	var lines, words bytes.Buffer
	var where []Place
	for _, f := range laws {
		where = append(where, Place{Law: f.Law, Name: f.Place, Also: f.Also, Registers: f.Registers})
		for _, o := range f.offices {
			if taken[o.ID] {
				return nil, fmt.Errorf("the id %s is that of a federal office", o.ID)
			}
			line, err := json.Marshal(o)
			if err != nil {
				return nil, err
			}
			lines.Write(append(line, '\n'))
			words.WriteString(wordLine(o, f, kinds[o.Kind]))
		}
	}
	placed, err := json.Marshal(where)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{quickElsewhere: lines.Bytes(), quickWords: words.Bytes(), quickPlaces: append(placed, '\n')}, nil
}

// sourcesLine is a line of sources.jsonl.
type sourcesLine struct {
	ID      string   `json:"id"`
	Sources []Source `json:"sources"`
}

// citable is what departments were taken from, by the name that records cite.
type citable struct {
	Name string `yaml:"name"`
	Ref  string `yaml:"ref"`
	Date string `yaml:"date"`
}

// readDepartments reads all offices with their sources, sorted by id.
func readDepartments(files fs.FS) ([]Office, error) {
	raw, err := fs.ReadFile(files, sourcesYAML)
	if err != nil {
		return nil, err
	}
	var known struct {
		Sources []citable `yaml:"sources"`
	}
	if err := yamltext.Decode(yamltext.Source{File: sourcesYAML, Text: raw}, &known); err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, departmentsDir+"/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Office
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		offices, err := readDepartment(raw, name, known.Sources)
		if err != nil {
			return nil, err
		}
		all = append(all, offices...)
	}
	slices.SortFunc(all, func(a, b Office) int { return strings.Compare(a.ID, b.ID) })
	for i := 1; i < len(all); i++ {
		if all[i].ID == all[i-1].ID {
			return nil, fmt.Errorf("two offices have the id %s", all[i].ID)
		}
	}
	return all, nil
}

// readDepartment reads one file: a department, by which it is named, and its components.
func readDepartment(raw []byte, file string, known []citable) ([]Office, error) {
	var department struct {
		Offices []map[string]any `yaml:"offices"`
	}
	lines, err := yamltext.DecodeLines(yamltext.Source{File: file, Text: raw}, &department)
	if err != nil {
		return nil, err
	}
	for part := range lines {
		if key, _, _ := strings.Cut(part, "["); key != "offices" {
			return nil, fmt.Errorf("%s:%d: there is no %s in such a file", file, lines.Of(part), part)
		}
	}
	id := strings.TrimSuffix(path.Base(file), ".yaml")
	var out []Office
	for i, record := range department.Offices {
		at := fmt.Sprintf("offices[%d]", i)
		o, key, err := officeOf(record, known)
		if err == nil && o.ID != id && o.Parent != id {
			key, err = "parent", fmt.Errorf("%s is no component of %s, for which the file is named", o.ID, id)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, lines.Of(at+"."+key), err)
		}
		out = append(out, o)
	}
	return out, nil
}

// officeOf makes an office of its facts, each a value, or a value (is) with the names of
// the sources that have it (by). The key is that of what is wrong.
func officeOf(record map[string]any, known []citable) (o Office, key string, err error) {
	values := map[string]any{}
	by := map[string][]string{}
	for key, fact := range record {
		value, cited, err := parts(fact)
		if err != nil {
			return o, key, fmt.Errorf("%s: %w", key, err)
		}
		switch {
		case key == "read": // and nothing was taken from it
			cited, err = names(value)
			for _, name := range cited {
				by[name] = append(by[name], "")
			}
			value, cited = nil, nil
		case key == "main_source":
			var s citable
			if s, err = find(fmt.Sprint(value), known); err == nil {
				values["source"], values["retrieved_or_dated"] = s.Ref, s.Date
			}
			value = nil
		}
		if err != nil {
			return o, key, err
		}
		if value != nil {
			values[key] = value
		}
		for _, name := range cited {
			by[name] = append(by[name], key)
		}
	}
	if key, err = decodeFacts(values, &o); err != nil {
		return o, key, err
	}
	for name := range by {
		if _, err := find(name, known); err != nil {
			return o, "", err
		}
	}
	for _, s := range known {
		if fields, ok := by[s.Name]; ok {
			o.Sources = append(o.Sources, Source{Ref: s.Ref, Date: s.Date, Fields: inOrder(fields)})
		}
	}
	return o, "", nil
}

// decodeFacts reads the values one by one, so that the one that is wrong can be named.
func decodeFacts(values map[string]any, o *Office) (key string, err error) {
	for key, value := range values {
		raw, err := json.Marshal(map[string]any{key: value})
		if err != nil {
			return key, err
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		var wrong *json.UnmarshalTypeError
		switch err := d.Decode(o); {
		case errors.As(err, &wrong):
			return key, fmt.Errorf("%s cannot be a %s (a text of digits needs quotation marks)", key, wrong.Value)
		case err != nil:
			return key, fmt.Errorf("%s: %w", key, err)
		}
	}
	return "", nil
}

// parts are the value of a fact and the names of its sources.
func parts(fact any) (value any, by []string, err error) {
	m, ok := fact.(map[string]any)
	if !ok {
		return fact, nil, nil
	}
	for key := range m {
		if key != "is" && key != "by" {
			return nil, nil, fmt.Errorf("a fact has is and by, not %s", key)
		}
	}
	if m["by"] == nil {
		return nil, nil, errors.New("by names no source")
	}
	by, err = names(m["by"])
	return m["is"], by, err
}

// names are a list of texts.
func names(v any) (out []string, err error) {
	list, ok := v.([]any)
	for _, e := range list {
		name, isText := e.(string)
		out, ok = append(out, name), ok && isText
	}
	if !ok {
		return nil, errors.New("sources are a list of names, such as [FOIA.gov (2026-01-11)]")
	}
	return out, nil
}

// find is the source of that name.
func find(name string, known []citable) (citable, error) {
	i := slices.IndexFunc(known, func(s citable) bool { return s.Name == name })
	if i < 0 {
		return citable{}, fmt.Errorf("the source %q is not in %s", name, sourcesYAML)
	}
	return known[i], nil
}

// inOrder are the fields that a source has, in the order of the record; what is no field
// of it, such as components, comes last.
func inOrder(fields []string) []string {
	var out []string
	for _, f := range facts() {
		if slices.Contains(fields, f.key) {
			out = append(out, f.key)
		}
	}
	for _, key := range slices.Sorted(slices.Values(fields)) {
		if key != "" && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	return out
}
