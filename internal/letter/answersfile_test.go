package letter

import (
	"errors"
	"reflect"
	"testing"

	"github.com/goccy/go-yaml"
)

// A head reads back as it is written, whatever it has.
func TestAnswersHead(t *testing.T) {
	for _, head := range []AnswersHead{
		{Template: "request", Office: "treasury-irs"},
		{Template: "irs-dhs-mou/opinion", Office: "dhs-ice", Via: "portal", Date: "2026-11-24"},
	} {
		text, err := yaml.Marshal(head)
		if err != nil {
			t.Fatal(err)
		}
		f, err := ReadAnswers("answers.yaml", append(text, "answers:\n  subject: X\n"...))
		if err != nil || f.AnswersHead != head || f.Shared.Answers.Text("subject") != "X" {
			t.Errorf("%s: %+v, %v", text, f, err)
		}
	}
}

// Fields alone have no head, although a field may be called as one of its keys; each line
// is that of the file.
func TestReadAnswers(t *testing.T) {
	for _, x := range []struct {
		text    string
		head    AnswersHead
		answers Answers
		lines   map[string]int // of some fields
		letters map[string]Answers
	}{
		{"subject: X\noffice: Y\n", AnswersHead{}, Answers{"subject": "X", "office": "Y"}, map[string]int{"office": 2}, nil},
		{"office: irs\nanswers:\n  subject: X\n", AnswersHead{Office: "irs"}, Answers{"subject": "X"}, map[string]int{"": 2, "subject": 3},
			nil},
		{"answers: X\n", AnswersHead{}, Answers{"answers": "X"}, nil, nil},
		{"subject: X\nletters:\n  opinion: {subject: Y}\n", AnswersHead{}, Answers{"subject": "X"}, nil,
			map[string]Answers{"opinion": {"subject": "Y"}}},
		{"answers:\n  letters:\n    opinion: {subject: Y}\n", AnswersHead{}, Answers{}, nil,
			map[string]Answers{"opinion": {"subject": "Y"}}},
	} {
		f, err := ReadAnswers("a.yaml", []byte(x.text))
		if err != nil || f.AnswersHead != x.head || !reflect.DeepEqual(f.Shared.Answers, x.answers) || len(f.Letters) != len(x.letters) {
			t.Errorf("%q: %+v, %v", x.text, f, err)
			continue
		}
		for field, line := range x.lines {
			if f.Shared.Lines[field] != line {
				t.Errorf("%q: the lines are %v", x.text, f.Shared.Lines)
			}
		}
		for name, answers := range x.letters {
			if l := f.Letters[name]; l.File != "a.yaml" || !reflect.DeepEqual(l.Answers, answers) || l.Lines["subject"] != 3 {
				t.Errorf("%q: %s: %+v", x.text, name, l)
			}
		}
	}
	if _, err := ReadAnswers("a.yaml", []byte("letters:\n  opinion: 3\n")); err == nil {
		t.Error("a letter whose answers are a number was read")
	}
}

// A place that is still to be filled in is an error, with the line of the first and the names of
// all, wherever it is; brackets of other kinds are text.
func TestOpenPlaces(t *testing.T) {
	for _, x := range []struct {
		text, what string
		line       int
	}{
		{"subject: X\n", "", 0},
		{"subject: \"[X] and [[Y\"\nrecords: [\"a ]] b\", \"[ [c] ]\"]\n", "", 0},
		{"custodians: [[X, Y]]\n", "", 0}, // a list in a list
		{"subject: \"Deaths in [[which jail]]\"\n", "not filled in: [[which jail]]", 1},
		{"subject: X\nrecords:\n- title: Y\n  text: >-\n    Deaths in [[which\n    jail]]\ndate_from: \"[[first day]]\"\n",
			"not filled in: [[first day]], [[which jail]]", 4},
		{"answers:\n  custodians:\n  - A\n  - \"[[who]] and [[who]]\"\n", "not filled in: [[who]]", 4},
	} {
		_, err := ReadAnswers("a.yaml", []byte(x.text))
		var p *Problem
		switch {
		case x.what == "" && err != nil:
			t.Errorf("%q: %v", x.text, err)
		case x.what != "" && (!errors.As(err, &p) || p.What != x.what || p.Line != x.line || p.File != "a.yaml" || p.Remedy == ""):
			t.Errorf("%q: %v", x.text, err)
		}
	}
}
