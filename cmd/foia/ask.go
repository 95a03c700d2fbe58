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
func (a *app) askFields(of string, fields []letter.Field, into letter.Answers, in letter.Typing) error {
	var asked []letter.Asking
	for _, f := range fields {
		asked = append(asked, letter.Asking{Field: f})
	}
	defer a.closeForm()
	return a.walk(way{of: of, steps: func() ([]step, error) { return a.fieldSteps(asked, into, nil, in), nil }})
}

// fieldSteps are the questions for fields. Each begins with the answer that was given before, or
// else with one of known.
func (a *app) fieldSteps(asked []letter.Asking, into, known letter.Answers, in letter.Typing) (steps []step) {
	for _, q := range asked {
		begin := into[q.Field.Name]
		if begin == nil {
			begin = known[q.Field.Name]
		}
		if q.Period {
			steps = append(steps, a.periodStep(into, known, in))
		} else {
			steps = append(steps, a.fieldStep(q.Field, begin, into, in))
		}
	}
	return steps
}

// fieldStep is the question for a field, whose answer is checked as a flag would be checked.
func (a *app) fieldStep(f letter.Field, begin any, into letter.Answers, in letter.Typing) step {
	return step{name: f.Name, ask: func(at terminal.Place) error {
		q := question(f, in)
		q.At = at
		text, yes, items := f.Typed(begin)
		q.Into, q.Yes, q.Items = &text, &yes, &items
		if err := a.asks(q); err != nil {
			return err
		}
		switch {
		case q.Kind == terminal.YesNo:
			into[f.Name] = yes
		case q.Kind == terminal.List && len(items) == 0, q.Kind != terminal.List && text == "":
			delete(into, f.Name)
		case q.Kind == terminal.List:
			into[f.Name] = letter.WithParts(begin, items)
		default:
			into[f.Name] = text
		}
		return nil
	}}
}

// question is the question for a field, without the place of the answer.
func question(f letter.Field, in letter.Typing) terminal.Question {
	q := terminal.Question{Title: f.Label, Help: f.Help, Optional: !f.Required && f.Type != letter.YesNo}
	if f.Example != nil {
		q.Help = strings.TrimSpace(q.Help + "\nFor example: " + letter.ExampleText(f.Example))
	}
	q.Check = func(s string) error { return f.CheckTyped(s, in) }
	switch f.Type {
	case letter.YesNo:
		q.Kind = terminal.YesNo
	case letter.Choice:
		q.Kind, q.Options = terminal.Choice, choices(f)
	case letter.Text:
		q.Kind = terminal.Text
	case letter.List, letter.Records:
		q.Kind = terminal.List
	}
	return q
}

// periodStep is the question for the first and the last day of the period, in plain words.
func (a *app) periodStep(into, known letter.Answers, in letter.Typing) step {
	return step{name: letter.FirstDay, ask: func(at terminal.Place) error {
		text := letter.PeriodText(into)
		if text == "" {
			text = letter.PeriodText(known)
		}
		err := a.asks(terminal.Question{At: at, Title: letter.PeriodLabel, Optional: true, Into: &text,
			Help:  letter.PeriodHelp,
			Check: func(s string) error { _, err := in.Dates.ReadPeriod(s); return err }})
		if err != nil {
			return err
		}
		return in.TakePeriod(text, into)
	}}
}

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

// confirm asks a question that is answered with yes or no.
func (a *app) confirm(question string) (bool, error) {
	yes, err := a.face().Confirm(a.context(), question)
	if errors.Is(err, terminal.ErrStopped) {
		return false, stoppedAsking("")
	}
	if err != nil {
		return false, fmt.Errorf("the question was not answered: %w", err)
	}
	return yes, nil
}

// stoppedAsking says that a command was stopped in a question. again is the command that goes on
// with the answers so far; empty: they are gone.
func stoppedAsking(again string) error {
	if again == "" {
		return &stopped{remedy.Misuse("stopped; nothing was written", "run the command again when you are ready")}
	}
	return &stopped{remedy.Misuse("stopped; nothing was made, and your answers are kept", "to go on: "+again)}
}

// stopped says that a person ended the questions.
type stopped struct{ said *remedy.Error }

func (s *stopped) Error() string { return s.said.Error() }

// Unwrap is what is said of it, with what to do.
func (s *stopped) Unwrap() error { return s.said }
