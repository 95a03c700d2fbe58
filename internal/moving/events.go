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
	r.otherAnswer()
	r.endAnswered()
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
	r.req.Events = append(r.req.Events, Event{Kind: k, On: day, Data: copied(data), Read: r.read[day]})
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
	text := heading(cell)
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

// besides are what a status may tell besides an answer.
var besides = []docket.Kind{docket.Undelivered, docket.ClarificationRequested, docket.ClarificationAnswered,
	docket.DeficiencyNotice, docket.StillInterestedAsked,
	docket.RulingRequested, docket.FeeWaiverGranted, docket.FeeWaiverDenied, docket.ExpeditedGranted, docket.ExpeditedDenied,
	docket.InterimRelease}

// receipt is what came before an answer: receipt, acknowledgment, more time.
func (r *rowOf) receipt() {
	if day, ok := r.days[onReceived]; ok {
		r.add(docket.Received, day, nil)
	}
	day, ok := r.days[onAcknowledged]
	told, says := r.says(docket.Acknowledged)
	tracking := entered.Line(r.cell(isTracking))
	if ok || says || tracking != "" {
		e := r.tells(docket.Acknowledged, day, told.Data, told.said, told.when)
		e.set("tracking", tracking)
		if e.On == nil {
			r.note("the day of the acknowledgment is not in the file")
		}
	}
	day, ok = r.days[onExtended]
	until, named := r.days[untilExtended]
	if told, says := r.says(docket.Extended); ok || says || named {
		e := r.tells(docket.Extended, day, told.Data, told.said, told.when)
		if until == nil && told.until != "" {
			if until = r.whenSaid(told.until); until != nil {
				e.Read = told.said
			}
		}
		if until != nil {
			e.set("until", until.String())
		}
	}
	for _, k := range besides {
		if told, says := r.says(k); says {
			r.tells(k, nil, told.Data, told.said, told.when)
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
	cell := words(r.cell(m))
	if set, is := checkMark(cell); is && set && find(r.columns, m) != nil { // “Waiver granted?” yes
		cell = find(r.columns, m).words
		if strings.Contains(cell, "request") {
			cell = "asked for"
		}
	}
	switch {
	case cell == "", cell == "no":
	case strings.Contains(cell, "grant"), strings.Contains(cell, "approv"):
		r.add(granted, nil, nil)
	case strings.Contains(cell, "den"), strings.Contains(cell, "reject"):
		r.add(denied, nil, nil)
	default:
		r.note(find(r.columns, m).Name + ": " + r.cell(m))
	}
}

// amountInStatus is an amount within a status.
const amountInStatus = lazy.Pattern(`\$ ?\d[\d,]*(?:\.\d+)?`)

// fees reads amounts. A notice needs one; what was merely a cost may be asked or paid.
func (r *rowOf) fees() {
	amount := r.t.money(r.cell(isFeeNotice))
	if amount == "" {
		amount = r.t.money(r.cell(isFeeCharged))
	}
	if paid := r.t.money(r.cell(isFeePaid)); amount == "" && (r.told.fees || r.has(onFeeNotice) || r.has(onFeePaid) || paid != "") {
		amount = r.t.money(r.cell(isCost))
	}
	day, dated := r.days[onFeeNotice]
	read := ""
	if m := amountInStatus.RE().FindString(r.status); amount == "" && r.told.fees && m != "" {
		amount, read = r.t.money(m), r.status
	}
	switch {
	case amount != "":
		e := r.tells(docket.FeeNotice, day, map[string]string{"amount": amount}, r.told.said, r.told.feesWhen())
		if e.Read == "" {
			e.Read = read
		}
	case r.told.fees || dated:
		r.note("fees were asked; the amount is not in the file: asks")
	}
	paid := r.t.money(r.cell(isFeePaid))
	if paid == "" && !r.has(onFeePaid) && !r.told.paid {
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
	if d, ok := r.days[onClosed]; ok && day == nil && says && !answered {
		day = d
		delete(r.days, onClosed)
	}
	if d, ok := r.days[onStatus]; ok && day == nil && says {
		day = d
	}
	if outcome == "" && r.cell(isReason) != "" {
		outcome = "denied"
	}
	found, read := r.grounds(), ""
	if says && found == "" {
		if found = exemptions(e.said); found != "" {
			read = e.said
		}
	}
	d := r.tells(docket.Determination, day, nil, e.said, e.when)
	d.set("outcome", outcome)
	d.set("exemptions", found)
	d.set("pages", wholeNumber(r.cell(isPages)))
	if d.Data["pages"] == "" && says {
		if pages := pagesIn(e.said); pages != "" {
			d.set("pages", pages)
			read = e.said
		}
	}
	d.set("withheld", wholeNumber(r.cell(isWithheld)))
	if d.Read == "" && read != "" {
		d.Read = read
		r.note(fmt.Sprintf("read from “%s”: shown for confirmation", read))
	}
	if outcome == "" {
		r.note("the outcome is not in the file: asks")
	}
}

// bareNumbers are exemptions by their numbers alone, under a heading that says so.
const bareNumbers = lazy.Pattern(`(?i)^[1-9](\(?[A-F]\)?)?(( ?[,;&/] ?| and )[1-9](\(?[A-F]\)?)?)*$`)

// grounds are the exemptions that the column of the reasons names.
func (r *rowOf) grounds() string {
	cell := entered.Line(r.cell(isReason))
	if c := find(r.columns, isReason); c != nil && strings.Contains(c.words, "exemption") && bareNumbers.RE().MatchString(cell) {
		cell = "Ex. " + strings.NewReplacer(";", ",", "/", ",").Replace(cell)
	}
	return exemptions(cell)
}

// wholeNumber is a number of pages as the log has it; empty if the cell holds none.
func wholeNumber(cell string) string {
	n, err := entered.ReadCount(cell)
	if err != nil || n == "0" {
		return ""
	}
	return n
}

// otherAnswers are what the agency may answer that is no decision.
var otherAnswers = []docket.Kind{docket.Acknowledged, docket.Extended, docket.ClarificationRequested, docket.DeficiencyNotice,
	docket.StillInterestedAsked, docket.RulingRequested, docket.InterimRelease}

// otherAnswer gives what the status tells the day of the response, if the status says that this was no decision: an extension,
// a question.
func (r *rowOf) otherAnswer() {
	day, came := r.days[onDetermination]
	if _, decided := r.says(docket.Determination); decided || !came || day == nil || r.has(onDenied) {
		return
	}
	if len(r.told.events) != 1 || !slices.Contains(otherAnswers, r.told.events[0].Kind) {
		return
	}
	for _, m := range []Means{onExtended, onAcknowledged} {
		if string(m) == string(r.told.events[0].Kind) && r.has(m) {
			return
		}
	}
	r.told.events[0].on = day
	delete(r.days, onDetermination)
}

// told adds an event that the status tells, on the day of its column or else on the day that its words name, which is a
// reading of prose.
func (r *rowOf) tells(k docket.Kind, day *workday.Date, data map[string]string, said, when string) *Event {
	if i := slices.IndexFunc(r.told.events, func(e Event) bool { return e.Kind == k && e.on != nil }); day == nil && i >= 0 {
		day = r.told.events[i].on
	}
	if day == nil && when != "" {
		if day = r.whenSaid(when); day != nil {
			r.prose(day, said)
		}
	}
	e := r.add(k, day, data)
	for _, x := range r.told.events {
		if x.Kind == k && e.Read == "" {
			e.Read = x.Read
		}
	}
	if e.Read != "" {
		r.note(fmt.Sprintf("read from “%s”: shown for confirmation", e.Read))
	}
	return e
}

// court is a suit, unless the appeal was won: then it is the agency's.
func (r *rowOf) court() {
	day, ok := r.days[onSuit]
	court, number := entered.Line(r.cell(isCourt)), entered.Line(r.cell(isDocket))
	if !ok && !r.told.court && (court == "" || number == "") { // one of them alone may be the court of an office, or a number of its own
		for _, m := range []Means{isCourt, isDocket} {
			if cell := r.cell(m); cell != "" {
				r.keep(find(r.columns, m).Name + ": " + cell)
			}
		}
		return
	}
	for _, e := range r.req.Events {
		if e.Kind == docket.AppealDecided && e.Data["outcome"] == "reversed" {
			r.note("in court after an appeal that was won: the agency's suit, no suit of yours")
			return
		}
	}
	e := r.tells(docket.SuitFiled, day, nil, r.told.said, r.told.courtWhen())
	e.set("court", court)
	e.set("docket", number)
	if court == "" || number == "" {
		r.note("court and docket are required: asks, else a note")
	}
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
	when := ""
	if r.told.ended {
		when = r.told.when
	}
	r.tells(docket.Closed, day, nil, r.told.said, when).set("reason", reason)
}
