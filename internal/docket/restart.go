package docket

import (
	"fmt"

	"foia/internal/law"
	"foia/internal/remedy"
)

// reckon finds day 0 and counts. What restarts the time, such as a notice that calls the
// request deficient (26 CFR 601.702(c)(7)(i)), takes day 0 away until it is answered, but
// not once the time has run out: what has accrued by then stays.
func (f *folding) reckon(l life, k law.Clock, limit law.Limit) *clock {
	c := &clock{receipt: f.startOf(l, k), Clock: k, limit: limit}
	c.remarks = append(c.remarks, c.receipt.remarks...)
	f.run(c, l)
	if k.Owes == "acknowledge" {
		return c // whatever the agency asks acknowledges the request
	}
	for _, notice := range l.all(DeficiencyNotice, ClarificationRequested, FeeNotice) {
		if stop, known := f.regime.Stop(stops(notice)); !known || stop.Does != law.Restarts || notice.free() {
			continue
		}
		if decidedBefore(l, notice) {
			break
		}
		if !c.runs() {
			f.complete(c, l, notice)
			continue
		}
		if c.completed && l.index(Event{Seq: c.event}) > l.index(notice) {
			continue // what completed the request answers this letter, too
		}
		end := f.end(c)
		if !end.IsZero() && notice.On.After(end) {
			c.remarks = append(c.remarks, f.remarkOf(notice, "perfection",
				"the time for the "+owed[k.Owes]+" had run out on "+end.Letter()+", before this letter; what had accrued by then stays"))
			continue
		}
		f.complete(c, l, notice)
	}
	return c
}

// complete moves day 0 to the day on which the agency had what it called missing.
func (f *folding) complete(c *clock, l life, notice Event) {
	before := *c
	limit, _ := f.rule("received")
	again := &clock{completed: true, Clock: c.Clock, limit: c.limit, remarks: before.receipt.remarks}
	again.first, again.told, again.shown, again.shownBy = before.first, before.told, before.shown, before.shownBy
	again.how, again.event = "completed", notice.Seq
	said, done := restartWords(notice)
	if answer, day := f.answerTo(l, notice, answersQuestion[notice.Kind]); answer == nil {
		again.why = said + " on " + notice.On.Letter() + ", and it has not been " + done
	} else if !day.IsZero() {
		again.day0, again.event = day, answer.Seq
		again.start = fmt.Sprintf("%s on %s; it was %s on %s.", remedy.Capital(said), notice.On.Letter(), done, day.Letter())
		if done == "completed" {
			again.start = fmt.Sprintf("%s on %s; it was complete on %s.", remedy.Capital(said), notice.On.Letter(), day.Letter())
		}
	} else {
		again.event = answer.Seq
		again.why = fmt.Sprintf("%s on %s; what completes it went by mail on %s, and nothing shows when it arrived", said,
			notice.On.Letter(), answer.On.Letter())
	}
	f.run(again, l)
	if n, err := f.tally(c, before.day0, 0, nil); err == nil && before.runs() {
		again.other = append(before.other,
			Reading{Due: n.Due, Says: "if the request was complete when it was received on " + before.day0.Letter(), Cite: limit.Cite})
	}
	*c = *again
}

// answersQuestion are the events that answer what the agency asked.
var answersQuestion = map[Kind]Kind{DeficiencyNotice: Perfected, ClarificationRequested: ClarificationAnswered, FeeNotice: FeeAnswered}

// restartWords say what the agency did that restarts the time, and how that is answered.
func restartWords(e Event) (said, done string) {
	switch e.Kind {
	case ClarificationRequested:
		return "the agency asked for information", "answered"
	case FeeNotice:
		return "the agency asked about fees", "answered"
	}
	return "the agency called the request deficient", "completed"
}

// stops is what an event may stop the time by, as the law's data call it.
func stops(e Event) string {
	switch e.Kind {
	case FeeNotice:
		return law.ByFees
	case DeficiencyNotice:
		return law.ByDeficiency
	}
	return law.ByQuestion
}
