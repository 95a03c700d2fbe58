package docket

import (
	"fmt"
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

// Step is what to do next about a request: what, why, and the command that does
// or records it. foia proposes; the user decides and sends.
type Step struct {
	ID      string       `json:"id"`
	What    string       `json:"what"`
	Why     string       `json:"why"`
	Command string       `json:"command,omitempty"`
	By      workday.Date `json:"by,omitzero"`
}

// reminderPause is how many days lie between two reminders: an office that hears
// from you each week works no faster.
const reminderPause = 30

// Next is the next step on a day.
func Next(r Request, s State, today workday.Date) Step {
	s = s.On(today)
	n := next{r: r, s: s, today: today}
	for _, try := range []func() (Step, bool){n.over, n.filing, n.inCourt, n.yourAnswer, n.appeal, n.noReceipt, n.appealLate, n.late, n.expedition, n.decided, n.done} {
		if step, ok := try(); ok {
			step.ID = r.ID
			return step
		}
	}
	step := n.wait()
	step.ID = r.ID
	return step
}

type next struct {
	r     Request
	s     State
	today workday.Date
}

func (n next) command(format string, args ...any) string {
	return "foia " + fmt.Sprintf(format, args...)
}

func (n next) over() (Step, bool) {
	if n.r.Sample {
		return Step{What: "none", Why: "this is a sample, not for filing"}, true
	}
	return Step{What: "none", Why: "the request is closed"}, n.s.Status == IsClosed
}

func (n next) filing() (Step, bool) {
	if n.s.Status != IsDrafted {
		return Step{}, false
	}
	by := n.r.Via
	if by == "" {
		by = "mail"
	}
	return Step{What: filingWords(n.r.Via), Why: "the letter is ready but has not been sent",
		Command: n.command("record %s sent --by %s --on %s", n.r.ID, by, n.today)}, true
}

// filingWords says how a letter goes out.
func filingWords(via string) string {
	words, ok := map[string]string{
		"portal": "file it through the portal",
		"mail":   "print, sign and mail it",
		"fax":    "print, sign and fax it",
		"email":  "e-mail it with the letter attached",
	}[via]
	if !ok {
		words = "find out how the office accepts requests and file it"
	}
	return words + ", then record the date"
}

// yourAnswer is what the agency waits for, the nearest date first.
func (n next) yourAnswer() (Step, bool) {
	letters := map[string]string{DuePerfection: "perfection", DueClarification: "clarification", DueFees: "fee-reply", DueInterest: "still-interested"}
	var best *Deadline
	for i, d := range n.s.Deadlines {
		if letters[d.What] == "" || !d.Open() {
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
	return Step{What: "send your " + best.What, Why: why, Command: n.command("letter %s %s", n.r.ID, letters[best.What]), By: best.Due}, true
}

// appeal is proposed from the day of the decision to the last day that a rule or
// the letter gives.
func (n next) appeal() (Step, bool) {
	for _, d := range n.s.Deadlines {
		if d.What != DueAppeal || !d.Open() {
			continue
		}
		if n.today.After(d.Last) {
			continue
		}
		why := fmt.Sprintf("to be safe, appeal by %s, %s", d.Due.Letter(), d.Cite)
		if n.today.After(d.Due) {
			why = fmt.Sprintf("the safe date has passed; the last day under the letter or the rule is %s", d.Last.Letter())
		}
		command := n.command("letter %s appeal", n.r.ID)
		if d.Of != "determination" {
			command += " --of " + d.Of
		}
		return Step{What: "decide whether to appeal (" + d.Of + ")", Why: why, Command: command, By: d.Due}, true
	}
	return Step{}, false
}

func (n next) noReceipt() (Step, bool) {
	d, ok := n.s.Deadline(DueDetermination)
	if !ok || !d.Met.IsZero() || !n.s.Received.IsZero() || n.s.Status == IsWaiting {
		return Step{}, false
	}
	return Step{What: "find out when the agency received it, and record the date", Why: "no deadline you could prove is running: " + d.Why,
		Command: n.command("record %s received --on DATE --proof NUMBER", n.r.ID)}, d.Count == nil
}

func (n next) expedition() (Step, bool) {
	if n.s.Expedition.State != Ignored || n.recently() {
		return Step{}, false
	}
	d, _ := n.s.Deadline(DueExpedition)
	return Step{What: "ask for the decision on expedited processing", Why: "it was due " + d.Due.Letter() + ", " + d.Cite,
		Command: n.command("letter %s expedition-status", n.r.ID)}, !slices.Contains(n.s.Letters, "expedition-status") && n.s.Status != IsDetermined
}

// recently tells whether a reminder went out within the last month, or the
// agency's own estimate is still ahead.
func (n next) recently() bool {
	return n.quietUntil().After(n.today)
}

// quietUntil is the day from which the next reminder is in order.
func (n next) quietUntil() workday.Date {
	var until workday.Date
	if !n.s.Reminded.IsZero() {
		until = n.s.Reminded.AddDays(reminderPause)
	}
	if n.s.Estimate.After(n.today) {
		until = latest(until, n.s.Estimate.AddDays(1))
	}
	return until
}

func (n next) quietWhy() string {
	if n.s.Estimate.After(n.today) {
		return "the agency gave " + n.s.Estimate.Letter() + " as its own date"
	}
	return "you asked on " + n.s.Reminded.Letter()
}

// QuietUntil is the day from which a further reminder is in order: 30 days after
// the last, and not before the agency's own estimate has passed. The unknown date
// if nothing speaks against one.
func QuietUntil(s State, today workday.Date) workday.Date {
	until := next{s: s, today: today}.quietUntil()
	if !until.After(today) {
		return workday.Date{}
	}
	return until
}

// late goes from the friendly question to the notice that the remedies are
// exhausted, and to mediation and court, which are the user's decision.
func (n next) late() (Step, bool) {
	d, ok := n.s.Answer(n.today)
	if !ok || !d.Open() || d.Due.IsZero() || !n.today.After(d.Due) {
		return n.reminder()
	}
	why := fmt.Sprintf("the %s was due %s, %s", d.What, d.Due.Letter(), d.Cite)
	switch {
	case !n.today.After(d.Lenient):
		return Step{What: "wait", Why: why + "; under the most lenient calendar it is due " + d.Lenient.Letter(), By: d.Lenient.AddDays(1)}, true
	case n.recently():
		return Step{What: "wait", Why: why + "; " + n.quietWhy(), By: n.quietUntil()}, true
	}
	if !federal(n.r) {
		return n.lateUnder(why), true
	}
	for _, letter := range []struct{ kind, what string }{
		{"status", "ask for the status of the request"},
		{"completion-date", "demand the estimated date of completion"},
		{"exhaustion", "give notice that the remedies are exhausted"},
		{"ogis", "ask OGIS for mediation, or a lawyer about a suit"},
	} {
		if !slices.Contains(n.s.Letters, letter.kind) {
			return Step{What: letter.what, Why: why, Command: n.command("letter %s %s", n.r.ID, letter.kind)}, true
		}
	}
	return n.lastDay(why), true
}

// reminder is the suggestion to ask, where the law gives no number.
func (n next) reminder() (Step, bool) {
	d, ok := n.s.Deadline(DueReminder)
	if !ok || !d.Open() || !n.today.After(d.Due) || n.recently() || n.s.Status == IsDetermined {
		return Step{}, false
	}
	return Step{What: "ask for the status of the request", Why: "the law sets no number of days; foia suggested asking after " + d.Due.Letter(),
		Command: n.command("letter %s status", n.r.ID)}, true
}

// lateUnder goes from the question to what the law of a state or country offers.
func (n next) lateUnder(why string) Step {
	if !slices.Contains(n.s.Letters, "status") {
		return Step{What: "ask for the status of the request", Why: why, Command: n.command("letter %s status", n.r.ID)}
	}
	return Step{What: "see how the law lets you complain", Why: why, Command: n.command("law show %s", n.r.Law)}
}

func federal(r Request) bool { return r.Law == "" || r.Law == law.Federal }

func (n next) lastDay(why string) Step {
	step := Step{What: "talk to a lawyer about a suit", Why: why}
	if d, ok := n.s.Deadline(DueSuit); ok {
		step.Why += "; the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite
		step.By = d.Due
	}
	return step
}

func (n next) appealLate() (Step, bool) {
	d, ok := n.s.Deadline(DueAppealDecision)
	if !ok || !d.Open() {
		return Step{}, false
	}
	if d.Due.IsZero() {
		return Step{What: "find out when the agency received the appeal, and record the date", Why: d.Why,
			Command: n.command("record %s appeal-received --on DATE", n.r.ID)}, true
	}
	if !n.today.After(d.Lenient) || n.recently() {
		return Step{}, false
	}
	why := fmt.Sprintf("the decision on the appeal was due %s, %s", d.Due.Letter(), d.Cite)
	if !slices.Contains(n.s.Letters, "appeal-status") {
		return Step{What: "ask for the status of the appeal", Why: why, Command: n.command("letter %s appeal-status", n.r.ID)}, true
	}
	return n.lastDay(why), true
}

func (n next) inCourt() (Step, bool) {
	return Step{What: "none", Why: "it is in court; your lawyer decides what to write to the agency"}, n.s.Status == IsInCourt
}

func (n next) decided() (Step, bool) {
	return n.lastDay("the appeal was decided"), n.s.Status == IsDecided
}

func (n next) done() (Step, bool) {
	if n.s.Status != IsDetermined {
		return Step{}, false
	}
	if n.s.Outcome == "granted" {
		return Step{What: "check that everything arrived, then thank them and close it", Why: "the request was granted",
			Command: n.command("letter %s thanks", n.r.ID)}, true
	}
	if d, ok := n.s.Deadline(DueAppeal); ok && d.Open() && !d.Due.IsZero() {
		return Step{What: "close it, or ask again", Why: "the time to appeal has run out", Command: n.command("record %s closed", n.r.ID)}, true
	}
	return Step{}, false
}

// wait is what is left: the nearest date on which something is due.
func (n next) wait() Step {
	var nearest *Deadline
	for i, d := range n.s.Deadlines {
		if d.Open() && !d.Due.IsZero() && d.What != DueSuit && !d.Due.Before(n.today) && (nearest == nil || d.Due.Before(nearest.Due)) {
			nearest = &n.s.Deadlines[i]
		}
	}
	if nearest == nil {
		return Step{What: "wait", Why: "nothing is due on a known date"}
	}
	return Step{What: "wait", Why: fmt.Sprintf("the %s is due %s, %s", nearest.What, nearest.Due.Letter(), nearest.Cite), By: nearest.Lenient.AddDays(1)}
}
