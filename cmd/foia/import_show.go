package main

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"foia/internal/moving"
	"foia/internal/remedy"
	"foia/internal/terminal"
)

// showCounts says in a few lines how a file was read.
func (a *app) showCounts(p *moving.Plan) {
	how := []string{p.Layout}
	for _, s := range []string{p.Encoding, p.Separator} {
		if s != "" {
			how = append(how, s)
		}
	}
	if p.Sheet != "" {
		how = append(how, "sheet “"+p.Sheet+"”")
	}
	heads := fmt.Sprintf("headings in line %d", p.HeadingRow)
	if len(p.Sheets) > 0 {
		heads = ""
		for _, s := range p.Sheets {
			heads += fmt.Sprintf(", “%s” (headings in line %d)", s.Name, s.HeadingRow)
		}
		heads = "sheets " + strings.TrimPrefix(heads, ", ")
	}
	a.wrappedAfter("Read as    ", "           ", cell(strings.Join(how, ", ")+"; "+heads))
	if p.Dates != "" {
		a.wrappedAfter("Days       ", "           ", p.Dates)
	}
	if p.GroupBy != "" {
		a.wrappedAfter("Grouped by ", "           ", p.GroupBy)
	}
	events, undated := 0, 0
	for _, q := range p.Requests {
		for _, e := range q.Events {
			if events++; e.On == nil {
				undated++
			}
		}
	}
	a.wrappedAfter("Becomes    ", "           ", fmt.Sprintf("%s with %s, %d of them without a day; %s rejected, %d left out, %d ignored",
		remedy.Counted(len(p.Requests), "request"), remedy.Counted(events, "event"), undated, remedy.Counted(len(p.Rejected), "line"),
		len(p.LeftOut), len(p.Ignored)))
	for _, note := range p.Notes {
		a.wrappedAfter("Note       ", "           ", note)
	}
}

// showPlan prints what a file would become.
func (a *app) showPlan(p *moving.Plan) error {
	a.showCounts(p)
	fmt.Fprintln(a.out, "\nColumns")
	var rows [][]string
	for _, c := range p.Columns {
		samples := make([]string, len(c.Samples))
		for i, s := range c.Samples {
			samples[i] = cell(s)
		}
		rows = append(rows, []string{cell(c.Name), c.Says, strings.Join(samples, " · ")})
	}
	if err := a.table([]terminal.Column{{Name: "Column"}, {Name: "Means", Wraps: true}, {Name: "Samples", Drop: 1}}, rows); err != nil {
		return err
	}
	if err := a.showWords(p); err != nil {
		return err
	}
	a.showLines("Asked", p.Ask)
	for _, list := range []struct {
		title string
		lines []moving.Line
	}{{"Rejected", p.Rejected}, {"Left out", p.LeftOut}, {"Ignored", p.Ignored}} {
		var said []string
		for _, l := range list.lines {
			said = append(said, fmt.Sprintf("%s: %s", l.At(), l.Why))
		}
		a.showLines(list.title, said)
	}
	var twice []string
	for _, d := range p.Duplicates {
		twice = append(twice, fmt.Sprintf("%s %s in lines %s: %s", d.Column, d.Value, strings.Trim(fmt.Sprint(d.Lines), "[]"), d.Means))
	}
	a.showLines("Twice", twice)
	return a.showRequests(p)
}

func (a *app) showLines(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\n"+title)
	for _, l := range lines {
		a.wrappedAfter("  ", "    ", cell(l))
	}
}

// showWords prints what each word of the status becomes.
func (a *app) showWords(p *moving.Plan) error {
	if len(p.Statuses) == 0 {
		return nil
	}
	fmt.Fprintln(a.out, "\nWords of the status")
	var rows [][]string
	for _, w := range p.Statuses {
		becomes := strings.Join(w.Events, "; ")
		if w.Says != "" {
			becomes = strings.TrimPrefix(becomes+"; "+w.Says, "; ")
		}
		rows = append(rows, []string{cell(w.Word), fmt.Sprint(w.Count), becomes})
	}
	return a.table([]terminal.Column{{Name: "Word"}, {Name: "Rows"}, {Name: "Becomes", Wraps: true}}, rows)
}

// mostPlanned is how many requests a plan prints; --json has all.
const mostPlanned = 50

func (a *app) showRequests(p *moving.Plan) error {
	fmt.Fprintln(a.out, "\nRequests")
	for i, q := range p.Requests {
		if i == mostPlanned {
			fmt.Fprintf(a.out, "  … and %d more: --json has all\n", len(p.Requests)-i)
			break
		}
		line, subject, agency := fmt.Sprint(q.Line), "(no subject)", "(agency asked)"
		if len(q.Lines) > 0 {
			line = strings.Trim(strings.ReplaceAll(fmt.Sprint(q.Lines), " ", ","), "[]")
		}
		if q.Sheet != "" {
			line = cell(q.Sheet) + ":" + line
		}
		if q.Subject != nil {
			subject = *q.Subject
		}
		if q.Agency != nil {
			agency = cmp.Or(*q.Agency, "(no agency)")
		}
		var events []string
		for _, e := range q.Events {
			day := "day not known"
			if e.On != nil {
				day = e.On.String()
			}
			e.Data = withoutProof(e.Data)
			events = append(events, cell(e.String())+" "+day)
		}
		a.wrappedAfter(fmt.Sprintf("%6s  ", line), "        ", cell(subject)+" — "+cell(agency)+": "+strings.Join(events, "; "))
		for _, e := range q.Errors {
			a.wrappedAfter("        ! ", "          ", e)
		}
	}
	return nil
}

// withoutProof leaves out what is too long for a line.
func withoutProof(data map[string]string) map[string]string {
	out := maps.Clone(data)
	delete(out, "proof")
	return out
}
