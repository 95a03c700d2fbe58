package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foia/internal/letter"
)

// item is one of the numbered items of a request.
type item struct {
	N     int
	ID    string
	Text  string
	Parts []part
	Own   bool // some of the parts are answered
	Wrong string
}

// part is what only one item says.
type part struct {
	ID, Label, Value string
	Lines            bool
}

// itemParts are the parts of an item besides its text.
var itemParts = [...]struct {
	name, label string
	lines       bool
}{
	{"title", "Title", false},
	{"custodians", "Offices, persons or record systems to search for this item", true},
	{letter.FirstDay, "First day for this item", false},
	{letter.LastDay, "Last day for this item", false},
	{"search_terms", "Words to search for this item", true},
}

// itemsOf are the items that a form has, in their order; nil: it has none.
func itemsOf(form url.Values, mark string) []any {
	numbers := []int{}
	for name := range form {
		rest, ours := strings.CutPrefix(name, mark)
		number, _, _ := strings.Cut(rest, ".")
		if n, err := strconv.Atoi(number); ours && err == nil && n >= 0 && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	slices.Sort(numbers)
	out := []any{}
	for _, n := range numbers {
		at := mark + strconv.Itoa(n)
		one := map[string]any{}
		if text := form.Get(at); strings.TrimSpace(text) != "" {
			one["text"] = text
		}
		for _, p := range itemParts {
			switch text := form.Get(at + "." + p.name); {
			case strings.TrimSpace(text) == "":
			case p.lines:
				one[p.name] = linesOf(text)
			default:
				one[p.name] = text
			}
		}
		if len(one) > 0 {
			out = append(out, one)
		}
	}
	return out
}

// items are those of an answer, with room for one more.
func (c *changing) items(id string, v any) []item {
	entries := []map[string]any{}
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			parts, own := one.(map[string]any)
			if !own {
				parts = map[string]any{"text": one}
			}
			entries = append(entries, parts)
		}
	case nil:
	default:
		_, _, texts := letter.Field{}.Typed(v)
		for _, text := range texts {
			entries = append(entries, map[string]any{"text": text})
		}
	}
	out := []item{}
	for n, entry := range append(entries, map[string]any{}) {
		at := id + "." + strconv.Itoa(n)
		one := item{N: n + 1, ID: at}
		one.Text, _, _ = letter.Field{}.Typed(entry["text"])
		for _, p := range itemParts {
			text, _, lines := letter.Field{}.Typed(entry[p.name])
			if len(lines) > 0 {
				text = strings.Join(lines, "\n")
			}
			one.Own = one.Own || text != ""
			one.Parts = append(one.Parts, part{at + "." + p.name, p.label, text, p.lines})
		}
		out = append(out, one)
	}
	return out
}

// checkItems says of each item what is wrong with it, and of all of them what is wrong else.
func (c *changing) checkItems(q *asking) (wrong bool) {
	entries, _ := c.answers[q.Name].([]any)
	for i := range min(len(entries), len(q.Items)) {
		alone := make([]any, i+1) // so that it is called by its number
		alone[i] = entries[i]
		if err := q.Field.CheckTyped(alone, c.draft.Typing); err != nil {
			q.Items[i].Wrong, wrong = c.a.s.says(err.Error()), true
		}
	}
	if err := q.check(c.answers[q.Name], c.draft.Typing); err != nil && !wrong {
		q.Wrong, wrong = c.a.s.says(err.Error()), true
	}
	return wrong
}
