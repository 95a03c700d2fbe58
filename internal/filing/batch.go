package filing

import (
	"context"
	"errors"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/store"
	"foia/internal/workspace"
)

// Batch makes many requests, chunk by chunk: each chunk is one transaction of the
// log, whose files are on the disk before it commits. Killed at any moment, it has
// made whole requests only, and going on makes the others.
type Batch struct {
	desk     *Desk
	release  func() error
	options  Options
	campaign string
	others   map[string][]preflight.Similar // by office and by parent
	made     int
	last     string    // the id of the last request made; empty before the first
	ahead    *prepared // the chunk after the one that is made

	// Rehearsed is what Rehearse found in some of the letters, by their fingerprint.
	// They are not checked again where the log has no other request near.
	Rehearsed map[string][]preflight.Finding
}

// Outcome is what became of one letter of a batch.
type Outcome struct {
	Plan     Planned
	ID       string       // of the request; empty if it was not made
	Before   bool         // it was there already
	First    docket.Event // who made it then, and when; only of the first and the last such letter of a chunk
	Pages    int
	Findings []preflight.Finding
	Err      error // why it was not made: what is wrong with its answers, or *press.Refused

	similar preflight.Similar
}

// StartBatch opens the log for a batch. Finish must be called, whatever happens.
func (d *Desk) StartBatch(ctx context.Context, campaign string, o Options) (b *Batch, err error) {
	b = &Batch{desk: d, options: o, campaign: campaign, others: map[string][]preflight.Similar{}}
	if b.release, err = d.Hold(ctx, true); err != nil {
		return nil, err
	}
	if err := b.readRecent(ctx); err != nil {
		return nil, errors.Join(err, b.release())
	}
	return b, nil
}

// readRecent reads the requests that were made shortly before.
func (b *Batch) readRecent(ctx context.Context) error {
	log, err := b.desk.Log(ctx)
	if err != nil {
		return err
	}
	before, err := recent(ctx, log, []Planned{{Order: letter.Order{Date: b.desk.Today}}})
	for _, s := range before {
		b.remember(s)
	}
	return err
}

// Stopped is why a batch ends early, with how much of it is done.
func (b *Batch) Stopped(err error) error { return logbook.StoppedAfter(err, b.made) }

// Finish closes the batch, and has the spreadsheet brought up to date.
func (b *Batch) Finish() error {
	if b.ahead != nil {
		<-b.ahead.done // nobody wants it any more
	}
	return b.release()
}

func (b *Batch) remember(s preflight.Similar) {
	b.others[s.OfficeID] = append(b.others[s.OfficeID], s)
	if s.Parent != "" && s.Parent != s.OfficeID {
		b.others[s.Parent] = append(b.others[s.Parent], s)
	}
}

// near are the other requests that the preflight may have something to say
// about: those to the same office or its department.
func (b *Batch) near(p Planned) []preflight.Similar {
	out := b.others[p.Order.Office.ID]
	if parent := p.Order.Office.Parent; parent != "" {
		out = append(out[:len(out):len(out)], b.others[parent]...)
	}
	return out
}

// job is a letter of a chunk on its way.
type job struct {
	out     *Outcome
	guessed string        // the id that it will have if nothing before it is rejected
	draft   *letter.Draft // filled under that id
	set     *made         // and set
	folder  string
	ready   docket.Request
	files   []workspace.File // for those who share the log
}

// prepared is a chunk whose letters are being filled and checked.
type prepared struct {
	plan []Planned
	out  []Outcome
	jobs []*job
	done chan struct{} // closed when every job was looked at
}

// Make makes a chunk of requests. What is wrong with one letter is in its outcome;
// the error is of the log or the disk, and then none of the chunk was made. next is
// the chunk that the caller will have made after it: its letters are filled and
// checked while this one waits for the disk.
func (b *Batch) Make(ctx context.Context, plan, next []Planned) (out []Outcome, err error) {
	made := b.made
	err = b.desk.WriteMany(ctx, func(t *logbook.Turn) error {
		chunk, err := b.prepare(t, plan)
		if err != nil {
			return err
		}
		<-chunk.done
		out = chunk.out
		good, err := b.number(t, chunk.jobs)
		if err != nil {
			return err
		}
		if len(next) > 0 {
			if b.ahead, err = b.prepare(t, next); err != nil {
				return err
			}
		}
		return b.freezeAll(t, good)
	})
	if err != nil {
		b.made = made
		return nil, err
	}
	return out, nil
}

// prepare begins to fill and check the letters of a chunk that are not there yet,
// unless that has been begun.
func (b *Batch) prepare(t *logbook.Turn, plan []Planned) (*prepared, error) {
	if c := b.ahead; c != nil && len(plan) > 0 && len(c.plan) == len(plan) && &c.plan[0] == &plan[0] {
		b.ahead = nil
		return c, nil
	}
	c := &prepared{plan: plan, out: make([]Outcome, len(plan)), done: make(chan struct{})}
	var err error
	if c.jobs, err = b.wanted(t, plan, c.out); err != nil {
		return nil, err
	}
	guess(c.jobs, b.last)
	last := b.last
	go func() {
		defer close(c.done)
		_ = press.Each(c.jobs, func(j *job) error { b.check(j); return nil }) // what is wrong is in the outcomes
		b.setAhead(c.jobs, last)
	}()
	return c, nil
}

// setAhead sets the letters that passed, under the ids that follow the last one. What
// goes wrong is left to write, which does it again and says so.
func (b *Batch) setAhead(jobs []*job, last string) {
	var good []*job
	for _, j := range jobs {
		if j.out.Err == nil {
			good = append(good, j)
		}
	}
	before := make([]string, len(good))
	for i, j := range good {
		before[i], j.guessed = j.guessed, ""
	}
	guess(good, last)
	for i, j := range good {
		if j.guessed != before[i] {
			j.draft = nil
		}
	}
	_ = press.Each(good, func(j *job) error {
		if j.guessed != "" {
			j.set, _ = b.set(j, j.guessed)
		}
		return nil
	})
}

// set fills the letter under an id, unless that was done, and sets it.
func (b *Batch) set(j *job, id string) (*made, error) {
	p := j.out.Plan
	p.Order.ID = id
	if j.draft == nil {
		var err error
		if j.draft, err = p.fill(); err != nil {
			return nil, err
		}
	}
	m, err := b.desk.typeset(j.draft, p.Name, 1)
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// number gives the jobs that passed their ids and folders.
func (b *Batch) number(t *logbook.Turn, jobs []*job) (good []*job, err error) {
	for _, j := range jobs {
		if j.out.Err != nil {
			continue
		}
		if j.out.ID, err = t.NextID(j.out.Plan.Order.Date.Year()); err != nil {
			return nil, err
		}
		b.last = j.out.ID
		j.folder = workspace.RequestFolder(j.out.ID, j.out.Plan.Slug)
		good = append(good, j)
		// Offices of the user's own list have no department that might treat
		// requests as one.
		if !j.out.Plan.Order.Office.UserAdded {
			j.out.similar.ID = j.out.ID
			b.remember(j.out.similar)
		}
	}
	b.made += len(good)
	return good, nil
}

// freezeAll sets the letters, has their files beside their places, and adds them to the log.
func (b *Batch) freezeAll(t *logbook.Turn, good []*job) error {
	if err := press.Each(good, func(j *job) error { return b.write(t, j) }); err != nil {
		return err
	}
	for _, j := range good {
		if err := t.AddRequest(j.ready, drafted(j.out.Plan, j.ready, j.out.Findings, b.options), j.files); err != nil {
			return err
		}
		j.files = nil
	}
	return nil
}

// guess gives the jobs the ids that follow the last one, so that a letter need not be
// filled twice. Before the first chunk nothing is known.
func guess(jobs []*job, last string) {
	year, number, err := store.ParseID(last)
	if err != nil {
		return
	}
	for i, j := range jobs {
		if j.out.Plan.Order.Date.Year() == year {
			j.guessed = store.FormatID(year, number+1+i)
		}
	}
}

// wanted are the letters of a chunk that were not made before, by this batch or
// another command.
func (b *Batch) wanted(t *logbook.Turn, plan []Planned, out []Outcome) ([]*job, error) {
	var jobs []*job
	var there []int
	seen := map[string]bool{}
	for i, p := range plan {
		out[i].Plan = p
		id, err := t.ByFingerprint(p.Digest)
		if err != nil {
			return nil, err
		}
		if id != "" {
			out[i].ID, out[i].Before = id, true
			there = append(there, i)
			continue
		}
		if seen[p.Digest] {
			out[i].Before = true
			continue
		}
		seen[p.Digest] = true
		jobs = append(jobs, &job{out: &out[i]})
	}
	return jobs, firstEvents(t, out, there)
}

// check fills a letter and looks at it, before it has an id.
func (b *Batch) check(j *job) {
	p := j.out.Plan
	p.Order.ID = j.guessed
	if j.guessed == "" && p.Order.Template.Numbered() {
		p.Order.ID = store.FormatID(p.Order.Date.Year(), 1) // for the look only: it is filled again under its own
	}
	draft, err := p.fill()
	if err != nil {
		j.out.Err = err
		return
	}
	j.draft = draft
	j.out.similar = similar(draft, "")
	j.out.Findings = b.findings(draft, p)
	if preflight.Worst(j.out.Findings) == preflight.Error && b.options.Force == "" {
		j.out.Err = &press.Refused{Letters: []press.RefusedLetter{{Name: p.Name, Office: p.Order.Office, Findings: j.out.Findings}}}
		return
	}
	if err := b.desk.Fonts.Check(draft.Document); err != nil {
		j.out.Err = err
	}
}

// fill is the letter under the id of its order.
func (p Planned) fill() (*letter.Draft, error) {
	if p.filled != nil {
		return p.Order.Renumber(p.filled), nil
	}
	return letter.Fill(p.Order)
}

// findings are what the preflight finds in a letter.
func (b *Batch) findings(draft *letter.Draft, p Planned) []preflight.Finding {
	near := b.near(p)
	if known, there := b.Rehearsed[p.Digest]; there && len(near) == 0 {
		return known
	}
	return preflight.Check(draft, preflight.Surroundings{Similar: near, StaleAfterDays: b.desk.Workspace.Config.StaleAfterDays})
}

// write writes the files of a letter, and sets it if that was not done ahead.
func (b *Batch) write(t *logbook.Turn, j *job) error {
	if j.set == nil || j.guessed != j.out.ID {
		if j.guessed != j.out.ID {
			j.draft = nil
		}
		var err error
		if j.set, err = b.set(j, j.out.ID); err != nil {
			return err
		}
	}
	p := j.out.Plan
	p.Order.ID = j.out.ID
	j.out.Pages = j.set.pages
	var err error
	if j.ready, err = freeze(p, j.draft, j.folder, j.set.files); err != nil {
		return err
	}
	j.ready.Campaign = b.campaign
	err = t.Stage(j.folder, j.set.files)
	if b.desk.Workspace.SharesDocuments() {
		j.files = j.set.files
	}
	j.draft, j.set = nil, nil // not kept until the others are done
	return err
}

// Rehearse fills and checks letters without making them. The plans in the outcomes hold
// the letters that passed, so that a batch need not fill them again under their ids.
func (d *Desk) Rehearse(plan []Planned, o Options) []Outcome {
	b := &Batch{desk: d, options: o}
	out := make([]Outcome, len(plan))
	jobs := make([]*job, len(plan))
	for i, p := range plan {
		out[i].Plan = p
		jobs[i] = &job{out: &out[i]}
	}
	_ = press.Each(jobs, func(j *job) error { b.check(j); return nil }) // what is wrong is in the outcomes
	for _, j := range jobs {
		if j.out.Err == nil && !j.draft.Template.Numbered() {
			j.out.Plan.filled = j.draft
		}
	}
	return out
}

// Preview sets a letter without making a request of it.
func (d *Desk) Preview(p Planned) (name string, raw []byte, err error) {
	draft, err := letter.Fill(p.Order)
	if err != nil {
		return "", nil, err
	}
	file, err := d.Typeset(draft.Document, draft.Requester.ID)
	if err != nil {
		return "", nil, err
	}
	return p.Slug + "-" + p.Digest[:8] + ".pdf", file.Bytes, nil
}
