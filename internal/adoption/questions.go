package adoption

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"foia/internal/law"
	"foia/internal/moving"
	"foia/internal/workday"
)

// Question is an answer that is to be given, for a face that asks.
type Question struct {
	Name, Title, Help string
	Now               string // what it begins with
	Choices           []Choice
	Check             func(string) error
	Give              func(string)
}

// Choice is one answer.
type Choice struct{ Value, Says string }

// Questions are the answers that are open, with what each is asked in. The law is asked once for all agencies that have none:
// the file of answers has a place for each.
func (m *Mapping) Questions(p *moving.Plan, laws moving.Laws) (out []Question) {
	for _, q := range p.Questions {
		switch {
		case q.Name == "dates" && m.Dates == open:
			out = append(out, Question{Name: q.Name, Title: "In which order does the file write days?", Help: q.Text,
				Choices: []Choice{{string(workday.MonthFirst), "month first: 5/6/2026 is May 6"}, {string(workday.DayFirst),
					"day first: 5/6/2026 is June 5"}},
				Give: func(s string) { m.Dates = s }})
		case q.Name == "timezone" && m.Timezone == open:
			out = append(out, Question{Name: q.Name, Title: "Which time zone’s days are meant?", Help: q.Text, Now: "America/New_York",
				Check: func(s string) error { _, err := time.LoadLocation(s); return err },
				Give:  func(s string) { m.Timezone = s }})
		case q.Name == "agency" && m.Agency == open:
			out = append(out, Question{Name: q.Name, Title: "Which agency are these requests to?",
				Help: "One for the whole file, as you call it.",
				Give: func(s string) { m.Agency = s }})
		}
	}
	var lawless []string
	for _, name := range slices.Sorted(maps.Keys(m.Agencies)) {
		if m.Agencies[name].Law == open {
			lawless = append(lawless, name)
		}
	}
	if m.Law == open || len(lawless) > 0 {
		help := "such as us-federal or us-md."
		if len(lawless) > 0 {
			help += fmt.Sprintf(" It is asked for %d agencies, beginning with %s; where one has another, write it into the file of "+
				"answers.", len(lawless), lawless[0])
		}
		out = append(out, Question{Name: "law", Title: "Under which law were they made?", Help: help, Check: func(s string) error {
			if s != law.Federal && !laws(s) {
				return fmt.Errorf("foia does not know the law %s", s)
			}
			return nil
		}, Give: func(s string) {
			m.Law = s
			for _, name := range lawless {
				p := m.Agencies[name]
				p.Law = ""
				m.Agencies[name] = p
			}
		}})
	}
	if m.Prose == open {
		out = append(out, Question{Name: "prose", Title: "Some events were read from prose. Record them?", Help: prosaic(p),
			Choices: []Choice{{yes, "yes, as the plan shows them"}, {no, "no, keep the words as notes"}},
			Give:    func(s string) { m.Prose = s }})
	}
	return out
}

// prosaic shows what was read from prose.
func prosaic(p *moving.Plan) string {
	text, n := "", 0
	for _, q := range p.Requests {
		for _, e := range q.Events {
			if e.Read == "" {
				continue
			}
			if n++; n <= 5 {
				text += fmt.Sprintf("“%s”: %s. ", e.Read, e)
			}
		}
	}
	if n > 5 {
		text += fmt.Sprintf("And %d more.", n-5)
	}
	return text
}
