package docket

import (
	"cmp"
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

// routes are your ways to have a decision of a day reviewed under the law of a state or
// country. The time of one whose length was not read is unknown, and says so.
func (f *folding) routes(e Event, matter string) []Deadline {
	var out []Deadline
	for _, w := range f.regime.Windows(against(matter, &e)) {
		d := f.route(w, matter)
		d.Event, d.Start = e.Seq, "The decision is dated "+e.On.Letter()+"."
		f.countFrom(&d, w, e.On)
		out = append(out, d)
		if longer, ok := f.longer(d, w, e.On); ok {
			out = append(out, longer)
		}
		if w.NoBar {
			out = append(out, d.unbarred())
		}
	}
	return out
}

// unbarred is a way whose time is that of guidance: after it, it may still be tried.
func (d Deadline) unbarred() Deadline {
	d.Due, d.Lenient, d.Count = workday.Date{}, workday.Date{}, nil
	d.Untimed, d.Why = NoTime, "the time of the guidance is no bar in law: ask all the same"
	return d
}

// longer is the deadline of a way whose law gives a longer time in one case, as another
// reading: whether it is the case is not in the log.
func (f *folding) longer(d Deadline, w law.RouteWindow, from workday.Date) (Deadline, bool) {
	if w.Longer == nil || d.Due.IsZero() {
		return d, false
	}
	var ok bool
	if w.Limit, ok = law.Span(w.Longer.Days, w.Longer.Unit); !ok {
		return d, false
	}
	d.If = w.Longer.If
	d.Says = w.To + ", within " + w.Limit.Words() + " if " + d.If
	d.Cite = cmp.Or(w.Longer.Cite, d.Cite)
	f.countRoute(&d, w, from)
	return d, !d.Due.IsZero()
}

// route is the deadline of a way to have something reviewed, still without its day.
func (f *folding) route(w law.RouteWindow, matter string) Deadline {
	d := Deadline{What: DueAppeal, Of: matter, Who: You, Topic: "appeal", Cite: w.Cite, To: w.To, Court: w.Kind == "court", rank: rankOf(w),
		Says: w.To}
	if w.Known() {
		d.Says += ", within " + w.Limit.Words()
		if w.Received {
			d.Says += ", and it must arrive by then"
		}
	}
	return d
}

// untimed is that no day is known of a way to have something reviewed that may be open.
// That a law states no time is no leave to wait: a court may hold delay against you.
func (d *Deadline) untimed(w law.RouteWindow) {
	switch d.Untimed = NotRead; {
	case w.NoTime:
		d.Untimed, d.Why = NoTime, "this law states no time for it, though another may: do not wait"
	case w.Weak != "":
		d.Why = "foia has not read how long you have (a source that it does not rely on says " + w.Weak + "): look it up, and do not wait"
	default:
		d.Why = "foia has not read how long you have: look it up, and do not wait"
	}
}

// rankOf orders ways of which no time was read: who decides before a court, and who only
// offers something, such as a mediation, after it.
func rankOf(w law.RouteWindow) int {
	switch {
	case w.Voluntary && !w.Leads:
		return 2
	case w.Kind == "court":
		return 1
	}
	return 0
}

// inOneCase is the reading of a time that the law gives in one case only, while it runs.
func (d Deadline) inOneCase(today workday.Date) (Reading, bool) {
	for _, o := range d.Other {
		if o.If != "" && !o.Due.Before(today) {
			return o, true
		}
	}
	return Reading{}, false
}

// countFrom counts the time of a way from a decision, or from the day on which an answer was
// due, or from where else it runs. Also where it runs from the mailing or the receipt of
// a decision, its date is the safe day.
func (f *folding) countFrom(d *Deadline, w law.RouteWindow, day workday.Date) {
	switch w.From {
	case law.FromRequest:
		f.countRoute(d, w, latest(f.state.Sent, f.begun))
	case law.FromLastReviewer:
		d.Why = "it runs from the final word of the reviewer who comes first"
	default:
		f.countRoute(d, w, day)
	}
}

// countRoute counts your own time: whatever day it runs from, and without leaving out
// days that may be none off, or moving a last day that may not move.
func (f *folding) countRoute(d *Deadline, w law.RouteWindow, from workday.Date) {
	if !w.Known() {
		d.untimed(w)
		return
	}
	var n workday.Count
	var err error
	if w.Limit.Unit == workday.WorkingDays {
		n, err = f.basis.Calendar.FromEvent(from, w.Limit.Days, workday.Strict)
	} else {
		n, err = f.basis.Calendar.CountUnder(from, workday.Span{N: w.Limit.Days, Unit: w.Limit.Unit}, workday.Strict)
	}
	if err != nil {
		d.Why = err.Error()
		return
	}
	d.Count, d.Due, d.Lenient = &n, n.Due, n.Due
}

// extended are your ways to complain of a notice that extends the time, where the law gives
// a time for it: in Ireland two weeks, FOI Act 2014 s. 22(4)(a).
func (f *folding) extended() {
	for _, e := range f.life.all(Extended) {
		var all []Deadline
		for _, w := range f.regime.Windows(law.Delay) {
			if !w.Known() || w.From == law.FromAnswerDue || w.From == law.FromRequest || w.From == law.FromLastReviewer {
				continue
			}
			d := f.route(w, "extension")
			d.Event, d.Start = e.Seq, "The notice of extension is dated "+e.On.Letter()+"."
			f.countRoute(&d, w, e.On)
			all = append(all, d)
		}
		if len(all) > 0 {
			d := f.safest(all)[0]
			if f.life.determination() != nil {
				d.Over = "the request was decided"
			}
			f.add(d)
		}
	}
}

// safest gives the deadline to keep, which is the earliest that any rule or the letter
// gives, with the others as readings; and, if another is later, the last.
func (f *folding) safest(all []Deadline) []Deadline {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Deadline) int {
		return cmp.Or(boolFirst(!a.Due.IsZero(), !b.Due.IsZero()), cmp.Compare(a.rank, b.rank))
	})
	safe, last := all[0], all[0]
	for _, d := range all {
		if !d.Due.IsZero() && d.Due.Before(safe.Due) {
			safe = d
		}
		if d.Due.After(last.Due) {
			last = d
		}
	}
	for _, d := range all {
		if d.Due != safe.Due || d.Cite != safe.Cite || d.To != safe.To {
			says := d.Says
			if d.Due.IsZero() {
				says += ": " + d.Why
			}
			safe.Other = append(safe.Other, Reading{Due: d.Due, Says: says, Cite: d.Cite, Untimed: d.Untimed, If: d.If})
		}
	}
	last.What, safe.Last = DueAppealLast, last.Due
	if last.Due == safe.Due {
		return []Deadline{safe}
	}
	return []Deadline{safe, last}
}
