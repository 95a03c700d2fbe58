package docket

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/workday"
)

const (
	// ReminderPause is how many days lie between two reminders: an office that hears
	// from you each week works no faster.
	ReminderPause = 30
	// estimatePause is for how many days an agency's own estimate is waited for. It
	// changes no time limit.
	estimatePause = 60
)

func (n *next) expedition() (Step, bool) {
	if n.s.Expedition.State != Ignored || n.recently() || !n.undecided() || slices.Contains(n.s.Letters, "expedition-status") ||
		!federal(n.r) {
		return Step{}, false
	}
	d, _ := n.s.Deadline(DueExpedition)
	return Step{What: "ask for the decision on expedited processing", Why: "it was due " + d.Due.Letter() + ", " + d.Cite,
		Act: n.letter("expedition-status")}, true
}

// undecided tells whether the request is still without a determination.
func (n *next) undecided() bool {
	return slices.Contains([]Status{IsSent, IsProcessing, IsWaiting}, n.s.Status) || n.s.Status == IsAppealed && n.s.Outcome == ""
}

// recently tells whether a reminder went out within the last month, or the
// agency's own estimate is still waited for.
func (n *next) recently() bool {
	return n.quietUntil().After(n.today)
}

func (n *next) quietUntil() workday.Date {
	until := workday.Date{}
	if !n.s.Reminded.IsZero() {
		until = n.s.Reminded.AddDays(ReminderPause)
	}
	return latest(until, n.waitedFor())
}

// waitedFor is until when the agency's own estimate speaks against a reminder.
func (n *next) waitedFor() workday.Date {
	if n.s.Estimate.IsZero() {
		return workday.Date{}
	}
	end := n.s.Estimated.AddDays(estimatePause)
	if n.s.Estimate.Before(end) {
		return n.s.Estimate.AddDays(1)
	}
	return end
}

// quietWhy says why nothing is to be sent now.
func (n *next) quietWhy() string {
	if n.waitedFor().After(n.today) {
		return "the agency gave " + n.s.Estimate.Letter() + " as its own date"
	}
	return "you asked on " + n.s.Reminded.Letter()
}

// QuietUntil is the day from which a further reminder is in order: ReminderPause after the
// last, and while the agency's own estimate lies ahead, estimatePause after the letter that
// gave it at most. The unknown date if nothing speaks against one.
func QuietUntil(s State, today workday.Date) workday.Date {
	until := (&next{s: s, today: today}).quietUntil()
	if !until.After(today) {
		return workday.Date{}
	}
	return until
}

// QuietWhy says why a reminder is not in order yet.
func QuietWhy(s State, today workday.Date) string {
	return (&next{s: s, today: today}).quietWhy()
}

// ladder are the letters about lateness, the friendly one first.
var ladder = []struct{ kind, what string }{
	{"status", "ask for the status of the request"},
	{"completion-date", "demand the estimated date of completion"},
	{"exhaustion", "give notice that the remedies are exhausted"},
	{"ogis", "ask OGIS for mediation, or a lawyer about a suit"},
}

// rung is how far up the ladder the letters went that were sent: nobody begins again at
// the friendly question after a notice, or while a mediator is at work.
func (n *next) rung() int {
	for i := len(ladder) - 1; i >= 0; i-- {
		if slices.Contains(n.s.Letters, ladder[i].kind) {
			return i + 1
		}
	}
	return 0
}

// late goes from the friendly question to the notice that the remedies are
// exhausted, and to mediation and court, which are the user's decision.
func (n *next) late() (Step, bool) {
	d, ok := n.s.Answer(n.today)
	if !ok || !d.Open() || d.Due.IsZero() || !n.today.After(d.Due) {
		if step, ok := n.silenceEnds(); ok {
			return step, true
		}
		if step, ok := n.reminder(); ok {
			return step, true
		}
		return n.afterReminder()
	}
	why := fmt.Sprintf("the %s was due %s, %s", d.What, d.Due.Letter(), d.Cite)
	rung := n.rung()
	if step, ok := n.silence(why, d.ForSure(n.today)); ok {
		return step, true
	}
	if step, ok := n.reminder(); ok && !d.ForSure(n.today) {
		return step, true
	}
	switch {
	case !d.ForSure(n.today) && d.Lenient.IsZero() && !n.toAsk().Before(n.today):
		return Step{What: "wait", Why: why + "; " + n.suggested() + ", and foia suggests asking after " + n.toAsk().Letter(),
			By: dayAfter(n.toAsk())}, true
	case !d.ForSure(n.today):
		return Step{What: "wait", Why: why + "; " + d.lenientWords(), By: dayAfter(d.Lenient)}, true
	case n.recently():
		return Step{What: "wait", Why: why + "; " + n.quietWhy(), By: n.quietUntil()}, true
	case !federal(n.r):
		return n.lateUnder(why), true
	case !n.s.OGIS.IsZero():
		step := n.lastDay(why + "; a case has been open at OGIS since " + n.s.OGIS.Letter() + ", which stops no time")
		step.What = "wait for OGIS, or talk to a lawyer about a suit"
		return step, true
	case rung == len(ladder):
		return n.lastDay(why), true
	}
	return Step{What: ladder[rung].what, Why: why, Act: n.letter(ladder[rung].kind)}, true
}

// reminder is the suggestion to ask, where the law gives no number.
func (n *next) reminder() (Step, bool) {
	d, ok := n.s.Deadline(DueReminder)
	if !ok || !d.Open() || !n.today.After(d.Due) || n.recently() || !n.undecided() {
		return Step{}, false
	}
	return Step{What: "ask for the status of the request", Why: n.suggested() + "; foia suggested asking after " + d.Due.Letter(),
		Act: n.letter("status")}, true
}

// silenceEnds is the complaint of silence whose time is about to end if nothing stopped
// the time of the office: nobody waits for the end of a reading that may be wrong.
func (n *next) silenceEnds() (Step, bool) {
	for _, d := range n.s.Deadlines {
		if d.What != DueAppeal || d.Of != Silence || !d.Open() || d.Due.IsZero() || n.today.Before(d.Opens) || n.today.After(d.Due) ||
			n.today.DaysUntil(d.Due) > complainAhead {
			continue
		}
		return Step{What: "decide whether to complain that no answer came: " + d.To, By: d.Due, Act: n.law(),
			Why: "if nothing stopped the time of the office, the answer was due before " + d.Opens.Letter() +
				", and the time to complain (" + d.Cite + ") ends " + d.Due.Letter()}, true
	}
	return Step{}, false
}

// silenceEnded says that the time to complain of silence is over; empty if it is not.
func (n *next) silenceEnded() string {
	for _, d := range n.s.Deadlines {
		if d.What == DueAppeal && d.Of == Silence && d.Open() && !d.Due.IsZero() && n.today.After(latest(d.Due, d.Last)) {
			ended := "; the time to complain (" + d.To + ") ended on " + latest(d.Due, d.Last).Letter()
			if slices.ContainsFunc(d.Other, func(o Reading) bool { return o.Untimed != "" }) {
				return ended + ", but not that of every way; a new request starts a new one"
			}
			return ended + ": a new request starts a new one"
		}
	}
	return ""
}

// suggested says why foia suggests a day on which to ask.
func (n *next) suggested() string {
	if d, ok := n.s.Deadline(DueReminder); ok {
		for _, why := range []string{questionDoubted, questionAnswers} {
			if strings.HasPrefix(d.Says, why) {
				return why
			}
		}
	}
	for _, what := range answers {
		if d, ok := n.s.Deadline(what); ok && d.Open() && d.Due.IsZero() && d.Why != "" {
			return d.Why
		}
	}
	for _, k := range n.s.Conditional {
		return "the law sets a number of days only for some requests (" + k + ")"
	}
	return "the law sets no number of days for this"
}

// toAsk is the day after which foia suggests to ask; unknown if it suggests none.
func (n *next) toAsk() workday.Date {
	d, ok := n.s.Deadline(DueReminder)
	if !ok || !d.Open() {
		return workday.Date{}
	}
	return d.Due
}

// lateUnder goes from the question to what the law of a state or country offers.
func (n *next) lateUnder(why string) Step {
	why += n.silenceEnded()
	if n.rung() == 0 {
		return Step{What: "ask for the status of the request", Why: why, Act: n.letter("status")}
	}
	return Step{What: "see how the law lets you complain", Why: why, Act: n.law()}
}

// complainAhead is from how many days before its end a complaint of silence goes before
// the friendly question.
const complainAhead = 14

// silence is the complaint that no answer came, where the law has one: after the question
// how the request stands, or at once when the time for it is about to end.
func (n *next) silence(why string, sure bool) (Step, bool) {
	for _, d := range n.s.Deadlines {
		if d.What != DueAppeal || d.Of != Silence || !d.Open() || n.today.Before(d.Opens) || !d.Due.IsZero() &&
			n.today.After(latest(d.Due, d.Last)) {
			continue
		}
		soon := !d.Due.IsZero() && n.today.DaysUntil(d.Due) <= complainAhead
		if n.rung() == 0 && !soon {
			continue
		}
		if n.today.After(d.Due) && !d.Due.IsZero() {
			d = n.last(d) // of another way, if that has more time
		}
		step := Step{What: "decide whether to complain that no answer came", By: d.Due}
		switch time := "the time for it (" + d.Cite + ")"; {
		case d.Due.IsZero():
			step.Why = why + "; " + d.Why + " (" + d.Cite + ")"
		case n.today.After(d.Due):
			step.Why = why + "; " + time + " ended on " + d.Due.Letter() + " by the cautious count, and ends " + d.Last.Letter() +
				" by the other"
			step.By = d.Last
		default:
			step.Why = why + "; " + time + " ends " + d.Due.Letter()
		}
		if sure {
			step = n.review(step, d)
		} else {
			step.What, step.Act = step.What+": "+d.To, n.law()
		}
		return step, true
	}
	return Step{}, false
}
