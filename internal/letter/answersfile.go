package letter

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/yamltext"
)

// AnswersHead is what an answers.yaml says of the letter that it was made for. The answers
// follow, under “answers”.
type AnswersHead struct {
	Template string `yaml:"template"` // PACK/LETTER for one of a pack
	Office   string `yaml:"office"`
	Via      string `yaml:"via,omitempty"`
	Date     string `yaml:"date,omitempty"`
}

// AnswersFile is a file of answers: fields and nothing else, as people write them, or an
// answers.yaml as foia keeps it beside a letter, which has a head. Either may have answers
// for one letter of a pack, under “letters”.
type AnswersFile struct {
	AnswersHead                  // empty if the file has none
	Shared      Layer            // for all letters
	Letters     map[string]Layer // for one, by its name
}

// ReadAnswers reads the text of a file of answers; name is its name, for errors.
func ReadAnswers(name string, raw []byte) (*AnswersFile, error) {
	var all map[string]any
	lines, err := yamltext.DecodeFields(yamltext.Source{File: name, Text: raw}, &all)
	if err != nil {
		return nil, err
	}
	if err := openPlaces(name, all, lines); err != nil {
		return nil, err
	}
	f := &AnswersFile{Shared: Layer{File: name, Answers: all, Lines: lines}}
	if inner, ok := all["answers"].(map[string]any); ok {
		f.Shared.Lines = inside("answers", lines)
		for key, into := range map[string]*string{"template": &f.Template, "office": &f.Office, "via": &f.Via, "date": &f.Date} {
			*into, _ = all[key].(string)
		}
		f.Shared.Answers = inner
	}
	letters, _ := f.Shared.Answers["letters"].(map[string]any)
	delete(f.Shared.Answers, "letters")
	for key, v := range letters {
		at := "letters." + key
		own, ok := v.(map[string]any)
		if !ok {
			return nil, &Problem{File: name, Field: at, Line: f.Shared.Lines[at],
				What: "the answers for this letter are not a set of fields", Remedy: "write letters: {NAME: {field: value}}"}
		}
		if f.Letters == nil {
			f.Letters = map[string]Layer{}
		}
		f.Letters[key] = Layer{File: name, Answers: own, Lines: inside(at, f.Shared.Lines)}
	}
	return f, nil
}

// openPlaces is the error that a file of answers still has places to fill in, such as [[the
// first day of the period]]. It names them all.
func openPlaces(name string, all map[string]any, lines map[string]int) error {
	var places []string
	first := 0
	var look func(at string, v any)
	look = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, key := range sortedKeys(v) {
				look(strings.TrimPrefix(at+"."+key, "."), v[key])
			}
		case []any:
			for i, entry := range v {
				look(fmt.Sprintf("%s[%d]", at, i), entry)
			}
		case string:
			found := placesIn(v)
			if line := yamltext.Lines(lines).Of(at); len(found) > 0 && (first == 0 || line < first) {
				first = line
			}
			for _, place := range found {
				if !slices.Contains(places, place) {
					places = append(places, place)
				}
			}
		}
	}
	look("", all)
	if len(places) == 0 {
		return nil
	}
	return &Problem{File: name, Line: first, What: "not filled in: " + strings.Join(places, ", "),
		Remedy: "replace each place, with its double brackets, by what it asks for; or delete the line"}
}

// placesIn are the places in a text, in the brackets that they are in.
func placesIn(text string) (places []string) {
	for {
		_, after, ok := strings.Cut(text, "[[")
		if !ok {
			return places
		}
		place, rest, ok := strings.Cut(after, "]]")
		if !ok {
			return places
		}
		places, text = append(places, "[["+strings.Join(strings.Fields(place), " ")+"]]"), rest
	}
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
