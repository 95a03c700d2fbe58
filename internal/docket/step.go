package docket

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

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
}

const (
	// reminderPause is how many days lie between two reminders: an office that hears
	// from you each week works no faster.
	reminderPause = 30
	// estimatePause is for how many days an agency's own estimate is waited for. It
	// changes no time limit.
	estimatePause = 60
	// suitAhead is from how many days before the last safe day to sue it comes first.
	suitAhead = 180
	// suitNear is the same while a reviewer still may decide.
	suitNear = 30
)

// Next is the next step on a day.
func Next(r Request, s State, today workday.Date) Step {
	s = s.On(today)
	n := next{r: r, s: s, today: today}
	step := n.wait()
	for _, try := range []func() (Step, bool){n.over, n.filing, n.inCourt, n.suitSoon, n.sending, n.yourAnswer, n.appeal, n.ruling,
		n.remanded, n.noReceipt, n.appealLate,
		n.extended, n.late, n.expedition, n.referred, n.decided, n.done} {
		if found, ok := try(); ok {
			step = found
			break
		}
	}
	step.ID = r.ID
	if !step.By.IsZero() && step.By.Before(today) {
		step.By = workday.Date{} // what has passed is no day to do anything by
	}
	return step
}

type next struct {
	r     Request
	s     State
	today workday.Date
}

// letter makes a further letter.
func (n next) letter(kind string) remedy.Act { return remedy.To(remedy.Make, n.r.ID, kind) }

// record records an event.
func (n next) record(kind Kind) remedy.Act { return remedy.To(remedy.Record, n.r.ID, string(kind)) }

// recordToday records an event of the day on which the step is asked for.
func (n next) recordToday(kind Kind) remedy.Act { return n.record(kind).With("on", n.today.String()) }

// law shows what the law of the request says.
func (n next) law() remedy.Act { return remedy.To(remedy.Law, n.r.Law) }

func (n next) over() (Step, bool) {
	if n.r.Sample {
		return Step{What: "none", Why: "this is a sample, not for filing"}, true
	}
	return Step{What: "none", Why: "the request is closed"}, n.s.Status == IsClosed
}

func (n next) filing() (Step, bool) {
	if n.s.Begun || n.s.Status == IsInCourt {
		return Step{}, false
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
		why = "it could not be delivered on " + n.s.Last.On.Letter()
	}
	return Step{What: filingWords(n.r.Via), Why: why, Act: n.record(Sent).With("by", by).With("on", n.today.String())}, true
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

// suitAhead is how long before the last safe day to sue that comes before all else: while
// a reviewer still may decide, not so long.
func (n next) suitAhead() int {
	if d, ok := n.openAppeal(); ok && !d.ForSure(n.today) && !federal(n.r) {
		return suitNear
	}
	return suitAhead
}

// suitSoon puts the last safe day to sue before all else, from half a year before it.
func (n next) suitSoon() (Step, bool) {
	d, ok := n.s.Deadline(DueSuit)
	if !ok || !d.Open() || d.Due.IsZero() || d.If != "" || n.today.Before(d.Opens) || n.today.Before(d.Due.AddDays(-n.suitAhead())) ||
		n.today.After(d.Due) {
		return Step{}, false
	}
	return Step{What: "talk to a lawyer about a suit", Why: "the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite, By: d.Due},
		true
}

// sending is a further letter that was made and has not gone out.
func (n next) sending() (Step, bool) {
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

// yourAnswer is what the agency waits for, the nearest date first.
func (n next) yourAnswer() (Step, bool) {
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

// appeal is proposed from the day of the decision to the last day that a rule or the
// letter gives; where no length was read, for as long as nobody says that it is over. That
// no answer came is a matter of lateness.
func (n next) appeal() (Step, bool) {
	for _, d := range n.s.Deadlines {
		if d.What != DueAppeal || d.Of == Silence || !d.Open() || !d.Due.IsZero() && n.today.After(d.Last) || n.today.Before(d.Opens) ||
			d.Of == Charges && n.feesAnswered() {
			continue
		}
		step := Step{What: "decide whether to appeal (" + d.Of + ")",
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
func (n next) orSuit() string {
	d, ok := n.s.Deadline(DueSuit)
	if !ok || d.If == "" || !d.Open() || n.today.After(d.Due) {
		return ""
	}
	return "; if " + d.If + ", the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite
}

// last is the deadline of the way whose day is the last, once the safe one has passed.
func (n next) last(safe Deadline) Deadline {
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
func (n next) remanded() (Step, bool) {
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
	if n.recently() || n.today.Before(n.s.AppealDecided.AddDays(reminderPause)) && n.s.AppealOutcome != "reversed" {
		return Step{What: "wait for the office", Why: why, By: latest(n.quietUntil(), n.s.AppealDecided.AddDays(reminderPause))}, true
	}
	return Step{What: what, Why: why, Act: n.letter("remand-status")}, true
}

func (n next) noReceipt() (Step, bool) {
	d, ok := n.s.Deadline(DueDetermination)
	if response, there := n.s.Deadline(DueResponse); !ok && there {
		d, ok = response, true
	}
	if !ok || !d.Open() || !n.s.Received.IsZero() || n.s.Status == IsWaiting || d.Count != nil {
		return Step{}, false
	}
	return Step{What: "find out when the agency received it, and record the date", Why: "no deadline you could prove is running: " + d.Why,
		Act: n.record(Received).With("on", remedy.Open("DATE")).With("proof", remedy.Open("NUMBER"))}, true
}

// extended answers a notice of extension: with an objection, or with an offer, since
// silence may be held against the requester, 5 U.S.C. 552(a)(6)(B)(ii).
func (n next) extended() (Step, bool) {
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
func (n next) answeredNotice() bool {
	return slices.Contains(n.s.Letters, "scope") || slices.Contains(n.s.Letters, "extension-objection")
}

func federal(r Request) bool { return r.Law == "" || r.Law == law.Federal }

// openAppeal is the open deadline for the decision on an appeal that ends first.
func (n next) openAppeal() (Deadline, bool) {
	var found Deadline
	ok := false
	for _, d := range n.s.Deadlines {
		if d.What == DueAppealDecision && d.Open() && (!ok || found.Due.IsZero() || !d.Due.IsZero() && d.Due.Before(found.Due)) {
			found, ok = d, true
		}
	}
	return found, ok
}

func (n next) appealLate() (Step, bool) {
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

func (n next) inCourt() (Step, bool) {
	return Step{What: "none", Why: "it is in court; your lawyer decides what to write to the agency"}, n.s.Status == IsInCourt
}

// referred is the request of which nothing is left with this agency.
func (n next) referred() (Step, bool) {
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

func (n next) decided() (Step, bool) {
	return n.lastDay("the appeal was decided"), n.s.Status == IsDecided
}

func (n next) done() (Step, bool) {
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
func (n next) untimed() (string, bool) {
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
func (n next) wait() Step {
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

// suitRuns says that the time to sue runs while something else is waited for.
func (n next) suitRuns() string {
	d, ok := n.s.Deadline(DueSuit)
	if !ok || federal(n.r) || d.If != "" || d.Due.IsZero() || !d.Open() || n.today.After(d.Due) || n.today.Before(d.Opens) {
		return ""
	}
	return "; meanwhile the last safe day to sue is " + d.Due.Letter() + ", " + d.Cite
}
