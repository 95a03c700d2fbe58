package correspondence

import (
	"slices"

	"foia/internal/workday"
)

// clock is the time for a determination: 20 working days, 5 U.S.C. 552(a)(6)(A)(i).
type clock struct {
	start   start
	still   []standstill
	open    []standstill // the questions, also before day 0
	stopper *happening   // the one request for information that stopped the time
	notice  *extension   // the first notice of an extension
}

// extension is a notice of unusual circumstances, 5 U.S.C. 552(a)(6)(B)(i), and what
// there is to say of it as the clock stood when it came.
type extension struct {
	happening
	ended  byPolicy // when the 20 days end, with what stopped them before the notice
	held   bool     // on its day the clock stood still
	late   bool     // they had ended before it, by every calendar
	short  bool     // its date is not later than their end
	added  [3]int   // working days that it adds, by policy
	asked  [3]int   // working days that it takes
	beyond byPolicy // ten working days after their end
}

// determinations are the decisions on the request. A referral is none: the agency has
// decided nothing.
func (v view) determinations() []happening {
	return v.where(func(h happening) bool { return h.Kind == "determination" && h.Data["outcome"] != "referred" })
}

// determined is the place of the first determination in the order; what comes after it
// changes no time.
func (v view) determinedAt() int {
	if all := v.determinations(); len(all) > 0 {
		return all[0].at
	}
	return len(v.events)
}

// time is the clock as it stands: from the receipt, or from the completion of a request
// that the agency called deficient before the time had run out.
func (v view) time() clock { return v.timeUntil(v.determinedAt()) }

// timeUntil is the clock with what came before a place in the order.
func (v view) timeUntil(at int) clock {
	s := v.receipt()
	for _, notice := range before(at, v.all("deficiency-notice")) {
		if v.clockFrom(s, notice.at).ranOut(notice.On) {
			continue // too late to change anything
		}
		s = v.completion(notice)
	}
	return v.clockFrom(s, at)
}

// completion is day 0 of a request that was called deficient: when the agency has what
// was missing. Without it no time runs.
func (v view) completion(notice happening) start {
	on := v.answeredOn(notice, "perfected")
	if on.IsZero() {
		return start{}
	}
	return start{sameDay(on), "completed"}
}

// clockFrom walks through what happened before a place in the order, and notes what
// stopped the clock or gave it more days.
func (v view) clockFrom(s start, at int) clock {
	c := clock{start: s}
	determined := v.determinedAt()
	for _, h := range noticesLast(v.events[:at]) {
		switch {
		case h.at > determined && h.Kind != "extended": // no time runs that a question could stop
		case h.Kind == "clarification-requested":
			still := standstill{h.On, v.answeredOn(h, "clarification-answered"), h.On}
			c.open = append(c.open, still)
			if c.stopper == nil && !c.ranOut(h.On) && c.matters(still) { // "one request": (A)(ii)(I)
				c.still, c.stopper = append(c.still, c.notBefore(still)), &h
			}
		case asksForMoney(h): // as often as necessary: (A)(ii)(II)
			still := standstill{h.On, v.feesSettledOn(h), h.On}
			c.open = append(c.open, still)
			if !c.ranOut(h.On) && c.matters(still) {
				c.still = append(c.still, c.notBefore(still))
			}
		case h.Kind == "extended" && c.notice == nil:
			c.notice = c.judge(h)
		}
	}
	if c.notice != nil {
		for _, s := range slices.Concat(c.still, c.openBefore()) {
			c.notice.held = c.notice.held || s.holds(c.notice.On)
		}
	}
	return c
}

// noticesLast has the questions of a day before a notice of that day, which falls into them.
func noticesLast(events []happening) []happening {
	out := slices.Clone(events)
	for i := len(out) - 2; i >= 0; i-- {
		for j := i; j+1 < len(out) && out[j].Kind == "extended" && out[j+1].Kind != "extended" && out[j+1].On == out[j].On; j++ {
			out[j], out[j+1] = out[j+1], out[j]
		}
	}
	return out
}

// openBefore are the questions that were open before the clock began to run: a notice
// that comes meanwhile cannot be measured.
func (c clock) openBefore() []standstill {
	if !c.start.known() {
		return c.open
	}
	return slices.DeleteFunc(slices.Clone(c.open), func(s standstill) bool { return !s.from.Before(c.start.on.own()) })
}

// notBefore leaves out what lies before the clock began to run.
func (c clock) notBefore(s standstill) standstill {
	if s.from.Before(c.start.on.own()) {
		s.from = c.start.on.own()
	}
	return s
}

// matters: a question that came before day 0 and was answered by then stops nothing.
func (c clock) matters(s standstill) bool {
	if !c.start.known() {
		return false
	}
	day0 := nextOpen(c.start.on.own(), 0)
	return s.to.IsZero() || !s.from.Before(day0) || s.to.After(day0)
}

// judge measures a notice of extension against the end of the 20 days: it may add "no
// more than ten working days", 552(a)(6)(B)(i), and none once the time is over.
func (c clock) judge(h happening) *extension {
	x := &extension{happening: h}
	c.still = slices.DeleteFunc(slices.Clone(c.still), func(s standstill) bool { return s.asked.After(h.On) })
	x.ended = c.lastDay(20)
	x.beyond = c.lastDay(30)
	if !x.ended.known() {
		return x
	}
	until := h.date("until")
	x.late = h.On.After(x.ended.latest())
	x.short = !until.IsZero() && !h.has("days") && !until.After(x.ended.earliest())
	for p := range x.added {
		x.asked[p] = h.number("days") // of two that do not agree, the larger counts
		if !until.IsZero() {
			x.asked[p] = max(x.asked[p], workingDaysBetween(x.ended[p], until, p))
		}
		if until.IsZero() && !h.has("days") && p != observed {
			x.asked[p] = 10 // it gives no end: by the calendar that favors the agency, as many as it can take
		}
		x.added[p] = min(x.asked[p], 10)
		if x.late || x.short {
			x.added[p] = 0
		}
	}
	return x
}

// lastDay is the last of so many working days by each policy; unknown while the clock
// stands still or nothing is known of its beginning.
func (c clock) lastDay(n int) byPolicy {
	if !c.start.known() {
		return byPolicy{}
	}
	return underEach(func(p int) workday.Date { return lastOf(n, nextOpen(c.start.on[p], p), p, c.still...) })
}

// due is the last day for the determination.
func (c clock) due() byPolicy {
	if !c.start.known() {
		return byPolicy{}
	}
	return underEach(func(p int) workday.Date {
		n := 20
		if c.notice != nil {
			n += c.notice.added[p]
			if p == lenient {
				n = 20 + max(c.notice.added[observed], c.notice.added[strict], c.notice.added[lenient])
			}
		}
		end := lastOf(n, nextOpen(c.start.on[p], p), p, c.still...)
		until := c.ownDate()
		if until.IsZero() || end.IsZero() {
			return end
		}
		// The agency's own date, whatever the calendar, if no question came after it.
		if !slices.ContainsFunc(c.still, func(s standstill) bool { return s.asked.After(c.notice.On) }) {
			end = lastOf(20, nextOpen(c.start.on[p], p), p, c.still...)
		}
		if until.After(end) {
			return until
		}
		return end
	})
}

// ownDate is the date that a notice of extension gives, if it is in time and takes no more
// than the Act allows.
func (c clock) ownDate() workday.Date {
	x := c.notice
	if x == nil || x.has("days") || x.late || x.short || x.asked[lenient] > 10 {
		return workday.Date{}
	}
	return x.date("until")
}

// ranOut tells whether the time was over before a day, by every calendar.
func (c clock) ranOut(day workday.Date) bool {
	due := c.due()
	return due.known() && day.After(due.latest())
}
