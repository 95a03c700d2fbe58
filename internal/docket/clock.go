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

// heed notes what a notice of extension asks the requester to do.
func (f *folding) heed(n *notice) {
	if n != nil {
		f.state.Notice = Notice{On: n.On, Bad: n.bad(), Long: n.long}
	}
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

// notice is the first notice of extension, and what is wrong with it.
type notice struct {
	Event
	adds       int          // working days
	with       workday.Date // the end by the lenient calendar with the most that the Act allows
	ended      workday.Date // the end of the 20 days by the lenient calendar; unknown if the clock stood still
	allowed    workday.Date // of one that takes too long: the most it could have given
	late       bool         // it is dated after that end
	endless    bool         // it gives neither days nor a date
	undated    bool         // the same, and it did not come while a question was open
	short      bool         // its date is not later than the end of the 20 days
	long       bool         // it takes more than the Act allows
	ungrounded bool         // it names none of the three grounds
}

// bad tells whether the notice may be objected to.
func (n *notice) bad() bool {
	return n != nil && (n.late || n.undated || n.short || n.long && !n.allowed.IsZero() || n.ungrounded)
}

// extend reads the notices of extension: the first counts, by ten working days at most,
// if it came before the 20 days were over, 5 U.S.C. 552(a)(6)(B)(i).
func (f *folding) extend(c *clock, l life, days int) {
	rule, ok := f.rule("extension")
	if !ok || rule.Limit == nil {
		return
	}
	for i, e := range l.all(Extended) {
		if i > 0 {
			c.remarks = append(c.remarks, f.remarkOf(e, "extension-beyond", "the time was already extended; after that the agency offers to limit the scope or arrange another time, and cannot extend it on its own"))
			continue
		}
		c.notice = f.judge(c, e, days, rule.Limit.Days)
	}
}

// judge tells what a notice adds and what is wrong with it. What it does is measured
// by how the time stood on its day; one that comes while a question is open cannot be
// late, or too short.
func (f *folding) judge(c *clock, e Event, days, most int) *notice {
	n := &notice{Event: e, ungrounded: e.namesNoGround(), with: f.lenientWith(c, days+most)}
	say := func(topic, what string) { c.remarks = append(c.remarks, f.remarkOf(e, topic, what)) }
	if n.ungrounded {
		say("extension-grounds", "the notice names none of the three grounds in the Act")
	}
	stopped := slices.ContainsFunc(c.open, func(p workday.Pause) bool {
		return !e.On.Before(p.From) && (p.To.IsZero() || !e.On.After(p.To))
	})
	twenty, most10 := f.asOf(c, e, days), f.lastDay(c, days+most, c.before(e))
	end := twenty.Due
	if stopped {
		end = c.twenty.Due
	} else {
		n.ended = f.lastDay(c, days, c.before(e))
	}
	until, asked := e.day("until"), e.number("days")
	switch {
	case !n.ended.IsZero() && e.On.After(n.ended):
		n.late = true
		say("extension-notice", "the notice is late: the 20 days ended on "+n.ended.Letter()+", so it extends nothing")
		return n
	case until.IsZero() && asked == 0:
		n.endless = true
		if n.undated = !stopped; n.undated {
			say("extension-undated", "the notice gives no date")
		}
		return n
	case !until.IsZero() && !end.IsZero():
		byDate := f.workingDaysBetween(end, until)
		if asked > 0 && byDate != asked && !stopped {
			say("extension-mismatch", fmt.Sprintf("the notice takes %s and gives %s, which is %s after the 20 days end: the longer one counts", workingDays(asked), until.Letter(), workingDays(byDate)))
		}
		if asked = max(asked, byDate); asked == 0 && !stopped && !until.After(earliest(append(others(twenty), end)...)) {
			n.short = true
			say("extension-short", "the date in the notice, "+until.Letter()+", is not later than "+end.Letter()+", when the time ends without it: it extends nothing")
			return n
		}
	}
	if n.long = asked > most && (until.IsZero() || stopped || e.number("days") > most || until.After(most10)); n.long {
		n.allowed = most10
		if stopped {
			n.allowed = n.with
		}
		say("extension-beyond", fmt.Sprintf("the notice takes more than %d working days; beyond that the agency must offer to limit the scope or arrange another time, and your answer may matter in court", most))
	}
	n.adds = min(asked, most)
	return n
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

// asOf counts days as the clock stood when an event happened.
func (f *folding) asOf(c *clock, e Event, days int) workday.Count {
	n, err := f.basis.Calendar.FromReceipt(c.day0, days, f.basis.Policy, c.before(e)...)
	if err != nil {
		return workday.Count{}
	}
	return n
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
	if until := c.notice.day("until"); !until.IsZero() && c.notice.number("days") == 0 && c.notice.adds > 0 && !c.notice.long && !end.IsZero() {
		return latest(until, f.lastDay(c, c.days, c.pauses)) // the agency's own date, whatever the calendar
	}
	return end
}

// noticeOf is the first notice of extension as it stands in the time; where no time is
// known, as far as its words go.
func (f *folding) noticeOf() *notice {
	if f.time != nil && f.time.notice != nil {
		return f.time.notice
	}
	e := f.life.first(Extended)
	if e == nil {
		return nil
	}
	return &notice{Event: *e, ungrounded: e.namesNoGround(), undated: e.day("until").IsZero() && e.number("days") == 0 && !f.questionOpen(*e)}
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

// namesNoGround tells whether a notice of extension gives a reason that is none of
// those in the Act.
func (e Event) namesNoGround() bool {
	given := strings.Split(e.Data["grounds"], ",")
	for _, g := range given {
		if g = strings.TrimSpace(g); g == "" || g != "none" && g != "other" {
			return false
		}
	}
	return true
}

// number reads a detail that is a number; 0 if it is not there.
func (e Event) number(name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(e.Data[name]))
	if err != nil {
		return 0
	}
	return n
}

// workingDaysBetween counts the working days after one day up to another, by the
// folder's policy.
func (f *folding) workingDaysBetween(from, to workday.Date) int {
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if f.basis.Calendar.Off(d, f.basis.Policy) == "" {
			n++
		}
	}
	return n
}
