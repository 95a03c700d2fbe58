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

// readAnswers reads a file of answers: a map of fields, or an answers.yaml as
// foia keeps it beside a letter.
func readAnswers(path string) (*letter.AnswersFile, error) {
	raw, err := yamltext.ReadFile(path)
	if tooLarge := (*yamltext.Error)(nil); errors.As(err, &tooLarge) {
		return nil, err
	}
	if err != nil {
		return nil, remedy.Misuse(fmt.Sprintf("cannot read the answers: %v", err),
			"give a YAML file with one line for each field, such as subject: …")
	}
	return letter.ReadAnswers(filepath.Base(path), raw)
}

// given are the answers of a command line. The first layer wins: what is said of one
// letter of a pack before what is said of all, and --set before the file.
type given struct {
	all  []letter.Layer
	own  map[string][]letter.Layer
	file *letter.AnswersFile // of --answers; nil without
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
