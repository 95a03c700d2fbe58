package docket

import (
	"strings"

	"foia/internal/law"
	"foia/internal/workday"
)

// pause finds the times in which the clock stands still: under the federal Act for one
// request for information, and for questions of fees, 5 U.S.C. 552(a)(6)(A)(I) and (II).
// What is asked before day 0 and open on it stops the time from its beginning. Of what no
// law that was read says whether it stops the time, it is assumed, and noted.
func (f *folding) pause(c *clock, l life) {
	if c.Owes == "acknowledge" {
		return // whatever the agency asks acknowledges the request
	}
	for _, e := range l.all(ClarificationRequested, DeficiencyNotice, FeeNotice, Determination) {
		if e.decides() {
			break
		}
		if e.Kind == Determination || e.Kind == FeeNotice && e.free() || meets(e, c.Clock) {
			continue
		}
		stop, known := f.regime.Stop(stops(e))
		if known && stop.Does != law.Pauses {
			continue
		}
		topic, why := stop.Topic, pauseWords[e.Kind]
		if unknown := f.regime.Unknown(topic); unknown != "" {
			c.remarks = append(c.remarks, f.remarkOf(e, topic,
				"this was counted as stopping the clock, which never calls an agency late too early: "+unknown))
		}
		if stop.Most == 1 && e.Kind == ClarificationRequested && c.asked != nil {
			c.remarks = append(c.remarks, f.remarkOf(e, topic,
				"the agency had already asked for information; a second request does not stop the clock"))
			continue
		}
		c.maybe = c.maybe || !known && c.Owes == "respond"
		if end := f.extendedEnd(c, l.before(e)); !end.IsZero() && e.On.After(end) {
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
		if !known {
			c.doubted = append(c.doubted, pause)
		}
	}
}

// pauseWords say why a clock stands still.
var pauseWords = map[Kind]string{ClarificationRequested: "the agency asked for information",
	DeficiencyNotice: "the agency called the request deficient", FeeNotice: "a question of fees was open"}

// extendedEnd is the end of the time by the lenient calendar as it stood before a question
// was asked, with the extension that had been announced by then; unknown if the clock
// stood still.
func (f *folding) extendedEnd(c *clock, before life) workday.Date {
	first := before.first(Extended)
	if first == nil || f.extra(c).Days == 0 {
		return f.lastDay(c, 0, c.pauses)
	}
	then := *c
	var err error
	if then.plain, err = f.tally(c, c.day0, 0, c.pauses); err != nil {
		return workday.Date{}
	}
	then.notice = f.judge(&then, *first)
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
	if e.Kind != FeeNotice {
		_, day := f.answerTo(l, e, answersQuestion[e.Kind])
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
		if e.Kind == FeeNotice && f.mustPay() && a.Data["answer"] != "paid" {
			continue // who agrees has not paid
		}
		reached, known := f.reached(l, a)
		if known && (day.IsZero() || reached.Before(day)) {
			answer, day = &a, reached
		} else if answer == nil {
			answer = &a
		}
	}
	return answer, day
}

// mustPay tells whether only payment answers a notice of fees under the law.
func (f *folding) mustPay() bool {
	stop, known := f.regime.Stop(law.ByFees)
	return known && stop.Paid
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
