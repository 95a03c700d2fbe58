package web

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"foia/internal/remedy"
	"foia/internal/report"
	"foia/internal/workday"
)

// officeLine is what came of the requests to one office, with the addresses of the requests that a number
// counts.
type officeLine struct {
	Name, At, Late          string
	Figures                 *report.Figures
	Cells                   []string
	Full, Part, None, Other int
}

// figuresOf counts requests that are on the shelf, put together in each of some ways.
func (a *asked) figuresOf(q report.Asked, ways ...report.By) ([]*report.Report, error) {
	asked := fmt.Sprintf("%+v %q", q, ways)
	if made := a.h.reports[asked]; made != nil {
		return made, nil
	}
	book, err := a.s.Workspace.Laws()
	if err != nil {
		return nil, err
	}
	made, err := report.Of(book, q, a.h.counted(q.Campaign), ways...)
	if err != nil {
		return nil, err
	}
	if a.h.reports == nil || len(a.h.reports) >= mostReports {
		a.h.reports = map[string][]*report.Report{}
	}
	a.h.reports[asked] = made
	return made, nil
}

// mostReports is how many reports are kept.
const mostReports = 32

// counted are the requests of a campaign; without a name, all.
func (h *shelf) counted(campaign string) iter.Seq[*report.Counted] {
	return func(yield func(*report.Counted) bool) {
		for _, r := range h.rows {
			if (campaign == "" || r.campaign == campaign) && !yield(&r.Counted) {
				return
			}
		}
	}
}

// readAsked is which requests figures are about, as an address says.
func (a *asked) readAsked() (q report.Asked, c choice, err error) {
	if c, err = readChoice(a.r.URL.Query()); err != nil {
		return q, c, err
	}
	q = report.Asked{On: a.day, Campaign: c.campaign, Filter: c.Filter, Owner: c.values.Get("owner"), Law: c.values.Get("law"),
		Private: c.values.Get("private") == "yes"}
	if c.office != "" {
		q.Filter.Office = []string{c.office}
	}
	if c.campaign != "" && !slices.ContainsFunc(a.h.rows, func(r *row) bool { return r.campaign == c.campaign }) {
		return q, c, remedy.Misuse("there is no campaign “"+c.campaign+"”", "see what campaigns there are: "+
			remedy.To(remedy.Campaigns).String())
	}
	if by := c.values.Get("by"); by != "" {
		if q.By, err = report.ReadBy(by); err != nil {
			return q, c, err
		}
	}
	for name, into := range map[string]*workday.Date{"since": &q.Since, "until": &q.Until} {
		if text := c.values.Get(name); text != "" {
			if *into, err = a.dayOf(text); err != nil {
				return q, c, remedy.Misuse(name+": "+err.Error(), "write the day as "+a.day.String())
			}
		}
	}
	return q, c, nil
}

// dayOf reads a day as the user writes days.
func (a *asked) dayOf(text string) (workday.Date, error) {
	return workday.Reader{Order: a.s.Workspace.Config.Dates, Today: a.day}.Read(text)
}

// officesPage is what came of the requests to each office.
func (s *Server) officesPage(a *asked) error {
	q, c, err := a.readAsked()
	if err != nil {
		return err
	}
	both, err := a.figuresOf(q, report.ByOffice, report.ByMonth)
	if err != nil {
		return err
	}
	made, months := both[0], both[1]
	lines := []officeLine{}
	for _, g := range made.Groups {
		l := officeLine{Name: g.Name, Figures: g.Figures, Cells: g.Row(), Other: g.Decided}
		if !strings.HasPrefix(g.Key, "\n") && g.Key != "" {
			l.At = c.address("/requests", "office", g.Key, "since", "", "until", "", "by", "")
			l.Late = c.address("/requests", "office", g.Key, "place", "they-are-late", "since", "", "until", "", "by", "")
		}
		l.Full, l.Part, l.None = g.Outcomes["granted"], g.Outcomes["partial"], g.Outcomes["denied"]
		l.Other -= l.Full + l.Part + l.None
		lines = append(lines, l)
	}
	slices.SortStableFunc(lines, func(a, b officeLine) int { return cmp.Compare(b.Figures.Sent, a.Figures.Sent) })
	now := readPage(a.r.URL.Query().Get("page"), len(lines))
	from := min((now-1)*pageRows, len(lines))
	return a.show("offices", "offices", "Offices and figures", view{"Lines": lines[from:min(from+pageRows, len(lines))], "All": len(lines),
		"Pages": c.pages("/offices", len(lines), now), "Total": made.Whole().Row(), "Sentences": made.Sentences(), "Notes": made.Notes(),
		"Since": c.values.Get("since"), "Until": c.values.Get("until"), "Chart": monthsChart(months.Groups), "Hidden": made.Hidden,
		"Kept": hidden(c, "since", "until", "campaign"), "Campaign": c.campaign, "Campaigns": a.h.campaigns(),
		"Report": c.address("/report", "by", "office"), "CSV": c.address("/report.csv", "by", "office")})
}

// campaigns are the names of those that there are.
func (h *shelf) campaigns() []string {
	seen := map[string]bool{}
	for _, r := range h.rows {
		if r.campaign != "" {
			seen[r.campaign] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// chartMonths is how many months a figure shows.
const chartMonths = 12

// monthsChart is how many days decisions took, by the month in which the requests were sent; nil, if there are too
// few in every month.
func monthsChart(groups []*report.Group) *chart {
	c := chart{ID: "months", Title: "Median days to a decision, by the month of sending", Unit: "Sent in", Parts: []string{"Median days"}}
	var values [][]int
	known := slices.DeleteFunc(slices.Clone(groups), func(g *report.Group) bool { return g.Key == "" })
	timed := false
	for _, g := range known[max(0, len(known)-chartMonths):] {
		timed = timed || g.Days.Median != nil
		days, words := 0, g.Row()[4]
		if g.Days.Median != nil {
			days = int(*g.Days.Median)
		}
		c.Bars = append(c.Bars, bar{Words: g.Key, Value: []string{words}})
		values = append(values, []int{days})
	}
	if !timed {
		return nil
	}
	return drawn(c, values)
}

// reportPage is the report for a board.
func (s *Server) reportPage(a *asked) error {
	q, c, err := a.readAsked()
	if err != nil {
		return err
	}
	all, err := a.figuresOf(q, q.By)
	if err != nil {
		return err
	}
	made := all[0]
	rows := [][]string{}
	for _, g := range made.Groups[:min(len(made.Groups), pageRows)] {
		rows = append(rows, g.Row())
	}
	v := view{"Made": made, "Sentences": made.Sentences(), "Lines": made.Lines(), "Rows": rows, "Head": made.Head(),
		"More": max(0, len(made.Groups)-pageRows), "Total": made.Whole().Row(), "Notes": made.Notes(), "Definitions": report.Definitions,
		"By": string(q.By), "Since": c.values.Get("since"), "Until": c.values.Get("until"), "Kept": hidden(c, "by")}
	for _, f := range report.Formats {
		v[strings.ToUpper(string(f))] = c.address("/report." + string(f))
	}
	return a.show("report", "offices", "Report", v)
}

// reportFile is the report as a file that needs nothing else.
func (s *Server) reportFile(a *asked, form report.Format) error {
	q, _, err := a.readAsked()
	if err != nil {
		return err
	}
	all, err := a.figuresOf(q, q.By)
	if err != nil {
		return err
	}
	made := all[0]
	kind := map[report.Format]string{report.HTML: "text/html; charset=utf-8", report.CSV: "text/csv; charset=utf-8",
		report.Markdown: "text/markdown; charset=utf-8"}[form]
	return a.file("report."+string(form), kind, func(out io.Writer) error { return made.Write(out, form) })
}
