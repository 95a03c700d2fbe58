package correspondence

import (
	"context"
	"errors"
	"fmt"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
)

// lettersTogether is how many letters are made in one transaction: their files are
// held in memory until they are on the disk.
const lettersTogether = 128

// LetterMany is the same further letter about several requests, each filled from the
// log of its own request.
type LetterMany struct {
	Requests []string
	FollowUp FollowUp       // of each; its Request is not used
	DryRun   bool           // only fill and check
	Progress func(done int) // called after each chunk; nil: nobody looks
}

// MadeMany is what came of it.
type MadeMany struct {
	Made     []MadeOne            `json:"made"`
	Before   int                  `json:"made_before"` // the same letter of the same day
	TooSoon  int                  `json:"reminded"`    // a reminder so soon after the last only annoys
	NotReady []logbook.RefusedOne `json:"not_ready"`   // the letter's condition is not met
	Failed   []logbook.RefusedOne `json:"failed"`
}

// MadeOne is a letter that was made.
type MadeOne struct {
	ID    string `json:"id"`
	Event int    `json:"event,omitempty"`
	PDF   string `json:"pdf,omitempty"` // below the workspace
	Pages int    `json:"pages,omitempty"`
	Via   string `json:"via"`
}

// LetterMany makes letters, in several transactions, each of which is whole: after a
// failure, the same command goes on. A letter that cannot be made does not stop the
// others.
func (d *Desk) LetterMany(ctx context.Context, m LetterMany) (*MadeMany, error) {
	t, err := d.template(m.FollowUp.Kind)
	if err != nil {
		return nil, err
	}
	if t.Kind == letter.RequestKind {
		return nil, remedy.Misuse(m.FollowUp.Kind+" makes a request; it is not a follow-up letter",
			fmt.Sprintf("use %s; see %s", remedy.To(remedy.Batch, remedy.Open("OFFICES")), remedy.To(remedy.Lists)))
	}
	m.FollowUp.Kind = t.Common()
	basis, err := d.Workspace.Basis()
	if err != nil {
		return nil, err
	}
	l := &letters{desk: d, template: t, basis: basis, many: m,
		out: &MadeMany{Made: []MadeOne{}, NotReady: []logbook.RefusedOne{}, Failed: []logbook.RefusedOne{}}}
	if m.DryRun {
		log, err := d.Log(ctx)
		if err != nil {
			return nil, err
		}
		err = l.chunks(ctx, func(ids []string) error {
			jobs, err := l.prepare(logbook.Within(ctx, log), ids)
			return errors.Join(err, l.count(jobs))
		})
		return l.out, err
	}
	err = d.Holding(ctx, false, func() error {
		return l.chunks(ctx, func(ids []string) error { return l.chunk(ctx, ids) })
	})
	return l.out, logbook.StoppedAfter(err, len(l.out.Made))
}

// letters is LetterMany on its way.
type letters struct {
	desk     *Desk
	template *letter.Template
	basis    docket.Basis
	many     LetterMany
	out      *MadeMany
}

// letterJob is one letter of a chunk.
type letterJob struct {
	request docket.Request
	events  []docket.Event
	made    MadeLetter
	set     setLetter
	err     error // why this letter cannot be made
}

func (l *letters) chunks(ctx context.Context, do func(ids []string) error) error {
	for done := 0; done < len(l.many.Requests); done += lettersTogether {
		if err := ctx.Err(); err != nil {
			return err
		}
		ids := l.many.Requests[done:min(done+lettersTogether, len(l.many.Requests))]
		if err := do(ids); err != nil {
			return err
		}
		if l.many.Progress != nil {
			l.many.Progress(done + len(ids))
		}
	}
	return nil
}

// prepare reads the requests, and fills, checks and sets their letters on all cores.
func (l *letters) prepare(in logbook.Reader, ids []string) ([]*letterJob, error) {
	jobs := make([]*letterJob, len(ids))
	for i, id := range ids {
		j := &letterJob{}
		var err error
		if j.request, j.events, err = logbook.Request(in, id); err != nil {
			return nil, err
		}
		jobs[i] = j
	}
	return jobs, press.Each(jobs, func(j *letterJob) error {
		f := l.many.FollowUp
		f.Request, f.Bulk = j.request.ID, true
		var draft *letter.Draft
		if j.made, draft, j.err = l.desk.fillLetter(l.template, f, j.request, j.events, l.basis); j.err != nil {
			return nil
		}
		if l.many.DryRun {
			j.err = l.desk.Fonts.Check(draft.Document)
			return nil
		}
		j.set, j.err = l.desk.setLetter(&j.made, draft, j.events, f)
		return nil
	})
}

// chunk makes some of the letters: their files are on the disk before the
// transaction commits, and moved into place after it.
func (l *letters) chunk(ctx context.Context, ids []string) error {
	var jobs []*letterJob
	err := l.desk.WriteMany(ctx, func(t *logbook.Turn) (err error) {
		if jobs, err = l.prepare(t, ids); err != nil {
			return err
		}
		var good []*letterJob
		for _, j := range jobs {
			if j.err == nil {
				good = append(good, j)
			}
		}
		err = press.Each(good, func(j *letterJob) error { return t.StageFiles(j.request, j.set.event.Seq, j.set.files) })
		if err != nil {
			return err
		}
		for _, j := range good {
			if j.made.Event, err = t.AddEvent(j.set.event); err != nil {
				return err
			}
			if err := t.KeepFiles(j.request, j.set.files); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.count(jobs)
}

// count puts each letter where it belongs in the result.
func (l *letters) count(jobs []*letterJob) error {
	out := l.out
	for _, j := range jobs {
		var repeated *docket.Repeated
		var soon *TooSoon
		var not *docket.NotReady
		switch {
		case j.err == nil:
			made := MadeOne{ID: j.request.ID, Event: j.made.Event.Seq, Pages: j.made.Pages, Via: string(j.made.Via)}
			if len(j.made.Files) > 0 {
				made.PDF = j.request.Folder + "/" + j.made.Files[0].Name
			}
			out.Made = append(out.Made, made)
		case errors.As(j.err, &repeated):
			out.Before++
		case errors.As(j.err, &soon):
			out.TooSoon++
		case errors.As(j.err, &not):
			out.NotReady = append(out.NotReady, logbook.Refuse(j.request.ID, j.err))
		case remedy.IsMisuse(j.err) && l.many.FollowUp.Date.After(l.desk.Today):
			return j.err // the date is wrong for all
		default:
			out.Failed = append(out.Failed, refusedLetter(j.request.ID, j.err))
		}
	}
	return nil
}

// refusedLetter says of a letter that the preflight refused what it found.
func refusedLetter(id string, err error) logbook.RefusedOne {
	out := logbook.Refuse(id, err)
	var refused *press.Refused
	if !errors.As(err, &refused) {
		return out
	}
	for _, l := range refused.Letters {
		for _, f := range l.Findings {
			if f.Severity == preflight.Error {
				out.Reason += "; " + f.Rule + " " + f.Title + ": " + f.Fix
			}
		}
	}
	return out
}
