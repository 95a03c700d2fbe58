// Package adoption is the use case of moving in: a plan that was made of somebody's tracker, and what they answered, become
// requests in the log, with what happened to them. The answers are kept, so that a newer file of the same tracker adds what
// is new. A request that was taken over says what it rests on: the row, frozen and hashed; its letter is not here.
package adoption

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/moving"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
	"foia/internal/yamltext"
)

// Folder is where the answers are kept, below the workspace.
const Folder = workspace.ImportsDir

// Mapping are the answers about one tracker, as a file that people can read and change.
type Mapping struct {
	File     string            `yaml:"file"`               // that the answers were given for
	Layout   string            `yaml:"layout"`             // muckrock, columns or events
	Sheet    string            `yaml:"sheet,omitempty"`    // of a workbook
	Dates    string            `yaml:"dates,omitempty"`    // us or eu: days in figures of which the file does not tell the order
	Timezone string            `yaml:"timezone,omitempty"` // whose days moments in UTC are
	Law      string            `yaml:"law,omitempty"`      // of requests of which nothing else tells it
	Agency   string            `yaml:"agency,omitempty"`   // of a file without a column for it
	Agencies map[string]Place  `yaml:"agencies,omitempty"` // by the name in the file
	Columns  map[string]string `yaml:"columns,omitempty"`  // heading → what it means
	Statuses map[string]string `yaml:"statuses,omitempty"` // word → events; “-” for none
	People   map[string]string `yaml:"people,omitempty"`   // name in the file → name in the log; “-” for nobody
	Days     map[string]string `yaml:"days,omitempty"`     // of events whose day is not in the file
	Prose    string            `yaml:"prose,omitempty"`    // yes: record what was read from prose; no: keep it as a note
	Private  string            `yaml:"private,omitempty"`  // yes: keep private what the tracker does
}

// Place is an agency of the file: the office of the directory, if there is one, and the law.
type Place struct {
	Office string `yaml:"office,omitempty"`
	Law    string `yaml:"law,omitempty"`
}

// open is what stands where an answer is to be written.
const open = "ANSWER"

const yes, no = "yes", "no"

// NameFor is the name under which the answers about a file are kept.
func NameFor(file string) string {
	base := filepath.Base(file)
	return path.Join(Folder, workspace.Slug(strings.TrimSuffix(base, filepath.Ext(base)))+".yaml")
}

// Read reads answers. name is the file as errors call it.
func Read(name string) (m Mapping, err error) {
	raw, err := yamltext.ReadFile(name)
	if err != nil {
		return m, remedy.Misuse("the answers cannot be read: "+workspace.Reason(err)+" ("+name+")",
			"check the path; an import without answers writes a file of them into "+Folder)
	}
	err = yamltext.Decode(yamltext.Source{File: name, Text: raw}, &m)
	return m, err
}

// Answers are the answers as the reading of the file takes them.
func (m Mapping) Answers() (a moving.Answers, err error) {
	a = moving.Answers{Layout: m.Layout, Sheet: m.Sheet, Columns: map[string]moving.Means{}, Statuses: map[string]string{}}
	if m.Dates != "" && m.Dates != open {
		if a.Dates, err = workday.ParseOrder(m.Dates); err != nil {
			return a, remedy.Misuse("dates: "+err.Error(), "write dates: us or dates: eu")
		}
	}
	if m.Timezone != open {
		a.Timezone = m.Timezone
	}
	for head, means := range m.Columns {
		if !moving.IsMeaning(means) {
			return a, remedy.Misuse(fmt.Sprintf("columns: “%s” is not what a column can mean (%s)", means, head),
				"use one of "+strings.Join(moving.Meanings(), ", "))
		}
		a.Columns[head] = moving.Means(means)
	}
	for key, day := range m.Days {
		if _, err := workday.ParseDate(day); err != nil {
			return a, remedy.Misuse(fmt.Sprintf("days: %s (%s)", err, key), "write it like 2026-05-04")
		}
	}
	for word, events := range m.Statuses {
		if events != open {
			a.Statuses[word] = events
		}
	}
	return a, nil
}

// Form is a mapping with the places that are to be filled in: what the plan asks, each agency without a law, each word that
// is not understood. What was answered before stays.
func Form(p *moving.Plan, m Mapping, d *agency.Directory) Mapping {
	m.File, m.Layout, m.Sheet = p.File, layoutOf(p), p.Sheet
	for _, q := range p.Questions {
		switch q.Name {
		case "dates":
			m.Dates = or(m.Dates, open)
		case "timezone":
			m.Timezone = or(m.Timezone, open)
		case "agency":
			m.Agency = or(m.Agency, open)
		}
	}
	m.Agencies, m.People, m.Statuses = made(m.Agencies), made(m.People), made(m.Statuses)
	prose, private := false, false
	for _, q := range p.Requests {
		if q.Agency != nil && *q.Agency != "" {
			m.Agencies[*q.Agency] = m.place(q, d)
		} else if q.Law == nil && m.Agency != "" {
			m.Law = or(m.Law, open)
		}
		if who := person(q); who != "" && m.People[who] == "" {
			m.People[who] = who
		}
		private = private || q.Private
		prose = prose || slices.ContainsFunc(q.Events, func(e moving.Event) bool { return e.Read != "" })
	}
	for _, w := range p.Statuses {
		if !w.Known {
			m.Statuses[w.Word] = or(m.Statuses[w.Word], "-")
		}
	}
	if prose {
		m.Prose = or(m.Prose, open)
	}
	if private {
		m.Private = or(m.Private, no)
	}
	return m
}

func or(have, otherwise string) string {
	if have != "" {
		return have
	}
	return otherwise
}

func made[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return maps.Clone(m)
}

func layoutOf(p *moving.Plan) string {
	if p.Layout == "rows are events" {
		return "events"
	}
	return p.Layout
}

// person is whom a row names.
func person(q moving.Request) string {
	switch {
	case q.Assigned != "":
		return q.Assigned
	case q.Owner != "":
		return q.Owner
	}
	return q.Person
}

// place is what is known of the agency of a row: an office that the directory has under exactly that name is offered.
func (m Mapping) place(q moving.Request, d *agency.Directory) Place {
	p := m.Agencies[*q.Agency]
	if p.Office == "" && p.Law == "" && d != nil {
		if found, err := d.Find(*q.Agency); err == nil && strings.EqualFold(found.Office.Name, *q.Agency) {
			p.Office = found.Office.ID
		}
	}
	if p.Law == "" && p.Office == "" && q.Law == nil && (m.Law == "" || m.Law == open) {
		p.Law = open
	}
	return p
}

// Open are the answers that are still to be given, as paths of the file.
func (m Mapping) Open() (out []string) {
	for _, one := range []struct{ name, value string }{{"dates", m.Dates}, {"timezone", m.Timezone}, {"law", m.Law}, {"agency", m.Agency},
		{"prose", m.Prose}, {"private", m.Private}} {
		if one.value == open {
			out = append(out, one.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Agencies)) {
		if p := m.Agencies[name]; p.Law == open || p.Office == open {
			out = append(out, "agencies: "+name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.Statuses)) {
		if m.Statuses[name] == open {
			out = append(out, "statuses: "+name)
		}
	}
	return out
}

// head explains the file of answers.
const head = `# Answers about a tracker that is moved in. Write over each ` + open + `:
#   dates: us (5/6/2026 is May 6) or eu    timezone: America/New_York    law: us-federal, us-md, …
#   columns: what a heading means    days: of an event that the file has no day for
#   agencies: the office of the directory by its id, or the law alone
#   people: the name in the log; "-" for nobody    statuses: events, such as "determination outcome=denied"; "-" for none
#   prose: yes records what was read from prose; no keeps it as a note    private: yes keeps private what the tracker does
`

// Text is the mapping as a file.
func (m Mapping) Text() (string, error) {
	text, err := yamltext.Write(m)
	return head + strings.TrimRight(text, "\n") + "\n", err
}

// Same tells whether two mappings answer the same: a file that somebody wrote is left as it is then, with its remarks. What is
// filled in by itself is no answer.
func (m Mapping) Same(other Mapping) bool {
	for name := range m.Agencies {
		if _, ok := other.Agencies[name]; !ok && m.Agencies[name] != (Place{}) {
			return false
		}
	}
	for word := range m.Statuses {
		if other.Statuses[word] == "" {
			return false
		}
	}
	for key := range m.Days {
		if other.Days[key] == "" {
			return false
		}
	}
	return m.Dates == other.Dates && m.Timezone == other.Timezone && m.Law == other.Law && m.Agency == other.Agency &&
		m.Prose == other.Prose
}

// lawOf is the law of a request, and its office if the directory has it.
func (m Mapping) lawOf(q moving.Request, d *agency.Directory, book *law.Book) (id string, office *agency.Office, err error) {
	name := m.Agency
	if q.Agency != nil {
		name = *q.Agency
	}
	p := m.Agencies[name]
	if p.Office != "" {
		found, ok := d.Get(p.Office)
		if !ok {
			return "", nil, remedy.Misuse(fmt.Sprintf("agencies: the directory has no office %s (%s)", p.Office, name),
				"look: "+remedy.To(remedy.FindOffice, remedy.Open("WORDS")).String())
		}
		office = &found
	}
	switch {
	case q.Law != nil:
		id = *q.Law
	case p.Law != "":
		id = p.Law
	case office != nil:
		id = office.UnderLaw()
	default:
		id = m.Law
	}
	if id == "foia" {
		id = law.Federal
	}
	if id == "" || id == open {
		return "", nil, remedy.Misuse("the law is not known (“"+name+"”)", "write it into the answers: "+remedy.To(remedy.Laws).String())
	}
	if _, known := book.Records().Law(id); !known && id != law.Federal {
		return "", nil, remedy.Misuse(fmt.Sprintf("foia does not know the law %s (“%s”)", id, name), "see "+remedy.To(remedy.Laws).String())
	}
	return id, office, nil
}

// agencyName is the agency as the file, or the answers, name it.
func (m Mapping) agencyName(q moving.Request) string {
	if q.Agency != nil && *q.Agency != "" {
		return *q.Agency
	}
	return m.Agency
}

// assigned is who works on a request; empty for nobody.
func (m Mapping) assigned(q moving.Request) (string, error) {
	who := person(q)
	if to, ok := m.People[who]; ok {
		who = to
	}
	if who == "" || who == "-" {
		return "", nil
	}
	return docket.ReadPerson(who)
}
