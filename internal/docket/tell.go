package docket

import (
	"slices"
	"strconv"
	"strings"

	"foia/internal/workday"
)

// Told is what a later letter may say of a request, by name; package letter lists
// the names. A day is in the form of a letter; what is not there is left out.
type Told map[string]any

// Tell gathers what the log says of a request on a day. matter is what an appeal is
// against, if the letter is one; empty: the last adverse decision.
func Tell(r Request, events []Event, s State, today workday.Date, b Basis, matter string) Told {
	b.Calendar = b.Calendar.Under(r.Law)
	t := teller{told: Told{}, request: r, life: lifeOf(bySeq(events)), state: s, today: today, basis: b}
	t.frozen()
	t.clock()
	t.extension()
	t.questions()
	t.decisions()
	t.appeal(matter)
	return t.told
}

type teller struct {
	told    Told
	request Request
	life    life
	state   State
	today   workday.Date
	basis   Basis
}

func (t *teller) day(name string, d workday.Date) {
	if !d.IsZero() {
		t.told[name] = d.Letter()
	}
}

func (t *teller) text(name, s string) {
	if s != "" {
		t.told[name] = s
	}
}

func (t *teller) number(name string, n int) {
	if n > 0 {
		t.told[name] = n
	}
}

func (t *teller) yes(name string, yes bool) { t.told[name] = yes }

// frozen tells what the letter of the request was.
func (t *teller) frozen() {
	r := t.request
	t.text("subject", r.Subject)
	t.day("request_date", r.Created)
	t.day("sent", t.state.Sent)
	if e := t.life.first(Sent); e != nil {
		by := e.Data["by"]
		if by == "" {
			by = r.Via
		}
		t.text("sent_by", map[string]string{"portal": "through your online portal", "mail": "by mail", "email": "by e-mail", "fax": "by fax"}[by])
	}
	t.text("tracking", strings.Join(t.state.Numbers, " and "))
	t.text("track", t.state.Track)
	t.text("category", r.Facts["fee_category"])
	t.yes("asks_waiver", r.Facts["fee_waiver"] == Asked)
	t.yes("asks_expedition", r.Facts["expedited"] == Asked)
	reminders := 0
	for _, e := range t.life.all(Reminded, LetterMade) {
		if e.Kind == Reminded || Reminds(e.Data["letter"]) {
			reminders++
		}
	}
	t.number("reminders", reminders)
}

// clock tells the time for the determination, as long as there is none.
func (t *teller) clock() {
	name, ok := map[string]string{"assumed": "assumed", "bound": "forwarded"}[t.state.ReceivedHow]
	if !ok {
		name = "received"
	}
	t.day(name, t.state.Received)
	if t.state.Received.IsZero() { // it was received, though the agency calls it deficient
		if e := t.life.first(Received); e != nil && e.Data["misrouted"] == "" {
			t.day("received", e.On)
		} else if e := t.life.first(Acknowledged); e != nil {
			t.day("received", e.day("received"))
		}
	}
	t.day("estimate", t.state.Estimate)
	if !t.state.Received.IsZero() {
		n := t.workingDays(t.state.Received, t.today)
		t.number("working_days", n)
		t.yes("tenth_day_passed", n > 10)
	}
	d, ok := t.state.Answer(t.today)
	if !ok || d.Due.IsZero() {
		return
	}
	t.text("due_what", d.What)
	t.yes("promised", d.What == DuePromised)
	t.day("due", d.Due)
	t.day("lenient", d.Lenient)
	end := t.today
	if !d.Met.IsZero() {
		end = d.Met
	}
	t.yes("overdue", end.After(d.Lenient))
	t.number("days_late", d.Due.DaysUntil(end))
	t.number("working_days_late", t.workingDays(d.Due, end))
}

// workingDays counts the working days after one day up to another.
func (t *teller) workingDays(from, to workday.Date) int {
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if t.basis.Calendar.Off(d, t.basis.Policy) == "" {
			n++
		}
	}
	return n
}

func (t *teller) extension() {
	e := t.life.first(Extended)
	if e == nil {
		return
	}
	t.day("extended", e.On)
	t.day("extended_until", e.day("until"))
	if n, err := strconv.Atoi(e.Data["days"]); err == nil {
		t.number("extended_by", n)
	}
	t.yes("ungrounded", e.Data["grounds"] == "none" || e.Data["grounds"] == "other")
	for _, m := range t.state.Remarks {
		if m.Event == e.Seq {
			t.yes("extended_late", t.told["extended_late"] == true || m.Topic == "extension-notice")
			t.yes("extended_long", t.told["extended_long"] == true || m.Topic == "extension-beyond")
		}
	}
	if n, err := t.basis.Calendar.FromReceipt(t.state.Received, 20, t.basis.Policy); err == nil {
		t.day("original_due", n.Due)
	}
}

// questions tells the last of each kind.
func (t *teller) questions() {
	if e := t.life.last(ClarificationRequested); e != nil {
		t.day("question_date", e.On)
		t.text("question", e.Data["question"])
		t.yes("second_question", len(t.life.all(ClarificationRequested)) > 1)
	}
	if e := t.life.last(DeficiencyNotice); e != nil {
		t.day("deficiency_date", e.On)
		t.text("missing", e.Data["missing"])
	}
	if e := t.life.last(FeeNotice); e != nil {
		t.day("fee_date", e.On)
		t.text("fee_amount", e.Data["amount"])
		t.text("fee_search", e.Data["search"])
		for _, m := range t.state.Remarks {
			t.yes("fee_late", t.told["fee_late"] == true || m.Event == e.Seq && m.Topic == "late-fees")
		}
	}
	if e := t.life.last(StillInterestedAsked); e != nil {
		t.day("interest_date", e.On)
	}
	if e := t.life.first(Acknowledged); e != nil {
		t.day("acknowledged", e.On)
	}
	if e := t.life.last(Referred); e != nil {
		t.day("referred", e.On)
		t.text("referred_to", e.Data["to"])
	}
	if e := t.life.last(InterimRelease); e != nil {
		t.day("interim", e.On)
		t.text("interim_pages", e.Data["pages"])
	}
}

func (t *teller) decisions() {
	if e := t.life.last(Determination); e != nil {
		t.day("determination", e.On)
		t.text("outcome", e.Data["outcome"])
		t.text("pages", e.Data["pages"])
		t.text("withheld", e.Data["withheld"])
		if codes := t.request.Exemptions(*e); codes != nil {
			t.told["codes"], t.told["exemptions"] = codes, t.basis.Book.ExemptionNames(codes)
		}
	}
	for name, kind := range map[string]Kind{"expedition_denied": ExpeditedDenied, "waiver_denied": FeeWaiverDenied} {
		if e := t.life.last(kind); e != nil {
			t.day(name, e.On)
		}
	}
	if e := t.life.last(CategoryAssigned); e != nil {
		t.text("assigned", e.Data["category"])
	}
	if d, ok := t.state.Deadline(DueExpedition); ok && d.Open() {
		t.day("expedition_due", d.Due)
		if !d.Due.IsZero() {
			t.number("expedition_late", d.Due.DaysUntil(t.today))
		}
	}
}

// appeal tells of the decision that an appeal is against, and of the last appeal.
func (t *teller) appeal(matter string) {
	if e := t.lastAdverse(matter); e != nil {
		t.day("decision", e.On)
	}
	e := t.life.last(Appealed)
	if e == nil {
		return
	}
	t.day("appeal", e.On)
	later := t.life.after(*e)
	if got := later.first(AppealReceived); got != nil {
		t.day("appeal_received", got.On)
		t.text("appeal_number", got.Data["tracking"])
	}
	if d, ok := t.state.Deadline(DueAppealDecision); ok && !d.Due.IsZero() {
		t.day("appeal_due", d.Due)
		if d.Open() {
			t.number("appeal_late", d.Due.DaysUntil(t.today))
		}
	}
	if done := later.first(AppealDecided); done != nil {
		t.day("appeal_decided", done.On)
		t.text("appeal_outcome", done.Data["outcome"])
	}
}

// lastAdverse is the last adverse decision on a matter; on anything, if none is
// named. A full grant can be appealed as incomplete.
func (t *teller) lastAdverse(matter string) *Event {
	for _, e := range slices.Backward(t.life) {
		m, ok := adverse(e, t.request.Facts["fee_category"])
		if e.Kind == Determination {
			m, ok = "determination", true
		}
		if ok && (matter == "" || m == matter) {
			return &e
		}
	}
	return nil
}

// LastAdverse is the number of the last adverse decision on a matter and where its
// letter says that an appeal goes; 0 if there is none.
func LastAdverse(r Request, events []Event, matter string) (seq int, appealTo string) {
	t := teller{request: r, life: lifeOf(bySeq(events))}
	if e := t.lastAdverse(matter); e != nil {
		return e.Seq, e.Data["appeal-to"]
	}
	return 0, ""
}
