package campaign

import (
	"context"
	"errors"
	"fmt"

	"foia/internal/filing"
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
	Letters  int               `json:"letters"`
	ByLaw    map[string]int    `json:"by_law"`
	ByWay    map[string]int    `json:"by_way"`
	Risks    []Risk            `json:"risks,omitempty"`
	Findings map[string]*Found `json:"findings,omitempty"` // by rule of the preflight and what it says; nil if nothing was checked
	Rejected []Rejected        `json:"rejected,omitempty"` // the first of them
	Wrong    int               `json:"rejected_count"`
}

// most rejected rows that a survey lists.
const listed = 20

// Survey reads the whole list and counts. With check it also fills each letter and
// has the preflight look at it; nothing is written.
func (b *Batch) Survey(ctx context.Context, check func([]filing.Planned) []filing.Outcome) (*Survey, error) {
	w, err := b.newWatch(ctx)
	if err != nil {
		return nil, err
	}
	r, err := b.open()
	if err != nil {
		return nil, err
	}
	s := &Survey{Uses: r.uses, Notes: r.Notes, ByLaw: map[string]int{}, ByWay: map[string]int{}}
	if check != nil {
		s.Findings = map[string]*Found{}
	}
	err = r.chunks(func(rows, _ []planned) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		var good []planned
		for _, p := range rows {
			s.Rows++
			if p.err != nil {
				s.reject(p)
				continue
			}
			s.count(p.plan, 1)
			w.see(p.row.Line, p.plan)
			good = append(good, p)
		}
		if check != nil {
			s.checked(good, check)
		}
		return nil
	})
	s.Risks = w.risks()
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
func (s *Survey) checked(good []planned, check func([]filing.Planned) []filing.Outcome) {
	plans := make([]filing.Planned, len(good))
	for i, p := range good {
		plans[i] = p.plan
	}
	for i, o := range check(plans) {
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

func (s *Survey) reject(p planned) {
	s.Wrong++
	if len(s.Rejected) < listed {
		s.Rejected = append(s.Rejected, p.rejected())
	}
}

func twiceError(name string, line, first int) error {
	return &Wrong{File: name, Line: line, What: fmt.Sprintf("the same letter to the same office as in line %d", first), Remedy: "remove the row, or ask for something else"}
}
