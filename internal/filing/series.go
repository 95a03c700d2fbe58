package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// periodFields are the fields of a template that a series sets, period by period.
var periodFields = []string{"date_from", "date_to"}

// Repeated makes the first request of a series of what was asked for. Its period
// must have ended by the date of the letter: an agency searches for what exists.
func (a Ask) Repeated(repeat docket.Repeat, since workday.Date) (Ask, error) {
	return a.forPeriod(docket.NewSeries(repeat, since))
}

func (a Ask) forPeriod(s docket.Series) (Ask, error) {
	if !s.Ended(a.Date) {
		do := "make it on " + s.To.AddDays(1).Letter() + " or later"
		if s.Number == 1 {
			do += ", or choose an earlier " + remedy.Name("from")
		}
		return a, remedy.Misuse(fmt.Sprintf("the period %s is not over by %s, and a request covers only records that exist", s.Period(),
			a.Date.Letter()),
			do)
	}
	a.Series = &s
	a.Given = append(a.Given[:len(a.Given):len(a.Given)],
		letter.Layer{File: remedy.Name("repeat"), Answers: letter.Answers{"date_from": s.From.String(), "date_to": s.To.String()}})
	return a, nil
}

// fitsSeries makes sure that a letter asks for the period of its series and for
// nothing else.
func (d *Desk) fitsSeries(t *letter.Template, s docket.Series, layers []letter.Layer) error {
	want := map[string]string{"date_from": s.From.String(), "date_to": s.To.String()}
	for _, name := range periodFields {
		f, ok := t.Field(name)
		if !ok || f.Type != letter.Day {
			return remedy.Misuse(fmt.Sprintf("the template %s cannot be repeated: it has no field %s for the period", t.ID, name),
				"use a template with the fields date_from and date_to, such as request")
		}
		for _, l := range layers {
			if l.Shared {
				continue
			}
			value, err := f.Clean(l.Answers[name], l.File, d.Typing())
			if err != nil {
				return err
			}
			if day, ok := value.(string); ok && day != want[name] {
				return &letter.Problem{File: l.File, Line: l.Lines[name], Field: name, Misuse: true,
					What:   fmt.Sprintf("%s is %s, but the series asks for %s to %s", name, day, s.From, s.To),
					Remedy: "leave it out: the series sets it for each period"}
			}
		}
	}
	return nil
}

// checkItems refuses items with dates of their own, which would ask for the same
// records in every period.
func checkItems(answers letter.Answers) error {
	items, _ := answers["records"].([]letter.Record)
	for i, r := range items {
		if r.From != "" || r.To != "" {
			return &letter.Problem{Field: fmt.Sprintf("records, item %d", i+1), Misuse: true,
				What:   "the item has its own dates, but a series asks for its period",
				Remedy: "take date_from and date_to out of the item, or ask for it once"}
		}
	}
	return nil
}

// seriesDigest is the fingerprint of a request of a series. A first request is
// known by what it asks for and how it repeats; a later one by series and period
// alone, so that a period is asked for once, even if an answer, the template or the
// requester's address has changed since.
func seriesDigest(plain string, s docket.Series) string {
	text := fmt.Sprintf("series\n%s\n%s\n", plain, s.Repeat)
	if s.First != "" {
		text = fmt.Sprintf("series of\n%s\n%d\n", s.First, s.Number)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// memberAs is what is frozen of the series with a request of that id: the first
// request names the series.
func (p Planned) memberAs(id string) *docket.Series {
	if p.series == nil {
		return nil
	}
	s := *p.series
	if s.First == "" {
		s.First = id
	}
	return &s
}

// Following is how the next request of a series is to be made.
type Following struct {
	After docket.Request
	Date  workday.Date   // of the letter
	Via   agency.Channel // empty: as before
	As    string         // the requester, by id in foia.yaml; empty: as before
	Given []letter.Layer // answers that change; the first wins
}

// PlanFollowing plans the request for the period after that of another one: same
// template, office, requester, way of filing and answers, the period moved on. The
// office is that of the directory today, if it still is in it. Notes say what is
// not as it was.
func (d *Desk) PlanFollowing(ctx context.Context, log logbook.SeriesLog, f Following) (p Planned, notes []string, err error) {
	r := f.After
	next, err := d.following(ctx, log, r)
	if err != nil {
		return p, nil, err
	}
	t, end, err := d.templateOf(r)
	if err != nil {
		return p, nil, err
	}
	office, err := d.OfficeOf(r)
	if err != nil {
		return p, nil, err
	}
	before, left, err := answersOf(r, t)
	if err != nil {
		return p, nil, err
	}
	for _, name := range left {
		notes = append(notes, fmt.Sprintf("the template %s no longer asks for %s: that answer from %s is left out", t.ID, name, r.ID))
	}
	if t.SHA256 != r.TemplateSHA256 {
		notes = append(notes, fmt.Sprintf("the template %s has changed since %s was made: read the letter before it goes out", t.ID, r.ID))
	}
	ask := Ask{Name: r.Template, Via: f.Via, Date: f.Date, Given: f.Given}
	if ask.Via == "" {
		ask.Via = agency.Channel(r.Via)
	}
	if ask.Requester, err = d.RequesterOf(r); err == nil && f.As != "" {
		ask.Requester, _, err = d.Workspace.Config.Requester(f.As)
	}
	if err != nil {
		return p, nil, err
	}
	if ask, err = ask.forPeriod(next); err != nil {
		return p, nil, fmt.Errorf("%w (the request after %s)", err, r.ID)
	}
	ask.Given = append(ask.Given, letter.Layer{File: "the answers of " + r.ID, Answers: before})
	layers := append(ask.Given[:len(ask.Given):len(ask.Given)],
		letter.Layer{Answers: ask.Requester.Answers, File: "foia.yaml", Shared: true})
	p, err = d.planOffice(t, agency.Match{Office: office, Asked: office}, r.Template, end, ask, layers)
	return p, notes, err
}

// following is the period after that of a request, if its series goes on.
func (d *Desk) following(ctx context.Context, log logbook.SeriesLog, r docket.Request) (docket.Series, error) {
	if r.Series == nil || r.Series.Repeat.Months() == 0 {
		return docket.Series{}, remedy.Misuse("request "+r.ID+" is not part of a series",
			"begin one: "+remedy.To(remedy.New, remedy.Open("TEMPLATE")).With("to", remedy.Open("OFFICE")).
				With("repeat", string(docket.Quarterly)).With("from", remedy.Open("DATE")).String())
	}
	if r.Sample {
		return docket.Series{}, remedy.Misuse("request "+r.ID+" is a sample, which cannot be continued",
			"begin a series of your own: the command without "+remedy.Name("sample"))
	}
	s, _, err := logbook.SeriesOf(ctx, log, r.Series.First, d.Today)
	if err != nil {
		return docket.Series{}, err
	}
	if !s.Over.IsZero() {
		return docket.Series{}, remedy.Misuse(fmt.Sprintf("the series of %s was ended on %s (request %s)", r.Series.First, s.Over.Letter(),
			s.OverIn),
			"to resume it, correct that event: "+remedy.To(remedy.Record, s.OverIn, string(docket.Correction)).
				With("of", remedy.Open("N")).With("reason", remedy.Open("…")).String())
	}
	return r.Series.Next(), nil
}

// templateOf finds the template of a request again, and, for a letter of a pack,
// the end of its folder's name.
func (d *Desk) templateOf(r docket.Request) (*letter.Template, string, error) {
	t, err := press.TemplateOf(d.Library, r.Template)
	_, own, _ := strings.Cut(r.Template, "/")
	return t, own, err
}

// answersOf are the answers of a request without the period, and the names of
// those that the template asks for no more.
func answersOf(r docket.Request, t *letter.Template) (letter.Answers, []string, error) {
	answers := letter.Answers{}
	if err := json.Unmarshal(r.Answers, &answers); err != nil {
		return nil, nil, fmt.Errorf("the answers of %s cannot be read: %w", r.ID, err)
	}
	for _, name := range periodFields {
		delete(answers, name)
	}
	var left []string
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		if _, ok := t.Field(name); !ok {
			left = append(left, name)
		}
	}
	for _, name := range left {
		delete(answers, name)
	}
	return answers, left, nil
}
