package subject

import (
	"cmp"
	"slices"
	"strings"

	"foia/internal/letter"
)

// Answers are those of a letter on the subject, to any template that has the clause of items. A place
// without a value has its default; one without either stays open, in double brackets, which no letter
// can be made with.
func (s *Subject) Answers(values map[string]string) letter.Answers {
	sheet := s.filled(values)
	out := letter.Answers{"subject": sheet.Subject, "records": sheet.Records, "custodians": sheet.Custodians,
		"date_from": sheet.From, "date_to": sheet.To}
	if len(sheet.Terms) > 0 {
		out["search_terms"] = sheet.Terms
	}
	return out
}

// Sheet is the subject's letter as a file of answers to fill in.
func (s *Subject) Sheet() Sheet {
	sheet := s.filled(nil)
	sheet.Head = s.head()
	return sheet
}

// head says above the answers what to fill in, with the example, and how to narrow it.
func (s *Subject) head() []string {
	out := []string{s.Title + ". Fill each place in double brackets, brackets included; delete what you do not want.", "", "To fill in:"}
	for _, p := range s.Places() {
		if p.Default == "" {
			out = append(out, "- "+p.Ask+"; for example: "+p.Example)
		}
	}
	out = append(out, "")
	out = append(out, "How to narrow it:")
	for _, f := range s.Narrow {
		out = append(out, "- "+f.Is+" ("+s.Read(f.By)+")")
	}
	return append(out, "", "If you ask for a fee waiver, add waiver_activity and waiver_new (in a state: waiver_reason): what the "+
		"records show of the government's work that the public does not know.")
}

// Read says in plain words where something was read, or that it is advice.
func (s *Subject) Read(by []string) string {
	var read []string
	for _, name := range by {
		if where, ok := s.Sources[name]; ok {
			read = append(read, where)
		}
	}
	switch craft := slices.Contains(by, Craft); {
	case len(read) > 0 && craft:
		return "read in part in: " + strings.Join(read, "; ") + "; the rest is advice, not law"
	case len(read) > 0:
		return "read in: " + strings.Join(read, "; ")
	case craft:
		return "advice, not law"
	}
	return "not read"
}

// filled is the letter with the values in their places.
func (s *Subject) filled(values map[string]string) Sheet {
	pairs := []string{}
	value := map[string]string{}
	for _, p := range s.Places() {
		v := cmp.Or(strings.TrimSpace(values[p.Name]), p.Default, "[["+p.Ask+"]]")
		value[p.Name] = v
		pairs = append(pairs, "{"+p.Name+"}", v)
	}
	r := strings.NewReplacer(pairs...)
	all := func(list []string) (out []string) {
		for _, t := range list {
			out = append(out, r.Replace(t))
		}
		return out
	}
	l := s.Letter
	sheet := Sheet{Subject: r.Replace(l.Subject), Custodians: all(l.Custodians), Terms: all(l.Terms), From: value[dateFrom],
		To: value[dateTo]}
	for _, i := range l.Items {
		sheet.Records = append(sheet.Records, letter.Record{Title: r.Replace(i.Title), Text: r.Replace(i.Text),
			Custodians: all(i.Custodians), Terms: all(i.Terms)})
	}
	return sheet
}
