package docket

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"foia/internal/workday"
)

// Values are what the sentence of a claim prints, by name: days as in a letter, numbers,
// words, lists of words; yes or no.
type Values map[string]any

// Claims is what a letter may state of its request, and nothing else.
type Claims struct {
	Known    map[string]string // by what the request is known: its subject, its dates and numbers
	Hold     map[string]Values // the claims that the log entails
	Why      map[string]string // why it does not entail the others
	Asserted []string          // the exemptions that the decision in question claims, as codes
	Outcome  string            // the outcome of that decision, if it is a determination
}

// claim tells whether the log entails something, with the values that belong to it; why
// is empty if it does. Package letter has the words.
type claim func(v *View, matter string) (values Values, why string)

// claims are all of them, by name. What each means is beside its words in
// templates/claims.yaml.
var claims = sync.OnceValue(func() map[string]claim {
	all := map[string]claim{}
	for _, group := range []map[string]claim{sendingClaims, timeClaims, extensionClaims, questionClaims, askedClaims, decisionClaims,
		appealClaims, stageClaims, reviewClaims} {
		maps.Copy(all, group)
	}
	return all
})

// ClaimNames are the names of all claims, sorted.
func ClaimNames() []string { return slices.Sorted(maps.Keys(claims())) }

// Claims tells what may be claimed. matter is what an appeal is against, if the letter is
// one; empty: whatever was decided last.
func (v *View) Claims(matter string) Claims {
	c := Claims{Known: v.known(matter), Hold: map[string]Values{}, Why: map[string]string{}, Asserted: v.asserted(matter),
		Outcome: v.outcome(matter)}
	for name, holds := range claims() {
		values, why := holds(v, matter)
		if why != "" {
			c.Why[name] = why
			continue
		}
		if values == nil {
			values = Values{}
		}
		c.Hold[name] = values
	}
	return v.agreedClaims(c, matter)
}

// known is by what the request is known to both sides.
func (v *View) known(matter string) map[string]string {
	r, s := v.f.request, v.f.state
	if len(v.others) > 0 {
		s.Numbers = v.others[0].f.state.Numbers // those of events without a day, too
	}
	known := map[string]string{"subject": r.Subject, "request_date": v.RequestDate().Letter(), "tracking": strings.Join(s.Numbers, " and "),
		"category": v.category()}
	v.papers(matter, known)
	if a := v.appeal(); a != nil {
		known["appeal_date"], known["appeal_number"] = a.On.Letter(), v.appealNumber(a)
	}
	return known
}

// RequestDate is the date of the letter that asks for the records: of what was referred
// here, that of the first request.
func (v *View) RequestDate() workday.Date {
	if e := v.f.life.first(Drafted); e != nil && !e.day("request_date").IsZero() {
		return e.day("request_date")
	}
	return v.f.request.Created
}

// cameByReferral tells whether the event is not a sending of the requester's: another
// office passed the request on.
func (v *View) cameByReferral(e Event) bool {
	return v.f.request.Parent != "" && e.Data["referred-by"] != ""
}

// category is the fee category that was asked for last.
func (v *View) category() string {
	return v.f.life.category(v.f.request, Event{Seq: -1})
}

// check is the view as conditions of letters see it.
func (v *View) check() check { return check{v.f.request, v.f.life, v.f.state, v.today, v} }

// whyNot is the reason of a condition that is not met.
func whyNot(n *NotReady) string {
	if n == nil {
		return ""
	}
	return n.Error()
}

// lenientDays counts the working days after one day up to another, by the calendar that
// has the fewest.
func (v *View) lenientDays(from, to workday.Date) int {
	return v.daysBetween(from, to, workday.Lenient)
}

func (v *View) daysBetween(from, to workday.Date, p workday.Policy) int {
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if v.f.basis.Calendar.Off(d, p) == "" {
			n++
		}
	}
	return n
}

// letterDay is a day as a letter prints it; empty for the unknown one.
func letterDay(d workday.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Letter()
}

// sendingClaims are about the request on its way to the agency.
var sendingClaims = map[string]claim{
	"sent": func(v *View, _ string) (Values, string) {
		e := v.f.life.first(Sent)
		if e == nil {
			return nil, "the log does not say when the request was sent"
		}
		if v.cameByReferral(*e) {
			return nil, "the request was not sent to this office; another one referred it"
		}
		return Values{"sent": e.On.Letter(), "how": v.f.way(*e)}, ""
	},
	"referred-here": func(v *View, _ string) (Values, string) {
		e := v.f.life.first(Sent)
		if e == nil || !v.cameByReferral(*e) {
			return nil, "the request did not come to this office by referral"
		}
		return Values{"from": e.Data["referred-by"], "referred": e.On.Letter()}, ""
	},
	"received": (*View).received,
	"receipt-conflict": func(v *View, _ string) (Values, string) {
		r := v.f.receiptIn(v.f.life)
		if r.told.IsZero() {
			return nil, "no two dates of receipt are in conflict"
		}
		return Values{"told": r.told.Letter(), "shown": r.shown.Letter(), "how": r.shownBy}, ""
	},
	"first-reached": func(v *View, _ string) (Values, string) {
		if v.f.time == nil || v.f.time.how != "bound" || !v.f.time.runs() {
			return nil, "the time does not run from the last day for passing on what a wrong office received"
		}
		if latest(v.f.time.day0, v.f.time.latest).After(v.today) {
			return nil, "the time for passing it on has not passed since the first receipt"
		}
		return Values{"first": v.f.time.first.Letter(), "begun": latest(v.f.time.day0, v.f.time.latest).Letter()}, ""
	},
	"acknowledged": func(v *View, _ string) (Values, string) {
		e := v.f.life.first(Acknowledged)
		if e == nil {
			return nil, "the log has no acknowledgment"
		}
		return Values{"acknowledged": e.On.Letter()}, ""
	},
	"unnumbered": func(v *View, _ string) (Values, string) { return v.unnumbered() },
	"estimate": func(v *View, _ string) (Values, string) {
		s := v.f.state
		switch {
		case s.Estimate.IsZero():
			return nil, "the agency gave no date of its own"
		case !s.Estimate.After(v.today):
			return nil, "the agency’s own date has passed"
		}
		return Values{"estimate": s.Estimate.Letter(), "given": s.Estimated.Letter()}, ""
	},
	"estimate-passed": func(v *View, _ string) (Values, string) {
		s := v.f.state
		switch {
		case s.Estimate.IsZero():
			return nil, "the agency gave no date of its own"
		case !s.Estimate.Before(v.today):
			return nil, "the agency’s own date has not passed"
		}
		return Values{"estimate": s.Estimate.Letter(), "given": s.Estimated.Letter()}, whyNot(v.check().pending())
	},
	"reminded": func(v *View, _ string) (Values, string) {
		all := v.f.life.all(Reminded)
		if len(all) == 0 {
			return nil, "no letter that asks how the request stands was sent"
		}
		return Values{"reminders": len(all), "last": all[len(all)-1].On.Letter()}, ""
	},
}

// received is the day of receipt, as the agency gives it, else as it can be proven.
func (v *View) received(string) (Values, string) {
	told, proven := workday.Date{}, workday.Date{}
	for _, e := range v.f.life {
		switch {
		case e.Kind == Acknowledged:
			told = earliest(told, e.day("received"))
		case e.Kind == Received && e.Data["misrouted"] == "":
			proven = earliest(proven, e.On)
		}
	}
	switch {
	case !told.IsZero():
		return Values{"received": told.Letter(), "told": true}, ""
	case !proven.IsZero():
		return Values{"received": proven.Letter(), "told": false}, ""
	}
	return nil, "nothing shows when the agency received the request"
}

// unnumbered: the agency has had the request for more than ten working days and gave no
// number, 5 U.S.C. 552(a)(7)(A).
func (v *View) unnumbered() (Values, string) {
	rule, ok := v.f.rule("tracking")
	switch {
	case !ok || rule.Limit == nil:
		return nil, "no law that applies to the request asks for a number"
	case len(v.f.state.Numbers) > 0:
		return nil, "the agency gave the number " + v.f.state.Numbers[0]
	case v.f.state.Received.IsZero():
		return nil, "nothing shows when the agency received the request"
	case v.lenientDays(v.lastReceipt(), v.today) <= rule.Limit.Days:
		return nil, rule.Limit.Words() + " have not passed since the agency received the request"
	}
	return nil, ""
}

// lastReceipt is day 0 by the calendar that is kindest to the agency.
func (v *View) lastReceipt() workday.Date {
	if v.f.time == nil {
		return v.f.state.Received
	}
	return latest(v.f.state.Received, v.f.time.latest)
}

// timeClaims are about the time for a determination.
var timeClaims = map[string]claim{
	"late": (*View).late,
	"due": func(v *View, _ string) (Values, string) {
		d, n := v.check().running()
		switch {
		case n != nil:
			return nil, n.Error()
		case d.ForSure(v.today):
			return nil, "the time has run out"
		case d.Lenient.IsZero():
			return nil, d.lenientWords()
		}
		return Values{"due": d.Lenient.Letter()}, ""
	},
	"late-before": func(v *View, _ string) (Values, string) {
		d, ok := v.f.state.Deadline(DueDetermination)
		switch {
		case !ok || d.Met.IsZero():
			return nil, "the agency has made no determination"
		case d.Lenient.IsZero() || !d.Met.After(d.Lenient):
			return nil, "the determination did not come after the time for it"
		}
		return Values{"due": d.Lenient.Letter(), "determined": d.Met.Letter(), "days": d.Lenient.DaysUntil(d.Met)}, ""
	},
	"undetermined": func(v *View, _ string) (Values, string) { return nil, whyNot(v.check().pending()) },
}

// late: the time has run out by every calendar. The days are those of the calendar that
// is kindest to the agency.
func (v *View) late(string) (Values, string) {
	c := v.f.time
	if n := v.check().lateForSure(); n != nil {
		return nil, n.Error()
	}
	d, ok := v.f.state.Deadline(DueDetermination)
	if c == nil || !ok {
		return nil, "no time for a determination under the federal Act is running"
	}
	values := Values{"from": latest(c.day0, c.latest).Letter(), "how": c.how, "due": d.Lenient.Letter(),
		"days":         d.Lenient.DaysUntil(v.today),
		"working_days": v.lenientDays(d.Lenient, v.today),
		"paused":       slices.ContainsFunc(c.pauses, func(p workday.Pause) bool { return !p.From.After(d.Lenient) }), "extended": ""}
	if c.notice != nil && (c.notice.adds > 0 || c.notice.endless) {
		values["extended"] = c.notice.On.Letter()
	}
	return values, ""
}

// extensionClaims are about the first notice of extension, 5 U.S.C. 552(a)(6)(B).
var extensionClaims = map[string]claim{
	"extended": func(v *View, _ string) (Values, string) {
		e := v.f.life.first(Extended)
		if e == nil {
			return nil, "the log has no extension notice"
		}
		return Values{"extended": e.On.Letter(), "until": letterDay(e.day("until")), "days": e.number("days")}, ""
	},
	"extension-late": notice1(func(n *notice) bool { return n.late }, "the notice came in time", func(n *notice) Values {
		return Values{"ended": n.ended.Letter()}
	}),
	"extension-undated": notice1(func(n *notice) bool { return n.undated },
		"the notice gives a date, or came while a question was open", nil),
	"extension-short": notice1(func(n *notice) bool { return n.short },
		"the date in the notice is later than the end of the time without it", func(n *notice) Values {
			return Values{"until": n.day("until").Letter(), "ended": n.ended.Letter()}
		}),
	"extension-long": notice1(func(n *notice) bool { return n.long && !n.allowed.IsZero() },
		"the notice takes no more time than the law allows, or the clock is stopped", func(n *notice) Values {
			return Values{"until": letterDay(n.day("until")), "days": n.number("days"), "most": n.allowed.Letter()}
		}),
	"extension-ungrounded": notice1(func(n *notice) bool { return n.ungrounded }, "the notice names one of the three grounds", nil),
	"extension-counts": func(v *View, _ string) (Values, string) {
		c := v.f.time
		if c == nil || c.notice == nil || c.plain.Due.IsZero() {
			return nil, "no notice of extension and running time are in the log"
		}
		without := v.f.lastDay(c, 0, c.pauses)
		if without.IsZero() || c.notice.with.IsZero() {
			return nil, "the clock is stopped"
		}
		return Values{"without": without.Letter(), "with": c.notice.with.Letter(), "over": v.today.After(without), "late": c.notice.late &&
			v.today.After(c.notice.with)}, whyNot(v.check().pending())
	},
}

// notice1 is a claim about what is wrong with the notice of extension.
func notice1(wrong func(*notice) bool, otherwise string, more func(*notice) Values) claim {
	return func(v *View, _ string) (Values, string) {
		n := v.f.noticeOf()
		if n == nil {
			return nil, "the log has no extension notice"
		}
		if !wrong(n) {
			return nil, otherwise
		}
		values := Values{"extended": n.On.Letter()}
		if more != nil {
			maps.Copy(values, more(n))
		}
		return values, ""
	}
}
