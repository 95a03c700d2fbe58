package web

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/filing"
	"foia/internal/letter"
)

// asking is a question about a request, as the form has it.
type asking struct {
	letter.Field
	ID      string // of its input, which is also its name
	Value   string
	Yes     bool
	Items   []item // of the records that are asked for
	Hint    string
	Period  bool // both days of a period, in words
	Shut    bool // the answers so far do not lead to it
	Only    string
	Wrong   string
	Differs string // what the log has now, if the request was changed since the form was made
}

// take reads what was typed. A field that the form did not have stays as it is.
func (c *changing) take() {
	c.force = strings.TrimSpace(c.form.Get("force"))
	if c.form.Has("via") {
		c.via = strings.TrimSpace(c.form.Get("via"))
	}
	had := strings.Split(c.form.Get("had"), ",")
	answers := letter.Answers{}
	for name, v := range c.answers {
		if _, known := c.draft.Template.Field(name); known {
			answers[name] = v
		}
	}
	for _, f := range c.draft.Template.Fields {
		name := fieldMark + f.Name
		switch typed := c.form.Get(name); {
		case f.Type == letter.Records:
			if items := itemsOf(c.form, name+"."); items != nil {
				answers[f.Name] = items
			}
		case f.Type == letter.YesNo:
			if yes := typed == "yes"; slices.Contains(had, f.Name) && (yes || answers[f.Name] != nil) {
				answers[f.Name] = yes
			}
		case !c.form.Has(name):
		case strings.TrimSpace(typed) == "":
			delete(answers, f.Name)
		case f.Type == letter.List:
			answers[f.Name] = linesOf(typed)
		default:
			answers[f.Name] = typed
		}
	}
	c.answers = answers
	for _, name := range slices.Sorted(maps.Keys(c.form)) {
		full, ours := strings.CutPrefix(name, fieldMark)
		first, _, _ := strings.Cut(full, ".")
		if _, known := c.draft.Template.Field(first); ours && !known {
			c.unknown = append(c.unknown, field{full, c.form.Get(name)})
		}
	}
}

func linesOf(text string) []any {
	out := []any{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// ask makes the questions of the template with the answers as they are.
func (c *changing) ask() {
	in := c.draft.Typing
	period := c.draft.Template.Has(letter.FirstDay) && c.draft.Template.Has(letter.LastDay)
	clean := letter.Answers{}
	for _, f := range c.draft.Template.Fields {
		f = f.For(in.Law)
		if !f.Under(in.Law) || period && f.Name == letter.LastDay {
			continue
		}
		v := c.answers[f.Name]
		if v == nil {
			v = f.Default
		}
		q := asking{Field: f, ID: fieldMark + f.Name, Shut: !f.Asked(clean), Only: c.only(f)}
		q.Hint = hintOf(f)
		if tidy, err := f.Clean(v, "", in); err == nil && tidy != nil {
			clean[f.Name] = tidy
		}
		text, yes, items := f.Typed(v)
		q.Value, q.Yes = text, yes
		switch {
		case f.Type == letter.Records:
			q.Items = c.items(q.ID, v)
		case f.Type == letter.List && len(items) > 0:
			q.Value = strings.Join(items, "\n")
		case f.Type == letter.Money && text != "":
			q.Value = fmt.Sprint(cmp.Or[any](clean[f.Name], v))
		case period && f.Name == letter.FirstDay:
			q.askPeriod(c)
		}
		c.questions = append(c.questions, q)
	}
	c.more = c.opened()
	c.compare()
}

// hintOf says what belongs into a field.
func hintOf(f letter.Field) string {
	parts := []string{f.Help}
	if f.Type == letter.List {
		parts = append(parts, "One on each line.")
	}
	if f.Example != nil && f.Type != letter.Choice && f.Type != letter.YesNo {
		parts = append(parts, "For example: "+letter.ExampleText(f.Example))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// askPeriod makes one question of the two days of a period.
func (q *asking) askPeriod(c *changing) {
	q.Period, q.Label, q.Hint = true, letter.PeriodLabel, letter.PeriodHelp
	q.Value = letter.PeriodText(c.answers)
	if c.form.Has(q.ID) {
		q.Value = c.form.Get(q.ID)
	}
}

// only says to which answers a question belongs.
func (c *changing) only(f letter.Field) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(f.When)) {
		if of, known := c.draft.Template.Field(name); known {
			out = append(out, "“"+strings.TrimSuffix(of.Label, ".")+"” is "+strings.Join(f.When[name], " or "))
		}
	}
	return strings.Join(out, " and ")
}

// opened tells whether the answers lead to a question that the form did not show as one, and that has no answer.
func (c *changing) opened() bool {
	shut := strings.Split(c.form.Get("shut"), ",")
	return slices.ContainsFunc(c.questions, func(q asking) bool {
		return !q.Shut && q.Value == "" && q.Type != letter.YesNo && slices.Contains(shut, q.Name)
	})
}

// compare shows beside what was typed what the log has now, if the request was changed since the form was made.
func (c *changing) compare() {
	if c.since == nil {
		return
	}
	now := &changing{a: c.a, desk: c.desk, draft: c.draft, answers: c.draft.Answers}
	now.ask()
	for i := range c.questions {
		q, other := &c.questions[i], now.questions[i]
		if mine, theirs := q.says(), other.says(); mine != theirs {
			q.Differs = cmp.Or(theirs, "no answer")
		}
	}
}

// says is the answer in words.
func (q asking) says() string {
	if q.Type == letter.YesNo {
		return map[bool]string{true: "yes", false: "no"}[q.Yes]
	}
	text := strings.ReplaceAll(strings.TrimSpace(q.Value), "\r\n", "\n")
	for _, one := range q.Items {
		if one.Text != "" {
			text += "\n" + strings.TrimSpace(strings.ReplaceAll(one.Text, "\r\n", "\n"))
		}
	}
	return strings.TrimSpace(text)
}

// check says at each field what is wrong with it, and whether anything is.
func (c *changing) check() (wrong bool) {
	in := c.draft.Typing
	if filing.CheckVia(c.via) != nil {
		c.viaWrong = "choose one of the ways that are listed"
	}
	for i := range c.questions {
		q := &c.questions[i]
		var err error
		switch {
		case q.Period:
			err = in.TakePeriod(q.Value, c.answers)
		case q.Type == letter.Records:
			wrong = c.checkItems(q) || wrong
		default:
			err = q.check(c.answers[q.Name], in)
		}
		if err != nil {
			q.Wrong = c.a.s.says(err.Error())
		}
		wrong = wrong || err != nil
	}
	if len(c.unknown) > 0 {
		c.wrong = "the template " + c.draft.Template.ID + " has no such field, so that this is not in the letter"
		c.do = "write it elsewhere, or leave it out: the form below no longer has it"
	}
	return wrong || c.viaWrong != "" || c.wrong != ""
}

// check says what is wrong with an answer. One that is not asked for need not be there.
func (q asking) check(v any, in letter.Typing) error {
	f := q.Field
	f.Required = f.Required && !q.Shut && f.Default == nil
	return f.CheckTyped(v, in)
}

// askings are questions that follow each other: open ones, or those that the answers do not lead to.
type askings struct {
	Only  string // empty: open
	Wrong bool
	All   []asking
}

// parts are the questions in the order of the template; those that the answers do not lead to are put together.
func (c *changing) parts() (out []askings) {
	for _, q := range c.questions {
		only := ""
		if q.Shut {
			only = q.Only
		}
		if n := len(out); n == 0 || out[n-1].Only != only {
			out = append(out, askings{Only: only})
		}
		last := &out[len(out)-1]
		last.All, last.Wrong = append(last.All, q), last.Wrong || q.Wrong != "" || q.Differs != ""
	}
	return out
}

// faults are the answers that do not fit, each with the place of its field.
func (c *changing) faults() []deed {
	out := []deed{}
	for _, q := range c.questions {
		at, wrong := q.ID, q.Wrong != ""
		for _, one := range q.Items {
			if one.Wrong != "" && !wrong {
				at, wrong = one.ID, true
			}
		}
		if wrong {
			out = append(out, deed{Words: q.Label, At: at})
		}
	}
	if c.viaWrong != "" {
		out = append(out, deed{Words: "How it is filed", At: "via"})
	}
	return out
}

// named are the names of the questions of the form, and of those that the answers do not lead to.
func (c *changing) named() (had, shut string) {
	var all, closed []string
	for _, q := range c.questions {
		all = append(all, q.Name)
		if q.Shut {
			closed = append(closed, q.Name)
		}
	}
	return strings.Join(all, ","), strings.Join(closed, ",")
}

// ways are the ways of filing that the office takes, and the one that the draft has.
func (c *changing) ways() []string {
	out := []string{}
	for _, w := range append(slices.Clone(c.draft.Office.ReceivesBy), agency.Channel(c.draft.Request.Via)) {
		if w != "" && !slices.Contains(out, string(w)) {
			out = append(out, string(w))
		}
	}
	return out
}
