package docket

import (
	"fmt"
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

// answers are the deadlines of an agency's answer, from the first to the last.
var answers = []string{DueAcknowledgment, DueResponse, DueDetermination, DueProduction, DuePromised}

// promise is the day that the office gives itself in a letter: as it says, or so many
// working days after a time that it puts off.
func (f *folding) promise(e Event, base Deadline) workday.Date {
	if until := e.day("until"); !until.IsZero() {
		return until
	}
	days := e.number("days")
	if e.Kind != Extended || days == 0 || base.Due.IsZero() || f.extends() {
		return workday.Date{}
	}
	n, err := f.basis.Calendar.FromEvent(base.Due, days, f.basis.Policy)
	if err != nil {
		return workday.Date{}
	}
	return n.Due
}

// extends tells whether the law gives the office a number of days by which a notice extends
// its time: then they are in that time already.
func (f *folding) extends() bool {
	return slices.ContainsFunc(f.regime.Clocks(), func(k law.Clock) bool { return k.Extension != "" })
}

// promised is the office's own date, once it has given one.
func (f *folding) promised() {
	var base Deadline
	for _, d := range f.state.Deadlines {
		if d.Who == Agency && slices.Contains(answers[1:], d.What) && !d.Due.IsZero() {
			base = d
		}
	}
	for _, e := range slices.Backward(f.life.all(Acknowledged, Estimated, Extended)) {
		day := f.promise(e, base)
		if day.IsZero() {
			continue
		}
		d := Deadline{What: DuePromised, Who: Agency, Due: day, Lenient: day, Event: e.Seq, Cite: "the letter of " + e.On.Letter(),
			Says: "the date the office gave itself"}
		if e.day("until").IsZero() {
			d.Says = fmt.Sprintf("the %s that the office took, after %s",
				law.Limit{Days: e.number("days"), Unit: workday.WorkingDays}.Words(), base.Due.Letter())
		}
		if done := f.life.determination(); done != nil {
			d.Met = done.On
		}
		f.add(d)
		return
	}
}

// NoLaw stands where a citation would, beside what is only suggested.
const NoLaw = "no law: foia’s suggestion"

// Why foia suggests a day on which to ask, where the office asked something.
const (
	questionDoubted = "no law that foia has read says what the office’s letter does to its time"
	questionAnswers = "the law takes the question for an answer and gives no time for what follows"
)

// remind adds the day on which foia suggests to ask, where the law gives no number that
// holds for the request: it has none, or the office asked something, and no law that was
// read says what becomes of the time.
func (f *folding) remind() {
	p := f.regime.Records
	if p == nil {
		return
	}
	done := f.determination() != nil || f.whollyReferred() != nil
	counted := !f.state.Estimate.IsZero() || slices.ContainsFunc(f.state.Deadlines, func(d Deadline) bool {
		return d.Who == Agency && !d.Due.IsZero() && (d.Open() || done)
	})
	from := latest(f.state.Sent, f.state.Received, f.lastAnswer(), f.lastWord())
	d := Deadline{What: DueReminder, Who: You, Cite: NoLaw}
	switch answer := f.lastAnswer(); {
	case !f.anew.IsZero():
		from = answer
		d.Start = "You answered the office’s question on " + answer.Letter() + "."
		d.Says = questionDoubted + "; foia suggests asking once all of it has run again"
		d.Due = f.anew
	case f.answeredByQuestion() && !answer.IsZero():
		from = answer
		d.Start = "You answered the office’s question on " + answer.Letter() + "."
		d.Says = fmt.Sprintf("%s; foia suggests asking after %s", questionAnswers, p.Reminder.Words())
	case !counted && !from.IsZero():
		switch d.Start = "It was sent or received on " + from.Letter() + "."; from {
		case f.lastAnswer():
			d.Start = "You answered the office’s question on " + from.Letter() + "."
		case f.lastWord():
			d.Start = "The office wrote on " + from.Letter() + ", without deciding."
		}
		d.Says = fmt.Sprintf("%s asks for an answer but sets no number of days for every request (%s); foia suggests asking after %s",
			p.Name, p.Response.Standard, p.Reminder.Words())
		if p.Response.Standard == "number" {
			d.Says = fmt.Sprintf("the time under %s is not known, or has not begun; foia suggests asking after %s", p.Name,
				p.Reminder.Words())
		}
	default:
		return
	}
	if d.Due.IsZero() {
		n, err := f.basis.Calendar.CountUnder(from, f.span(p.Reminder), f.basis.Policy)
		if err != nil {
			d.Why = err.Error()
		} else {
			d.Count, d.Due = &n, n.Due
		}
	}
	d.Lenient, d.Ways = d.Due, f.waysFor(Silence, nil)
	for _, e := range f.life {
		if e.On.After(from) && meets(e, law.Clock{Owes: "respond"}) || !e.On.Before(from) && (e.decides() || e.Kind == Reminded) {
			d.Met = e.On
			break
		}
	}
	f.add(d)
}

// lastWord is the day of the last letter by which the office answered without deciding, and
// without saying when it will; unknown if there is none.
func (f *folding) lastWord() workday.Date {
	var last workday.Date
	for _, e := range f.life.all(Acknowledged, InterimRelease, RulingRequested, Extended) {
		if e.day("until").IsZero() {
			last = latest(last, e.On)
		}
	}
	return last
}

// lastAnswer is the day on which the office had the last answer to what it asked; unknown
// if a question is open, or it asked nothing.
func (f *folding) lastAnswer() workday.Date {
	var last workday.Date
	for _, e := range f.life.all(ClarificationRequested, DeficiencyNotice, FeeNotice) {
		if e.Kind == FeeNotice && e.free() {
			continue
		}
		day := f.answered(f.life, e)
		if day.IsZero() {
			return day
		}
		last = latest(last, day)
	}
	return last
}

// answeredByQuestion tells whether the office answered with a question, and the law takes
// that for an answer.
func (f *folding) answeredByQuestion() bool {
	for _, k := range f.regime.Clocks() {
		for _, e := range f.life.all(ClarificationRequested, DeficiencyNotice, FeeNotice) {
			if k.Owes == "respond" && meets(e, k) {
				return true
			}
		}
	}
	return false
}

// Answer is the deadline of the agency that a reminder rests on: the last that is
// missed by every calendar, else the next one to come.
func (s State) Answer(today workday.Date) (Deadline, bool) {
	var found Deadline
	any, missed := false, false
	for _, what := range answers {
		d, ok := s.Deadline(what)
		if !ok || !d.Open() {
			continue
		}
		late := d.ForSure(today)
		if !any || late || !missed && found.Due.IsZero() && !d.Due.IsZero() {
			found, any, missed = d, true, missed || late
		}
	}
	if any {
		return found, true
	}
	for _, what := range slices.Backward(answers) {
		if d, ok := s.Deadline(what); ok {
			return d, true
		}
	}
	return Deadline{}, false
}
