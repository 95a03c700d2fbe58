package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/terminal"
	"foia/internal/workday"
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
		text, yes, items := shownAnswer(f, begin)
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
			into[f.Name] = withParts(begin, items)
		default:
			into[f.Name] = text
		}
		return nil
	}}
}

// shownAnswer is an answer as a question begins with it.
func shownAnswer(f letter.Field, v any) (text string, yes bool, items []string) {
	switch v := v.(type) {
	case nil:
		if f.Type == letter.Choice {
			text, _ = f.Default.(string)
		}
	case bool:
		return "", v, nil
	case []string:
		items = append(items, v...)
	case []letter.Record:
		for _, r := range v {
			items = append(items, r.Text)
		}
	case []any:
		for _, one := range v {
			items = append(items, itemText(one))
		}
	default:
		text = fmt.Sprint(v)
	}
	return text, text == "yes", items
}

// itemText is what an item of a list says; of one with parts of its own, its text.
func itemText(v any) string {
	if parts, ok := v.(map[string]any); ok {
		v = parts["text"]
	}
	return fmt.Sprint(v)
}

// withParts are the items of a list. One whose text stayed keeps its own parts, such as its period.
func withParts(before any, items []string) any {
	old, _ := before.([]any)
	if records, ok := before.([]letter.Record); ok {
		for _, r := range records {
			old = append(old, r)
		}
	}
	if len(old) == 0 {
		return items
	}
	var out []any
	for _, text := range items {
		i := slices.IndexFunc(old, func(v any) bool {
			r, ok := v.(letter.Record)
			return ok && r.Text == text || !ok && itemText(v) == text
		})
		if i >= 0 {
			out = append(out, old[i])
		} else {
			out = append(out, text)
		}
	}
	return out
}

// question is the question for a field, without the place of the answer.
func question(f letter.Field, in letter.Typing) terminal.Question {
	q := terminal.Question{Title: f.Label, Help: f.Help, Optional: !f.Required && f.Type != letter.YesNo}
	if f.Example != nil {
		q.Help = strings.TrimSpace(q.Help + "\nFor example: " + exampleText(f.Example))
	}
	q.Check = func(s string) error { return checkField(f, s, in) }
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

var errNeeded = errors.New("this question needs an answer")

// checkField says what is wrong with what was typed for a field.
func checkField(f letter.Field, s string, in letter.Typing) error {
	v, err := f.Clean(s, "", in)
	var p *letter.Problem
	switch {
	case errors.As(err, &p):
		return errors.New(p.What + ": " + p.Remedy)
	case err == nil && v == nil && f.Required:
		return errNeeded
	}
	return err
}

// periodStep is the question for the first and the last day of the period, in plain words.
func (a *app) periodStep(into, known letter.Answers, in letter.Typing) step {
	return step{name: letter.FirstDay, ask: func(at terminal.Place) error {
		text := periodText(into)
		if text == "" {
			text = periodText(known)
		}
		err := a.asks(terminal.Question{At: at, Title: "Which period", Optional: true, Into: &text,
			Help: "In plain words: last year, 2024, Jan 2025 to now, since May 6, 2025, or 2025-01-20 to 2025-05-06. Without one, the " +
				"letter names no days.",
			Check: func(s string) error { _, err := in.Dates.ReadPeriod(s); return err }})
		if err != nil {
			return err
		}
		p, err := in.Dates.ReadPeriod(text)
		if err != nil {
			return err
		}
		for name, day := range map[string]workday.Date{letter.FirstDay: p.From, letter.LastDay: p.To} {
			delete(into, name)
			if !day.IsZero() {
				into[name] = day.String()
			}
		}
		return nil
	}}
}

// periodText is the period that answers have, as it is typed.
func periodText(answers letter.Answers) string {
	var p workday.Period
	for name, into := range map[string]*workday.Date{letter.FirstDay: &p.From, letter.LastDay: &p.To} {
		if d, err := workday.ParseDate(answers.Text(name)); err == nil {
			*into = d
		}
	}
	return p.String()
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

func exampleText(v any) string {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return fmt.Sprint(list[0])
	}
	return fmt.Sprint(v)
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
