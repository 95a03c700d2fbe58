package correspondence

import (
	"foia/internal/docket"
	"foia/internal/workday"
)

// earlier is the earlier of two days of which either may be unknown.
func earlier(a, b workday.Date) workday.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// answeredOn is the day on which the agency had an answer: "the agency's receipt of the
// requester's response ... ends the tolling period", 552(a)(6)(A). Unknown if it has
// none, or if nobody knows when it came.
func (v view) answeredOn(question happening, kind docket.Kind) (on workday.Date) {
	for _, h := range after(question.at, v.all(kind)) {
		on = earlier(on, v.receiptOf(h))
	}
	return on
}

// asksForMoney: a notice of nothing to pay asks no question; one whose amount nobody
// wrote down may.
func asksForMoney(h happening) bool {
	return h.Kind == "fee-notice" && (!h.has("amount") || h.dollars("amount") > 0)
}

// endsFees tells whether the agency itself put an end to a question of fees: it waived
// them all, or asks for none.
func endsFees(h happening) bool {
	return h.Kind == "fee-waiver-granted" && !h.has("part") || h.Kind == "fee-notice" && !asksForMoney(h)
}

// feesSettledOn is the day on which nothing about those fees was open any more.
func (v view) feesSettledOn(notice happening) workday.Date {
	on := v.answeredOn(notice, "fee-answered")
	for _, h := range after(notice.at, v.where(endsFees)) {
		on = earlier(on, h.On)
	}
	return on
}

// unanswered tells whether the requester still owes an answer: none was sent, and the
// agency has not settled the matter itself or decided the request.
func (v view) unanswered(h happening, answers ...docket.Kind) bool {
	if len(after(h.at, v.all(answers...))) > 0 || len(after(h.at, v.determinations())) > 0 {
		return false
	}
	return h.Kind != "fee-notice" || asksForMoney(h) && len(after(h.at, v.where(endsFees))) == 0
}

func (v view) openQuestion(h happening) bool   { return v.unanswered(h, "clarification-answered") }
func (v view) openDeficiency(h happening) bool { return v.unanswered(h, "perfected") }
func (v view) openFees(h happening) bool       { return v.unanswered(h, "fee-answered") }
func (v view) openInterest(h happening) bool   { return v.unanswered(h, "still-interested-answered") }

// Why a claim about a question may be left out: "the question" of the contract is the
// one that waits for an answer.
const noLongerOpen = "the statement is true, but no answer is owed any more, or the time was over for another reason"

// ofLetters are the facts of letters of the agency that ask for something: they must be
// told of the last to which an answer is owed, and may be of others.
func ofLetters(list []happening, open func(happening) bool, say func(happening) (values, bool)) truth {
	var all []values
	must := false
	for _, h := range list {
		said, ok := say(h)
		if ok {
			all = append(all, said)
		}
		if open(h) {
			must = ok
		}
	}
	if must {
		return yes(all...)
	}
	return no().orEither(noLongerOpen, all...)
}

// outOfTime says when the time for a determination had ended, if a letter of the agency
// came after it by every calendar. Once the agency has determined, no time runs that a
// letter could come after.
func (v view) outOfTime(h happening) (ended workday.Date, late bool) {
	c := v.timeUntil(min(h.at, v.determinedAt()))
	if !c.ranOut(h.On) {
		return ended, false
	}
	return c.due().latest(), true
}

func (v view) claimsOfQuestions() map[string]truth {
	questions, deficiencies, fees := v.all("clarification-requested"), v.all("deficiency-notice"), v.all("fee-notice")
	return map[string]truth{
		"question": ofLetters(questions, v.openQuestion, func(h happening) (values, bool) {
			return values{"asked": h.On, "question": h.Data["question"]}, true
		}),
		"question-second": v.questionSecond(),
		"question-late":   v.lateLetters(questions, v.openQuestion, "asked"),
		"deficiency": ofLetters(deficiencies, v.openDeficiency, func(h happening) (values, bool) {
			return values{"dated": h.On, "missing": h.Data["missing"]}, true
		}),
		"deficiency-late": v.lateLetters(deficiencies, v.openDeficiency, "dated"),
		"fee-notice": ofLetters(fees, v.openFees, func(h happening) (values, bool) {
			return values{"dated": h.On, "amount": inDollars(h, "amount"), "search": inDollars(h, "search")}, true
		}),
		"fee-notice-late": v.lateLetters(fees, v.openFees, "dated"),
		"interest-asked": ofLetters(v.all("still-interested-asked"), v.openInterest, func(h happening) (values, bool) {
			return values{"dated": h.On}, true
		}),
		"interest-short": v.interestShort(),
	}
}

// inDollars is an amount as a letter prints it.
func inDollars(h happening, name string) string {
	if !h.has(name) {
		return ""
	}
	return "$" + h.Data[name]
}

// lateLetters are those that came after the time had run out. Of one that came after a
// determination it need not be said.
func (v view) lateLetters(list []happening, open func(happening) bool, name string) truth {
	inTime := func(h happening) bool { return open(h) && h.at < v.determinedAt() && !v.over() }
	return ofLetters(list, inTime, func(h happening) (values, bool) {
		ended, late := v.outOfTime(h)
		return values{name: h.On, "ended": ended}, late
	})
}

// questionSecond: the Act lets an agency make "one request to the requester for
// information" that stops the time, 552(a)(6)(A)(ii)(I).
func (v view) questionSecond() truth {
	first := v.time().stopper
	return ofLetters(v.all("clarification-requested"), v.openQuestion, func(h happening) (values, bool) {
		if first == nil || h.at <= first.at {
			return nil, false
		}
		return values{"first": first.On, "asked": h.On}, true
	})
}

// interestShort: a still-interested letter gives at least 30 working days (OIP; 1.1 no.
// 15 of the facts). Fewer by every calendar, or it may not be held against the agency:
// counted by that with the most working days.
func (v view) interestShort() truth {
	return ofLetters(v.all("still-interested-asked"), v.openInterest, func(h happening) (values, bool) {
		by := h.date("answer-by")
		if by.IsZero() || workingDaysBetween(h.On, by, strict) >= 30 {
			return nil, false
		}
		return values{"dated": h.On, "by": by, "working_days": workingDaysBetween(h.On, by, strict)}, true
	})
}
