package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/workday"
)

// events puts together what days and status tell, in the order of a request's life.
func (r *rowOf) events() {
	r.sent()
	if !r.has(onSent) && r.told.draft {
		return
	}
	r.receipt()
	r.fees()
	r.answer()
	r.appeal()
	r.court()
	r.end()
}

func (r *rowOf) add(k docket.Kind, day *workday.Date, data map[string]string) *Event {
	r.req.Events = append(r.req.Events, Event{Kind: k, On: day, Data: data})
	return &r.req.Events[len(r.req.Events)-1]
}

// told is an event that the status tells.
func (r *rowOf) says(k docket.Kind) (Event, bool) {
	i := slices.IndexFunc(r.told.events, func(e Event) bool { return e.Kind == k })
	if i < 0 {
		return Event{}, false
	}
	return r.told.events[i], true
}

// sent is there if its column says so, or anything that follows from it.
func (r *rowOf) sent() {
	day, ok := r.days[onSent]
	if !ok {
		day, ok = r.days[isDay]
	}
	if !ok && (r.told.draft || r.status == "" && len(r.days) == 0 && r.cell(isTracking) == "") {
		if !r.told.draft {
			r.note("nothing says that it was sent")
		}
		return
	}
	if r.told.draft {
		delete(r.days, onSent)
		r.note(fmt.Sprintf("“%s”: not sent yet", r.status))
		return
	}
	e := r.add(docket.Sent, day, nil)
	for k, v := range wayOf(r.cell(isBy)) {
		e.set(k, v)
	}
}

// The ways in which trackers say that a request went.
const (
	byPortal = lazy.Pattern(`\b(portal|online|website|web ?form|web|foiaonline|nextrequest|govqa|foiaxpress|muckrock|form)\b`)
	byEmail  = lazy.Pattern(`\b(email|emailed|mailto)\b|@`)
	byFax    = lazy.Pattern(`\b(fax|faxed)\b`)
	byMail   = lazy.Pattern(`\b(mail|mailed|usps|post|postal|letter|certified|fedex|ups|registered|courier)\b`)
)

// wayOf reads how a request was sent: the way, and what proves it if the cell says more.
func wayOf(cell string) map[string]string {
	if cell == "" {
		return nil
	}
	text := words(cell)
	out := map[string]string{}
	switch {
	case byFax.RE().MatchString(text):
		out["by"] = "fax"
	case byEmail.RE().MatchString(text) || strings.Contains(cell, "@"):
		out["by"] = "email"
	case byPortal.RE().MatchString(text):
		out["by"] = "portal"
	case byMail.RE().MatchString(text):
		out["by"] = "mail"
	default:
		out["proof"] = entered.Line(cell)
		return out
	}
	if strings.ContainsAny(cell, "0123456789") {
		out["proof"] = entered.Line(cell)
	}
	return out
}

// receipt is what came before an answer: receipt, acknowledgment, more time.
func (r *rowOf) receipt() {
	if day, ok := r.days[onReceived]; ok {
		r.add(docket.Received, day, nil)
	}
	day, ok := r.days[onAcknowledged]
	told, says := r.says(docket.Acknowledged)
	tracking := entered.Line(r.cell(isTracking))
	if ok || says || tracking != "" {
		e := r.add(docket.Acknowledged, day, told.Data)
		e.set("tracking", tracking)
		if day == nil {
			r.note("the day of the acknowledgment is not in the file")
		}
	}
	day, ok = r.days[onExtended]
	if told, says := r.says(docket.Extended); ok || says {
		r.add(docket.Extended, day, told.Data)
	}
	for _, k := range []docket.Kind{docket.ClarificationRequested, docket.DeficiencyNotice, docket.InterimRelease} {
		if told, says := r.says(k); says {
			r.add(k, nil, told.Data)
		}
	}
	if day, ok := r.days[onReminded]; ok {
		r.add(docket.Reminded, day, nil)
	}
	r.asked(isExpedited, docket.ExpeditedGranted, docket.ExpeditedDenied)
	r.asked(isFeeWaiver, docket.FeeWaiverGranted, docket.FeeWaiverDenied)
}

// asked reads what was decided on a request beside the request.
func (r *rowOf) asked(m Means, granted, denied docket.Kind) {
	switch cell := words(r.cell(m)); {
	case cell == "":
	case strings.Contains(cell, "grant"), strings.Contains(cell, "approv"):
		r.add(granted, nil, nil)
	case strings.Contains(cell, "den"), strings.Contains(cell, "reject"):
		r.add(denied, nil, nil)
	default:
		r.note(find(r.columns, m).Name + ": " + r.cell(m))
	}
}

// amountInStatus is an amount within a status.
const amountInStatus = lazy.Pattern(`\$ ?\d[\d,]*(?:\.\d\d)?`)

// fees reads amounts. A notice needs one; what was merely a cost may be asked or paid.
func (r *rowOf) fees() {
	amount := money(r.cell(isFeeNotice))
	if amount == "" {
		amount = money(r.cell(isFeeCharged))
	}
	if paid := money(r.cell(isFeePaid)); amount == "" && (r.told.fees || r.has(onFeeNotice) || paid != "") {
		amount = money(r.cell(isCost))
	}
	day, dated := r.days[onFeeNotice]
	read := ""
	if m := amountInStatus.RE().FindString(r.status); amount == "" && r.told.fees && m != "" {
		amount, read = money(m), r.status
	}
	switch {
	case amount != "":
		r.add(docket.FeeNotice, day, map[string]string{"amount": amount}).Read = read
	case r.told.fees || dated:
		r.note("fees were asked; the amount is not in the file: asks")
	}
	paid := money(r.cell(isFeePaid))
	if paid == "" && !r.has(onFeePaid) {
		return
	}
	if amount == "" {
		r.note("paid " + paid + ": no notice of fees is in the file")
		return
	}
	r.add(docket.FeeAnswered, r.days[onFeePaid], map[string]string{"answer": "paid"})
}

// answer is the determination. Its day is that of the answer, of the records, or else of the closing.
func (r *rowOf) answer() {
	e, says := r.says(docket.Determination)
	outcome := e.Data["outcome"]
	day, answered := r.days[onDetermination]
	if d, ok := r.days[onDenied]; ok {
		if day == nil {
			day = d
		}
		answered = true
		if outcome == "" {
			outcome = "denied"
		}
	}
	if d, ok := r.days[onRecords]; ok {
		if day == nil {
			day = d
		}
		answered = true
		if outcome == "" && !says && d == nil && r.status == "" {
			outcome = "granted"
		}
	}
	if !says && !answered {
		return
	}
	if d, ok := r.days[onClosed]; ok && day == nil && says {
		day = d
		delete(r.days, onClosed)
	}
	if d, ok := r.days[onStatus]; ok && day == nil && says {
		day = d
	}
	if outcome == "" && r.cell(isReason) != "" {
		outcome = "denied"
	}
	var on *workday.Date
	on, read := day, ""
	found := exemptions(r.cell(isReason))
	if says && day == nil {
		on, read = r.dayInStatus()
	}
	if says && found == "" {
		if found = exemptions(r.status); found != "" {
			read = r.status
		}
	}
	d := r.add(docket.Determination, on, nil)
	d.set("outcome", outcome)
	d.set("exemptions", found)
	d.set("pages", wholeNumber(r.cell(isPages)))
	d.set("withheld", wholeNumber(r.cell(isWithheld)))
	if d.Read = read; read != "" {
		r.note(fmt.Sprintf("read from “%s”: shown for confirmation", read))
	}
	if outcome == "" {
		r.note("the outcome is not in the file: asks")
	}
}

// wholeNumber is a number of pages as the log has it; empty if the cell holds none.
func wholeNumber(cell string) string {
	n, err := entered.ReadCount(cell)
	if err != nil || n == "0" {
		return ""
	}
	return n
}

// statusDay is a day within a status.
const statusDay = lazy.Pattern(`\b(\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d))\b`)

// dayInStatus is the day that a status names, where it names one. In figures it is the day that the file's order, or else the
// order of events, leaves: nothing is answered before it was sent.
func (r *rowOf) dayInStatus() (*workday.Date, string) {
	found := statusDay.RE().FindAllString(r.status, -1)
	if len(found) != 1 {
		return nil, ""
	}
	d := readDay(found[0], nil)
	if d.form == written {
		return &d.day, r.status
	}
	if d.form != inFigures {
		return nil, ""
	}
	sent := r.days[onSent]
	var fit []workday.Date
	orders := []workday.Order{workday.MonthFirst, workday.DayFirst}
	if o := r.cal.fileOrder(); o != "" {
		orders = []workday.Order{o}
	} else if r.answers.Dates != "" {
		orders = []workday.Order{r.answers.Dates}
	}
	for _, o := range orders {
		if day, ok := d.in(o); ok && (sent == nil || !day.Before(*sent)) && !slices.Contains(fit, day) {
			fit = append(fit, day)
		}
	}
	if len(fit) != 1 {
		return nil, ""
	}
	return &fit[0], r.status
}

// appeal is an appeal and what came of it.
func (r *rowOf) appeal() {
	day, ok := r.days[onAppealed]
	_, says := r.says(docket.Appealed)
	decided, came := r.days[onAppealDecided]
	told, saysDecided := r.says(docket.AppealDecided)
	if !ok && !says && !came && !saysDecided {
		return
	}
	r.add(docket.Appealed, day, nil)
	outcome := told.Data["outcome"]
	if outcome == "" {
		outcome = appealOutcome(r.cell(isAppealOutcome))
	}
	if !came && !saysDecided {
		return
	}
	r.add(docket.AppealDecided, decided, nil).set("outcome", outcome)
	if outcome == "" {
		r.note("what came of the appeal is not in the file: asks")
	}
}

// The words in which trackers say what came of an appeal. “Disclosable” is the word of Pennsylvania's Office of Open Records.
const (
	wonAppeal  = lazy.Pattern(`\b(disclosable|granted|won|reversed|sustained|in (our|my) favor|must (be )?(release|disclose)d?)\b`)
	partAppeal = lazy.Pattern(`\b(part|partial|partially|partly)\b`)
	lostAppeal = lazy.Pattern(`\b(denied|affirmed|upheld|lost|exempt|not disclosable|protected|rejected)\b`)
	sentBack   = lazy.Pattern(`\b(remand|remanded|sent back)\b`)
	noAppeal   = lazy.Pattern(`\b(dismissed|moot|untimely)\b`)
)

func appealOutcome(cell string) string {
	switch text := words(cell); {
	case text == "":
	case partAppeal.RE().MatchString(text):
		return "partly"
	case sentBack.RE().MatchString(text):
		return "remanded"
	case noAppeal.RE().MatchString(text):
		return "dismissed"
	case lostAppeal.RE().MatchString(text):
		return "affirmed"
	case wonAppeal.RE().MatchString(text):
		return "reversed"
	}
	return ""
}

// court is a suit, unless the appeal was won: then it is the agency's.
func (r *rowOf) court() {
	day, ok := r.days[onSuit]
	if !ok && !r.told.court {
		return
	}
	for _, e := range r.req.Events {
		if e.Kind == docket.AppealDecided && e.Data["outcome"] == "reversed" {
			r.note("in court after an appeal that was won: the agency's suit, no suit of yours")
			return
		}
	}
	r.add(docket.SuitFiled, day, nil)
	r.note("court and docket are required: asks, else a note")
}

// end is how the request ended for you.
func (r *rowOf) end() {
	day, ok := r.days[onClosed]
	reason := r.told.reason
	if d, gone := r.days[onWithdrawn]; gone {
		day, ok = d, true
		if reason == "" {
			reason = "withdrawn"
		}
	}
	if d, dated := r.days[onStatus]; dated && !ok && r.told.ended {
		day = d
	}
	if r.muck && !r.told.ended {
		return // the day is that of the answer
	}
	if !ok && (!r.told.ended || r.req.decision() != nil && reason == "") {
		return
	}
	r.add(docket.Closed, day, nil).set("reason", reason)
}
