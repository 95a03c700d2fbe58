package filing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Change is what is to be another way in a letter that was not sent.
type Change struct {
	Request string
	Given   []letter.Layer // the first wins
	Whole   bool           // these are all the answers: what they leave out goes, instead of staying as it is
	Via     agency.Channel // empty: as it was
	Date    workday.Date   // of the letter
	Version int            // that the user looked at; 0: whichever is there
	After   int            // the last event that the user has seen; 0: that does not matter
}

// Unchanged says that a change would leave everything as it is.
type Unchanged struct{ Request string }

func (e *Unchanged) Error() string { return "nothing would change in " + e.Request }

// Hint says what to do.
func (e *Unchanged) Hint() string {
	return "give what is to be another way: " + remedy.Answer("subject", remedy.Open("…")) + ", or change its answers.yaml"
}

// Usage tells that nothing is broken.
func (e *Unchanged) Usage() bool { return true }

// Redrafted is what came of a change.
type Redrafted struct {
	Request  docket.Request // as it stands now
	Row      docket.Row
	Event    docket.Event // that made it
	Changed  []string     // names of fields; also via, office, requester, template and date
	Pages    int
	Findings []preflight.Finding
	Repaired []Repaired // files of earlier versions that had been changed
	Dropped  string     // what was left out since it cannot be seen, as a sentence
}

// Redraft makes another version of a letter that was not sent: filled, checked and set anew,
// under the same number, with the office and the requester as they are today. The version
// before stays in the log and in a folder of its own.
func (d *Desk) Redraft(ctx context.Context, c Change, o Options) (out Redrafted, err error) {
	err = d.Holding(ctx, false, func() error {
		log, err := d.Log(ctx)
		if err != nil {
			return err
		}
		others, err := besides(ctx, log, c)
		if err != nil {
			return err
		}
		if err := d.Write(ctx, func(t *logbook.Turn) error {
			out, err = d.redraft(t, c, o, others)
			return err
		}); err != nil {
			return err
		}
		// Whoever changed a file of the version before has the change in this one: the earlier
		// files are what was made.
		out.Repaired, err = d.repair(logbook.Within(ctx, log), c.Request)
		return err
	})
	return out, err
}

// besides are the requests that were made shortly before, without the one that is changed.
func besides(ctx context.Context, log dated, c Change) ([]preflight.Similar, error) {
	others, err := recent(ctx, log, []Planned{{Order: letter.Order{Date: c.Date}}})
	return slices.DeleteFunc(others, func(s preflight.Similar) bool { return s.ID == c.Request }), err
}

// WouldChange is what Redraft would make, without writing anything.
func (d *Desk) WouldChange(ctx context.Context, c Change) (*letter.Draft, Redrafted, error) {
	log, err := d.Log(ctx)
	if err != nil {
		return nil, Redrafted{}, err
	}
	v, err := d.changed(logbook.Within(ctx, log), c)
	if err != nil {
		return nil, Redrafted{}, err
	}
	others, err := besides(ctx, log, c)
	if err != nil {
		return nil, Redrafted{}, err
	}
	return v.draft, Redrafted{Request: v.before, Changed: v.fields, Dropped: v.draft.Dropped, Findings: d.findings(v.draft, others)}, nil
}

func (d *Desk) findings(draft *letter.Draft, others []preflight.Similar) []preflight.Finding {
	return preflight.Check(draft, preflight.Surroundings{Similar: others, StaleAfterDays: d.Workspace.Config.StaleAfterDays})
}

// version is a letter that is to take the place of another.
type version struct {
	before docket.Request
	frozen docket.Request // the first version, by which the log knows the request
	events []docket.Event
	plan   Planned
	draft  *letter.Draft
	fields []string // what differs
}

// changed fills the letter with what is to be another way.
func (d *Desk) changed(in logbook.Reader, c Change) (v version, err error) {
	if v.frozen, err = in.Request(c.Request); err != nil {
		return v, err
	}
	if v.before, v.events, err = logbook.Request(in, c.Request); err != nil {
		return v, err
	}
	if err := logbook.Seen(v.events, c.After); err != nil {
		return v, err
	}
	if err := docket.MayChange(v.before, v.events); err != nil {
		return v, err
	}
	if now := docket.Versions(v.events); c.Version != 0 && c.Version != now {
		return v, remedy.Misuse(fmt.Sprintf("%s was changed meanwhile: it has a version %d, and you looked at version %d", c.Request, now,
			c.Version), "look at it again ("+remedy.To(remedy.Show, c.Request).String()+"), and make your change once more")
	}
	if v.plan, err = d.planChange(v.before, c); err != nil {
		return v, err
	}
	if v.fields, err = differing(v.before, v.plan); err != nil {
		return v, err
	}
	if len(v.fields) == 0 {
		return v, &Unchanged{c.Request}
	}
	v.draft, err = letter.Fill(v.plan.Order)
	return v, err
}

func (d *Desk) planChange(r docket.Request, c Change) (Planned, error) {
	t, err := press.TemplateOf(d.Library, r.Template)
	if err != nil {
		return Planned{}, err
	}
	office, err := d.OfficeOf(r)
	if err != nil {
		return Planned{}, err
	}
	who, err := d.RequesterOf(r)
	if err != nil {
		return Planned{}, err
	}
	layers := c.Given
	if !c.Whole {
		answers := letter.Answers{}
		if err := json.Unmarshal(r.Answers, &answers); err != nil {
			return Planned{}, fmt.Errorf("the log's record of the answers of %s cannot be read: %w", r.ID, err)
		}
		layers = append(slices.Clone(layers), letter.Layer{Answers: answers, File: press.AnswersName})
	}
	via := c.Via
	if via == "" {
		via = agency.Channel(r.Via)
	}
	p, err := d.planOffice(t, agency.Match{Office: office}, r.Template, "as before",
		Ask{Name: r.Template, Via: via, Requester: who, Date: c.Date, Sample: r.Sample, Series: r.Series}, layers)
	p.Order.ID = r.ID
	return p, err
}

// differing names what differs between a request and what it is to become.
func differing(r docket.Request, p Planned) ([]string, error) {
	before, after := map[string]any{}, map[string]any{}
	b, err := json.Marshal(p.answered)
	if err := errors.Join(err, json.Unmarshal(r.Answers, &before), json.Unmarshal(b, &after)); err != nil {
		return nil, fmt.Errorf("the log's record of the answers of %s cannot be read: %w", r.ID, err)
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(merged(before, after))) {
		if !reflect.DeepEqual(before[name], after[name]) {
			out = append(out, name)
		}
	}
	if r.Via != string(p.Order.Channel) {
		out = append(out, "via")
	}
	for name, now := range map[string]struct {
		frozen json.RawMessage
		value  any
	}{"office": {r.Office, p.Order.Office}, "requester": {r.Requester, p.Order.Requester}} {
		same, err := sameJSON(now.frozen, now.value)
		if err != nil {
			return nil, err
		}
		if !same {
			out = append(out, name)
		}
	}
	if r.TemplateSHA256 != p.Order.Template.SHA256 {
		out = append(out, "template")
	}
	slices.Sort(out)
	return out, nil
}

func merged(a, b map[string]any) map[string]any {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// sameJSON tells whether a value is what was frozen, however it was written.
func sameJSON(frozen json.RawMessage, value any) (bool, error) {
	b, err := json.Marshal(value)
	var was, is any
	if err := errors.Join(err, json.Unmarshal(frozen, &was), json.Unmarshal(b, &is)); err != nil {
		return false, fmt.Errorf("what was frozen cannot be compared: %w", err)
	}
	return reflect.DeepEqual(was, is), nil
}

func (d *Desk) redraft(t *logbook.Turn, c Change, o Options, others []preflight.Similar) (out Redrafted, err error) {
	v, err := d.changed(t, c)
	if err != nil {
		return out, err
	}
	out.Changed, out.Dropped = v.fields, v.draft.Dropped
	out.Findings = d.findings(v.draft, others)
	if preflight.Worst(out.Findings) == preflight.Error && o.Force == "" {
		return out, &press.Refused{Letters: []press.RefusedLetter{{Name: v.before.Template, Office: v.draft.Office,
			Findings: out.Findings}}}
	}
	set, err := d.typeset(v.draft, v.before.Template, docket.Versions(v.events)+1)
	if err != nil {
		return out, err
	}
	out.Pages = set.pages
	now, err := freeze(v.plan, v.draft, v.before.Folder, set.files)
	if err != nil {
		return out, err
	}
	now.Campaign, now.Parent = v.before.Campaign, v.before.Parent
	e, err := docket.Redraft(now, v.fields)
	if err != nil {
		return out, err
	}
	press.Forced(e.Data, out.Findings, o.Force)
	return d.keepVersion(t, v, now, e, set, out)
}

// keepVersion has the files of a version where the letter is looked for, and those of the one
// before among the earlier ones, as they were made.
func (d *Desk) keepVersion(t *logbook.Turn, v version, now docket.Request, e docket.Event, set made, out Redrafted) (Redrafted, error) {
	e.Seq = v.events[len(v.events)-1].Seq + 1
	superseded, err := docket.Superseded(v.frozen, append(slices.Clone(v.events), e))
	if err != nil {
		return out, err
	}
	if err := t.ReplaceFiles(now, e.Seq, set.files, superseded); err != nil {
		return out, err
	}
	if e, err = t.AddEvent(e); err != nil {
		return out, err
	}
	basis, err := d.Workspace.Basis()
	if err != nil {
		return out, err
	}
	out.Request, out.Event = now, e
	out.Row = docket.RowOf(now, docket.Fold(v.frozen, append(slices.Clone(v.events), e), basis), d.Today)
	return out, t.KeepFiles(now, set.files)
}
