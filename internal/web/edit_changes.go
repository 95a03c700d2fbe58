package web

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"foia/internal/letter"
)

// difference is one thing that a version has another way than the one before.
type difference struct{ What, Before, After string }

// differs are what differs besides the answers, by the names that the use case gives it.
func differs() map[string]string {
	return map[string]string{"office": "The office’s name or contacts in the directory are not as they were",
		"requester": "Your own details in the settings are not as they were", "template": "The template is not as it was"}
}

// changes are what a version has another way, with what it was before.
func (c *changing) changes(draft *letter.Draft, names []string) []difference {
	out := []difference{}
	order := []string{}
	for _, f := range c.draft.Template.Fields { // as the form has them
		order = append(order, f.Name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	for _, name := range names {
		f, known := c.draft.Template.Field(name)
		switch {
		case name == "via":
			out = append(out, difference{"How it is filed", c.draft.Request.Via, string(draft.Channel)})
		case known:
			d := difference{f.Label, answerText(f, c.draft.Answers[name]), answerText(f, draft.Answers[name])}
			if d.Before == d.After {
				d.Before, d.After = "", "what only some of its items say"
			}
			out = append(out, d)
		case c.draft.Answers[name] != nil:
			out = append(out, difference{field{Name: name}.Words(), answerText(f, c.draft.Answers[name]),
				"left out: the template no longer asks for it"})
		default:
			out = append(out, difference{What: cmp.Or(differs()[name], name)})
		}
	}
	return out
}

// mostOfAnswer is how much of an answer is shown where answers are compared.
const mostOfAnswer = 400

// answerText is an answer as it is compared with another.
func answerText(f letter.Field, v any) string {
	f.Default = nil
	text, yes, items := f.Typed(v)
	switch {
	case v == nil || reflect.ValueOf(v).IsZero() && f.Type != letter.YesNo:
		return "no answer"
	case f.Type == letter.YesNo:
		return map[bool]string{true: "yes", false: "no"}[yes]
	case len(items) > 0:
		text = strings.Join(items, "\n")
	}
	if long := []rune(text); len(long) > mostOfAnswer {
		return string(long[:mostOfAnswer]) + "…"
	}
	return text
}
