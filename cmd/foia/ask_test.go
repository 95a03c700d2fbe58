package main

import (
	"errors"
	"strings"
	"testing"

	"foia/internal/letter"
	"foia/internal/terminal"
)

// A field is asked for in the way that fits its type, and says how it may be answered.
func TestQuestionForField(t *testing.T) {
	for _, row := range []struct {
		field   letter.Field
		kind    terminal.Kind
		help    string
		options []terminal.Option
	}{
		{letter.Field{Type: letter.Line, Required: true, Help: "Who signs."}, terminal.Line, "Who signs.", nil},
		{letter.Field{Type: letter.Line, Example: "Ana"}, terminal.Line, "For example: Ana", nil},
		{letter.Field{Type: letter.Text, Required: true}, terminal.Text, "", nil},
		{letter.Field{Type: letter.List, Required: true, Help: "Which?", Example: []any{"one", "two"}}, terminal.List,
			"Which?\nFor example: one", nil},
		{letter.Field{Type: letter.Records}, terminal.List, "", nil},
		{letter.Field{Type: letter.YesNo, Help: "Really?"}, terminal.YesNo, "Really?", nil},
		{letter.Field{Type: letter.Choice, Required: true, Choices: []string{"a", "b"}}, terminal.Choice, "",
			[]terminal.Option{{Label: "a", Value: "a"}, {Label: "b", Value: "b"}}},
		{letter.Field{Type: letter.Choice, Choices: []string{"a"}}, terminal.Choice, "",
			[]terminal.Option{{Label: "a", Value: "a"}, {Label: noChoice}}},
	} {
		row.field.Label = "The label"
		q := question(row.field, letter.Typing{})
		if q.Title != "The label" || q.Kind != row.kind || q.Help != row.help || len(q.Options) != len(row.options) {
			t.Errorf("%+v: %+v", row.field, q)
		}
		for i, o := range row.options {
			if q.Options[i] != o {
				t.Errorf("%+v: %+v", row.field, q.Options)
			}
		}
	}
}

// An answer is checked as a flag would be.
func TestAnswerIsChecked(t *testing.T) {
	needed := question(letter.Field{Name: "n", Type: letter.Line, Required: true}, letter.Typing{})
	if err := needed.Check(" "); !errors.Is(err, letter.ErrNeeded) {
		t.Error(err)
	}
	if err := needed.Check("Ana"); err != nil {
		t.Error(err)
	}
	if err := question(letter.Field{Name: "n", Type: letter.Line}, letter.Typing{}).Check(""); err != nil {
		t.Error(err)
	}
	day := question(letter.Field{Name: "n", Type: letter.Day}, letter.Typing{})
	if err := day.Check("5/6/2026"); err == nil || !strings.Contains(err.Error(), "5/6/2026") {
		t.Error(err)
	}
}
