package docket

import (
	"fmt"
	"strconv"
	"strings"

	"foia/internal/workday"
)

// clock is the time for a determination: 20 working days from receipt by the
// proper component, 5 U.S.C. 552(a)(6)(A)(i), which stands still twice at most
// and is extended once.
func (f *folding) clock() {
	limit, ok := f.rule("time-limit")
	if first := f.life.first(Sent); first != nil {
		f.state.Sent = first.On
	}
	if f.state.Sent.IsZero() && f.life.first(Received, Acknowledged, Determination) == nil {
		return
	}
	if !ok || limit.Limit == nil {
		f.clockUnknown()
		return
	}
	d := f.deadline(DueDetermination, Agency, limit, nil)
	f.begin(&d)
	if !f.begun.IsZero() {
		f.run(&d, limit.Limit.Days)
	}
	if met := f.life.first(Determination); met != nil {
		d.Met = met.On
	}
	f.add(d)
}

// begin finds day 0.
func (f *folding) begin(d *Deadline) {
	f.receipt(d)
	notice := f.life.last(DeficiencyNotice)
	if notice == nil || f.begun.IsZero() {
		return
	}
	// The agency says that what it has is no request yet; 26 CFR 601.702(c)(7)(i).
	before := f.begun
	complete := f.life.after(*notice).first(Perfected)
	if complete == nil {
		f.begun = workday.Date{}
		d.Event, d.Start = notice.Seq, ""
		d.Why = "the agency called the request deficient on " + notice.On.Letter() + ", and it has not been completed"
	} else {
		f.begun, _ = complete.receipt()
		d.Event = complete.Seq
		d.Start = fmt.Sprintf("The agency called the request deficient on %s; it was complete on %s.", notice.On.Letter(), f.begun.Letter())
	}
	if n, err := f.basis.Calendar.FromReceipt(before, 20, f.basis.Policy); err == nil {
		received, _ := f.rule("received")
		d.Other = append(d.Other, Reading{Due: n.Due, Says: "if the request was complete when it was received on " + before.Letter(), Cite: received.Cite})
	}
	f.state.Received, f.state.ReceivedHow = f.begun, "completed"
}

// receipt finds the day on which the proper component received the request: as the
// agency gives it, or as you can prove it, at the latest ten working days after
// any office of the agency had it, 5 U.S.C. 552(a)(6)(A).
func (f *folding) receipt(d *Deadline) {
	var proven, misrouted, told Event
	for _, e := range f.life.all(Received) {
		if e.Data["misrouted"] != "" && misrouted.Seq == 0 {
			misrouted = e
		} else if e.Data["misrouted"] == "" && proven.Seq == 0 {
			proven = e
		}
	}
	for _, e := range f.life.all(Acknowledged) {
		if day := e.day("received"); !day.IsZero() && (told.Seq == 0 || day.Before(told.On)) {
			told = e
			told.On = day
		}
	}
	how := "proven"
	e, says := proven, "It was received on %s, and you have proof."
	if told.Seq != 0 && (proven.Seq == 0 || proven.On != told.On) {
		e, says, how = told, "The agency gives %s as the date of receipt.", "told"
	}
	first := earliest(proven.On, misrouted.On)
	if bound, ok := f.forwarded(first); ok && (e.Seq == 0 || e.On.After(bound)) {
		rule, _ := f.rule("forwarding")
		e, says = proven, fmt.Sprintf("An office of the agency received it on %s; ten working days later, on %%s, the clock starts in any event (%s).", first.Letter(), rule.Cite)
		if misrouted.On == first {
			e = misrouted
		}
		e.On, how = bound, "bound"
	}
	if e.Seq == 0 {
		e, says = f.assumedReceipt()
		how = "assumed"
	}
	if e.Seq == 0 {
		d.Why = "nothing shows when the agency received the request"
		return
	}
	if told.Seq != 0 && proven.Seq != 0 && told.On != proven.On {
		f.remark(told, "forwarding", fmt.Sprintf("the agency gives %s as the date of receipt; your proof says %s", told.On.Letter(), proven.On.Letter()))
	}
	f.begun, f.state.Received, f.state.ReceivedHow = e.On, e.On, how
	d.Event, d.Start = e.Seq, fmt.Sprintf(says, e.On.Letter())
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

// assumedReceipt is the day of sending, for what arrives at once.
func (f *folding) assumedReceipt() (Event, string) {
	for _, e := range f.life.all(Sent) {
		by := e.Data["by"]
		if by == "" {
			by = f.request.Via
		}
		if by == "portal" || by == "email" || by == "fax" {
			return e, "It was sent on %s by " + by + ", which arrives the same day; the agency has not confirmed it."
		}
	}
	return Event{}, ""
}

// run counts the days, with what stops and extends them.
func (f *folding) run(d *Deadline, days int) {
	pauses := f.pauses(days)
	added, notice := f.extension(days, pauses)
	total := days + added
	if added > 0 {
		rule, _ := f.rule("extension")
		d.Added = fmt.Sprintf("A notice dated %s adds %d working days for unusual circumstances (%s).", notice.On.Letter(), added, rule.Cite)
	}
	n, err := f.basis.Calendar.FromReceipt(f.begun, total, f.basis.Policy, pauses...)
	if err != nil {
		d.Why = err.Error()
		return
	}
	d.Count, d.Due = &n, n.Due
	d.Lenient = latest(append(others(n), n.Due)...)
	if n.Due.IsZero() {
		last := n.Pauses[len(n.Pauses)-1]
		d.Lenient, d.Why = workday.Date{}, fmt.Sprintf("the clock has been stopped since %s (%s); %d working days are left", last.From.Letter(), last.Why, n.Left)
	}
	if n.Literal != n.Due && !n.Literal.IsZero() {
		d.Other = append(d.Other, Reading{Due: n.Literal, Says: "counted from the day of receipt itself, when the office was closed"})
	}
}

// lenientEnd is the end of the 20-day period by the calendar that is kindest to
// the agency; unknown while the clock stands still.
func (f *folding) lenientEnd(days int, pauses []workday.Pause) workday.Date {
	n, err := f.basis.Calendar.FromReceipt(f.begun, days, workday.Lenient, pauses...)
	if err != nil {
		return workday.Date{}
	}
	return n.Due
}

// pauses are the times in which the 20-day period is tolled: one request for
// information, and questions of fees, 5 U.S.C. 552(a)(6)(A)(I) and (II).
func (f *folding) pauses(days int) []workday.Pause {
	var pauses []workday.Pause
	asked := false
	for _, e := range f.life.all(ClarificationRequested, FeeNotice, Determination) {
		if e.Kind == Determination {
			break
		}
		end := f.lenientEnd(days, pauses)
		topic, why, answer := "tolling-information", "the agency asked for information", ClarificationAnswered
		if e.Kind == FeeNotice {
			topic, why, answer = "tolling-fees", "a question of fees was open", FeeAnswered
		}
		if unknown := f.regime.Unknown(topic); unknown != "" {
			f.remark(e, topic, "this was not counted as stopping the clock: "+unknown)
			continue
		}
		switch {
		case e.Kind == ClarificationRequested && asked:
			f.remark(e, topic, "the agency had already asked for information; a second request does not stop the clock")
			continue
		case !end.IsZero() && e.On.After(end):
			f.remark(e, topic, "the 20 days ended on "+end.Letter()+"; this request does not stop the clock")
			continue
		case e.On.Before(f.begun):
			continue // what was asked before the time began cannot stop it
		}
		asked = asked || e.Kind == ClarificationRequested
		pause := workday.Pause{From: e.On, Why: why}
		if a := f.life.after(e).first(answer); a != nil {
			pause.To, _ = a.receipt()
		}
		pauses = append(pauses, pause)
	}
	f.due20 = f.lenientEnd(days, pauses)
	return pauses
}

// extension is the number of working days that unusual circumstances add: ten at
// most, once, by a notice before the 20 days are over, 5 U.S.C. 552(a)(6)(B)(i).
func (f *folding) extension(days int, pauses []workday.Pause) (added int, notice Event) {
	rule, ok := f.rule("extension")
	if !ok || rule.Limit == nil {
		return 0, notice
	}
	for i, e := range f.life.all(Extended) {
		switch {
		case i > 0:
			f.remark(e, "extension-beyond", "the time was already extended; after that the agency offers to limit the scope or arrange another time, and cannot extend it on its own")
			continue
		case !f.due20.IsZero() && e.On.After(f.due20):
			f.remark(e, "extension-notice", "the notice is late: the 20 days ended on "+f.due20.Letter()+", so it extends nothing")
			continue
		}
		added, notice = f.asked(e, days, pauses), e
		if added > rule.Limit.Days {
			f.remark(e, "extension-beyond", fmt.Sprintf("the notice takes more than %d working days; beyond that the agency must offer to limit the scope or arrange another time, and your answer may matter in court", rule.Limit.Days))
			added = rule.Limit.Days
		}
		if g := e.Data["grounds"]; g == "none" || g == "other" {
			f.remark(e, "extension-grounds", "the notice names none of the three grounds in the Act")
		}
		if added == 0 {
			f.remark(e, "extension-notice", "the notice gives no date")
		}
	}
	return added, notice
}

// asked is the number of working days that a notice gives itself.
func (f *folding) asked(e Event, days int, pauses []workday.Pause) int {
	if n, err := strconv.Atoi(strings.TrimSpace(e.Data["days"])); err == nil {
		return n
	}
	until := e.day("until")
	end, err := f.basis.Calendar.FromReceipt(f.begun, days, f.basis.Policy, pauses...)
	if err != nil || until.IsZero() || end.Due.IsZero() {
		return 0
	}
	n := 0
	for d := end.Due.AddDays(1); !d.After(until); d = d.AddDays(1) {
		if f.basis.Calendar.Off(d, f.basis.Policy) == "" {
			n++
		}
	}
	return n
}
