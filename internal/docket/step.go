package docket

import (
	"fmt"
	"slices"
	"strconv"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Step is what to do next about a request: what, why, and the act that does or
// records it. foia proposes; the user decides and sends.
type Step struct {
	ID   string       `json:"id"`
	What string       `json:"what"`
	Why  string       `json:"why"`
	Act  remedy.Act   `json:"command,omitzero"` // what does or records it
	By   workday.Date `json:"by,omitzero"`
	Left *int         `json:"days_left,omitempty"` // until records that it asks for may be gone: today and so many days more
}

// Next is the next step on a day.
func Next(r Request, s State, today workday.Date) Step {
	s = s.On(today)
	n := &next{r: r, s: s, today: today}
	step, ok := n.first()
	if !ok {
		step = n.wait()
	}
	step.ID = r.ID
	if !step.By.IsZero() && step.By.Before(today) {
		step.By = workday.Date{} // what has passed is no day to do anything by
	}
	return step
}

// steps are what may be next, what goes before the rest first.
var steps = []func(*next) (Step, bool){(*next).over, (*next).unclear, (*next).giveDay, (*next).whatDecided, (*next).filing, (*next).inCourt,
	(*next).suitSoon, (*next).sending,
	(*next).yourAnswer, (*next).appeal, (*next).ruling, (*next).remanded, (*next).noReceipt, (*next).appealLate, (*next).extended,
	(*next).late, (*next).expedition, (*next).referred, (*next).decided, (*next).giveLeast, (*next).done}

func (n *next) first() (Step, bool) {
	for _, try := range steps {
		if found, ok := try(n); ok {
			return found, true
		}
	}
	return Step{}, false
}

type next struct {
	r     Request
	s     State
	today workday.Date
}

// letter makes a further letter.
func (n *next) letter(kind string) remedy.Act { return remedy.To(remedy.Make, n.r.ID, kind) }

// record records an event.
func (n *next) record(kind Kind) remedy.Act { return remedy.To(remedy.Record, n.r.ID, string(kind)) }

// recordToday records an event of the day on which the step is asked for.
func (n *next) recordToday(kind Kind) remedy.Act { return n.record(kind).With("on", n.today.String()) }

// law shows what the law of the request says.
func (n *next) law() remedy.Act { return remedy.To(remedy.Law, n.r.Law) }

func (n *next) over() (Step, bool) {
	if n.r.Sample {
		return Step{What: "none", Why: "this is a sample, not for filing"}, true
	}
	if n.s.Status == IsDiscarded {
		return Step{What: "none", Why: "the draft was discarded"}, true
	}
	return Step{What: "none", Why: "the request is closed"}, n.s.Status == IsClosed
}

func (n *next) filing() (Step, bool) {
	if n.s.Begun || n.s.Status == IsInCourt {
		return Step{}, false
	}
	if n.r.Imported() {
		return Step{What: "record that it was sent", Why: "the tracker it was taken over from does not say that it was",
			Act: n.record(Sent).With("on", remedy.Open("DATE"))}, true
	}
	by := n.r.Via
	if by == "" {
		by = "mail"
	}
	why := "the letter is ready but has not been sent"
	if n.s.Status != IsDrafted {
		why = "the log does not say that the request was sent"
	}
	if n.s.Last.Kind == Undelivered {
		why = "it could not be delivered " + n.s.Last.OnDay()
	}
	step := Step{What: filingWords(n.r.Via), Why: why, Act: n.record(Sent).With("by", by).With("on", n.today.String())}
	if g, ok := n.s.Going(n.today); ok {
		step.Why += "; " + g.Says()
		step.By, step.Left = g.Last, &g.Left
	}
	return step, true
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

// sending is a further letter that was made and has not gone out.
func (n *next) sending() (Step, bool) {
	waiting := n.s.Waiting(n.today)
	if len(waiting) == 0 {
		return Step{}, false
	}
	u := waiting[len(waiting)-1]
	by := u.Via
	if by == "" {
		by = "mail"
	}
	return Step{What: fmt.Sprintf("send letter %d (%s), then record the date", u.Event, u.Letter),
		Why: "it was made on " + u.On.Letter() + ", and the log does not say that it went out",
		Act: n.record(Sent).With("letter", strconv.Itoa(u.Event)).With("by", by).With("on", n.today.String())}, true
}

// Sends is the act that has a letter sent, in the place of one that records that it was sent by e-mail.
func Sends(act remedy.Act) (remedy.Act, bool) {
	if act.Verb != remedy.Record || len(act.Words) < 2 || act.Words[1] != string(Sent) || act.Detail("by") != "email" {
		return remedy.Act{}, false
	}
	send := remedy.To(remedy.Send, act.Words[0])
	if letter := act.Detail("letter"); letter != "" {
		send = send.With("letter", letter)
	}
	return send, true
}

func (n *next) noReceipt() (Step, bool) {
	d, ok := n.s.Deadline(DueDetermination)
	if response, there := n.s.Deadline(DueResponse); !ok && there {
		d, ok = response, true
	}
	if !ok || !d.Open() || !n.s.Received.IsZero() || n.s.Status == IsWaiting || d.Count != nil || d.Counted {
		return Step{}, false
	}
	return Step{What: "find out when the agency received it, and record the date", Why: "no deadline you could prove is running: " + d.Why,
		Act: n.record(Received).With("on", remedy.Open("DATE")).With("proof", remedy.Open("NUMBER"))}, true
}

func federal(r Request) bool { return r.UnderLaw() == law.Federal }

// referred is the request of which nothing is left with this agency.
func (n *next) referred() (Step, bool) {
	if n.s.Status != IsReferred {
		return Step{}, false
	}
	if n.s.Child == "" {
		return Step{What: "follow the request at the other office",
			Why: "the request was referred as a whole; the office that has it answers"}, true
	}
	return Step{What: "follow the request at the other office", Why: "the request was referred as a whole; the office that has it answers",
		Act: remedy.To(remedy.Show, n.s.Child)}, true
}

func (n *next) done() (Step, bool) {
	if n.s.Status != IsDetermined {
		return Step{}, false
	}
	if n.s.Outcome == "granted" {
		step := Step{What: "check that everything arrived, then thank them and close it", Why: "the request was granted",
			Act: n.letter("thanks")}
		if !federal(n.r) || slices.Contains(n.s.Letters, "thanks") {
			step.What, step.Act = "check that everything arrived, then close it", n.recordToday(Closed)
		}
		return step, true
	}
	if other, ok := n.untimed(); ok {
		return Step{What: "find out which other ways of review are left",
				Why: "the time that foia knows has run out, but not that of every way: " + other,
				Act: n.law()},
			true
	}
	if d, ok := n.s.Deadline(DueAppeal); ok && d.Open() && !d.Due.IsZero() {
		return Step{What: "close it, or ask again", Why: "the time to appeal has run out",
			Act: n.recordToday(Closed)}, true
	}
	if !federal(n.r) {
		return Step{What: "find out how the decision can be reviewed, and by when",
			Why: "a time for it may be running, and foia has read nothing about it under this law",
			Act: n.law()}, true
	}
	return Step{}, false
}

// untimed is a way to have the decision reviewed of which no time is known, beside one whose
// time has run out.
func (n *next) untimed() (string, bool) {
	d, ok := n.s.Deadline(DueAppeal)
	if !ok || !d.Open() || d.Due.IsZero() {
		return "", false
	}
	for _, o := range d.Other {
		if o.Untimed != "" {
			return o.Says, true
		}
	}
	return "", false
}

// wait is what is left: the nearest date on which something is due.
func (n *next) wait() Step {
	var nearest *Deadline
	for i, d := range n.s.Deadlines {
		if d.Open() && !d.Due.IsZero() && d.What != DueSuit && !d.Opens.After(n.today) && !d.Due.Before(n.today) &&
			(nearest == nil || d.Due.Before(nearest.Due)) {
			nearest = &n.s.Deadlines[i]
		}
	}
	if nearest == nil && n.s.Status == IsAppealed {
		return Step{What: "wait for the decision on the appeal", Why: "foia has read no time for it: ask from time to time" + n.suitRuns()}
	}
	if nearest == nil {
		return Step{What: "wait", Why: "nothing is due on a known date"}
	}
	if nearest.What == DueReminder {
		return Step{What: "wait", Why: n.suggested() + "; foia suggests asking after " + nearest.Due.Letter(),
			By: dayAfter(nearest.Lenient)}
	}
	until := nearest.Lenient
	if d, ok := n.s.Deadline(DueReminder); ok && until.IsZero() {
		until = d.Due
	}
	return Step{What: "wait", Why: fmt.Sprintf("the %s is due %s, %s", nearest.What, nearest.Due.Letter(), nearest.Cite) + n.suitRuns(),
		By: dayAfter(until)}
}
