package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/law"
	"foia/internal/workday"
)

// lawRow is one law in the list.
type lawRow struct {
	ID       string `json:"id"`
	Place    string `json:"place"`
	Name     string `json:"law"`
	Citation string `json:"citation"`
	Answer   string `json:"time_to_answer"`
	Who      string `json:"who_may_ask"`
	Holidays bool   `json:"holidays_known"`
}

func (a *app) lawList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the laws of states and countries, with their time limits",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			book, err := law.LoadRecords()
			if err != nil {
				return err
			}
			rows := []lawRow{}
			for _, id := range book.IDs() {
				p, _ := book.Law(id)
				_, holidays := workday.PlaceOf(id)
				rows = append(rows, lawRow{id, p.Place, p.Name, p.Citation, answerWords(p), whoWords(p), holidays})
			}
			if asJSON {
				return a.json(rows)
			}
			var cells [][]string
			for _, r := range rows {
				cells = append(cells, []string{r.ID, r.Place, r.Answer, r.Who})
			}
			a.table([]string{"Law", "Place", "Time to answer", "Who may ask"}, cells)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// answerWords are the verified stages of a law in short: decide 10 days.
func answerWords(p *law.PublicRecords) string {
	var parts []string
	for i, s := range p.Response.Stages {
		if !p.Verified(fmt.Sprintf("response.stages[%d]", i)) {
			continue
		}
		parts = append(parts, s.Duty+" "+stageTime(s))
	}
	if p.Response.Standard != "number" {
		parts = append(parts, map[string]string{"promptly": "promptly", "reasonable": "in a reasonable time"}[p.Response.Standard])
	}
	return strings.Join(parts, ", ")
}

// stageTime is the time of a stage: 10 working days.
func stageTime(s law.Stage) string {
	unit := map[string]string{"business": "working day", "calendar": "day", "month": "month"}[s.Unit]
	return plural(s.Days, unit, unit+"s")
}

func whoWords(p *law.PublicRecords) string {
	if !p.Verified("requester") {
		return "not verified"
	}
	return strings.ReplaceAll(p.Requester.Who, "_", " ")
}

// showRecordsLaw shows what was found of a law, what of it letters use, what is
// not verified, and the sources.
func (a *app) showRecordsLaw(p *law.PublicRecords, asJSON bool) error {
	if asJSON {
		return a.json(p)
	}
	fmt.Fprintf(a.out, "%s: %s, %s\n", p.ID, p.Name, p.Place)
	a.wrapped("  ", p.Citation)
	say := func(field, name, text string) {
		if text == "" {
			return
		}
		if !p.Verified(field) {
			name += " (not verified)"
		}
		a.wrappedAfter("  "+name+": ", "    ", text)
	}
	say("response.text", "time to answer", p.Response.Text)
	for i, s := range p.Response.Stages {
		say(fmt.Sprintf("response.stages[%d]", i), "stage", strings.TrimSuffix(fmt.Sprintf("%s: %s, from %s; %s", s.Duty, stageTime(s), s.From, s.Note), "; "))
	}
	say("extension", "extension", p.Extension.Text)
	say("requester", "who may ask", p.Requester.Text)
	say("purpose", "purpose", p.Purpose.Text)
	say("fees.search", "search fees", p.Fees.Search)
	say("fees.copy", "copy fees", p.Fees.Copy)
	say("fees.waiver", "fee waiver", p.Fees.WaiverText)
	for i, r := range p.Appeals {
		say(fmt.Sprintf("appeals[%d]", i), "complaint", routeWords(r))
	}
	a.showHolidays(p)
	for _, s := range p.Amendments {
		a.wrappedAfter("  amended: ", "    ", s)
	}
	for _, s := range p.Disagreements {
		a.wrappedAfter("  sources differ: ", "    ", s)
	}
	for _, s := range p.Sources {
		a.wrappedAfter("  source: ", "    ", fmt.Sprintf("%s, %s (%s)", s.Ref, s.AsOf, s.Grade))
	}
	return nil
}

func routeWords(r law.Route) string {
	words := r.To
	if l, ok := law.Span(r.Days, r.Unit); ok {
		words += fmt.Sprintf(", within %d %s", l.Days, l.Unit)
	}
	if r.Note != "" {
		words += " (" + r.Note + ")"
	}
	return words
}

func (a *app) showHolidays(p *law.PublicRecords) {
	place, ok := workday.PlaceOf(p.ID)
	if !ok {
		a.wrappedAfter("  holidays: ", "    ", "foia does not know them and counts them as working days: the actual date may be later than the one shown")
		return
	}
	var names, may []string
	for _, d := range place.Days {
		list := &names
		if d.May {
			list = &may
		}
		if !slices.Contains(*list, d.Name) {
			*list = append(*list, d.Name)
		}
	}
	a.wrappedAfter("  holidays: ", "    ", strings.Join(names, ", ")+" ("+place.Cite+")")
	if len(may) > 0 {
		a.wrappedAfter("  offices may be closed: ", "    ", strings.Join(may, ", ")+"; an answer is late by every calendar only if these are left out, too")
	}
	a.wrappedAfter("  source: ", "    ", place.Source+", "+place.AsOf)
	for _, u := range place.Unknown {
		a.wrappedAfter("  not covered: ", "    ", u)
	}
}
