package filing

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/store"
	"foia/internal/workspace"
)

// Batch makes many requests, chunk by chunk: each chunk is one transaction of the
// log, whose files are on the disk before it commits. Killed at any moment, it has
// made whole requests only, and going on makes the others.
type Batch struct {
	desk     *Desk
	log      store.Log
	unlock   func() error
	options  Options
	campaign string
	others   map[string][]preflight.Similar // by office and by parent
	made     int
	last     string // the id of the last request made; empty before the first
}

// Outcome is what became of one letter of a batch.
type Outcome struct {
	Plan     Planned
	ID       string // of the request; empty if it was not made
	Before   bool   // it was there already
	Pages    int
	Findings []preflight.Finding
	Err      error // why it was not made: what is wrong with its answers, or *Refused

	similar preflight.Similar
}

// batchMemory is how large the heap of a batch grows before it is cleared, in
// bytes: letters leave nothing behind, and clearing it more often costs little.
const batchMemory = 80 << 20

// StartBatch opens the log for a batch. Finish must be called, whatever happens.
func (d *Desk) StartBatch(ctx context.Context, campaign string, o Options) (b *Batch, err error) {
	debug.SetMemoryLimit(batchMemory)
	b = &Batch{desk: d, options: o, campaign: campaign, others: map[string][]preflight.Similar{}}
	if b.unlock, err = d.Workspace.Lock(ctx); err != nil {
		return nil, err
	}
	if b.log, err = d.Workspace.OpenLog(ctx, true); err != nil {
		return nil, errors.Join(err, b.unlock())
	}
	if _, err = d.Workspace.Recover(ctx, b.log); err == nil {
		err = b.log.Refresh(ctx)
	}
	if err == nil {
		var before []preflight.Similar
		if before, err = recent(ctx, b.log, []Planned{{Order: letter.Order{Date: d.Today}}}); err == nil {
			for _, s := range before {
				b.remember(s)
			}
		}
	}
	if err != nil {
		return nil, errors.Join(err, b.log.Close(), b.unlock())
	}
	return b, nil
}

// Finish writes the tracking log and closes the batch.
func (b *Batch) Finish(ctx context.Context) error {
	var err error
	if b.made > 0 {
		err = b.desk.renewTrackingLog(ctx, b.log)
	}
	return errors.Join(err, b.log.Close(), b.unlock())
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
	folder  string
	ready   docket.Request
}

// Make makes a chunk of requests. What is wrong with one letter is in its outcome;
// the error is of the log or the disk, and then none of the chunk was made.
func (b *Batch) Make(ctx context.Context, plan []Planned) ([]Outcome, error) {
	var out []Outcome
	var staged []string
	last := b.last
	err := b.log.Write(ctx, func(tx store.Tx) error {
		out, staged = make([]Outcome, len(plan)), nil
		jobs, err := b.wanted(tx, plan, out)
		if err != nil {
			return err
		}
		b.guess(jobs)
		each(jobs, func(j *job) error { b.check(j); return nil })
		var good []*job
		for _, j := range jobs {
			if j.out.Err != nil {
				continue
			}
			if j.out.ID, err = tx.NextID(j.out.Plan.Order.Date.Year()); err != nil {
				return err
			}
			last = j.out.ID
			j.folder = path.Join(workspace.RequestsDir, j.out.ID+"-"+j.out.Plan.Slug)
			staged = append(staged, j.folder)
			good = append(good, j)
		}
		if err := each(good, b.write); err != nil {
			return err
		}
		if err := b.desk.Workspace.SyncStaged(staged); err != nil {
			return err
		}
		for _, j := range good {
			event := docket.Event{Request: j.out.ID, Kind: docket.Drafted, On: j.out.Plan.Order.Date, Recorded: b.desk.Now, By: b.desk.By,
				Data: draftedData(j.ready, j.out.Findings, b.options)}
			if err := tx.Add(j.ready, event); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(err, b.desk.Workspace.Discard(staged))
	}
	b.made += len(staged)
	b.last = last
	for i := range out {
		// Offices of the user's own list have no department that might treat
		// requests as one.
		if p := out[i].Plan; out[i].Err == nil && !out[i].Before && !p.Order.Office.UserAdded {
			out[i].similar.ID = out[i].ID
			b.remember(out[i].similar)
		}
	}
	return out, b.desk.Workspace.PublishAll(staged)
}

// guess gives the jobs the ids that follow the last one, so that a letter need
// not be filled twice. Before the first chunk nothing is known.
func (b *Batch) guess(jobs []*job) {
	year, number, ok := strings.Cut(b.last, "-")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return
	}
	for i, j := range jobs {
		if strconv.Itoa(j.out.Plan.Order.Date.Year()) == year {
			j.guessed = fmt.Sprintf("%s-%04d", year, n+1+i)
		}
	}
}

// wanted are the letters of a chunk that were not made before, by this batch or
// another command.
func (b *Batch) wanted(tx store.Tx, plan []Planned, out []Outcome) ([]*job, error) {
	var jobs []*job
	seen := map[string]bool{}
	for i, p := range plan {
		out[i].Plan = p
		id, err := tx.ByFingerprint(p.Digest)
		if err != nil {
			return nil, err
		}
		if id != "" {
			out[i].ID, out[i].Before = id, true
			continue
		}
		if seen[p.Digest] {
			out[i].Before = true
			continue
		}
		seen[p.Digest] = true
		jobs = append(jobs, &job{out: &out[i]})
	}
	return jobs, nil
}

// check fills a letter and looks at it, before it has an id.
func (b *Batch) check(j *job) {
	p := j.out.Plan
	p.Order.ID = j.guessed
	draft, err := letter.Fill(p.Order)
	if err != nil {
		j.out.Err = err
		return
	}
	j.draft = draft
	j.out.similar = similar(draft, "")
	j.out.Findings = preflight.Check(draft, preflight.Surroundings{Similar: b.near(p), StaleAfterDays: b.desk.Workspace.Config.StaleAfterDays})
	if preflight.Worst(j.out.Findings) == preflight.Error && b.options.Force == "" {
		j.out.Err = &Refused{[]RefusedLetter{{Name: p.Name, Office: p.Order.Office, Findings: j.out.Findings}}}
		return
	}
	if err := b.desk.Press.Fonts.Check(draft.Document); err != nil {
		j.out.Err = err
	}
}

// write sets a letter under its id and writes its files.
func (b *Batch) write(j *job) error {
	p := j.out.Plan
	p.Order.ID = j.out.ID
	draft := j.draft
	if j.out.ID != j.guessed {
		var err error
		if draft, err = letter.Fill(p.Order); err != nil {
			return err
		}
	}
	m, err := b.desk.typeset(draft, p)
	if err != nil {
		return err
	}
	j.draft = nil // not kept until the others are done
	j.out.Pages = m.pages
	if j.ready, err = freeze(p, draft, j.folder, m.files); err != nil {
		return err
	}
	j.ready.Campaign = b.campaign
	return b.desk.Workspace.StageLoose(workspace.Folder{Name: j.folder, Files: m.files})
}

// each does something with every job, as many at a time as there are cores.
func each[T any](jobs []T, do func(T) error) error {
	errs := make([]error, len(jobs))
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(jobs)); i = next.Add(1) - 1 {
				errs[i] = do(jobs[i])
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// Rehearse fills and checks letters without making them.
func (d *Desk) Rehearse(plan []Planned, o Options) []Outcome {
	b := &Batch{desk: d, options: o}
	out := make([]Outcome, len(plan))
	jobs := make([]*job, len(plan))
	for i, p := range plan {
		out[i].Plan = p
		jobs[i] = &job{out: &out[i]}
	}
	_ = each(jobs, func(j *job) error { b.check(j); return nil }) // what is wrong is in the outcomes
	return out
}

// Preview sets a letter without making a request of it.
func (d *Desk) Preview(p Planned) (name string, raw []byte, err error) {
	draft, err := letter.Fill(p.Order)
	if err != nil {
		return "", nil, err
	}
	file, err := d.Press.Typeset(draft.Document, draft.Requester.ID)
	if err != nil {
		return "", nil, err
	}
	return p.Slug + "-" + p.Digest[:8] + ".pdf", file.Bytes, nil
}
