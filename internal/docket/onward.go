package docket

import (
	"slices"

	"foia/internal/law"
)

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

// onward are your ways to have the decision on an appeal reviewed: by who comes next, or
// by a court.
func (f *folding) onward() {
	a := f.lastAppeal()
	if a == nil || a.allSentBack() {
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
