package adoption

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/moving"
	"foia/internal/workday"
)

// mostOffices is how many offices are offered at once.
const mostOffices = 7

// onlyName is the answer that the directory has no such office.
const onlyName = "-"

// agencies asks which offices of the directory the agencies of the file are, where it has any that may be meant.
func (q *Asker) agencies() (out []Question) {
	m := q.Mapping
	if m.Agency != "" && q.Before.Agency == "" {
		now := strings.Replace(m.Agency, open, "", 1)
		out = append(out, Question{Name: "agency", Title: "Which agency are these requests to?",
			Help: "One for the whole file, as you call it.", Now: now, Check: needed,
			Give: func(s string) { m.Agency = strings.TrimSpace(s) }})
	}
	for _, name := range slices.Sorted(maps.Keys(m.Agencies)) {
		if _, answered := q.Before.Agencies[name]; answered || q.Directory == nil {
			continue
		}
		if offices, _ := q.Directory.Typed(name, mostOffices); len(offices) > 0 {
			out = append(out, q.office(name, offices))
		}
	}
	return out
}

func (q *Asker) office(name string, meant []agency.Office) Question {
	now := q.Mapping.Agencies[name].Office
	if now == "" && len(meant) == 1 {
		now = meant[0].ID // it is offered; somebody has to say yes
	}
	if now == "" {
		now = onlyName
	}
	return Question{Name: "office " + name, Title: fmt.Sprintf("Which office is “%s”?", name), Now: now,
		Help: "Its address and its law are known then. Type a word to find another.",
		Find: func(words string) []Choice {
			if words == "" {
				words = name
			}
			offices, _ := q.Directory.Typed(words, mostOffices)
			var all []Choice
			for _, o := range offices {
				all = append(all, Choice{o.ID, o.Name + " (" + o.ID + ")"})
			}
			return first(append(all, Choice{onlyName, "none of these: only the name"}), now, "")
		},
		Give: func(s string) {
			p := q.Mapping.Agencies[name]
			switch {
			case s != onlyName:
				p = Place{Office: s}
			case p.Office != "" || p.Law == "" && q.lawless(name):
				p = Place{Law: open}
			}
			q.Mapping.Agencies[name] = p
		}}
}

// lawless tells whether nothing in the file tells the law of an agency.
func (q *Asker) lawless(name string) bool {
	return slices.ContainsFunc(q.Plan.Requests, func(r moving.Request) bool { return r.Agency != nil && *r.Agency == name && r.Law == nil })
}

// byEach is the answer that agencies have laws of their own.
const byEach = "each"

// laws asks for the law of those agencies of which nothing tells it: one for all, or for each its own.
func (q *Asker) laws() (out []Question) {
	m := q.Mapping
	var lawless []string
	for _, name := range slices.Sorted(maps.Keys(m.Agencies)) {
		if p := m.Agencies[name]; p.Office == "" && q.lawless(name) && (p.Law == open || q.Before.Agencies[name] == Place{}) {
			lawless = append(lawless, name)
		}
	}
	if m.Law == open || len(lawless) > 0 && q.Before.Law == "" {
		help := "Type the state or country. Offices of the U.S. government answer under the Freedom of Information Act."
		if len(lawless) > 0 {
			help += fmt.Sprintf(" It is asked for %d agencies, beginning with %s.", len(lawless), lawless[0])
		}
		one := q.lawOf("law", "Under which law were they made?", help, len(lawless) > 1, func(s string) {
			q.each = s == byEach
			if q.each {
				s = ""
			}
			m.Law = s
			for _, name := range lawless {
				p := m.Agencies[name]
				if p.Law = ""; q.each {
					p.Law = open
				}
				m.Agencies[name] = p
			}
		})
		out = append(out, one)
	}
	if !q.each {
		return out
	}
	for _, name := range lawless {
		out = append(out, q.lawOf("law of "+name, fmt.Sprintf("Which law applies to “%s”?", name), "Type the state or country.", false,
			func(s string) { m.Agencies[name] = Place{Law: s} }))
	}
	return out
}

func (q *Asker) lawOf(name, title, help string, several bool, give func(string)) Question {
	all := []Choice{{law.Federal, "United States, federal: Freedom of Information Act (FOIA)"}}
	if several {
		all = append(all, Choice{byEach, "not one for all: ask for each agency"})
	}
	for _, id := range q.Book.Records().IDs() {
		p, _ := q.Book.Records().Law(id)
		all = append(all, Choice{id, p.Place + ": " + p.Name})
	}
	return Question{Name: name, Title: title, Help: help, Now: law.Federal,
		Find: func(words string) []Choice { return first(all, law.Federal, words) }, Give: give}
}

func needed(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("it is needed")
	}
	return nil
}

func checkPerson(s string) error {
	if s = strings.TrimSpace(s); s == "-" {
		return nil
	}
	_, err := docket.ReadPerson(s)
	return err
}

// unknownDays asks for the days that are not in the file. They may as well be given later, as foia knows what is missing.
func (q *Asker) unknownDays() (out []Question) {
	found := keys(q.Plan, q.Scope)
	var open []Question
	for i, r := range q.Plan.Requests {
		for _, e := range r.Events {
			key := dayKey(found[i][0], e.Kind)
			if e.On != nil || e.Kind == docket.Note || e.Kind == docket.SuitFiled || q.Before.Days[key] != "" {
				continue
			}
			spec, _ := docket.SpecOf(e.Kind)
			open = append(open, Question{Name: "day " + key, Title: "On which day: " + spec.Says + "?", Now: q.Mapping.Days[key],
				Help:  fmt.Sprintf("%s, %s of the file. Leave it empty if you do not know; it stays unknown.", subjectOf(r), r.At()),
				Check: q.checkDay, Give: func(s string) { q.giveDay(key, s) }})
		}
	}
	if len(open) == 0 {
		return nil
	}
	now := no
	if q.dates {
		now = yes
	}
	out = append(out, Question{Name: "days", Now: now,
		Title:   fmt.Sprintf("Events without a day in the file: %d. Give the days now?", len(open)),
		Help:    "They can be recorded later; until then nothing is counted from them.",
		Choices: []Choice{{no, "later"}, {yes, "now, one after the other"}}, Give: func(s string) { q.dates = s == yes }})
	if !q.dates {
		return out
	}
	return append(out, open...)
}

func (q *Asker) checkDay(s string) error {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	_, err := workday.Reader{Order: workday.Order(q.Mapping.Dates)}.Read(s)
	return err
}

func (q *Asker) giveDay(key, typed string) {
	d, err := workday.Reader{Order: workday.Order(q.Mapping.Dates)}.Read(typed)
	if err != nil { // it was left empty
		delete(q.Mapping.Days, key)
		return
	}
	if q.Mapping.Days == nil {
		q.Mapping.Days = map[string]string{}
	}
	q.Mapping.Days[key] = d.String()
}

// dayKey is under which the day of an event is kept that is not in the file.
func dayKey(key string, k docket.Kind) string { return key + " | " + string(k) }
