package docket

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"foia/internal/workday"
)

// NotReady says that a letter may not go out: what it would claim is not so, or
// not yet.
type NotReady struct {
	Why  string
	Cite string       // the rule, if it is one
	When workday.Date // from when it may; unknown if that depends on events
	Do   string
}

func (n *NotReady) Error() string {
	s := n.Why
	if n.Cite != "" {
		s += " (" + n.Cite + ")"
	}
	return s
}

// Hint says when it may go out, or what must happen before.
func (n *NotReady) Hint() string {
	if !n.When.IsZero() {
		return "you can send it starting " + n.When.Long()
	}
	return n.Do
}

// Conditions are the names that a template's `needs` may have.
func Conditions() []string { return slices.Sorted(maps.Keys(conditions)) }

// Ready tells whether the condition of a letter is met on a day. The error is
// *NotReady; another one if there is no such condition.
func Ready(needs string, r Request, events []Event, s State, today workday.Date) error {
	if needs == "" {
		needs = "sent"
	}
	condition, ok := conditions[needs]
	if !ok {
		return fmt.Errorf("there is no condition %q; the conditions are %s", needs, strings.Join(Conditions(), ", "))
	}
	if r.Sample {
		return &NotReady{Why: "this is a sample, which was never filed", Do: "make the request in your own name: foia new request --to OFFICE"}
	}
	c := check{r, lifeOf(bySeq(events)), s, today}
	if n := condition(c); n != nil {
		return n
	}
	return nil
}

// check is what a condition looks at.
type check struct {
	request Request
	life    life
	state   State
	today   workday.Date
}

var conditions = map[string]func(check) *NotReady{
	"sent":                 check.sent,
	"pending":              check.pending,
	"answered-once":        check.answeredOnce,
	"late":                 check.late,
	"late-for-sure":        check.lateForSure,
	"reminder-due":         check.reminderDue,
	"no-number":            check.noNumber,
	"deficient":            unanswered(DeficiencyNotice, DuePerfection, "no letter from the agency calls the request deficient"),
	"question":             unanswered(ClarificationRequested, DueClarification, "the log has no question from the agency"),
	"fees":                 unanswered(FeeNotice, DueFees, "the log has no fee notice"),
	"interest":             unanswered(StillInterestedAsked, DueInterest, "the agency has not asked whether you are still interested"),
	"acknowledged":         happened("the log has no acknowledgment", Acknowledged),
	"referred":             happened("the log has no referral", Referred),
	"released":             check.released,
	"extended":             happened("the log has no extension notice", Extended),
	"bad-extension":        check.badExtension,
	"scope":                happened("the agency has neither extended the time nor asked anything", Extended, ClarificationRequested),
	"adverse":              appealable("determination"),
	"adverse-expedition":   appealable("expedition"),
	"adverse-fee-waiver":   appealable("fee-waiver"),
	"adverse-fee-category": appealable("fee-category"),
	"expedition-late":      check.expeditionLate,
	"expedition-possible":  check.expeditionPossible,
	"waiver-possible":      check.waiverPossible,
	"appeal-late":          check.appealLate,
	"dispute":              check.dispute,
}

func (c check) sent() *NotReady {
	if c.state.Status == IsClosed {
		return &NotReady{Why: "the request is closed", Do: "make a new request: foia new request --to OFFICE"}
	}
	if c.life.first(Sent, Received, Acknowledged) == nil {
		return &NotReady{Why: "the request has not been sent", Do: "record that first: foia record " + c.request.ID + " sent --on DATE"}
	}
	return nil
}

// pending: sent, and not determined.
func (c check) pending() *NotReady {
	if n := c.sent(); n != nil {
		return n
	}
	if d := c.life.last(Determination); d != nil && c.state.Status != IsRemanded {
		return &NotReady{Why: "the agency made its decision on " + d.On.Letter(), Do: "see what comes next: foia next " + c.request.ID}
	}
	return nil
}

// answeredOnce: the requester center has answered something, which is what the
// Public Liaison waits for.
func (c check) answeredOnce() *NotReady {
	if n := c.sent(); n != nil {
		return n
	}
	for _, e := range c.life {
		if spec, ok := SpecOf(e.Kind); ok && spec.Answers() {
			return nil
		}
	}
	return &NotReady{Why: "the Public Liaison takes up concerns after the agency's first answer, and the log has none", Do: "ask for the status first: foia letter " + c.request.ID + " status"}
}

// running is the open deadline for a determination, with a date.
func (c check) running() (Deadline, *NotReady) {
	if n := c.pending(); n != nil {
		return Deadline{}, n
	}
	d, ok := c.state.Answer(c.today)
	switch {
	case !ok:
		return d, &NotReady{Why: "foia does not know which law applies to this office, so it counts no deadlines", Do: "write to the office without citing deadlines"}
	case d.Due.IsZero():
		return d, &NotReady{Why: "no deadline is known: " + d.Why, Cite: d.Cite, Do: "see: foia explain " + c.request.ID}
	}
	return d, nil
}

// late: by the policy of the folder.
func (c check) late() *NotReady {
	d, n := c.running()
	if n == nil && !c.today.After(d.Due) {
		n = &NotReady{Why: "the agency has until " + d.Due.Letter(), Cite: d.Cite, When: d.Due.AddDays(1)}
	}
	return n
}

// lateForSure: by every calendar.
func (c check) lateForSure() *NotReady {
	d, n := c.running()
	if n == nil && !c.today.After(d.Lenient) {
		n = &NotReady{Why: "the agency has until " + d.Lenient.Letter() + " under the most lenient calendar", Cite: d.Cite, When: d.Lenient.AddDays(1)}
	}
	return n
}

// reminderDue: late for sure, or, where the law gives no number, past the day on
// which foia suggests to ask.
func (c check) reminderDue() *NotReady {
	d, ok := c.state.Deadline(DueReminder)
	if n := c.lateForSure(); n == nil || !ok {
		return n
	}
	if n := c.pending(); n != nil {
		return n
	}
	if !c.today.After(d.Due) {
		return &NotReady{Why: "the law sets no number of days; the suggested date to ask is " + d.Due.Letter(), When: d.Due.AddDays(1)}
	}
	return nil
}

// noNumber: late for sure, or more than ten working days without a tracking number.
func (c check) noNumber() *NotReady {
	n := c.lateForSure()
	if n == nil || len(c.state.Numbers) > 0 || c.state.Received.IsZero() || c.pending() != nil {
		return n
	}
	if tenth := c.state.Received.AddDays(15); c.today.After(tenth) { // ten working days and the weekends within
		return nil
	}
	return n
}

// unanswered: the agency asked something, and no answer is in the log.
func unanswered(kind Kind, what, none string) func(check) *NotReady {
	return func(c check) *NotReady {
		if c.life.first(kind) == nil {
			return &NotReady{Why: none, Do: "record it first: foia record " + c.request.ID + " " + string(kind) + " --on DATE"}
		}
		if d, ok := c.state.Deadline(what); ok && !d.Open() {
			return &NotReady{Why: "it was answered or no longer applies: " + d.Standing(c.today), Do: "see: foia show " + c.request.ID}
		}
		return c.sent()
	}
}

// happened: one of the events is in the log.
func happened(none string, kinds ...Kind) func(check) *NotReady {
	return func(c check) *NotReady {
		if c.life.first(kinds...) == nil {
			return &NotReady{Why: none, Do: "record it first: foia record " + c.request.ID + " " + string(kinds[0]) + " --on DATE"}
		}
		return c.sent()
	}
}

// released: the agency released records.
func (c check) released() *NotReady {
	if d := c.life.last(Determination); d != nil && (d.Data["outcome"] == "granted" || d.Data["outcome"] == "partial") || c.life.first(InterimRelease) != nil {
		return nil
	}
	return &NotReady{Why: "the log shows no release of records", Do: "record it first: foia record " + c.request.ID + " determination --on DATE --outcome granted"}
}

// badExtension: the notice of extension is late, too long or without a ground.
func (c check) badExtension() *NotReady {
	e := c.life.first(Extended)
	if e == nil {
		return &NotReady{Why: "the log has no extension notice", Do: "record it first: foia record " + c.request.ID + " extended --on DATE --days N"}
	}
	for _, m := range c.state.Remarks {
		if m.Event == e.Seq && strings.HasPrefix(m.Topic, "extension-") {
			return c.pending()
		}
	}
	return &NotReady{Why: "the notice dated " + e.On.Letter() + " came in time, names a ground and takes no more than ten working days", Do: "offer a narrower scope instead: foia letter " + c.request.ID + " scope"}
}

// appealable: an adverse decision on a matter that was not appealed, and whose last
// day has not passed.
func appealable(matter string) func(check) *NotReady {
	return func(c check) *NotReady {
		var last *Deadline
		for i, d := range c.state.Deadlines {
			if (d.What == DueAppeal || d.What == DueAppealLast) && d.Of == matter {
				last = &c.state.Deadlines[i]
			}
		}
		switch {
		case last == nil && matter == "determination" && c.life.first(Determination) != nil:
			return nil // a full grant may be incomplete, and no rule limits the time to say so
		case last == nil:
			why := "the log has no adverse decision (" + matter + ")"
			if matter == "determination" {
				why += "; an agency's silence is not appealed but lets you sue"
			}
			return &NotReady{Why: why, Do: "record the decision first: foia record --help"}
		case last.Over != "":
			return &NotReady{Why: last.Over, Do: "see: foia show " + c.request.ID}
		case !last.Met.IsZero():
			return &NotReady{Why: "it was appealed on " + last.Met.Letter(), Do: "ask for the decision: foia letter " + c.request.ID + " appeal-status"}
		case !last.Due.IsZero() && c.today.After(last.Due):
			return &NotReady{Why: "the last day to appeal was " + last.Due.Letter(), Cite: last.Cite, Do: "make a new request (foia new request --to OFFICE): its time to appeal starts over"}
		}
		return nil
	}
}

func (c check) expeditionLate() *NotReady {
	d, ok := c.state.Deadline(DueExpedition)
	switch {
	case !ok:
		return &NotReady{Why: "the request did not ask for expedited processing", Do: "ask now: foia letter " + c.request.ID + " expedition"}
	case !d.Open():
		return &NotReady{Why: "it was decided or no longer applies: " + d.Standing(c.today), Do: "see: foia show " + c.request.ID}
	case d.Due.IsZero():
		return &NotReady{Why: "no deadline is known: " + d.Why, Cite: d.Cite, Do: "see: foia explain " + c.request.ID}
	case !c.today.After(d.Lenient):
		return &NotReady{Why: "the agency has until " + d.Lenient.Letter(), Cite: d.Cite, When: d.Lenient.AddDays(1)}
	}
	return nil
}

func (c check) expeditionPossible() *NotReady {
	if c.state.Expedition.State == Granted {
		return &NotReady{Why: "expedited processing was granted on " + c.state.Expedition.On.Letter(), Do: "see: foia show " + c.request.ID}
	}
	return c.pending()
}

func (c check) waiverPossible() *NotReady {
	if c.state.Waiver.State == Granted {
		return &NotReady{Why: "the fee waiver was granted on " + c.state.Waiver.On.Letter(), Do: "see: foia show " + c.request.ID}
	}
	return c.sent()
}

func (c check) appealLate() *NotReady {
	d, ok := c.state.Deadline(DueAppealDecision)
	switch {
	case !ok:
		return &NotReady{Why: "the log has no appeal", Do: "record it first: foia record " + c.request.ID + " appealed --on DATE"}
	case !d.Open():
		return &NotReady{Why: "the appeal was decided on " + d.Met.Letter(), Do: "see: foia show " + c.request.ID}
	case d.Due.IsZero():
		return &NotReady{Why: "no deadline is known: " + d.Why, Cite: d.Cite, Do: "record it: foia record " + c.request.ID + " appeal-received --on DATE"}
	case !c.today.After(d.Lenient):
		return &NotReady{Why: "the agency has until " + d.Lenient.Letter(), Cite: d.Cite, When: d.Lenient.AddDays(1)}
	}
	return nil
}

// dispute: there is something to mediate.
func (c check) dispute() *NotReady {
	if c.life.first(ExpeditedDenied, FeeWaiverDenied, AppealDecided) != nil || c.lateForSure() == nil || c.appealLate() == nil {
		return c.sent()
	}
	if d := c.life.last(Determination); d != nil && d.Data["outcome"] != "granted" {
		return c.sent()
	}
	return &NotReady{Why: "there is no dispute yet: nothing was denied, and no deadline has passed", Do: "see: foia next " + c.request.ID}
}
