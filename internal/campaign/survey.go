package campaign

import (
	"context"
	"errors"
	"fmt"

	"foia/internal/filing"
	"foia/internal/preflight"
)

// Rejected is a row that was not made into a letter.
type Rejected struct {
	Line   int    `json:"line"`
	Office string `json:"office,omitempty"`
	Reason string `json:"reason"` // with what to do
	typed  []string
}

// Survey is what a batch would do.
type Survey struct {
	Uses     []Use             `json:"columns"`
	Notes    []string          `json:"notes,omitempty"`
	Rows     int               `json:"rows"`
	Letters  int               `json:"letters"`     // to make
	Before   int               `json:"made_before"` // that are there already
	ByLaw    map[string]int    `json:"by_law"`
	ByWay    map[string]int    `json:"by_way"`
	Risks    []Risk            `json:"risks,omitempty"`
	Findings map[string]*Found `json:"findings,omitempty"` // by rule of the preflight and what it says; nil if nothing was checked
	Rejected []Rejected        `json:"rejected,omitempty"` // the first of them
	Wrong    int               `json:"rejected_count"`
	Causes   []Cause           `json:"rejected_because,omitempty"` // all of them, each once
}

// most rejected rows that a survey lists.
const listed = 20

// Survey reads the whole list and counts. check fills each letter and has the
// preflight look at it, so that what is announced is what Run makes; nothing is
// written.
func (b *Batch) Survey(ctx context.Context, check func([]filing.Planned) []filing.Outcome) (*Survey, error) {
	w, err := b.newWatch(ctx)
	if err != nil {
		return nil, err
	}
	r, err := b.open()
	if err != nil {
		return nil, err
	}
	s := &Survey{Uses: r.uses, ByLaw: map[string]int{}, ByWay: map[string]int{}}
	if check != nil {
		s.Findings = map[string]*Found{}
	}
	kept := &surveyed{}
	err = r.chunks(func(rows, _ []planned) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if kept = kept.with(rows); kept == nil {
			b.rehearsed = nil
		}
		var good []planned
		var places []int // of the good in rows
		for i, p := range rows {
			s.Rows++
			if p.err != nil {
				s.reject(p)
				continue
			}
			w.see(p.row.Line, p.plan)
			if w.made[keyOf(p.plan.Digest)] {
				s.Before++
				continue
			}
			s.count(p.plan, 1)
			good, places = append(good, p), append(places, i)
		}
		if check != nil {
			outcomes := check(plansOf(good))
			s.checked(good, outcomes)
			if kept != nil {
				b.keep(outcomes)
				kept.hold(rows, places, outcomes)
			}
		}
		return nil
	})
	if b.surveyed = nil; err == nil && check != nil && kept != nil {
		kept.dropped = r.dropped
		b.surveyed = kept
	}
	s.Risks, s.Notes = w.risks(), append(r.Notes(), r.remarks.notes()...)
	if note := r.dropped.Note(); note != "" {
		s.Notes = append(s.Notes, note)
	}
	return s, errors.Join(err, r.Close())
}

// count adds a letter to what will be made, or takes one away.
func (s *Survey) count(p filing.Planned, n int) {
	s.Letters += n
	law := p.Order.Office.Law
	if law == "" {
		law = p.Order.Template.Law
	}
	s.ByLaw[law] += n
	s.ByWay[string(p.Order.Channel)] += n
}

// checked notes what the preflight says of the letters of a chunk.
func (s *Survey) checked(good []planned, outcomes []filing.Outcome) {
	for i, o := range outcomes {
		for _, f := range o.Findings {
			title := f.Rule + " " + f.Title
			found := s.Findings[title]
			if found == nil {
				found = &Found{Severity: string(f.Severity)}
				s.Findings[title] = found
			}
			if found.Count++; len(found.Lines) < linesShown {
				found.Lines = append(found.Lines, good[i].row.Line)
			}
		}
		if o.Err != nil {
			s.count(good[i].plan, -1)
			good[i].err = o.Err
			s.reject(good[i])
		}
	}
}

// mostKept is how many rows of a list are held in memory between the survey and the
// making of the letters, with what the preflight found in them.
const mostKept = 5_000

// with is what was kept and a chunk more; nil if that is too much.
func (k *surveyed) with(rows []planned) *surveyed {
	if k == nil || len(k.chunks)*chunkSize+len(rows) > mostKept {
		return nil
	}
	k.chunks = append(k.chunks, rows)
	return k
}

// mostFilled is how many filled letters are held between the survey and the making, of the
// rows that are; each takes some ten thousand bytes if it shares no text with another.
const mostFilled = 2_000

// hold has the rows hold their filled letters, while there are not too many.
func (k *surveyed) hold(rows []planned, places []int, outcomes []filing.Outcome) {
	for i, o := range outcomes {
		if o.Err != nil || k.filled >= mostFilled {
			continue
		}
		rows[places[i]].plan = o.Plan
		k.filled++
	}
}

// keep keeps what the preflight found in the letters of a chunk.
func (b *Batch) keep(outcomes []filing.Outcome) {
	if b.rehearsed == nil {
		b.rehearsed = map[string][]preflight.Finding{}
	}
	for _, o := range outcomes {
		if o.Err == nil {
			b.rehearsed[o.Plan.Digest] = o.Findings
		}
	}
}

func twiceError(name string, line, first int) error {
	return &Wrong{File: name, Line: line, What: fmt.Sprintf("the same letter to the same office as in line %d", first),
		Remedy: "remove the row, or ask for something else",
		Cause:  "ask the same office for the same as a line before them"}
}
