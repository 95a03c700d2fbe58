package docket

import (
	"strings"

	"foia/internal/workday"
)

// pause finds the times in which the 20-day period is tolled: one request for
// information, and questions of fees, 5 U.S.C. 552(a)(6)(A)(I) and (II). What is asked
// before day 0 and open on it stops the time from its beginning.
func (f *folding) pause(c *clock, l life, days int) {
	for _, e := range l.all(ClarificationRequested, FeeNotice, Determination) {
		if e.decides() {
			break
		}
		if e.Kind == Determination || e.Kind == FeeNotice && e.free() {
			continue
		}
		topic, why := "tolling-information", "the agency asked for information"
		if e.Kind == FeeNotice {
			topic, why = "tolling-fees", "a question of fees was open"
		}
		if unknown := f.regime.Unknown(topic); unknown != "" {
			c.remarks = append(c.remarks, f.remarkOf(e, topic, "this was counted as stopping the clock, which never calls an agency late too early: "+unknown))
		}
		if e.Kind == ClarificationRequested && c.asked != nil {
			c.remarks = append(c.remarks, f.remarkOf(e, topic, "the agency had already asked for information; a second request does not stop the clock"))
			continue
		}
		if end := f.extendedEnd(c, l.before(e), days); !end.IsZero() && e.On.After(end) {
			c.remarks = append(c.remarks, f.remarkOf(e, topic, "the time ended on "+end.Letter()+"; this request does not stop the clock"))
			continue
		}
		pause := workday.Pause{From: e.On, To: f.answered(l, e), Why: why}
		c.open = append(c.open, pause)
		if pause.From.Before(c.day0) {
			if !pause.To.IsZero() && !pause.To.After(f.basis.Calendar.Next(c.day0, f.basis.Policy)) {
				continue // it was answered before the time began
			}
			pause.From = c.day0
		}
		if e.Kind == ClarificationRequested {
			c.asked = &e
		}
		c.pauses = append(c.pauses, pause)
	}
}

// extendedEnd is the end of the time by the lenient calendar as it stood before a question
// was asked, with the extension that had been announced by then; unknown if the clock
// stood still.
func (f *folding) extendedEnd(c *clock, before life, days int) workday.Date {
	rule, ok := f.rule("extension")
	first := before.first(Extended)
	if !ok || rule.Limit == nil || first == nil {
		return f.lenientWith(c, days)
	}
	then := *c
	var err error
	if then.twenty, err = f.basis.Calendar.FromReceipt(c.day0, days, f.basis.Policy, c.pauses...); err != nil {
		return workday.Date{}
	}
	then.notice = f.judge(&then, *first, days, rule.Limit.Days)
	return f.end(&then)
}

// free tells whether a notice of fees asks for nothing.
func (e Event) free() bool {
	if e.Data["amount"] == "" {
		return false
	}
	amount := strings.Trim(e.Data["amount"], "0.")
	return amount == "" || strings.HasPrefix(amount, " ") // 0 EUR
}

// answered is the day on which a question of the agency was answered: the agency had
// the answer, or, of fees, asked for nothing more. The unknown date if it is open.
func (f *folding) answered(l life, e Event) workday.Date {
	if e.Kind == ClarificationRequested {
		_, day := f.answerTo(l, e, ClarificationAnswered)
		return day
	}
	_, day := f.answerTo(l, e, FeeAnswered)
	if end := l.after(e).endOfFees(); end != nil {
		day = earliest(day, end.On)
	}
	return day
}

// answerTo is the answer to a letter of the agency that reached it first, and when; if
// nothing shows that any did, the first answer and the unknown date.
func (f *folding) answerTo(l life, e Event, kind Kind) (answer *Event, day workday.Date) {
	for _, a := range l.after(e).all(kind) {
		reached, known := f.reached(l, a)
		if known && (day.IsZero() || reached.Before(day)) {
			answer, day = &a, reached
		} else if answer == nil {
			answer = &a
		}
	}
	return answer, day
}

// endOfFees is the event by which the agency asks for no fees any more.
func (l life) endOfFees() *Event {
	for i, e := range l {
		if e.Kind == FeeWaiverGranted && e.Data["part"] == "" || e.Kind == FeeNotice && e.free() {
			return &l[i]
		}
	}
	return nil
}

// questionOpen tells whether a question of the agency was open on the day of an event.
func (f *folding) questionOpen(e Event) bool {
	for _, q := range f.life.all(ClarificationRequested, FeeNotice) {
		if to := f.answered(f.life, q); !(q.Kind == FeeNotice && q.free()) && !q.On.After(e.On) && (to.IsZero() || !e.On.After(to)) {
			return true
		}
	}
	return false
}
