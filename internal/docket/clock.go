package docket

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/workday"
)

// clock is a time of the agency's as the log tells it: so many days from an event, which
// stand still while a question is open, and are extended once, as the law has it.
type clock struct {
	receipt
	law.Clock
	limit     law.Limit       // that the law gives
	completed bool            // day 0 is the day on which a deficient request was complete
	pauses    []workday.Pause // when it stood still
	doubted   []workday.Pause // those of them of which no law that was read says so
	maybe     bool            // a question may have been the answer that the law asks for
	asked     *Event          // the request for information that stopped it
	open      []workday.Pause // when a question was open, also before day 0
	plain     workday.Count   // the time without an extension
	notice    *notice         // the first notice of extension; nil: there is none
	total     workday.Count   // with what the notice adds
	other     []Reading
	remarks   []Remark
}

// runs tells whether a day is known from which the time runs.
func (c *clock) runs() bool { return !c.day0.IsZero() }

// clocks adds the deadlines of the agency's answer.
func (f *folding) clocks() {
	if first := f.life.first(Sent); first != nil {
		f.state.Sent = first.On
	}
	f.state.Begun = f.life.begun()
	f.heed(f.noticeOf())
	if !f.state.Begun || !f.regime.Known() {
		return
	}
	f.receive()
	var conditional []Reading
	for _, k := range f.regime.Clocks() {
		rule, ok := f.rule(k.Topic)
		if !ok || rule.Limit == nil {
			f.clockUnknown(k)
			continue
		}
		d := f.clock(k, rule)
		switch {
		case k.Only == "":
			f.add(d)
		case !d.Due.IsZero():
			f.state.Conditional = append(f.state.Conditional, k.Only)
			conditional = append(conditional, Reading{Due: d.Due, Says: d.What + " (" + k.Only + ")", Cite: d.Cite})
		}
	}
	f.uncounted()
	f.remind()
	if n := len(f.state.Deadlines); n > 0 {
		d := &f.state.Deadlines[n-1]
		d.Other = append(d.Other, conditional...)
	}
	if f.time == nil {
		f.promised()
	}
}

// uncounted shows that the law sets a time whose length was not read in a source that
// counts: it is no law without a number.
func (f *folding) uncounted() {
	p := f.regime.Records
	if p == nil || len(f.regime.Clocks()) > 0 || p.Response.Standard != "number" || len(p.Response.Stages) == 0 {
		return
	}
	r := f.receiptIn(f.life)
	duty := p.Response.Stages[0].Duty
	d := Deadline{What: owed[duty], Who: Agency, Cite: p.Cite(), Event: r.event, Start: r.start,
		Why: "the law sets a number of days, which was not read in a source that counts"}
	f.meet(&d, law.Clock{Owes: duty})
	f.add(d)
}

// receive notes when the request was received.
func (f *folding) receive() {
	r := f.receiptIn(f.life)
	f.begun, f.state.Received, f.state.ReceivedHow = r.day0, r.day0, r.how
	f.noteOnce(r.remarks...)
}

// noteOnce notes what the law says about events, unless that was noted for another clock.
func (f *folding) noteOnce(remarks ...Remark) {
	for _, r := range remarks {
		if !slices.Contains(f.state.Remarks, r) {
			f.state.Remarks = append(f.state.Remarks, r)
		}
	}
}

// owed are the deadlines by what a clock says that the agency owes.
var owed = map[string]string{"acknowledge": DueAcknowledgment, "respond": DueResponse, "decide": DueDetermination, "produce": DueProduction}

// clock is the deadline of one clock.
func (f *folding) clock(k law.Clock, rule law.Rule) Deadline {
	c := f.reckon(f.life, k, *rule.Limit)
	if k.Argued {
		f.time, f.begun = c, c.day0
		f.heed(f.noticeOf())
		f.state.Received, f.state.ReceivedHow, f.state.FirstReceived = c.day0, c.how, earliest(c.first, c.day0)
	}
	f.noteOnce(c.remarks...)
	d := f.deadline(owed[k.Owes], Agency, rule, nil)
	d.Event, d.Start, d.Why, d.Other = c.event, c.start, c.why, c.other
	if c.runs() {
		f.show(&d, c)
	}
	if rule.Limit.Unit == workday.WorkingDays && !f.basis.Calendar.HolidaysKnown() {
		d.Caution = joined(d.Caution, "The holidays of "+f.regime.Records.Place+
			" are not known to foia and were counted as working days: the actual date may be later.")
	}
	f.meet(&d, k)
	f.putOff(&d, k)
	return d
}

func joined(a, b string) string { return strings.TrimSpace(a + " " + b) }

// show gives the deadline the days of the clock.
func (f *folding) show(d *Deadline, c *clock) {
	n := c.total
	if c.notice != nil && c.notice.adds > 0 {
		d.Added = f.addedWords(c)
	}
	d.Count, d.Due, d.Lenient = &n, n.Due, f.end(c)
	f.doubts(d, c)
	if n.Due.IsZero() {
		open := n.Pauses[slices.IndexFunc(n.Pauses, func(p workday.Pause) bool { return p.To.IsZero() })]
		d.Lenient, d.Why = workday.Date{},
			fmt.Sprintf("the clock has been stopped since %s (%s); %s left", open.From.Letter(), open.Why, leftWords(n.Left, n.Unit))
		return
	}
	if c.notice != nil && c.notice.endless && !c.notice.with.IsZero() {
		d.Other = append(d.Other, Reading{Due: c.notice.with,
			Says: "if the notice dated " + c.notice.On.Letter() + " is taken to extend the time all the same"})
	}
	if n.Literal != n.Due && !n.Literal.IsZero() {
		d.Other = append(d.Other, Reading{Due: n.Literal, Says: "counted from the day of receipt itself, when the office was closed"})
	}
	if next := f.basis.Calendar.Next(n.Due, workday.Lenient); n.Unit != workday.WorkingDays && f.regime.LastDay() == nil && next != n.Due {
		d.Other = append(d.Other, Reading{Due: next, Says: ifLastDayMoves})
	}
}

// addedWords say what a notice of extension adds.
func (f *folding) addedWords(c *clock) string {
	rule, _ := f.rule(c.Extension)
	why := ""
	if f.binds("extension-grounds") {
		why = " for unusual circumstances"
	}
	return fmt.Sprintf("A notice dated %s adds %s%s (%s).", c.notice.On.Letter(),
		law.Limit{Days: c.notice.adds, Unit: f.extra(c).Unit}.Words(), why, rule.Cite)
}

func leftWords(n int, unit workday.Unit) string {
	verb := " are"
	if n == 1 {
		verb = " is"
	}
	if unit != workday.WorkingDays {
		unit = workday.CalendarDays
	}
	return law.Limit{Days: n, Unit: unit}.Words() + verb
}
