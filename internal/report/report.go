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
	b := begin(asked, book, asked.By)
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
	return b.only()
}

// Of are reports of requests of which somebody keeps what it needs, as they stand on the day that it is asked for: one
// for each way to put them together, all of one look at the requests. A campaign is not looked for: each is to hand
// over its requests alone.
func Of(book *law.Book, asked Asked, each iter.Seq[*Counted], ways ...By) ([]*Report, error) {
	b := begin(asked, book, ways...)
	for c := range each {
		if err := b.add(c); err != nil {
			return nil, err
		}
	}
	return b.finish()
}

// building are reports of the same requests on their way. Only groups are counted into: they add up to the whole.
type building struct {
	asked   Asked
	book    *law.Book
	ways    []*grouping
	offices map[string]bool
	law     bool // a request under the law that was asked for was seen

	hidden, undated int
}

// grouping are requests put together in one way.
type grouping struct {
	by     By
	groups map[string]*Group
}

func begin(asked Asked, book *law.Book, ways ...By) *building {
	b := &building{asked: asked, book: book, offices: map[string]bool{}}
	for _, by := range ways {
		b.ways = append(b.ways, &grouping{by, map[string]*Group{}})
	}
	return b
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
		b.hidden++
		return nil
	case !known:
		b.undated++
		return nil
	}
	for _, w := range b.ways {
		if err := b.group(w, c).add(c); err != nil {
			return tooMuch(err)
		}
	}
	return nil
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
func (b *building) group(w *grouping, c *Counted) *Group {
	key := ""
	switch w.by {
	case ByOffice:
		key = officeKey(c)
	case ByLaw:
		key = c.Law
	case ByMonth:
		key = c.month
	}
	if w.by != ByOffice {
		b.offices[officeKey(c)] = true
	}
	g := w.groups[key]
	switch {
	case g == nil:
		g = &Group{Key: key, Figures: newFigures(), last: c}
		w.groups[key] = g
	case w.by == ByOffice && newer(c, g.last):
		g.last = c
	}
	return g
}

// nameOf is what a group is called: an office as its latest request names it.
func (b *building) nameOf(by By, g *Group) string {
	name := g.Key
	switch by {
	case ByOffice:
		name = cmp.Or(g.last.Component, g.last.Agency)
	case ByLaw:
		name = b.lawName(g.Key)
	}
	return cmp.Or(name, unknown)
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

// only is the one report.
func (b *building) only() (*Report, error) {
	all, err := b.finish()
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

func (b *building) finish() ([]*Report, error) {
	if id := b.asked.Law; id != "" && !b.law && !b.book.Knows(id) {
		return nil, remedy.Misuse(remedy.Name("law")+": unknown law “"+id+"”", "see the laws: "+remedy.To(remedy.Laws).String())
	}
	out := []*Report{}
	for _, w := range b.ways {
		asked := b.asked
		asked.By = w.by
		r := &Report{On: asked.On, By: w.by, Chosen: asked.chosen(), Total: newFigures(), Hidden: b.hidden, Undated: b.undated,
			Offices: len(b.offices)}
		for _, g := range w.groups {
			if err := r.Total.plus(g.Figures); err != nil {
				return nil, tooMuch(err)
			}
			g.Days.finish()
			g.Name = b.nameOf(w.by, g)
			r.Groups = append(r.Groups, g)
		}
		r.Total.Days.finish()
		switch w.by {
		case Whole:
			r.Groups = nil
		case ByOffice:
			r.Offices = len(w.groups)
		}
		tellApart(r.Groups)
		slices.SortFunc(r.Groups, func(a, b *Group) int {
			return cmp.Or(last(a.Key == "", b.Key == ""), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
				cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
		})
		out = append(out, r)
	}
	return out, nil
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
