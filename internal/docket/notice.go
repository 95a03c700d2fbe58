package docket

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/workday"
)

// heed notes what a notice of extension asks the requester to do.
func (f *folding) heed(n *notice) {
	if n != nil {
		f.state.Notice = Notice{On: n.On, Bad: n.bad(), Long: n.long}
	}
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

// extend reads the notices of extension: the first counts, as far as the law lets it, if
// it came before the time was over; under the federal Act by ten working days at most,
// 5 U.S.C. 552(a)(6)(B)(i).
func (f *folding) extend(c *clock, l life) {
	if f.extra(c).Days == 0 {
		return
	}
	for i, e := range l.all(Extended) {
		if i > 0 {
			says := "the time was already extended"
			if f.binds("extension-beyond") {
				says += "; after that the agency offers to limit the scope or arrange another time, and cannot extend it on its own"
			}
			c.remarks = append(c.remarks, f.remarkOf(e, "extension-beyond", says))
			continue
		}
		c.notice = f.judge(c, e)
	}
}

// judge tells what a notice adds and what is wrong with it. What it does is measured
// by how the time stood on its day; one that comes while a question is open cannot be
// late, or too short.
func (f *folding) judge(c *clock, e Event) *notice {
	most := f.extra(c)
	n := &notice{Event: e, ungrounded: f.binds("extension-grounds") && e.namesNoGround(), with: f.lastDay(c, most.Days, c.pauses)}
	say := func(topic, what string) { c.remarks = append(c.remarks, f.remarkOf(e, topic, what)) }
	if n.ungrounded {
		say("extension-grounds", "the notice names none of the three grounds in the Act")
	}
	stopped := slices.ContainsFunc(c.open, func(p workday.Pause) bool {
		return !e.On.Before(p.From) && (p.To.IsZero() || !e.On.After(p.To))
	})
	plain, longest := f.asOf(c, e), f.lastDay(c, most.Days, c.before(e))
	end := plain.Due
	if stopped {
		end = c.plain.Due
	} else {
		n.ended = f.lastDay(c, 0, c.before(e))
	}
	until, asked := e.day("until"), e.number("days")
	switch {
	case !n.ended.IsZero() && e.On.After(n.ended):
		n.late = true
		say("extension-notice", "the notice is late: "+c.words()+" ended on "+n.ended.Letter()+", so it extends nothing")
		return n
	case until.IsZero() && asked == 0 && c.Undated:
		n.adds = most.Days
		say("extension-notice", "the notice gives no date; it was counted as taking all that the law allows")
		return n
	case until.IsZero() && asked == 0:
		n.endless = true
		if n.undated = !stopped; n.undated {
			say("extension-undated", "the notice gives no date")
		}
		return n
	case !until.IsZero() && !end.IsZero():
		byDate := f.daysBetween(end, until, most.Unit)
		if asked > 0 && byDate != asked && !stopped {
			say("extension-mismatch", fmt.Sprintf("the notice takes %s and gives %s, which is %s after %s end: the longer one counts",
				law.Limit{Days: asked, Unit: most.Unit}.Words(), until.Letter(), law.Limit{Days: byDate, Unit: most.Unit}.Words(),
				c.words()))
		}
		if asked = max(asked, byDate); asked == 0 && !stopped && !until.After(earliest(append(others(plain), end)...)) {
			n.short = true
			say("extension-short", "the date in the notice, "+until.Letter()+", is not later than "+end.Letter()+
				", when the time ends without it: it extends nothing")
			return n
		}
	}
	if stopped {
		longest = n.with
	}
	if n.long = asked > most.Days && (until.IsZero() || e.number("days") > most.Days || f.opensBetween(longest, until)); n.long {
		n.allowed = longest
		beyond := ""
		if f.binds("extension-beyond") {
			beyond = "; beyond that the agency must offer to limit the scope or arrange another time, and your answer may matter in court"
		}
		say("extension-beyond", "the notice takes more than "+most.Words()+beyond)
	}
	n.adds = min(asked, most.Days)
	return n
}

// words are the time as a remark calls it: the 20 days.
func (c *clock) words() string {
	return "the " + law.Limit{Days: c.limit.Days, Unit: workday.CalendarDays}.Words()
}

// daysBetween counts days after one day up to another, as a notice of extension does.
func (f *folding) daysBetween(from, to workday.Date, unit workday.Unit) int {
	if unit == workday.WorkingDays {
		return f.workingDaysBetween(from, to)
	}
	return max(0, from.DaysUntil(to))
}

// opensBetween tells whether the agency works on a day after one day, up to another, by
// the calendar that is kindest to it.
func (f *folding) opensBetween(after, to workday.Date) bool {
	if after.IsZero() {
		return false
	}
	for d := after.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if f.basis.Calendar.Off(d, workday.Lenient) == "" {
			return true
		}
	}
	return false
}

// asOf counts the time as the clock stood when an event happened.
func (f *folding) asOf(c *clock, e Event) workday.Count {
	n, err := f.tally(c, c.day0, 0, c.before(e))
	if err != nil {
		return workday.Count{}
	}
	return n
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
	return &notice{Event: *e, ungrounded: f.binds("extension-grounds") && e.namesNoGround(), undated: e.day("until").IsZero() &&
		e.number("days") == 0 && !f.questionOpen(*e)}
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
