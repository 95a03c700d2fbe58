package letter

import (
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
