// Package report is the use case of figures for people outside the newsroom's desk: what came
// of the requests of a log or of a campaign, as figures, three sentences and a table, in
// forms that can be handed on. What each figure counts is said in Definitions.
package report

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"foia/internal/campaign"
	"foia/internal/law"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// By is what requests are put together by.
type By string

// The groups that there are.
const (
	Whole    By = ""
	ByOffice By = "office"
	ByLaw    By = "law"
	ByMonth  By = "month"
)

// ReadBy reads what requests are put together by.
func ReadBy(s string) (By, error) {
	if by := By(strings.ToLower(strings.TrimSpace(s))); slices.Contains([]By{ByOffice, ByLaw, ByMonth}, by) {
		return by, nil
	}
	return "", remedy.Misuse(remedy.Name("by")+": there are no groups called “"+s+"”", "use office, law or month")
}

// Asked is which requests a report is about, and how they are put together.
type Asked struct {
	Campaign     string // empty: the whole log
	By           By
	On           workday.Date
	Filter       logbook.Filter // office, agency, assigned, tag
	Owner        string
	Law          string
	Since, Until workday.Date // sent; unknown: from the first, to the last
	Private      bool         // private requests, too
}

// Report is what came of some requests, as they stood on a day.
type Report struct {
	On      workday.Date `json:"on"`
	By      By           `json:"by,omitempty"`
	Chosen  []Choice     `json:"chosen"`
	Offices int          `json:"offices"` // that the requests went to
	Total   *Figures     `json:"total"`
	Groups  []*Group     `json:"groups,omitempty"`
	Undated int          `json:"undated,omitempty"` // left out: nobody knows whether they were sent in the time asked for

	// Hidden is how many private requests were left out. That is for whoever made the
	// report, and not for its readers.
	Hidden int `json:"-"`
}

// Choice is one condition by which requests were chosen.
type Choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Group are requests that have something in common.
type Group struct {
	Key  string `json:"key"` // the id of an office or law, a month such as 2026-11; empty: not known
	Name string `json:"name"`
	*Figures

	last *Counted // by which an office is named
}

// Log is what is asked of a log.
type Log interface {
	campaign.Log
	Standings(ctx context.Context, openOnly bool, f func(store.Standing) error) error
}

// Make reads the requests one by one and counts them. What grows with the log are the
// groups alone.
func Make(ctx context.Context, w *workspace.Workspace, log Log, asked Asked) (*Report, error) {
	book, err := w.Laws()
	if err != nil {
		return nil, err
	}
	b := begin(asked, book)
	add := func(s store.Standing) error {
		c := Count(s, asked.On)
		return b.add(&c)
	}
	if asked.Campaign == "" {
		err = logbook.EachAsOf(ctx, w, log, asked.On,
			func(hand func(store.Standing) error) error { return log.Standings(ctx, false, hand) }, add)
	} else {
		err = campaign.Folder{Workspace: w, Log: log, Name: asked.Campaign}.Each(ctx, asked.On, campaign.Filter{}, add)
	}
	if err != nil {
		return nil, err
	}
	return b.finish()
}

// Of is the report of requests of which somebody keeps what it needs, as they stand on the day that it is
// asked for. A campaign is not looked for: each is to hand over its requests alone.
func Of(book *law.Book, asked Asked, each iter.Seq[*Counted]) (*Report, error) {
	b := begin(asked, book)
	for c := range each {
		if err := b.add(c); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

// building is a report on its way.
type building struct {
	asked   Asked
	book    *law.Book
	report  *Report
	groups  map[string]*Group
	offices map[string]bool
	law     bool // a request under the law that was asked for was seen
}

func begin(asked Asked, book *law.Book) *building {
	return &building{asked: asked, book: book, groups: map[string]*Group{}, offices: map[string]bool{},
		report: &Report{On: asked.On, By: asked.By, Chosen: asked.chosen(), Total: newFigures()}}
}

// chosen says by what the requests were chosen.
func (a Asked) chosen() []Choice {
	choices := []Choice{{"campaign", a.Campaign}, {"agency", a.Filter.Agency}, {"law", a.Law}, {"owner", a.Owner},
		{"assigned", a.Filter.Assigned}, {"tag", a.Filter.Tag}, {"sent since", a.Since.String()}, {"sent until", a.Until.String()}}
	if a.Private {
		choices = append(choices, Choice{"private requests", "included"})
	}
	return slices.DeleteFunc(choices, func(c Choice) bool { return c.Value == "" })
}

// add counts a request, if it is one of those that were asked for.
func (b *building) add(c *Counted) error {
	b.law = b.law || c.Law == b.asked.Law
	if !c.counts || b.asked.Law != "" && c.Law != b.asked.Law || !b.asked.Filter.TakesTraits(c.Traits) ||
		b.asked.Owner != "" && !strings.EqualFold(b.asked.Owner, c.Owner) {
		return nil
	}
	in, known := b.asked.sentWithin(c.Sent)
	switch {
	case known && !in:
		return nil
	case c.Private && !b.asked.Private:
		b.report.Hidden++
		return nil
	case !known:
		b.report.Undated++
		return nil
	}
	b.offices[officeKey(c)] = true
	if err := b.report.Total.add(c); err != nil {
		return tooMuch(err)
	}
	if b.asked.By == Whole {
		return nil
	}
	return tooMuch(b.group(c).add(c))
}

func tooMuch(err error) error {
	if err == nil {
		return nil
	}
	return &remedy.Error{What: "the fees cannot be added up: " + err.Error(),
		Do: "look for an amount that cannot be right: " + remedy.To(remedy.Export).String()}
}

// sentWithin tells whether a day of sending is within the time asked for; known is false if
// that depends on a day that nobody knows.
func (a Asked) sentWithin(sent workday.Date) (in, known bool) {
	if a.Since.IsZero() && a.Until.IsZero() {
		return true, true
	}
	if sent.IsZero() {
		return false, false
	}
	return !sent.Before(a.Since) && (a.Until.IsZero() || !sent.After(a.Until)), true
}

// officeKey is an office by its id; by its names if it has none.
func officeKey(c *Counted) string {
	if c.OfficeID != "" {
		return c.OfficeID
	}
	return strings.Join([]string{"", c.Agency, c.Component}, "\n")
}

// unknown is what a group is called of which nothing is known.
const unknown = "not known"

// group is the group of a request.
func (b *building) group(c *Counted) *Group {
	key, name := "", ""
	switch b.asked.By {
	case ByOffice:
		key, name = officeKey(c), cmp.Or(c.Component, c.Agency)
	case ByLaw:
		key, name = c.Law, b.lawName(c.Law)
	case ByMonth:
		if !c.Sent.IsZero() {
			key = c.Sent.String()[:len("2026-11")]
			name = key
		}
	}
	g := b.groups[key]
	if g == nil {
		g = &Group{Key: key, Figures: newFigures(), last: c}
		b.groups[key] = g
		g.Name = cmp.Or(name, unknown)
	}
	if b.asked.By == ByOffice && newer(c, g.last) {
		g.last, g.Name = c, cmp.Or(name, unknown)
	}
	return g
}

// newer tells which of two requests names an office by its present name.
func newer(a, b *Counted) bool {
	if a.Created != b.Created {
		return a.Created.After(b.Created)
	}
	return a.ID > b.ID
}

// lawName is a law as a reader knows it, with its id.
func (b *building) lawName(id string) string {
	if id == law.Federal {
		return "Federal FOIA (" + id + ")"
	}
	if p, ok := b.book.Records().Law(id); ok {
		return p.Place + " (" + id + ")"
	}
	return id
}

func (b *building) finish() (*Report, error) {
	r := b.report
	if id := b.asked.Law; id != "" && !b.law && !b.book.Knows(id) {
		return nil, remedy.Misuse(remedy.Name("law")+": unknown law “"+id+"”", "see the laws: "+remedy.To(remedy.Laws).String())
	}
	r.Offices = len(b.offices)
	r.Total.Days.finish()
	for _, g := range b.groups {
		g.Days.finish()
		r.Groups = append(r.Groups, g)
	}
	tellApart(r.Groups)
	slices.SortFunc(r.Groups, func(a, b *Group) int {
		return cmp.Or(last(a.Key == "", b.Key == ""), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
			cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return r, nil
}

// last puts what is so behind what is not.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// tellApart gives offices of the same name their agencies, or else their ids, too.
func tellApart(groups []*Group) {
	agency, id := func(g *Group) string { return g.last.Agency }, func(g *Group) string { return g.last.OfficeID }
	for _, more := range []func(*Group) string{agency, id} {
		times := map[string]int{}
		for _, g := range groups {
			times[g.Name]++
		}
		for _, g := range groups {
			if word := more(g); times[g.Name] > 1 && word != "" && word != g.Name {
				g.Name += " (" + word + ")"
			}
		}
	}
}
