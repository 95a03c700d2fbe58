package adoption

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/moving"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Desk is where a tracker is taken over.
type Desk struct {
	*logbook.Book
	Directory *agency.Directory

	requester letter.Requester
}

// Result is what came of a plan.
type Result struct {
	New      []Taken       `json:"new"`
	Changed  []Taken       `json:"changed"` // they were there, and the file tells more
	Same     int           `json:"same"`
	Events   int           `json:"events"`
	Undated  int           `json:"undated"` // events whose day is not known
	Noted    []moving.Line `json:"noted"`   // what could not be an event and is kept as a note
	Rejected []moving.Line `json:"rejected"`
}

// Taken is a request that was taken over.
type Taken struct {
	ID      string `json:"id"`
	Line    string `json:"lines"`
	Subject string `json:"subject"`
	Events  int    `json:"events"`
}

// chunk is how many requests are written together.
const chunk = 128

// Record takes over what a plan has, in chunks, each one whole or not at all. What is there already stays; only what is new is
// added. scope is the name of the tracker.
func (d *Desk) Record(ctx context.Context, p *moving.Plan, m Mapping, scope string) (*Result, error) {
	if left := m.Open(); len(left) > 0 {
		return nil, remedy.Misuse("answers are missing: "+strings.Join(left, "; "), "write them over "+open)
	}
	requester, ok, err := d.Workspace.Config.Requester("")
	if err == nil && !ok {
		err = remedy.Misuse("foia does not know who you are", "set it up: "+remedy.To(remedy.Settings).String())
	}
	if err != nil {
		return nil, err
	}
	d.requester = requester
	out := &Result{New: []Taken{}, Changed: []Taken{}, Noted: []moving.Line{}, Rejected: append([]moving.Line{}, p.Rejected...)}
	all, err := d.prepare(p, m, scope, out)
	if err != nil || len(all) == 0 {
		return out, err
	}
	basis, err := d.Workspace.Basis()
	if err != nil {
		return nil, err
	}
	secret := m.Private == yes && slices.ContainsFunc(all, func(one planned) bool { return one.request.Private })
	err = d.Holding(ctx, true, func() error {
		if secret {
			if err := d.KeepsPrivate(); err != nil {
				return err
			}
		}
		for len(all) > 0 {
			n := min(chunk, len(all))
			if err := d.write(ctx, p, m, basis, all[:n], out); err != nil {
				return err
			}
			all = all[n:]
		}
		return nil
	})
	return out, err
}

// write takes over a chunk.
func (d *Desk) write(ctx context.Context, p *moving.Plan, m Mapping, basis docket.Basis, all []planned, out *Result) error {
	var now Result
	err := d.WriteMany(ctx, func(t *logbook.Turn) error {
		now = Result{}
		for _, one := range all {
			w := &writing{Desk: d, t: t, plan: p, mapping: m, basis: basis, one: one, out: &now}
			if err := w.take(); err != nil {
				return fmt.Errorf("line %s: %w", one.lines(), err)
			}
		}
		return nil
	})
	if err != nil {
		return logbook.StoppedAfter(err, len(out.New)+len(out.Changed))
	}
	out.New, out.Changed = append(out.New, now.New...), append(out.Changed, now.Changed...)
	out.Noted = append(out.Noted, now.Noted...)
	out.Same, out.Events, out.Undated = out.Same+now.Same, out.Events+now.Events, out.Undated+now.Undated
	return nil
}

// prepare finds the law, the office and the key of each request. What cannot be taken over is rejected, by line.
func (d *Desk) prepare(p *moving.Plan, m Mapping, scope string, out *Result) (all []planned, err error) {
	book, err := d.Workspace.Laws()
	if err != nil {
		return nil, err
	}
	found := keys(p, scope)
	for i, q := range p.Requests {
		one := planned{request: q, key: found[i][0], fingerprint: fingerprint(found[i][0])}
		for _, key := range found[i][1:] {
			one.others = append(one.others, fingerprint(key))
		}
		if m.agencyName(q) == "" {
			out.Rejected = append(out.Rejected, moving.Line{Sheet: q.Sheet, Line: q.Rows[0].Line, Why: "no agency"})
			continue
		}
		if one.law, one.office, err = m.lawOf(q, d.Directory, book); err != nil {
			return nil, err
		}
		if one.assigned, err = m.assigned(q); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// writing is one request on its way into the log.
type writing struct {
	*Desk
	t       *logbook.Turn
	plan    *moving.Plan
	mapping Mapping
	basis   docket.Basis
	one     planned
	out     *Result

	request docket.Request
	events  []docket.Event
	wrote   int
}

func (w *writing) take() error {
	id, err := w.known()
	if err != nil {
		return err
	}
	fresh := id == ""
	if fresh {
		if err := w.open(); err != nil {
			return err
		}
	} else if w.request, w.events, err = logbook.Request(w.t, id); err != nil {
		return err
	}
	for _, e := range w.one.request.Events {
		if err := w.event(e); err != nil {
			return err
		}
	}
	if err := w.notes(); err != nil {
		return err
	}
	if err := w.hands(fresh); err != nil {
		return err
	}
	taken := Taken{ID: w.request.ID, Line: w.one.lines(), Subject: w.request.Subject, Events: w.wrote}
	w.out.Events += w.wrote
	switch {
	case fresh:
		w.out.New = append(w.out.New, taken)
	case w.wrote > 0:
		w.out.Changed = append(w.out.Changed, taken)
	default:
		w.out.Same++
	}
	return nil
}

// known is the id of the request in the log; empty: it is not there. By what is less sure it is found only if it has the same
// subject.
func (w *writing) known() (string, error) {
	id, err := w.t.ByFingerprint(w.one.fingerprint)
	if id != "" || err != nil {
		return id, err
	}
	for _, other := range w.one.others {
		id, err := w.t.ByFingerprint(other)
		if err != nil {
			return "", err
		}
		if id == "" {
			continue
		}
		r, err := w.t.Request(id)
		if err != nil {
			return "", err
		}
		if strings.EqualFold(r.Subject, subjectOf(w.one.request)) {
			return id, nil
		}
	}
	return "", nil
}

// open writes the request with its first event.
func (w *writing) open() error {
	id, err := w.t.NextID(w.t.Today.Year())
	if err != nil {
		return err
	}
	r, kept, err := w.frozen(w.plan, w.mapping, w.one, id)
	if err != nil {
		return err
	}
	if err := w.t.Stage(r.Folder, kept); err != nil {
		return err
	}
	first := docket.Event{Request: id, Kind: docket.Imported, On: w.t.Today, Data: map[string]string{"from": w.plan.File,
		"line": w.one.lines(), "row_sha256": r.Documents[0].SHA256}}
	if err := w.t.AddRequest(r, first, kept); err != nil {
		return err
	}
	w.request, w.events, err = logbook.Request(w.t, id)
	return err
}

// event records an event of the plan, unless the log has it. What cannot be one is kept as a note, and so is what was read
// from prose if that was not confirmed.
func (w *writing) event(e moving.Event) error {
	if e.Kind == docket.Note {
		return w.note(e.Data["note"], e.On)
	}
	if e.Read != "" && w.mapping.Prose != yes {
		return w.noted(e, "read from “"+e.Read+"”, not confirmed")
	}
	proposed := docket.Event{Request: w.request.ID, Kind: e.Kind, Data: map[string]string{}}
	maps.Copy(proposed.Data, e.Data)
	if day, err := workday.ParseDate(w.mapping.Days[dayKey(w.one.key, e.Kind)]); e.On == nil && err == nil {
		e.On = &day // as it was answered
	}
	if e.On != nil {
		proposed.On = *e.On
	} else {
		proposed.Data[docket.DayDetail] = docket.DayUnknown
	}
	if w.has(proposed) {
		return nil
	}
	checked, _, err := docket.Proposed{Request: w.request, Events: w.events, Event: proposed, Today: w.t.Today, Book: w.basis.Book,
		Gaps: true}.Check()
	var repeated *docket.Repeated
	switch {
	case errors.As(err, &repeated):
		return nil
	case err != nil && remedy.IsMisuse(err):
		return w.noted(e, err.Error())
	case err != nil:
		return err
	case w.has(checked):
		return nil
	}
	if checked.Undated() {
		w.out.Undated++
	}
	return w.append(checked)
}

// has tells whether the log tells the same: the kind, the day if it is known, and whatever details the file has.
func (w *writing) has(e docket.Event) bool {
	for _, old := range w.events {
		if old.Kind != e.Kind || !e.Undated() && old.On != e.On {
			continue
		}
		same := true
		for name, value := range e.Data {
			same = same && (name == docket.DayDetail || name == docket.Dates || old.Data[name] == value)
		}
		if same {
			return true
		}
	}
	return false
}

func (w *writing) append(e docket.Event) error {
	e, err := w.t.AddEvent(e)
	if err == nil {
		w.events, w.wrote = append(w.events, e), w.wrote+1
	}
	return err
}

// noted keeps as a note what cannot be an event.
func (w *writing) noted(e moving.Event, why string) error {
	day := "day not known"
	if e.On != nil {
		day = e.On.String()
	}
	before := w.wrote
	err := w.note(fmt.Sprintf("the tracker tells: %s, %s (%s)", e, day, remedy.Plain(why)), nil)
	if w.wrote > before {
		w.out.Noted = append(w.out.Noted, moving.Line{Sheet: w.one.request.Sheet, Line: w.one.request.Rows[0].Line,
			Why: string(e.Kind) + ": " + why})
	}
	return err
}

// note keeps a text, once. It is of the day it was taken over, unless the file gives another.
func (w *writing) note(text string, on *workday.Date) error {
	for _, old := range w.events {
		if old.Kind == docket.Note && old.Data["note"] == text {
			return nil
		}
	}
	e := docket.Event{Request: w.request.ID, Kind: docket.Note, On: w.t.Today, Data: map[string]string{"note": text}}
	if on != nil && !on.After(w.t.Today) {
		e.On = *on
	}
	return w.append(e)
}

// notes keeps what the file says beside.
func (w *writing) notes() error {
	if said := w.one.request.Said; len(said) > 0 {
		return w.note("from the tracker: "+strings.Join(said, "; "), nil)
	}
	return nil
}

// hands sets who works on a request, its tags, and, of one that is new, who sees it.
func (w *writing) hands(fresh bool) error {
	h := docket.HandsOf(w.events)
	var events []docket.Event
	if w.one.assigned != "" && fresh {
		events = append(events, h.Assign(w.one.assigned)...)
	}
	var tags []string
	for _, typed := range w.one.request.Tags {
		tag, err := docket.ReadTag(tagged(typed))
		if err != nil {
			if err := w.note("tag of the tracker: "+typed, nil); err != nil {
				return err
			}
			continue
		}
		tags = append(tags, tag)
	}
	events = append(events, h.Tag(tags, nil)...)
	if fresh && w.one.request.Private && w.mapping.Private == yes {
		events = append(events, h.Hide(nil, w.t.By)...)
	}
	for _, e := range events {
		e.Request, e.On = w.request.ID, w.t.Today
		if err := w.append(e); err != nil {
			return err
		}
	}
	return nil
}

// tagged is a tag of a tracker with the signs left out that a tag here cannot have.
func tagged(s string) string { return strings.ReplaceAll(workspace.Slug(s), "--", "-") }
