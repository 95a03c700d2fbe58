package docket

import (
	"strings"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Review is a way under the law of a state or country to have something reviewed, for
// which foia writes a letter.
type Review struct {
	law.RouteWindow
	Matter string
	Of     *Event       // the decision; nil: no answer came
	Before *appeal      // the review that had to come first, and its decision; nil: none had to
	Due    workday.Date // the last safe day; unknown if no time was read
	Last   workday.Date // the last day by the count that leaves most time
}

// Open tells whether the time has not passed by every count.
func (r Review) Open(today workday.Date) bool { return r.Last.IsZero() || !today.After(r.Last) }

// reviewLetters are the letters to a reviewer, which are the letter “appeal”.
var reviewLetters = []string{law.LetterAppeal, law.LetterReview, law.LetterComplain, law.LetterPetition}

// against is what the routes of a law call a matter; an outcome may make it a part only.
func against(matter string, e *Event) string {
	if e != nil && e.Data["outcome"] == "partial" {
		return law.Partial
	}
	return map[string]string{"determination": law.Denial, "fee-waiver": law.Fees, "fee-category": law.Fees, Charges: law.Fees,
		Silence: law.Silence}[matter]
}

// reviews are the ways open against a decision, or silence, in the order of the law's
// file. A way that comes after another is there once the other has been decided.
func (f *folding) reviews(matter string, e *Event) []Review {
	from, known := f.silentSince()
	if e != nil {
		from, known = e.On, true
	}
	decided := f.reviewed(matter)
	windows, steps := f.regime.Windows(against(matter, e)), 0
	if decided != nil {
		steps = max(1, reached(windows, f.gone(*decided)+1))
	}
	var out []Review
	for _, w := range windows {
		if w.Letter == "" || w.Kind == "court" || w.Letter == law.LetterComments || w.Steps != steps {
			continue
		}
		r := Review{RouteWindow: w, Matter: matter, Of: e, Before: decided}
		start := from
		switch {
		case decided != nil:
			start = decided.decided.On
		case w.From == law.FromRequest:
			start, known = latest(f.state.Sent, f.begun), true
		}
		if w.Known() && known && !start.IsZero() {
			f.timeReview(&r, start)
		}
		if by := r.appealBy(); !by.IsZero() {
			r.Last = latest(r.Last, by)
		}
		out = append(out, r)
	}
	return out
}

// appealBy is the last day that the decision itself gives.
func (r Review) appealBy() workday.Date {
	if r.Of == nil || r.Last.IsZero() {
		return workday.Date{}
	}
	return r.Of.day("appeal-by")
}

// timeReview counts the time for a review twice: as the safe day, and as long as any
// calendar and a last day that moves may make it. A letter is refused after the second.
func (f *folding) timeReview(r *Review, from workday.Date) {
	d := Deadline{}
	if f.countRoute(&d, r.RouteWindow, from); d.Due.IsZero() {
		return
	}
	r.Due, r.Last = d.Due, latest(d.Due, lenient(*d.Count))
	if longer, ok := f.longer(d, r.RouteWindow, from); ok {
		r.Last = latest(r.Last, longer.Due)
	}
	r.Last = f.basis.Calendar.Next(r.Last, workday.Lenient)
	if r.NoBar {
		r.Last = workday.Date{}
	}
}

// reviewed is the last appeal about the request that was decided against the requester,
// in whole or part.
func (f *folding) reviewed(matter string) *appeal {
	if matter == Charges {
		return nil
	}
	a := f.lastAppeal()
	if a == nil || a.decided == nil || a.allSentBack() {
		return nil
	}
	return a
}

// ruling notes that the office has asked for a ruling on which the law takes comments.
func (f *folding) ruling() {
	asked := f.life.last(RulingRequested)
	if asked == nil || f.life.after(*asked).determination() != nil {
		return
	}
	if _, ok := f.regime.Route(law.LetterComments); ok {
		f.state.Ruling = asked.On
	}
}

// papers are what the law calls the letter to a reviewer about a matter, with who gets a
// copy, and its notice before a suit.
func (v *View) papers(matter string, known map[string]string) {
	if v.f.regime.Records == nil {
		return
	}
	if r, n := v.Review(matter); matter != "" && n == nil {
		known["paper"], known["copies"] = remedy.Capital(r.Paper()), strings.Join(r.Copies, " and ")
	}
	if r, n := v.Notice(); n == nil {
		known["notice"] = remedy.Capital(r.Paper())
	}
}
