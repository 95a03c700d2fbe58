package docket

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/workday"
)

// yourAnswer is what the agency waits for, the nearest date first.
func (n *next) yourAnswer() (Step, bool) {
	letters := map[string]string{DuePerfection: "perfection", DueClarification: "clarification", DueFees: "fee-reply",
		DueInterest: "still-interested", DueMessage: ""}
	var best *Deadline
	for i, d := range n.s.Deadlines {
		if _, mine := letters[d.What]; !mine || !d.Open() {
			continue
		}
		if best == nil || best.Due.IsZero() || !d.Due.IsZero() && d.Due.Before(best.Due) {
			best = &n.s.Deadlines[i]
		}
	}
	if best == nil {
		return Step{}, false
	}
	why := "the agency is waiting for it"
	if !best.Due.IsZero() {
		why += fmt.Sprintf("; due %s, %s", best.Due.Letter(), best.Cite)
	}
	switch {
	case best.Pay && !(best.Lapses && n.today.After(best.stillCounts(n.today))):
		return Step{What: "pay the fees, then record the date",
			Why: "you answered, and under this law the time is stopped until the fees are paid" + strings.TrimPrefix(why,
				"the agency is waiting for it"), Act: n.record(FeeAnswered).With("answer", "paid").With("on", n.today.String()),
			By: best.Due}, true
	case best.What == DueMessage:
		return Step{What: "fetch the message in the agency’s portal, and record what it says", Why: why,
			Act: n.recordToday(MessageFetched), By: best.Due}, true
	case best.Lapses && n.today.After(best.stillCounts(n.today)):
		return Step{What: "make a new request: this one is likely closed", Act: askAnew(n.r),
			Why: fmt.Sprintf("the %s was due %s, and %s: %s", best.What, best.Due.Letter(), best.Cite, best.Says)}, true
	}
	step := Step{What: "send your " + best.What, Why: why, Act: n.letter(letters[best.What]),
		By: best.stillCounts(n.today)}
	if !federal(n.r) && best.What != DueClarification && best.What != DueFees { // there is no such letter under another law
		step.What, step.Act = step.What+", then record the date",
			n.recordToday(answersTo[best.What])
	}
	return step, true
}

// answersTo are the events that answer what the agency waits for.
var answersTo = map[string]Kind{DuePerfection: Perfected, DueClarification: ClarificationAnswered, DueFees: FeeAnswered,
	DueInterest: StillInterestedAnswer}

// stillCounts is the day by which a deadline can still be met: its own, or once that has
// passed the next one that a letter or a rule gives; the last of them if all have passed.
func (d Deadline) stillCounts(today workday.Date) workday.Date {
	day := d.Due
	for _, o := range d.Other {
		if day.Before(today) && !o.Due.Before(day) || o.Due.Before(day) && !o.Due.Before(today) {
			day = o.Due
		}
	}
	return day
}

// extended answers a notice of extension: with an objection, or with an offer, since
// silence may be held against the requester, 5 U.S.C. 552(a)(6)(B)(ii).
func (n *next) extended() (Step, bool) {
	if !federal(n.r) || n.s.Notice.On.IsZero() || n.answeredNotice() {
		return Step{}, false
	}
	if d, ok := n.s.Deadline(DueDetermination); !ok || !d.Open() || d.ForSure(n.today) {
		return Step{}, false
	}
	switch {
	case n.s.Notice.Long:
		return Step{What: "offer a narrower scope or another time",
			Why: "the notice dated " + n.s.Notice.On.Letter() +
				" takes more time than the Act allows; silence may be held against you in court",
			Act: n.letter("scope")}, true
	case n.s.Notice.Bad:
		return Step{What: "object to the extension", Why: "something is wrong with the notice dated " + n.s.Notice.On.Letter(),
			Act: n.letter("extension-objection")}, true
	}
	return Step{}, false
}

// answeredNotice tells whether the notice of extension has been answered.
func (n *next) answeredNotice() bool {
	return slices.Contains(n.s.Letters, "scope") || slices.Contains(n.s.Letters, "extension-objection")
}
