package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// answersFile is what --answers gives: answers for all letters, answers for one
// letter of a pack, and, if foia wrote the file, what it was made for.
type answersFile struct {
	Template string
	Office   string
	Via      string
	Shared   letter.Layer
	Letters  map[string]letter.Layer
}

// readAnswers reads a file of answers: a map of fields, or an answers.yaml as
// foia keeps it beside a letter.
func readAnswers(path string) (*answersFile, error) {
	name := filepath.Base(path)
	raw, err := yamltext.ReadFile(path)
	if tooLarge := (*yamltext.Error)(nil); errors.As(err, &tooLarge) {
		return nil, err
	}
	if err != nil {
		return nil, remedy.Misuse(fmt.Sprintf("cannot read the answers: %v", err),
			"give a YAML file with one line for each field, such as subject: …")
	}
	return parseAnswers(name, raw)
}

func parseAnswers(name string, raw []byte) (*answersFile, error) {
	var all map[string]any
	lines, err := yamltext.DecodeFields(yamltext.Source{File: name, Text: raw}, &all)
	if err != nil {
		return nil, err
	}
	f := &answersFile{Shared: letter.Layer{File: name, Answers: all, Lines: lines}}
	if inner, ok := all["answers"].(map[string]any); ok {
		f.Shared.Lines = inside("answers", lines)
		f.Template, _ = all["template"].(string)
		f.Office, _ = all["office"].(string)
		f.Via, _ = all["via"].(string)
		f.Shared.Answers = inner
	}
	letters, _ := f.Shared.Answers["letters"].(map[string]any)
	delete(f.Shared.Answers, "letters")
	for key, v := range letters {
		at := "letters." + key
		own, ok := v.(map[string]any)
		if !ok {
			return nil, &letter.Problem{File: name, Field: at, Line: f.Shared.Lines[at],
				What: "the answers for this letter are not a set of fields", Remedy: "write letters: {NAME: {field: value}}"}
		}
		if f.Letters == nil {
			f.Letters = map[string]letter.Layer{}
		}
		f.Letters[key] = letter.Layer{File: name, Answers: own, Lines: inside(at, f.Shared.Lines)}
	}
	return f, nil
}

// inside are the lines of the keys inside of an outer one, and its own.
func inside(outer string, lines map[string]int) map[string]int {
	inner := map[string]int{"": lines[outer]}
	for key, line := range lines {
		if name, ok := strings.CutPrefix(key, outer+"."); ok {
			inner[name] = line
		}
	}
	return inner
}

// given are the answers of a command line. The first layer wins: what is said of one
// letter of a pack before what is said of all, and --set before the file.
type given struct {
	all  []letter.Layer
	own  map[string][]letter.Layer
	file *answersFile // of --answers; nil without
}

// readGiven reads --set and --answers.
func readGiven(sets []string, path string) (given, error) {
	shared, own, err := readSets(sets)
	if err != nil {
		return given{}, err
	}
	g := given{all: []letter.Layer{{Answers: shared, File: "--set"}}, own: map[string][]letter.Layer{}}
	for name, answers := range own {
		g.own[name] = []letter.Layer{{Answers: answers, File: "--set"}}
	}
	if path == "" {
		return g, nil
	}
	if g.file, err = readAnswers(path); err != nil {
		return given{}, err
	}
	g.all = append(g.all, g.file.Shared)
	for name, l := range g.file.Letters {
		g.own[name] = append(g.own[name], l)
	}
	return g, nil
}

// forOne are the answers for letters of one template, which have no names; why says so.
func (g given) forOne(why string) ([]letter.Layer, error) {
	if len(g.own) == 0 {
		return g.all, nil
	}
	name := slices.Sorted(maps.Keys(g.own))[0]
	l := g.own[name][0]
	if l.Lines == nil {
		return nil, remedy.Misuse("--set names a letter in a pack, but "+why, "write --set field=value")
	}
	return nil, &letter.Problem{File: l.File, Line: l.Lines[""], Field: "letters." + name, Misuse: true,
		What: "these are answers for one letter in a pack, but " + why, Remedy: "write the fields outside of “letters”"}
}

// readSets reads --set field=value, or letter.field=value for one letter of a
// pack. A field given several times is a list.
func readSets(sets []string) (shared letter.Answers, own map[string]letter.Answers, err error) {
	shared, own = letter.Answers{}, map[string]letter.Answers{}
	for _, s := range sets {
		field, value, ok := strings.Cut(s, "=")
		if !ok || field == "" {
			return nil, nil, remedy.Misuse(fmt.Sprintf("--set %q has no value", s), `write --set subject="The subject"`)
		}
		into := shared
		if name, inner, dotted := strings.Cut(field, "."); dotted {
			if own[name] == nil {
				own[name] = letter.Answers{}
			}
			into, field = own[name], inner
		}
		values, _ := into[field].([]string)
		into[field] = append(values, value)
	}
	return shared, own, nil
}
