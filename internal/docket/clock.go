package docket

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/workday"
)

// clock is the time for a determination as the log tells it: 20 working days from
// receipt by the proper component, 5 U.S.C. 552(a)(6)(A)(i), which stands still twice at
// most and is extended once.
type clock struct {
	receipt
	days      int             // that the law gives: 20
	completed bool            // day 0 is the day on which a deficient request was complete
	pauses    []workday.Pause // when it stood still
	asked     *Event          // the request for information that stopped it
	open      []workday.Pause // when a question was open, also before day 0
	twenty    workday.Count   // the 20 days, without an extension
	notice    *notice         // the first notice of extension; nil: there is none
	total     workday.Count   // with what the notice adds
	other     []Reading
	remarks   []Remark
}

// runs tells whether a day is known from which the time runs.
func (c *clock) runs() bool { return !c.day0.IsZero() }

// lenient is the end of a count by the calendar that is kindest to the agency; unknown if
// the clock stands still by any of them.
func lenient(n workday.Count) workday.Date {
	last := n.Due
	for _, due := range n.Others {
		if due.IsZero() || last.IsZero() {
			return workday.Date{}
		}
		last = latest(last, due)
	}
	return last
}

// clock adds the deadline of the determination.
func (f *folding) clock() {
	limit, ok := f.rule("time-limit")
	if first := f.life.first(Sent); first != nil {
		f.state.Sent = first.On
	}
	f.state.Begun = f.life.begun()
	f.heed(f.noticeOf())
	if !f.state.Begun {
		return
	}
	if !ok || limit.Limit == nil {
		f.clockUnknown()
		return
	}
	c := f.reckon(f.life, limit.Limit.Days)
	f.time, f.begun = c, c.day0
	f.heed(f.noticeOf())
	f.state.Received, f.state.ReceivedHow, f.state.FirstReceived = c.day0, c.how, earliest(c.first, c.day0)
	f.state.Remarks = append(f.state.Remarks, c.remarks...)
	d := f.deadline(DueDetermination, Agency, limit, nil)
	d.Event, d.Start, d.Why, d.Other = c.event, c.start, c.why, c.other
	if c.runs() {
		f.show(&d, c)
	}
	if met := f.determination(); met != nil {
		d.Met = met.On
	} else if e := f.whollyReferred(); e != nil {
		d.Over = "the request was referred on " + e.On.String() + ": the other office answers"
	}
	f.add(d)
}

// show gives the deadline the days of the clock.
func (f *folding) show(d *Deadline, c *clock) {
	n := c.total
	if c.notice != nil && c.notice.adds > 0 {
		rule, _ := f.rule("extension")
		d.Added = fmt.Sprintf("A notice dated %s adds %s for unusual circumstances (%s).", c.notice.On.Letter(), workingDays(c.notice.adds), rule.Cite)
	}
	d.Count, d.Due, d.Lenient = &n, n.Due, f.end(c)
	if n.Due.IsZero() {
		open := n.Pauses[slices.IndexFunc(n.Pauses, func(p workday.Pause) bool { return p.To.IsZero() })]
		d.Lenient, d.Why = workday.Date{}, fmt.Sprintf("the clock has been stopped since %s (%s); %s left", open.From.Letter(), open.Why, leftWords(n.Left))
		return
	}
	if c.notice != nil && c.notice.endless && !c.notice.with.IsZero() {
		d.Other = append(d.Other, Reading{Due: c.notice.with, Says: "if the notice dated " + c.notice.On.Letter() + " is taken to extend the time all the same"})
	}
	if n.Literal != n.Due && !n.Literal.IsZero() {
		d.Other = append(d.Other, Reading{Due: n.Literal, Says: "counted from the day of receipt itself, when the office was closed"})
	}
}

func workingDays(n int) string {
	if n == 1 {
		return "1 working day"
	}
	return fmt.Sprintf("%d working days", n)
}

func leftWords(n int) string {
	if n == 1 {
		return "1 working day is"
	}
	return fmt.Sprintf("%d working days are", n)
}

// determination is the first decision on the request as a whole. A referral is none:
// the office that has the records now decides, CREW v. FEC, 711 F.3d 180 (D.C. Cir. 2013).
func (f *folding) determination() *Event { return f.life.determination() }

func (l life) determination() *Event {
	for i := range l {
		if l[i].decides() {
			return &l[i]
		}
	}
	return nil
}

// decides tells whether the event is a determination.
func (e Event) decides() bool { return e.Kind == Determination && e.Data["outcome"] != "referred" }

// whollyReferred is the event by which nothing of the request is left with the agency.
func (f *folding) whollyReferred() *Event { return f.life.whollyReferred() }

func (l life) whollyReferred() *Event {
	for i, e := range l {
		if e.Kind == Referred && e.Whole() || e.Kind == Determination && !e.decides() {
			return &l[i]
		}
	}
	return nil
}

// Whole tells of a referral whether it is of the whole request: the letter names no
// part.
func (e Event) Whole() bool {
	return e.Data["pages"] == "" && e.Data["records"] == "" && e.Data["part"] == ""
}

// reckon finds day 0 and counts. A notice that calls the request deficient takes day 0
// away until the request is complete (26 CFR 601.702(c)(7)(i)), but not once the time
// has run out: what has accrued by then stays.
func (f *folding) reckon(l life, days int) *clock {
	c := &clock{receipt: f.receiptIn(l), days: days}
	c.remarks = append(c.remarks, c.receipt.remarks...)
	f.run(c, l, days)
	for _, notice := range l.all(DeficiencyNotice) {
		if decidedBefore(l, notice) {
			break
		}
		if !c.runs() {
			f.complete(c, l, notice, days)
			continue
		}
		if c.completed && l.index(Event{Seq: c.event}) > l.index(notice) {
			continue // what completed the request answers this letter, too
		}
		end := f.end(c)
		if !end.IsZero() && notice.On.After(end) {
			c.remarks = append(c.remarks, f.remarkOf(notice, "perfection", "the time for the determination had run out on "+end.Letter()+", before this letter; what had accrued by then stays"))
			continue
		}
		f.complete(c, l, notice, days)
	}
	return c
}

func decidedBefore(l life, e Event) bool {
	d := l.determination()
	return d != nil && l.index(*d) < l.index(e)
}

// complete moves day 0 to the day on which the agency had what it called missing.
func (f *folding) complete(c *clock, l life, notice Event, days int) {
	before := *c
	limit, _ := f.rule("received")
	again := &clock{completed: true, days: days, remarks: before.receipt.remarks}
	again.first, again.told, again.shown, again.shownBy = before.first, before.told, before.shown, before.shownBy
	again.how, again.event = "completed", notice.Seq
	if answer, day := f.answerTo(l, notice, Perfected); answer == nil {
		again.why = "the agency called the request deficient on " + notice.On.Letter() + ", and it has not been completed"
	} else if !day.IsZero() {
		again.day0, again.event = day, answer.Seq
		again.start = fmt.Sprintf("The agency called the request deficient on %s; it was complete on %s.", notice.On.Letter(), day.Letter())
	} else {
		again.event = answer.Seq
		again.why = fmt.Sprintf("the agency called the request deficient on %s; what completes it went by mail on %s, and nothing shows when it arrived", notice.On.Letter(), answer.On.Letter())
	}
	f.run(again, l, days)
	if n, err := f.basis.Calendar.FromReceipt(before.day0, days, f.basis.Policy); err == nil && before.runs() {
		again.other = append(before.other, Reading{Due: n.Due, Says: "if the request was complete when it was received on " + before.day0.Letter(), Cite: limit.Cite})
	}
	*c = *again
}

// run counts the days, with what stops and extends them.
func (f *folding) run(c *clock, l life, days int) {
	if !c.runs() {
		return
	}
	f.pause(c, l, days)
	n, err := f.basis.Calendar.FromReceipt(c.day0, days, f.basis.Policy, c.pauses...)
	if err != nil {
		c.day0, c.why = workday.Date{}, err.Error()
		return
	}
	c.twenty, c.total = n, n
	f.extend(c, l, days)
	if c.notice == nil || c.notice.adds == 0 {
		return
	}
	if n, err := f.basis.Calendar.FromReceipt(c.day0, days+c.notice.adds, f.basis.Policy, c.pauses...); err == nil {
		c.total = n
	}
}

// before are the pauses that had begun when an event happened.
func (c *clock) before(e Event) []workday.Pause {
	var before []workday.Pause
	for _, p := range c.pauses {
		if !p.From.After(e.On) {
			before = append(before, p)
		}
	}
	return before
}

// lenientWith is the end of so many days by the lenient calendar.
func (f *folding) lenientWith(c *clock, days int) workday.Date {
	return f.lastDay(c, days, c.pauses)
}

// lastDay is the end of so many days by the calendar that is kindest to the agency, also
// in counting the ten working days for passing a request on; unknown if the clock stands
// still by any of them.
func (f *folding) lastDay(c *clock, days int, pauses []workday.Pause) workday.Date {
	var last workday.Date
	for _, day0 := range []workday.Date{c.day0, c.latest} {
		if day0.IsZero() {
			continue
		}
		n, err := f.basis.Calendar.FromReceipt(day0, days, f.basis.Policy, pauses...)
		if err != nil || lenient(n).IsZero() {
			return workday.Date{}
		}
		last = latest(last, lenient(n))
	}
	return last
}

// end is the last day of the time by the lenient calendar, with what a notice of
// extension adds or may add.
func (f *folding) end(c *clock) workday.Date {
	switch {
	case c.notice == nil:
		return f.lastDay(c, c.days, c.pauses)
	case c.notice.endless:
		return c.notice.with
	}
	end := f.lastDay(c, c.days+c.notice.adds, c.pauses)
	until := c.notice.day("until")
	if until.IsZero() || c.notice.number("days") != 0 || c.notice.late || c.notice.short || c.notice.long || end.IsZero() {
		return end
	}
	if slices.ContainsFunc(c.pauses, func(p workday.Pause) bool { return p.From.After(c.notice.On) }) {
		return latest(until, end) // what was asked after the notice moves its date, too
	}
	return latest(until, f.lastDay(c, c.days, c.pauses)) // the agency's own date, whatever the calendar
}

// number reads a detail that is a number; 0 if it is not there.
func (e Event) number(name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(e.Data[name]))
	if err != nil {
		return 0
	}
	return n
}
