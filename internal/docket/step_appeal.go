package docket

import (
	"fmt"
	"slices"

	"foia/internal/remedy"
)

// appeal is proposed from the day of the decision to the last day that a rule or the
// letter gives; where no length was read, for as long as nobody says that it is over. That
// no answer came is a matter of lateness.
func (n *next) appeal() (Step, bool) {
	for _, d := range n.s.Deadlines {
		if d.What != DueAppeal || d.Of == Silence || !d.Open() || !d.Due.IsZero() && n.today.After(d.Last) || n.today.Before(d.Opens) ||
			d.Of == Charges && n.feesAnswered() {
			continue
		}
		step := Step{What: "decide whether to " + toAppeal(d.Of),
			Why: fmt.Sprintf("to be safe, appeal by %s, %s", d.Due.Letter(), d.Cite), By: d.Due}
		switch {
		case d.Due.IsZero() && federal(n.r):
			continue // of a day for which the law was not read
		case d.Untimed == NoTime:
			step.Why = d.Why
		case d.Due.IsZero():
			step.Why = "a time for it may be running: " + d.Why
		case n.today.After(d.Due):
			step.Why, step.By = fmt.Sprintf("the safe date has passed; the last day under the letter or the rule is %s", d.Last.Letter()),
				d.Last
			if d = n.last(d); d.If != "" {
				step.Why = fmt.Sprintf("the safe date has passed; if %s, the last day is %s, %s", d.If, d.Due.Letter(), d.Cite)
			}
		case d.Court:
			step.Why = fmt.Sprintf("to be safe, file suit by %s, %s; no letter stops that time", d.Due.Letter(), d.Cite)
		}
		switch {
		case !federal(n.r):
			step = n.review(step, d)
			step.Why += n.orSuit()
			if !d.Opens.IsZero() {
				step.Why = "no decision on the appeal came in time; " + step.Why
			}
		case d.Of == "determination":
			step.Act = n.letter("appeal")
		default:
			step.Act = n.letter("appeal").With("of", d.Of)
		}
		return step, true
	}
	return Step{}, false
}

// orSuit is the last safe day to sue if the decision on an appeal was that of a later
// reviewer than the log shows.
func (n *next) orSuit() string {
	d, ok := n.s.Deadline(DueSuit)
	if !ok || d.If == "" || !d.Open() || n.today.After(d.Due) {
		return ""
	}
	return "; if " + d.If + ", the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite
}

// last is the deadline of the way whose day is the last, once the safe one has passed.
func (n *next) last(safe Deadline) Deadline {
	for _, d := range n.s.Deadlines {
		if d.What == DueAppealLast && d.Of == safe.Of && d.Event == safe.Event && d.Due == safe.Last && d.Due.After(safe.Due) {
			d.Ways = safe.Ways
			return d
		}
	}
	return safe
}

// remanded is what follows a decision on the appeal that was in your favor: no rule that
// foia knows gives the office a time for what it does then.
func (n *next) remanded() (Step, bool) {
	if n.s.Status != IsRemanded {
		return Step{}, false
	}
	what := map[string]string{
		"reversed": "ask for the records",
		"partly":   "ask when the part that was sent back will be decided; what was affirmed is final, and only a court can change it",
	}[n.s.AppealOutcome]
	if what == "" {
		what = "ask when the request will be decided anew"
	}
	why := "the appeal was decided on " + n.s.AppealDecided.Letter() + "; no rule foia knows gives a time for what follows"
	if !federal(n.r) {
		return Step{What: what, Why: why}, true
	}
	if n.recently() || n.today.Before(n.s.AppealDecided.AddDays(ReminderPause)) && n.s.AppealOutcome != "reversed" {
		return Step{What: "wait for the office", Why: why, By: latest(n.quietUntil(), n.s.AppealDecided.AddDays(ReminderPause))}, true
	}
	return Step{What: what, Why: why, Act: n.letter("remand-status")}, true
}

// openAppeal is the open deadline for the decision on an appeal that ends first.
func (n *next) openAppeal() (Deadline, bool) {
	var found Deadline
	ok := false
	for _, d := range n.s.Deadlines {
		if d.What == DueAppealDecision && d.Open() && (!ok || found.Due.IsZero() || !d.Due.IsZero() && d.Due.Before(found.Due)) {
			found, ok = d, true
		}
	}
	return found, ok
}

func (n *next) appealLate() (Step, bool) {
	d, ok := n.openAppeal()
	if !ok {
		return Step{}, false
	}
	if d.Due.IsZero() {
		return Step{What: "find out when the agency received the appeal, and record the date", Why: d.Why,
			Act: n.record(AppealReceived).With("of", d.Of).With("on", remedy.Open("DATE"))}, true
	}
	if !d.ForSure(n.today) || n.recently() {
		return Step{}, false
	}
	why := fmt.Sprintf("the decision on the appeal was due %s, %s", d.Due.Letter(), d.Cite)
	if !slices.Contains(n.s.Letters, "appeal-status") && federal(n.r) {
		return Step{What: "ask for the status of the appeal", Why: why, Act: n.letter("appeal-status")}, true
	}
	return n.lastDay(why), true
}

func (n *next) decided() (Step, bool) {
	return n.lastDay("the appeal was decided"), n.s.Status == IsDecided
}
