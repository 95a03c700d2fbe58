package adoption

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/moving"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Question is an answer that is to be given, for a face that asks.
type Question struct {
	Name, Title, Help string
	Above             string   // what is read before it is answered
	Now               string   // what it begins with
	Choices           []Choice // none: it is typed
	Find              func(words string) []Choice
	Check             func(string) error
	Give              func(string)
}

// Choice is one answer.
type Choice struct{ Value, Says string }

// Stage is a part of what is asked. What comes later rests on what was answered before.
type Stage int

// The stages. After each of the first three the file is read again, with the answers.
const (
	OfColumns Stage = iota
	OfDays
	OfWords
	OfPlaces
	OfRest
)

// Stages are all of them.
var Stages = [...]Stage{OfColumns, OfDays, OfWords, OfPlaces, OfRest}

// Reads tells whether the file is read in another way after a stage.
func (s Stage) Reads() bool { return s <= OfWords }

// Asker knows what is open, and what was answered before.
type Asker struct {
	Plan      *moving.Plan
	Before    Mapping // what was answered the last time
	Mapping   *Mapping
	Directory *agency.Directory
	Book      *law.Book
	Scope     string // the name of the tracker

	changes []string // columns that are read wrong, as they are named one after the other
	each    bool     // each agency has a law of its own
	dates   bool     // the days that are not in the file are given now

	answered map[string]bool // questions, by name
}

// Answered tells that a question was answered.
func (q *Asker) Answered(name string) {
	if q.answered == nil {
		q.answered = map[string]bool{}
	}
	q.answered[name] = true
}

// Kept are the answers so far without those that stand there although nobody gave them: whoever stops is asked for them again.
func (q *Asker) Kept() Mapping {
	m := *q.Mapping
	m.Statuses, m.People, m.Agencies = maps.Clone(m.Statuses), maps.Clone(m.People), maps.Clone(m.Agencies)
	maps.DeleteFunc(m.Statuses, func(word, _ string) bool { return q.Before.Statuses[word] == "" && !q.answered["word "+word] })
	maps.DeleteFunc(m.People, func(name, _ string) bool { return q.Before.People[name] == "" && !q.answered["person "+name] })
	maps.DeleteFunc(m.Agencies, func(name string, p Place) bool {
		return q.Before.Agencies[name] == Place{} && !q.answered["office "+name] && !q.answered["law of "+name] &&
			!(q.answered["law"] && p.Law != open)
	})
	for _, text := range []*string{&m.Dates, &m.Timezone, &m.Law, &m.Agency} {
		if *text == open {
			*text = ""
		}
	}
	if m.Prose == open || !q.answered["prose"] && q.Before.Prose == "" {
		m.Prose = ""
	}
	if !q.answered["private"] && q.Before.Private == "" {
		m.Private = ""
	}
	return m
}

// Questions are those of a stage, as the answers so far make them.
func (q *Asker) Questions(s Stage) []Question {
	switch s {
	case OfColumns:
		return q.columns()
	case OfDays:
		return q.readings()
	case OfWords:
		return q.words()
	case OfPlaces:
		return slices.Concat(q.agencies(), q.laws(), q.people())
	}
	return slices.Concat(q.rest(), q.unknownDays())
}

// goOn is the answer that everything is right.
const goOn = "go on"

// columns asks what the columns mean that are not understood, and then whether all are read right.
func (q *Asker) columns() (out []Question) {
	for _, c := range q.Plan.Columns {
		if _, answered := q.Before.Columns[c.Name]; c.Means == moving.NotUnderstood && len(c.Samples) > 0 && !answered {
			out = append(out, q.column(c))
		}
	}
	if len(q.Before.Columns) > 0 {
		return out
	}
	for i := 0; ; i++ {
		out = append(out, q.overview(i))
		if i >= len(q.changes) || q.changes[i] == goOn {
			return out
		}
		at := slices.IndexFunc(q.Plan.Columns, func(c moving.Column) bool { return c.Name == q.changes[i] })
		out = append(out, q.column(q.Plan.Columns[at]))
	}
}

func (q *Asker) overview(i int) Question {
	choices := []Choice{{goOn, "yes"}}
	var lines []string
	for _, c := range q.Plan.Columns {
		says := c.Says
		if m, ok := q.Mapping.Columns[c.Name]; ok {
			says = moving.Says(moving.Means(m))
		}
		lines = append(lines, fmt.Sprintf("%s: %s", c.Name, says))
		choices = append(choices, Choice{c.Name, "no: " + c.Name + " is something else"})
	}
	return Question{Name: fmt.Sprint("columns ", i), Title: "Are the columns read right?", Above: strings.Join(lines, "\n"), Now: goOn,
		Choices: choices, Give: func(s string) { q.changes = append(q.changes[:min(i, len(q.changes))], s) }}
}

// column asks what a column means.
func (q *Asker) column(c moving.Column) Question {
	now := string(c.Means)
	if m := q.Mapping.Columns[c.Name]; m != "" {
		now = m
	} else if c.Means == moving.NotUnderstood {
		now = "note"
	}
	var all []Choice
	for _, name := range moving.Meanings() {
		all = append(all, Choice{name, name + ": " + moving.Says(moving.Means(name))})
	}
	return Question{Name: "column " + c.Name, Title: fmt.Sprintf("What does the column “%s” tell?", c.Name),
		Help: "In the file: " + strings.Join(c.Samples, " · ") + ". Type a word to find a meaning; note keeps it as it stands.", Now: now,
		Find: func(words string) []Choice { return first(all, now, words) },
		Give: func(s string) {
			if q.Mapping.Columns == nil {
				q.Mapping.Columns = map[string]string{}
			}
			q.Mapping.Columns[c.Name] = s
		}}
}

// first are the choices that fit what was typed, the one that stands there now before the others.
func first(all []Choice, now, words string) (out []Choice) {
	for _, c := range all {
		fits := true
		for _, w := range strings.Fields(strings.ToLower(words)) {
			fits = fits && strings.Contains(strings.ToLower(c.Value+" "+c.Says), w)
		}
		switch {
		case !fits:
		case c.Value == now:
			out = append([]Choice{c}, out...)
		default:
			out = append(out, c)
		}
	}
	return out
}

// readings asks how days are written.
func (q *Asker) readings() (out []Question) {
	m := q.Mapping
	for _, asked := range q.Plan.Questions {
		switch {
		case asked.Name == "dates" && q.Before.Dates == "":
			out = append(out, Question{Name: asked.Name, Title: "In which order does the file write days?", Help: asked.Text,
				Now: string(workday.MonthFirst), Choices: []Choice{{string(workday.MonthFirst), "month first: 5/6/2026 is May 6"},
					{string(workday.DayFirst), "day first: 5/6/2026 is June 5"}},
				Give: func(s string) { m.Dates = s }})
		case asked.Name == "timezone" && q.Before.Timezone == "":
			out = append(out, Question{Name: asked.Name, Title: "Which time zone’s days are meant?", Help: asked.Text,
				Now:   "America/New_York",
				Check: func(s string) error { _, err := time.LoadLocation(s); return err },
				Give:  func(s string) { m.Timezone = s }})
		}
	}
	return out
}

// becomes are what a word of a status may mean.
var becomes = []Choice{{"-", "nothing: keep it as a note"}, {"draft", "the request was not sent yet"},
	{"acknowledged", "the agency acknowledged it"}, {"extended", "the agency extended its time"},
	{"clarification-requested", "the agency asks for more information"}, {"determination outcome=granted", "granted"},
	{"determination outcome=partial", "granted in part"}, {"determination outcome=denied", "denied"},
	{"determination outcome=no-records", "no records"}, {"determination", "answered; which way is not said"}, {"appealed", "you appealed"},
	{"closed", "you closed it"}, {"closed reason=withdrawn", "you withdrew it"}, {"left-out", "leave the rows out"}}

// words asks what the words of a status mean that are not understood.
func (q *Asker) words() (out []Question) {
	for _, w := range q.Plan.Statuses {
		if _, answered := q.Before.Statuses[w.Word]; w.Known || answered {
			continue
		}
		now := q.Mapping.Statuses[w.Word]
		if now == "" {
			now = "-"
		}
		out = append(out, Question{Name: "word " + w.Word, Title: fmt.Sprintf("What does “%s” mean?", w.Word),
			Help: fmt.Sprintf("In the column %s, %s. Other events can be written into the file of answers.", w.Column,
				remedy.Counted(w.Count, "time")),
			Now: now, Choices: becomes, Give: func(s string) { q.Mapping.Statuses[w.Word] = s }})
	}
	return out
}

// rest asks what is to be done with readings of prose and with what the tracker keeps private.
func (q *Asker) rest() (out []Question) {
	m := q.Mapping
	if q.Before.Prose == "" && m.Prose != "" || m.Prose == open {
		out = append(out, Question{Name: "prose", Title: "Some events were read from prose. Record them?", Above: prosaic(q.Plan), Now: no,
			Choices: []Choice{{yes, "yes, as the plan shows them"}, {no, "no, keep the words as notes"}},
			Give:    func(s string) { m.Prose = s }})
	}
	if q.Before.Private == "" && m.Private != "" {
		out = append(out, Question{Name: "private", Title: "The tracker keeps some requests private. Keep them so here?", Now: no,
			Help:    "A private request is seen by those who work on it. That needs a log that several share, in a database.",
			Choices: []Choice{{no, "no"}, {yes, "yes"}}, Give: func(s string) { m.Private = s }})
	}
	return out
}

// prosaic shows what was read from prose.
func prosaic(p *moving.Plan) string {
	var lines []string
	for _, q := range p.Requests {
		for _, e := range q.Events {
			if e.Read != "" {
				day := "day not known"
				if e.On != nil {
					day = e.On.Letter()
				}
				lines = append(lines, fmt.Sprintf("“%s”: %s, %s", e.Read, e, day))
			}
		}
	}
	return strings.Join(lines, "\n")
}

// people asks who the people of the tracker are here.
func (q *Asker) people() (out []Question) {
	for _, name := range slices.Sorted(maps.Keys(q.Mapping.People)) {
		if q.Before.People[name] != "" {
			continue
		}
		out = append(out, Question{Name: "person " + name, Title: fmt.Sprintf("Who is “%s” in the log?", name), Now: q.Mapping.People[name],
			Help: "Requests are assigned to that name. “-” is nobody.", Check: checkPerson,
			Give: func(s string) { q.Mapping.People[name] = strings.TrimSpace(s) }})
	}
	return out
}
