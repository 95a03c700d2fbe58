package docket

import (
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

// silence are your ways to have it reviewed that no answer came, from the day after the
// one on which it was due.
func (f *folding) silence() {
	due, ok := f.missable()
	if !ok {
		return
	}
	// Your own time is counted from the earliest day on which the answer may have been due,
	// and from the other one as the last.
	from := []workday.Date{earliest(due.Due, f.early[due.What])}
	if due.Due.After(from[0]) {
		from = append(from, due.Due)
	}
	var all []Deadline
	for _, w := range f.regime.Windows(law.Silence) {
		for _, day := range from {
			d := f.route(w, Silence)
			d.Event, d.Opens = due.Event, dayAfter(from[0])
			d.Start = "The " + due.What + " is due on " + day.Letter() + "; if it does not come:"
			f.countFrom(&d, w, day)
			if len(all) == 0 || all[len(all)-1].Due != d.Due || all[len(all)-1].To != d.To {
				all = append(all, d)
			}
			if w.NoBar {
				all = append(all, d.unbarred())
			}
		}
	}
	if len(all) == 0 {
		return
	}
	safe := f.safest(all)
	safe[0].Ways = f.waysFor(Silence, nil)
	for i, d := range safe {
		if i > 0 && d.To == safe[0].To {
			continue // another count of the same time
		}
		for _, a := range f.appealed {
			if a.matter == Silence {
				d.Met = a.On
			}
		}
		f.add(d)
	}
}

// missable is the answer whose absence is silence: the last that the law asks for, while
// it is open.
func (f *folding) missable() (Deadline, bool) {
	for _, d := range slices.Backward(f.state.Deadlines) {
		known := !d.Due.IsZero() || !f.early[d.What].IsZero()
		if d.Who == Agency && slices.Contains([]string{DueResponse, DueDetermination, DueProduction}, d.What) && known {
			return d, d.Open() && f.life.determination() == nil
		}
	}
	// Not to acknowledge in time is silence, too, where the law counts silence as a denial.
	p := f.regime.Records
	d, ok := f.state.Deadline(DueAcknowledgment)
	counts := p != nil && p.Response.Silence != nil && *p.Response.Silence && p.Verified("response.silence_is_denial")
	return d, ok && counts && d.Open() && !d.Due.IsZero() && f.life.determination() == nil
}

// silentSince is the day on which an answer was due that did not come.
func (f *folding) silentSince() (workday.Date, bool) {
	due, ok := f.missable()
	return due.Due, ok
}
