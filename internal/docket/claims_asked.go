package docket

import "foia/internal/workday"

// questionOf is the event of a question of the agency that a letter answers: the last
// that is open, else the last.
func (v *View) questionOf(kind Kind, what string) *Event {
	d, ok := v.f.state.openOrLast(what)
	for i := range v.f.life {
		if e := &v.f.life[i]; ok && e.Seq == d.Event {
			return e
		}
	}
	return v.f.life.last(kind)
}

// questionClaims are about what the agency asked of the requester.
var questionClaims = map[string]claim{
	"question": func(v *View, _ string) (Values, string) {
		e := v.questionOf(ClarificationRequested, DueClarification)
		if e == nil {
			return nil, "the log has no question from the agency"
		}
		return Values{"asked": e.On.Letter(), "question": e.Data["question"]}, ""
	},
	"question-second": func(v *View, _ string) (Values, string) {
		e := v.questionOf(ClarificationRequested, DueClarification)
		if e == nil || v.f.time == nil || v.f.time.asked == nil || v.f.time.asked.Seq == e.Seq ||
			v.f.life.index(*v.f.time.asked) > v.f.life.index(*e) {
			return nil, "no earlier question of the agency stopped the time"
		}
		return Values{"first": v.f.time.asked.On.Letter(), "asked": e.On.Letter()}, ""
	},
	"question-late": func(v *View, _ string) (Values, string) {
		return v.afterTheEnd(v.questionOf(ClarificationRequested, DueClarification), "asked")
	},
	"deficiency": func(v *View, _ string) (Values, string) {
		e := v.questionOf(DeficiencyNotice, DuePerfection)
		if e == nil {
			return nil, "no letter from the agency calls the request deficient"
		}
		return Values{"dated": e.On.Letter(), "missing": e.Data["missing"]}, ""
	},
	"deficiency-late": func(v *View, _ string) (Values, string) {
		return v.afterTheEnd(v.questionOf(DeficiencyNotice, DuePerfection), "dated")
	},
	"fee-notice": func(v *View, _ string) (Values, string) {
		e := v.questionOf(FeeNotice, DueFees)
		if e == nil {
			return nil, "the log has no fee notice"
		}
		return Values{"dated": e.On.Letter(), "amount": InWords(e.Data["amount"]), "search": InWords(e.Data["search"])}, ""
	},
	"fee-notice-late": func(v *View, _ string) (Values, string) {
		return v.afterTheEnd(v.questionOf(FeeNotice, DueFees), "dated")
	},
	"interest-asked": func(v *View, _ string) (Values, string) {
		e := v.questionOf(StillInterestedAsked, DueInterest)
		if e == nil {
			return nil, "the agency has not asked whether you are still interested"
		}
		return Values{"dated": e.On.Letter()}, ""
	},
	"interest-short": func(v *View, _ string) (Values, string) {
		e := v.questionOf(StillInterestedAsked, DueInterest)
		if e == nil || e.day("answer-by").IsZero() {
			return nil, "no letter gives a day to answer whether you are still interested"
		}
		by := e.day("answer-by")
		n := v.daysBetween(e.On, by, workday.Strict)
		rule, ok := v.f.regime.Decided(e.On).Rule("still-interested")
		if !ok || rule.Limit == nil || n >= rule.Limit.Days {
			return nil, "the letter gives at least as many working days as it should"
		}
		return Values{"dated": e.On.Letter(), "by": by.Letter(), "working_days": n}, ""
	},
}

// afterTheEnd: the event came after the time for a determination had run out by every
// calendar.
func (v *View) afterTheEnd(e *Event, name string) (Values, string) {
	if e == nil {
		return nil, "the log has no such letter"
	}
	end, late := v.f.afterEnd(*e)
	if !late {
		return nil, "the letter did not come after the time for a determination"
	}
	return Values{name: e.On.Letter(), "ended": end.Letter()}, ""
}

// askedClaims are about fees and expedited processing: what was asked for, and what
// became of it.
var askedClaims = map[string]claim{
	"waiver-asked": func(v *View, _ string) (Values, string) {
		return v.asked("fee_waiver", FeeWaiverRequested, "a fee waiver was not asked for")
	},
	"waiver-undecided": func(v *View, _ string) (Values, string) {
		switch v.f.state.Waiver.State {
		case Asked, Ignored, NotDecided:
			return nil, ""
		case NotAsked:
			return nil, "a fee waiver was not asked for"
		case NotKnown:
			return nil, "the log does not say whether a fee waiver was asked for"
		}
		return nil, "the fee waiver was decided on " + v.f.state.Waiver.On.Letter()
	},
	"waiver-denied": func(v *View, _ string) (Values, string) {
		return v.denied(FeeWaiverGranted, FeeWaiverDenied, "no fee waiver was denied")
	},
	"category": func(v *View, _ string) (Values, string) {
		e := v.f.life.last(CategoryAssigned)
		if e == nil {
			return nil, "the log has no fee category assigned by the agency"
		}
		asked := v.f.life.category(v.f.request, *e)
		if asked == "" || asked == e.Data["category"] {
			return nil, "the fee category is the one that was asked for"
		}
		return Values{"assigned": e.Data["category"], "asked": asked, "dated": e.On.Letter()}, ""
	},
	"media": func(v *View, _ string) (Values, string) {
		if v.category() != "media" {
			return nil, "the category of the news media was not asked for"
		}
		return nil, ""
	},
	"expedition-asked": func(v *View, _ string) (Values, string) {
		return v.asked("expedited", ExpeditionRequested, "expedited processing was not asked for")
	},
	"expedition-late": func(v *View, _ string) (Values, string) {
		if n := v.check().expeditionLate(); n != nil {
			return nil, n.Error()
		}
		d, _ := v.f.state.Deadline(DueExpedition)
		return Values{"due": d.Lenient.Letter(), "days": d.Lenient.DaysUntil(v.today)}, ""
	},
	"expedition-denied": func(v *View, _ string) (Values, string) {
		return v.denied(ExpeditedGranted, ExpeditedDenied, "expedited processing was not denied")
	},
}

// asked: something was asked for with the request, or in a later letter.
func (v *View) asked(fact string, kind Kind, otherwise string) (Values, string) {
	if e := v.f.life.last(kind); e != nil {
		return Values{"later": e.On.Letter()}, ""
	}
	if v.f.request.Facts[fact] == Asked {
		return Values{"later": ""}, ""
	}
	return nil, otherwise
}

// denied: the last decision on a matter denies it.
func (v *View) denied(granted, denied Kind, otherwise string) (Values, string) {
	e := v.f.life.last(granted, denied)
	if e == nil || e.Kind != denied {
		return nil, otherwise
	}
	return Values{"denied": e.On.Letter()}, ""
}
