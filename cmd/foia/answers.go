package main

import (
	"errors"
	"fmt"
	"path/filepath"
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
	Letters  map[string]letter.Answers
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
	lines, err := yamltext.DecodeKeys(yamltext.Source{File: name, Text: raw}, &all)
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
		own, ok := v.(map[string]any)
		if !ok {
			return nil, &letter.Problem{File: name, Field: "letters." + key, Line: f.Shared.Lines["letters"],
				What: "the answers for this letter are not a set of fields", Remedy: "write letters: {NAME: {field: value}}"}
		}
		if f.Letters == nil {
			f.Letters = map[string]letter.Answers{}
		}
		f.Letters[key] = own
	}
	return f, nil
}

// inside are the lines of the keys inside of an outer one.
func inside(outer string, lines map[string]int) map[string]int {
	inner := map[string]int{}
	for key, line := range lines {
		if name, ok := strings.CutPrefix(key, outer+"."); ok {
			inner[name] = line
		}
	}
	return inner
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
