package packet

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// chronology is the sheet of all that happened in a request, by day.
func (m *maker) chronology(r *record, first, of int) pdf.Sheet {
	s := m.sheet(m.titled("Chronology", r), first, of)
	s.Parts = append(s.Parts, pdf.SheetPart{Text: "In order of the day things happened; the numbers give the order of entry. An event " +
		"that a later one corrects is struck through and does not count. What has no known day is at the end. " +
		"Times of entry are UTC, by the computer’s clock."})
	events := slices.Clone(r.events)
	slices.SortStableFunc(events, func(a, b docket.Event) int { return compareDays(a.On, b.On) })
	for _, e := range events {
		s.Parts = append(s.Parts, pdf.SheetPart{Entry: m.event(r, e)})
	}
	return s
}

// compareDays puts what has no known day after all else.
func compareDays(a, b workday.Date) int {
	if a.IsZero() || b.IsZero() {
		return strings.Compare(b.String(), a.String())
	}
	return strings.Compare(a.String(), b.String())
}

// event is one event with its proof and its place in the chain.
func (m *maker) event(r *record, e docket.Event) *pdf.Entry {
	spec, _ := docket.SpecOf(e.Kind)
	head := remedy.Capital(string(e.Kind))
	if spec.Says != "" && e.Kind != docket.Note {
		head = strings.ReplaceAll(head, "-", " ") + " — " + says(spec)
	}
	out := &pdf.Entry{Margin: []string{e.Day(), fmt.Sprintf("event %d", e.Seq)}, Head: m.text(r, head), Lines: m.details(r, e)}
	if c, ok := r.struck[e.Seq]; ok {
		out.Struck = m.text(r, fmt.Sprintf("Corrected by event %d of %s and does not count: %s", c.Seq, c.On.Letter(), c.Data["reason"]))
	}
	var exhibits []string
	for _, x := range m.exhibits {
		if x.of == r && x.Event == e.Seq {
			exhibits = append(exhibits, fmt.Sprintf("Exhibit %d (page %d)", x.Number, x.Page))
		}
	}
	if len(exhibits) > 0 {
		out.Fine = append(out.Fine, strings.Join(exhibits, ", "))
	}
	out.Fine = append(out.Fine, m.entered(r, e), "SHA-256 "+m.text(r, e.Hash))
	return out
}

// entered says who entered an event, when and where.
func (m *maker) entered(r *record, e docket.Event) string {
	who, where := e.By, e.Machine
	if m.Publication {
		who, where = letter.LeftOut, letter.LeftOut
	}
	if where == "" {
		where = "a computer the log does not name"
	}
	when := e.Recorded
	if t, err := time.Parse(time.RFC3339, when); err == nil {
		when = t.UTC().Format(time.RFC3339) // to the second
	}
	return m.text(r, fmt.Sprintf("Entered %s by %s on %s", when, who, where))
}

// details are what the log tells of an event: first what its kind is known to have,
// then whatever else, so that nothing is left unsaid.
func (m *maker) details(r *record, e docket.Event) []string {
	spec, _ := docket.SpecOf(e.Kind)
	var out []string
	said := map[string]bool{"files": true}
	say := func(name string) {
		if v := e.Data[name]; v != "" && !said[name] {
			out = append(out, m.text(r, label(name)+": "+value(spec, name, v)))
		}
		said[name] = true
	}
	say("proof")
	for _, d := range spec.Details {
		say(d.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(e.Data)) {
		say(name)
	}
	return out
}

// labels are those that the name of a detail does not give.
var labels = map[string]string{"by": "Sent by", "tracking": "Tracking number", "received": "Received by the agency",
	"request_sha256": "SHA-256 of the frozen request",
	"row_sha256":     "SHA-256 of the row", "from": "From", "template_sha256": "SHA-256 of the template",
	"copy_of": "Copy of", "copy_of_sha256": "SHA-256 of the original",
	"pdf_sha256": "SHA-256 of the letter", "of": "Of", "via": "To be sent by",
	"referred_from": "Referred from request", "forced": "Made despite preflight errors, because",
	"to": "To office", "child": "Opened request", "letter": "Letter"}

func label(name string) string {
	if l, ok := labels[name]; ok {
		return l
	}
	return remedy.Capital(strings.NewReplacer("-", " ", "_", " ").Replace(name))
}

// value is a detail as it is read.
func value(spec docket.Spec, name, v string) string {
	d, _ := spec.Detail(name)
	switch d.Type {
	case docket.Day:
		if day, err := workday.ParseDate(v); err == nil {
			return day.Letter()
		}
	case docket.Number:
		if spec.Kind == docket.Correction || name == "letter" {
			return "event " + v
		}
	case docket.Money, docket.Share:
		return docket.InWords(strings.TrimPrefix(v, "$"))
	}
	return v
}
