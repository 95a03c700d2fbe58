package docket

import (
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

// suit is the last safe day to sue: six years after the time for the
// determination was over, or, if it came in time, after the decision on the
// appeal; 28 U.S.C. 2401(a).
func (f *folding) suit() {
	rule, ok := f.rule("suit")
	if !ok || rule.Limit == nil {
		return
	}
	from, event, why := f.suitArises()
	if from.IsZero() {
		return
	}
	d := f.deadline(DueSuit, You, rule, nil)
	d.Event, d.Start, d.Due = event, why, from.AddYears(rule.Limit.Days)
	d.Lenient = d.Due
	if e := f.life.first(SuitFiled); e != nil {
		d.Met = e.On
	}
	f.add(d)
}

// suitArises is when the right to sue first arose: with the time for the determination,
// if it ran out; else with the decision on the appeal, or the end of the time for it.
func (f *folding) suitArises() (from workday.Date, event int, why string) {
	if d, there := f.state.Deadline(DueDetermination); there && !d.Due.IsZero() && d.Over == "" && (d.Met.IsZero() || d.Met.After(d.Due)) {
		return d.Due, d.Event, "The right to sue arises when the time for the determination has run out, on " + d.Due.Letter() + "."
	}
	for _, a := range slices.Backward(f.appealed) {
		if a.ofRequest() && a.decided != nil {
			return a.decided.On, a.decided.Seq, "The right to sue arose with the decision on the appeal of " + a.decided.On.Letter() + "."
		}
	}
	if d, there := f.state.Deadline(DueAppealDecision); there && !d.Due.IsZero() {
		return d.Due, d.Event, "The right to sue arises when the time to decide the appeal has run out, on " + d.Due.Letter() + "."
	}
	return from, 0, ""
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
