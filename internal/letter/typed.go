package letter

import (
	"errors"
	"fmt"
	"slices"

	"foia/internal/lazy"
	"foia/internal/workday"
)

// Typed is an answer as somebody typed it, or as a question begins with it.
func (f Field) Typed(v any) (text string, yes bool, items []string) {
	switch v := v.(type) {
	case nil:
		if f.Type == Choice {
			text, _ = f.Default.(string)
		}
	case bool:
		return "", v, nil
	case [2]string:
		text = v[0] + ".." + v[1]
	case []string:
		items = append(items, v...)
	case []Record:
		for _, r := range v {
			items = append(items, r.Text)
		}
	case []any:
		for _, one := range v {
			items = append(items, itemText(one))
		}
		if f.Type == Days && len(items) == 2 {
			return items[0] + ".." + items[1], false, nil
		}
	default:
		text = fmt.Sprint(v)
	}
	return text, text == "yes", items
}

// itemText is what an item of a list says; of one with parts of its own, its text.
func itemText(v any) string {
	switch parts := v.(type) {
	case map[string]any:
		v = parts["text"]
	case Record:
		v = parts.Text
	}
	return fmt.Sprint(v)
}

// WithParts are the items of a list. One whose text stayed keeps its own parts, such as its period.
func WithParts(before any, items []string) any {
	old := entriesOf(before)
	if len(old) == 0 {
		return items
	}
	var out []any
	for _, text := range items {
		if i := slices.IndexFunc(old, func(v any) bool { return itemText(v) == text }); i >= 0 {
			out = append(out, old[i])
		} else {
			out = append(out, text)
		}
	}
	return out
}

func entriesOf(v any) (out []any) {
	switch v := v.(type) {
	case []any:
		return v
	case []Record:
		for _, r := range v {
			out = append(out, r)
		}
	}
	return out
}

// ExampleText is an example of an answer, as one types it.
func ExampleText(v any) string {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	return fmt.Sprint(v)
}

// ErrNeeded says that a question must be answered.
const ErrNeeded = lazy.Failure("this question needs an answer")

// CheckTyped says what is wrong with what was typed for a field, to whoever typed it there.
func (f Field) CheckTyped(v any, in Typing) error {
	clean, err := f.Clean(v, "", in)
	var p *Problem
	switch {
	case errors.As(err, &p):
		return errors.New(p.What + ": " + p.Remedy)
	case err == nil && clean == nil && f.Required:
		return ErrNeeded
	}
	return err
}

// The one question for both days of a period.
const (
	PeriodLabel = "Which period"
	PeriodHelp  = "In plain words: last year, 2024, Jan 2025 to now, since May 6, 2025, or 2025-01-20 to 2025-05-06. Without one, the " +
		"letter names no days."
)

// PeriodText is the period that answers have, as it is typed.
func PeriodText(answers Answers) string {
	var p workday.Period
	for name, into := range map[string]*workday.Date{FirstDay: &p.From, LastDay: &p.To} {
		if d, err := workday.ParseDate(answers.Text(name)); err == nil {
			*into = d
		}
	}
	return p.String()
}

// TakePeriod reads a period into the two answers that it is.
func (in Typing) TakePeriod(text string, into Answers) error {
	p, err := in.Dates.ReadPeriod(text)
	if err != nil {
		return err
	}
	for name, day := range map[string]workday.Date{FirstDay: p.From, LastDay: p.To} {
		delete(into, name)
		if !day.IsZero() {
			into[name] = day.String()
		}
	}
	return nil
}
