package docket

import (
	"fmt"

	"foia/internal/law"
	"foia/internal/workday"
)

// expedition is the time to decide on expedited processing: ten calendar days, from the
// date of the request for it or from its receipt, as the closest rule has it;
// 5 U.S.C. 552(a)(6)(E)(ii)(I). What is asked in a later letter has its own time.
func (f *folding) expedition() {
	rule, ok := f.rule("expedition-decision")
	if !ok || rule.Limit == nil {
		return
	}
	if f.request.Facts["expedited"] == Asked && f.life.begun() {
		f.add(f.expeditionOf(rule, f.expeditionStart(rule), f.life))
	}
	for _, e := range f.life.all(ExpeditionRequested) {
		start := asking{event: e.Seq, from: e.On}
		start.received, start.known = f.reached(f.life, e)
		if rule.Limit.Test == "from receipt" {
			start.from = start.received
		}
		f.add(f.expeditionOf(rule, start, f.life.after(e)))
	}
}

// asking is when something was asked: the day a rule counts from, and the day of
// receipt, as far as they are known.
type asking struct {
	event    int
	from     workday.Date
	received workday.Date
	known    bool         // the day of receipt
	floor    workday.Date // the day of receipt by that calendar
	latest   workday.Date // the same by the calendar that is kindest to the agency, if that differs
}

// expeditionOf is the deadline for one request for expedited processing; later are the
// events after it.
func (f *folding) expeditionOf(rule law.Rule, start asking, later life) Deadline {
	d := f.deadline(DueExpedition, Agency, rule, &Event{Seq: start.event})
	if start.from.IsZero() {
		d.Why = "nothing shows when the agency received the request"
	} else {
		d.Start = "The time runs from " + start.from.Letter() + "."
		f.count(&d, start.from, *rule.Limit)
		f.applyFloor(&d, rule, start.received, start.floor)
		if last, err := f.counted(start.latest, *rule.Limit, f.basis.Policy); err == nil && !start.latest.IsZero() &&
			last.Due.After(d.Lenient) {
			d.Lenient = f.basis.Calendar.Next(last.Due, workday.Lenient)
		}
	}
	if met := later.first(ExpeditedGranted, ExpeditedDenied); met != nil {
		d.Met = met.On
	} else if done := later.determination(); done != nil {
		d.Over = "the agency made its determination on " + done.On.String()
	} else if gone := f.whollyReferred(); gone != nil {
		d.Over = "the request was referred on " + gone.On.String() + ": the other office answers"
	}
	return d
}

// expeditionStart is what a rule counts from, if the request itself asks.
// A rule that counts from receipt waits for one.
func (f *folding) expeditionStart(rule law.Rule) asking {
	r := f.receiptIn(f.life)
	start := asking{event: r.event, from: r.day0, received: r.day0, known: !r.day0.IsZero()}
	if sent := f.life.first(Sent); sent != nil {
		if start.event == 0 {
			start.event = sent.Seq
		}
		if rule.Limit.Test == "from the date of the request" {
			start.event, start.from = sent.Seq, sent.On
		}
	}
	start.floor = r.latest
	if start.from == r.day0 {
		start.latest = r.latest
	}
	return start
}

// applyFloor moves a date that leaves the agency less than the rule's floor.
func (f *folding) applyFloor(d *Deadline, rule law.Rule, received, kindest workday.Date) {
	if rule.Floor == nil || d.Due.IsZero() {
		return
	}
	if received.IsZero() {
		d.Due, d.Lenient, d.Count = workday.Date{}, workday.Date{}, nil
		d.Why = fmt.Sprintf("the agency has at least %d %s from receipt, and nothing shows when it received the request",
			rule.Floor.Days, rule.Floor.Unit)
		return
	}
	n, err := f.basis.Calendar.FromReceipt(received, rule.Floor.Days, f.basis.Policy)
	if err != nil {
		d.Why = err.Error()
		return
	}
	d.Lenient = latest(d.Lenient, lenient(n))
	if last, err := f.basis.Calendar.FromReceipt(kindest, rule.Floor.Days, f.basis.Policy); err == nil {
		d.Lenient = latest(d.Lenient, lenient(last))
	}
	if n.Due.After(d.Due) {
		d.Other = append(d.Other, Reading{Due: d.Due,
			Says: fmt.Sprintf("without the minimum of %d %s from receipt", rule.Floor.Days, rule.Floor.Unit), Cite: rule.Cite})
		d.Start = fmt.Sprintf("The agency received it on %s, and has at least %d %s from that day.",
			received.Letter(), rule.Floor.Days, rule.Floor.Unit)
		d.Count, d.Due, d.Lenient = &n, n.Due, latest(d.Lenient, lenient(n))
	}
}
