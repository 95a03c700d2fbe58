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
	against := map[string]string{"determination": law.Denial, "fee-waiver": law.Fees, "fee-category": law.Fees, Charges: law.Fees}[matter]
	if e.Data["outcome"] == "partial" {
		against = law.Partial
	}
	var out []Deadline
	for _, w := range f.regime.Windows(against) {
		d := f.route(w, matter)
		d.Event, d.Start = e.Seq, "The decision is dated "+e.On.Letter()+"."
		switch w.From {
		case law.FromRequest:
			f.countRoute(&d, w, latest(f.state.Sent, f.begun))
		case law.FromLastReviewer:
			d.Why = "it runs from the final word of the reviewer who comes first"
		default: // also where it runs from the mailing or the receipt of the decision: its date is the safe day
			f.countRoute(&d, w, e.On)
		}
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
			switch w.From {
			case law.FromRequest:
				f.countRoute(&d, w, latest(f.state.Sent, f.begun))
			case law.FromLastReviewer:
				d.Why = "it runs from the final word of the reviewer who comes first"
			default:
				f.countRoute(&d, w, day)
			}
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

// beyond are the ways that open when a reviewer does not decide in time: who comes next,
// counted from the day on which the decision was due, which is the earliest.
func (f *folding) beyond(a appeal, due Deadline) {
	if f.regime.Records == nil || due.Due.IsZero() || !due.Open() {
		return
	}
	matter := law.Denial
	if a.matter == Silence {
		matter = law.Silence
	}
	windows := f.regime.Windows(matter)
	steps := reached(windows, f.gone(a)+1)
	var further []Deadline
	for _, w := range windows {
		next := len(w.First) > 0 && w.Steps == steps
		anew := len(w.AlsoAfter) > 0 && f.gone(a) == 0
		if !next && !anew || w.Voluntary {
			continue
		}
		d := f.route(w, "determination")
		d.Event, d.Opens = a.Event.Seq, dayAfter(latest(due.Due, due.Lenient))
		d.Start = "The decision on the appeal is due on " + due.Due.Letter() + "; if it does not come:"
		if w.NoTime || silenceDecides(windows, w) {
			f.countRoute(&d, w, due.Due)
		} else {
			d.Why = "no text that was read counts the silence of the reviewer as a decision, from which its time would run"
		}
		if w.Kind != "court" {
			further = append(further, d)
			continue
		}
		f.addSuit(d)
	}
	if len(further) > 0 {
		f.add(f.safest(further)[0])
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

// onward are your ways to have the decision on an appeal reviewed: by who comes next, or
// by a court.
func (f *folding) onward() {
	a := f.lastAppeal()
	if a == nil || a.decided != nil && slices.Contains([]string{"reversed", "remanded"}, a.decided.Data["outcome"]) {
		return
	}
	f.stillCourt(*a)
	if a.decided == nil {
		return
	}
	var further []Deadline
	windows := f.regime.Windows(law.Denial)
	steps := reached(windows, f.gone(*a)+1)
	for _, w := range windows {
		anew := len(w.AlsoAfter) > 0 && f.gone(*a) == 0
		if !anew && w.From != law.FromLastReviewer && len(w.First) == 0 || w.Steps > 0 && w.Steps < steps {
			continue
		}
		d := f.route(w, "determination")
		d.Event, d.Start = a.decided.Seq, "The decision on the appeal is dated "+a.decided.On.Letter()+"."
		if w.Steps > steps || anew {
			d.If = "it was the " + lastBefore(windows, w) + " that decided"
			d.Says += ", if " + d.If
			d.Caution = "The log does not say who decided the appeal: this time runs only if " + d.If + "."
		}
		f.countRoute(&d, w, a.decided.On)
		if w.Kind == "court" {
			if longer, ok := f.longer(d, w, a.decided.On); ok {
				d.Other = append(d.Other, Reading{Due: longer.Due, Says: longer.Says, Cite: longer.Cite, If: longer.If})
			}
			f.addSuit(d)
			continue
		}
		further = append(further, d)
	}
	if len(further) == 0 {
		return
	}
	d := f.safest(further)[0]
	if a.of != nil && f.life.standing(f.appealed) != nil {
		d.Ways = f.waysFor("determination", a.of)
	}
	for _, later := range f.appealed {
		if later.ofRequest() && f.life.index(later.Event) > f.life.index(*a.decided) {
			d.Met = later.On
		}
	}
	f.add(d)
}

// silenceDecides tells whether the silence of who comes before a way counts as a decision.
func silenceDecides(windows []law.RouteWindow, w law.RouteWindow) bool {
	return slices.ContainsFunc(windows, func(b law.RouteWindow) bool {
		return b.Decides && (slices.Contains(w.First, b.ID) || slices.Contains(w.AlsoAfter, b.ID))
	})
}

// gone is how many appeals of the same had been decided before an appeal was made. Who
// decided them is not in the log.
func (f *folding) gone(a appeal) int {
	decided := map[int]bool{}
	for _, b := range f.appealed {
		same := b.matter == a.matter && (b.of == nil) == (a.of == nil) && (b.of == nil || b.of.Seq == a.of.Seq)
		if same && b.decided != nil && f.life.index(*b.decided) < f.life.index(a.Event) {
			decided[b.decided.Seq] = true
		}
	}
	return len(decided)
}

// reached is how far up the ways of a law so many decisions lead: not beyond its last.
func reached(windows []law.RouteWindow, decided int) int {
	last := 0
	for _, w := range windows {
		last = max(last, w.Steps)
	}
	return min(decided, last)
}

// lastBefore is who must have decided for a way to be open, such as the Commissioner
// before a tribunal.
func lastBefore(windows []law.RouteWindow, w law.RouteWindow) string {
	for _, b := range windows {
		if b.Steps == w.Steps-1 && slices.Contains(w.First, b.ID) || slices.Contains(w.AlsoAfter, b.ID) {
			return b.To
		}
	}
	return "reviewer before"
}

// stillCourt is the time to go to court that ran from the denial, or from the silence, all
// along, and that an appeal to somebody else does not stop, as in Michigan and Hawaii.
func (f *folding) stillCourt(a appeal) {
	if f.regime.Records == nil {
		return
	}
	start, event, against := workday.Date{}, a.Event.Seq, law.Silence
	if a.of != nil {
		start, event, against = a.of.On, a.of.Seq, law.Denial
	} else if due, ok := f.missable(); ok && a.matter == Silence {
		start = earliest(due.Due, f.early[due.What])
	}
	if start.IsZero() {
		return
	}
	for _, w := range f.regime.Windows(against) {
		if w.Kind != "court" || !w.Known() || len(w.First) > 0 || len(w.Excludes) > 0 || w.From == law.FromLastReviewer ||
			w.From == law.FromRequest {
			continue
		}
		d := f.route(w, "determination")
		d.Event, d.Start = event, "The decision is dated "+start.Letter()+"; nothing that was read stops the time while an appeal is open."
		if a.of == nil {
			d.Start = "The answer was due on " + start.Letter() + "; nothing that was read stops the time while an appeal is open."
		}
		f.countRoute(&d, w, start)
		f.addSuit(d)
	}
}

// addSuit adds a time to go to court, if its day is known.
func (f *folding) addSuit(d Deadline) {
	if d.Due.IsZero() {
		return
	}
	d.What = DueSuit
	if suit := f.life.first(SuitFiled); suit != nil {
		d.Met = suit.On
	}
	f.add(d)
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
