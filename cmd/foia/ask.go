package main

import (
	"errors"
	"fmt"
	"strings"

	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/terminal"
)

// askFields asks in the terminal for the answers that are missing.
func (a *app) askFields(fields []letter.Field, into letter.Answers, in letter.Typing) error {
	a.note("%s to go. You can also put long answers in a file: --answers FILE.yaml", plural(len(fields), "question", "questions"))
	for _, f := range fields {
		var text string
		var yes bool
		q := question(f, in)
		q.Into, q.Yes = &text, &yes
		if err := a.askPages([]terminal.Question{q}); err != nil {
			return err
		}
		into[f.Name] = text
		if f.Type == letter.YesNo {
			into[f.Name] = yes
		}
	}
	return nil
}

// askPages asks questions in the terminal, page by page, before anything is written.
func (a *app) askPages(pages ...[]terminal.Question) error {
	err := a.face().Ask(a.context(), pages...)
	if errors.Is(err, terminal.ErrStopped) {
		return remedy.Misuse("stopped; nothing was written", "run the command again when you are ready")
	}
	if err != nil {
		return fmt.Errorf("cannot ask questions in this terminal: %w", err)
	}
	return nil
}

// question is the question for a field, whose answer is checked as a flag would be checked.
func question(f letter.Field, in letter.Typing) terminal.Question {
	q := terminal.Question{Title: f.Label, Help: f.Help}
	if f.Example != nil {
		q.Help = strings.TrimSpace(q.Help + "\nFor example: " + exampleText(f.Example))
	}
	if !f.Required && f.Type != letter.YesNo && f.Type != letter.Choice {
		q.Help = strings.TrimSpace(q.Help + "\nPress Enter to skip this question.")
	}
	q.Check = func(s string) error {
		v, err := f.Clean(s, "", in)
		if err == nil && v == nil && f.Required {
			return errNeeded
		}
		return err
	}
	switch f.Type {
	case letter.YesNo:
		q.Kind = terminal.YesNo
	case letter.Choice:
		q.Kind, q.Options = terminal.Choice, choices(f)
	case letter.Text:
		q.Kind = terminal.Text
	case letter.List, letter.Records:
		q.Kind, q.Help = terminal.Text, strings.TrimSpace("One per line. "+q.Help)
	}
	return q
}

var errNeeded = errors.New("this question needs an answer")

// noChoice is what a user chooses who does not want to answer.
const noChoice = "(skip this question)"

// choices are the choices of a field; one that need not be answered can be skipped.
func choices(f letter.Field) (out []terminal.Option) {
	for _, c := range f.Choices {
		out = append(out, terminal.Option{Label: c, Value: c})
	}
	if !f.Required {
		out = append(out, terminal.Option{Label: noChoice})
	}
	return out
}

func exampleText(v any) string {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return fmt.Sprint(list[0])
	}
	return fmt.Sprint(v)
}

// confirm asks a question that is answered with yes or no.
func (a *app) confirm(question string) (bool, error) {
	yes, err := a.face().Confirm(a.context(), question)
	if err != nil {
		return false, fmt.Errorf("the question was not answered: %w", err)
	}
	return yes, nil
}
