package docket

import (
	"fmt"

	"foia/internal/workday"
)

// receipt is the day on which the proper component received the request, and how that
// is known.
type receipt struct {
	day0        workday.Date
	latest      workday.Date // the same by the calendar that is kindest to the agency, if that differs
	how         string       // proven, told, assumed, deemed, bound, acknowledged, completed
	event       int          // the event that it follows from
	start       string       // in words
	why         string       // no day is known
	first       workday.Date // the first receipt by any office of the agency that takes requests
	told, shown workday.Date // a date of receipt that the agency gives, and an earlier one that something else shows, if the two differ
	shownBy     string       // how the request went, if that shows it; empty: proof
	remarks     []Remark
}

// contact are the events of an agency that show it had the request by then.
var contact = []Kind{Acknowledged, Estimated, DeficiencyNotice, ClarificationRequested, FeeNotice, Extended, ExpeditedGranted,
	ExpeditedDenied,
	FeeWaiverGranted, FeeWaiverDenied, CategoryAssigned, InterimRelease, StillInterestedAsked, Renumbered, Consulted, MessageWaiting,
	RulingRequested}

// atOnce tells whether what was sent that way is there on the same day.
func atOnce(by string) bool { return by == "portal" || by == "email" || by == "fax" }

// way is how something was sent: as told, else as the request was to go.
func (f *folding) way(e Event) string {
	if by := e.Data["by"]; by != "" {
		return by
	}
	return f.request.Via
}

// reached is the day on which the agency had what was sent to it: as told, or proven; the
// same day, if it went by portal, e-mail or fax. ok is false if nothing shows it: a later
// letter of the agency may have crossed it.
func (f *folding) reached(l life, e Event) (day workday.Date, ok bool) {
	if d := e.day("received"); !d.IsZero() {
		return d, true
	}
	if atOnce(f.way(e)) {
		return e.On, true
	}
	if r := f.proven(e); r != nil {
		return r.On, true
	}
	return workday.Date{}, false
}

// proven is the proof that the agency received a further letter.
func (f *folding) proven(sending Event) *Event {
	for i, r := range f.life {
		if r.Kind == LetterReceived && sending.Data["letter"] != "" && r.Data["letter"] == sending.Data["letter"] &&
			!r.On.Before(sending.On) {
			return &f.life[i]
		}
	}
	return nil
}

// receiptIn finds the day on which the proper component received the request: as the
// agency gives it, or as you can prove it, at the latest ten working days after any
// office of the agency that takes requests had it, 5 U.S.C. 552(a)(6)(A).
func (f *folding) receiptIn(l life) receipt {
	var proven, misrouted, told Event
	for _, e := range l.all(Received) {
		if e.Data["misrouted"] != "" && misrouted.Seq == 0 {
			misrouted = e
		} else if e.Data["misrouted"] == "" && proven.Seq == 0 {
			proven = e
		}
	}
	for _, e := range l.all(Acknowledged) {
		if day := e.day("received"); !day.IsZero() && (told.Seq == 0 || day.Before(told.On)) {
			told = e
			told.On = day
		}
	}
	filed := f.filed(l)
	r := receipt{how: "proven", first: earliest(proven.On, misrouted.On, filed.On, filed.day("first-received"))}
	e, says := proven, "It was received on %s, and you have proof."
	if told.Seq != 0 && (proven.Seq == 0 || proven.On != told.On) {
		e, says, r.how = told, "The agency gives %s as the date of receipt.", "told"
	}
	if e.Seq == 0 && misrouted.Seq == 0 {
		if by, ok := f.arrived(l); ok {
			by.first, by.remarks = r.first, r.remarks
			return by
		}
	}
	if e.Seq == 0 && filed.Seq != 0 && atOnce(f.way(filed)) && misrouted.Seq == 0 {
		e, says, r.how = filed, "It was sent on %s by "+f.way(filed)+", which arrives the same day; the agency has not confirmed it.",
			"assumed"
	}
	if bound, ok := f.forwarded(r.first); ok && (e.Seq == 0 || e.On.After(f.forwardedLast(r.first))) {
		rule, _ := f.rule("forwarding")
		says = fmt.Sprintf("An office of the agency received it on %s; %s later, on %%s, the clock starts in any event (%s).",
			r.first.Letter(), rule.Limit.Words(), rule.Cite)
		e = firstOn(r.first, proven, misrouted, filed)
		e.On, r.how = bound, "bound"
		if last := f.forwardedLast(r.first); last != bound {
			r.latest = last
		}
	}
	if e.Seq == 0 && l.first(Sent, Received) != nil {
		if reply := l.first(contact...); reply != nil {
			e, says, r.how = *reply, "The agency’s first letter about it is dated %s, which is the latest possible day of receipt.",
				"acknowledged"
		}
	}
	f.conflict(&r, told, proven, filed)
	if e.Seq == 0 {
		r.how, r.why = "", "nothing shows when the agency received the request"
		return r
	}
	r.day0, r.event, r.start = e.On, e.Seq, fmt.Sprintf(says, e.On.Letter())
	return r
}

// firstOn is the event of a day; the last of them if none is.
func firstOn(day workday.Date, events ...Event) Event {
	for _, e := range events {
		if e.Seq != 0 && e.On == day {
			return e
		}
	}
	return events[len(events)-1]
}

// filed is the sending of the request. What goes by portal, e-mail or fax to the office
// that takes requests is received there on that day.
func (f *folding) filed(l life) Event {
	e := l.first(Sent)
	if e == nil {
		return Event{}
	}
	sent := *e
	if !atOnce(f.way(sent)) {
		sent.On = workday.Date{}
	}
	return sent
}

// conflict notes that the agency gives another day of receipt than what shows it; what
// is filed through a portal late in the day may count as received on the next.
func (f *folding) conflict(r *receipt, told, proven, filed Event) {
	shown := earliest(proven.On, filed.On)
	if told.Seq == 0 || shown.IsZero() || told.On == shown || told.On == proven.On {
		return
	}
	byProof := shown == proven.On
	if !byProof && told.On.After(shown) && !told.On.After(f.basis.Calendar.Next(shown.AddDays(1), workday.Lenient)) {
		return
	}
	r.told, r.shown = told.On, shown
	by := "your proof says " + shown.Letter()
	if !byProof {
		r.shownBy = f.way(filed)
		by = "it was sent by " + r.shownBy + " on " + shown.Letter()
	}
	r.remarks = append(r.remarks, f.remarkOf(told, "forwarding",
		fmt.Sprintf("the agency gives %s as the date of receipt; %s", told.On.Letter(), by)))
}

// forwarded is the day on which the time begins even if the request never reached
// the proper component.
func (f *folding) forwarded(first workday.Date) (workday.Date, bool) {
	rule, ok := f.rule("forwarding")
	if !ok || rule.Limit == nil || first.IsZero() {
		return workday.Date{}, false
	}
	n, err := f.counted(first, *rule.Limit, f.basis.Policy)
	return n.Due, err == nil
}

// forwardedLast is that day by the calendar that is kindest to the agency.
func (f *folding) forwardedLast(first workday.Date) workday.Date {
	rule, _ := f.rule("forwarding")
	n, err := f.counted(first, *rule.Limit, f.basis.Policy)
	if err != nil {
		return workday.Date{}
	}
	return latest(n.Due, lenient(n))
}

// begun tells whether anything shows that the request went out.
func (l life) begun() bool {
	return l.first(Sent, Received) != nil || l.first(contact...) != nil ||
		l.first(Referred, Determination, AppealReceived, AppealExtended, AppealDecided) != nil
}
