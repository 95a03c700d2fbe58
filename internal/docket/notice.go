package docket

import (
	"fmt"
	"slices"
	"strings"

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
	if stopped {
		most10 = n.with
	}
	if n.long = asked > most && (until.IsZero() || e.number("days") > most || f.opensBetween(most10, until)); n.long {
		n.allowed = most10
		say("extension-beyond", fmt.Sprintf("the notice takes more than %d working days; beyond that the agency must offer to limit the scope or arrange another time, and your answer may matter in court", most))
	}
	n.adds = min(asked, most)
	return n
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

// asOf counts days as the clock stood when an event happened.
func (f *folding) asOf(c *clock, e Event, days int) workday.Count {
	n, err := f.basis.Calendar.FromReceipt(c.day0, days, f.basis.Policy, c.before(e)...)
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
	return &notice{Event: *e, ungrounded: e.namesNoGround(), undated: e.day("until").IsZero() && e.number("days") == 0 && !f.questionOpen(*e)}
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
