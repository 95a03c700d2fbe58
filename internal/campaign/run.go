package campaign

import (
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/filing"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/roster"
	"foia/internal/workspace"
)

// Batch is a list of offices that are asked for the same.
type Batch struct {
	Desk     *filing.Desk
	File     string   // the list
	Campaign string   // the name of it all
	Map      []string // what columns are used for, as --map says: "Agency Name=name"
	Ask      filing.Ask
	Options  filing.Options
	Progress func(done, rejected int) // called after each chunk; nil: nobody looks

	// Words words what to do, for the list of the rows that were rejected, which is read
	// without a face beside it; nil: remedy.Plain.
	Words func(advice string) string

	rehearsed map[string][]preflight.Finding // by the survey, as filing.Batch has it
	surveyed  *surveyed                      // the list as the survey read it; nil if it is too long to be held
}

// surveyed is a list that was read, so that Run need not read and plan it again and
// makes what was announced, even if the file has changed since.
type surveyed struct {
	chunks  [][]planned
	filled  int // letters that the rows hold
	dropped entered.Tally
}

// reader turns the rows of a list into planned letters.
type reader struct {
	*roster.Roster
	name      string
	uses      []Use
	template  *letter.Template
	directory *agency.Directory
	laws      *law.Book
	desk      *filing.Desk
	ask       filing.Ask
	surveyed  *surveyed
	post      post
	federal   func() map[string]bool // domains of federal offices; it reads the whole directory
	remarks   remarks
	dropped   entered.Tally // what the planned letters leave out since it cannot be seen; whole once chunks has ended
}

// open reads the head of the list.
func (b *Batch) open() (*reader, error) {
	t, err := b.Desk.Library.Template(b.Ask.Name)
	if err != nil {
		return nil, err
	}
	if t.Kind != letter.RequestKind {
		return nil, remedy.Misuse(b.Ask.Name+" is a follow-up letter, not a request",
			"to see the templates: "+remedy.To(remedy.Templates).String())
	}
	post, err := readPost()
	if err != nil {
		return nil, err
	}
	mapped, err := readMap(b.Map, t)
	if err != nil {
		return nil, err
	}
	laws, err := b.Desk.Workspace.Laws()
	if err != nil {
		return nil, err
	}
	list, err := roster.Open(b.File, known(t, mapped))
	if err != nil {
		return nil, err
	}
	uses, err := Uses(list.Columns, t, mapped)
	if err != nil {
		return nil, errors.Join(err, list.Close())
	}
	name := path.Base(strings.ReplaceAll(b.File, `\`, "/"))
	return &reader{Roster: list, name: name, uses: uses, template: t, directory: b.Desk.Directory, laws: laws, desk: b.Desk, ask: b.Ask,
		post: post, federal: sync.OnceValue(func() map[string]bool { return federalDomains(b.Desk.Directory) })}, nil
}

// planned is a row with its letter, or with what is wrong with it.
type planned struct {
	row  roster.Row
	plan filing.Planned
	err  error
}

// words is a text with its acts worded.
func (b *Batch) words(text string) string {
	if b.Words == nil {
		return remedy.Plain(text)
	}
	return b.Words(text)
}

func (p planned) rejected() Rejected {
	reason := p.err.Error()
	var refused *press.Refused
	if errors.As(p.err, &refused) {
		reason = refusal(refused) + "."
	} else if do := remedy.Of(p.err); do != "" {
		reason += "; " + do
	}
	return Rejected{Line: p.row.Line, Office: p.plan.Order.Office.Name, Reason: reason, typed: p.row.Typed}
}

// chunkSize is how many letters are made in one transaction. Larger ones cost
// memory, smaller ones wait for the disk more often.
const chunkSize = 128

// chunks reads the list and hands it on in chunks, each with the one after it. The
// next but one is read and planned meanwhile.
func (r *reader) chunks(do func(rows, next []planned) error) error {
	ahead := make(chan []planned, 1)
	stop := make(chan struct{})
	var failed error // of reading; known when ahead is closed
	go func() {
		defer close(ahead)
		failed = r.each(func(rows []planned) bool {
			select {
			case ahead <- rows:
				return true
			case <-stop:
				return false
			}
		})
	}()
	rows, more := <-ahead
	for more {
		var next []planned
		next, more = <-ahead
		if err := do(rows, next); err != nil {
			close(stop)
			for range ahead { // until the reader has stopped
			}
			return err
		}
		rows = next
	}
	return failed
}

// each plans the rows of the list, chunk by chunk, until the list or somebody's
// patience ends.
func (r *reader) each(take func([]planned) bool) error {
	if r.surveyed != nil {
		for i, rows := range r.surveyed.chunks {
			r.surveyed.chunks[i] = nil // its letters are made once
			if !take(rows) {
				break
			}
		}
		return nil
	}
	rows := make([]planned, 0, chunkSize)
	seen := map[key]int{} // line by fingerprint
	for {
		row, err := r.Next()
		if err != nil && err != io.EOF {
			return err
		}
		if err == nil {
			rows = append(rows, r.planned(row, seen))
		}
		if len(rows) == chunkSize || err == io.EOF && len(rows) > 0 {
			if !take(rows) {
				return nil
			}
			rows = make([]planned, 0, chunkSize)
		}
		if err == io.EOF {
			return nil
		}
	}
}

// planned plans a row, unless the list has the same letter in a line before it.
func (r *reader) planned(row roster.Row, seen map[key]int) planned {
	p := planned{row: row}
	if p.plan, p.err = r.plan(row); p.err != nil {
		return p
	}
	k := keyOf(p.plan.Digest)
	if first, twice := seen[k]; twice {
		p.err = twiceError(r.name, row.Line, first)
	} else {
		seen[k] = row.Line
	}
	return p
}

// Result is what a batch did.
type Result struct {
	Made         int    `json:"made"`
	Before       int    `json:"made_before"`
	Rejected     int    `json:"rejected"`
	First        string `json:"first,omitempty"` // ids
	Last         string `json:"last,omitempty"`
	RejectedFile string `json:"rejected_file,omitempty"` // below the workspace
	Dropped      string `json:"dropped,omitempty"`       // what was left out since it cannot be seen

	Others []docket.Event `json:"made_by_others,omitempty"` // the first event of a letter of each other hand that made some before
}

// madeBefore counts a letter that was there, and keeps who else made such letters.
func (r *Result) madeBefore(first docket.Event, mine bool) {
	r.Before++
	same := func(e docket.Event) bool { return e.Hand() == first.Hand() }
	if first.Kind != "" && !mine && !slices.ContainsFunc(r.Others, same) {
		r.Others = append(r.Others, first)
	}
}

// RejectedName is the list of rows of a campaign that could not be made.
func RejectedName(campaign string) string {
	return path.Join(workspace.CampaignsDir, campaign, "rejected.csv")
}

// Run makes the letters. One that cannot be made does not stop the others. Run
// again, it makes those that are not there yet.
func (b *Batch) Run(ctx context.Context) (result *Result, err error) {
	r, err := b.open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	batch, err := b.Desk.StartBatch(ctx, b.Campaign, b.Options)
	if err != nil {
		return nil, err
	}
	batch.Rehearsed = b.rehearsed
	if b.surveyed != nil {
		r.surveyed, b.surveyed = b.surveyed, nil // for this once: its rows take what becomes of them
		r.dropped = r.surveyed.dropped
	}
	result = &Result{}
	out := &rejects{w: b.Desk.Workspace, name: RejectedName(b.Campaign), head: append(r.withoutReason(r.Header), ReasonColumn)}
	defer func() { err = errors.Join(err, out.cancel()) }()
	var ahead []filing.Planned
	err = r.chunks(func(rows, next []planned) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		plan := ahead
		if plan == nil {
			plan = plansOf(rows)
		}
		ahead = plansOf(next)
		return b.makeChunk(ctx, batch, r, rows, plan, ahead, result, out)
	})
	result.Dropped = r.dropped.Note()
	err = batch.Stopped(errors.Join(err, batch.Finish()))
	if err == nil && result.Rejected > 0 {
		result.RejectedFile = out.name
		err = out.done()
	}
	return result, err
}

// plansOf are the letters that the rows of a chunk can be.
func plansOf(rows []planned) []filing.Planned {
	plan := []filing.Planned{}
	for _, p := range rows {
		if p.err == nil {
			plan = append(plan, p.plan)
		}
	}
	return plan
}

func (b *Batch) makeChunk(ctx context.Context, batch *filing.Batch, r *reader, rows []planned, plan, next []filing.Planned, result *Result,
	out *rejects) error {
	var places []int
	for i, p := range rows {
		if p.err == nil {
			places = append(places, i)
		}
	}
	outcomes, err := batch.Make(ctx, plan, next)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		rows[places[i]].err = o.Err
		switch {
		case o.Err != nil:
		case o.Before:
			result.madeBefore(o.First, b.Desk.Mine(o.First))
		default:
			result.Made++
			if result.First == "" {
				result.First = o.ID
			}
			result.Last = o.ID
		}
	}
	for _, p := range rows {
		if p.err == nil {
			continue
		}
		result.Rejected++
		if err := out.add(append(r.withoutReason(p.row.Typed), b.words(p.rejected().Reason))); err != nil {
			return err
		}
	}
	if b.Progress != nil {
		b.Progress(result.Made+result.Before+result.Rejected, result.Rejected)
	}
	return nil
}

// withoutReason is a row as it appears in the list, as wide as the header, without
// the reason for which it was rejected before.
func (r *reader) withoutReason(typed []string) []string {
	var out []string
	for i := range max(len(r.Header), len(typed)) {
		cell := ""
		if i < len(typed) {
			cell = typed[i]
		}
		old := slices.ContainsFunc(r.uses, func(u Use) bool { return u.Column.Index == i && u.Column.Name == ReasonColumn })
		if !old || r.template.Has(ReasonColumn) {
			out = append(out, cell)
		}
	}
	return out
}
