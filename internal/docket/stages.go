package docket

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/law"
	"foia/internal/workday"
)

// answers are the deadlines of an agency's answer, from the first to the last.
var answers = []string{DueAcknowledgment, DueResponse, DueDetermination, DueProduction, DuePromised}

// dutyNames are the deadlines by the duties of a law's stages.
var dutyNames = map[string]string{"acknowledge": DueAcknowledgment, "respond": DueResponse, "decide": DueDetermination, "produce": DueProduction}

// stages are the deadlines under the law of a state or country: what the facts give
// as a stage, and nothing else. Where the law gives no number, there is only the
// day on which foia suggests to ask.
func (f *folding) stages() {
	p := f.regime.Records
	if p == nil || !f.state.Begun {
		return
	}
	r := f.receiptIn(f.life)
	f.begun, f.state.Received, f.state.ReceivedHow = r.day0, r.day0, r.how
	f.state.Remarks = append(f.state.Remarks, r.remarks...)
	received := Deadline{Event: r.event, Start: r.start, Why: r.why}
	counted := false
	var readings []Reading
	for _, tick := range p.Use.Clock {
		d := f.stage(p, tick, received)
		if tick.Only == "" {
			f.add(d)
			counted = counted || !d.Due.IsZero()
		} else if !d.Due.IsZero() {
			readings = append(readings, Reading{Due: d.Due, Says: d.What + " (" + tick.Only + ")", Cite: d.Cite})
		}
	}
	if !counted {
		f.reminder(p)
	}
	if n := len(f.state.Deadlines); n > 0 && len(readings) > 0 {
		d := &f.state.Deadlines[n-1]
		d.Other = append(d.Other, readings...)
	}
	f.promised()
	for _, e := range f.life.all(ClarificationRequested, FeeNotice) {
		f.remark(e, "", "foia does not know whether this stops the clock under this law: the actual date may be later")
	}
}

// stage is the deadline of one stage.
func (f *folding) stage(p *law.PublicRecords, tick law.Tick, received Deadline) Deadline {
	facts := p.Response.Stages[tick.Stage]
	duty := cmp.Or(tick.Duty, facts.Duty)
	d := Deadline{What: dutyNames[duty], Who: Agency, Cite: p.Cite(), Event: received.Event}
	limit, _ := law.Span(facts.Days, facts.Unit)
	d.Says = fmt.Sprintf("the office has %s to %s, from %s", spanWords(limit), duty, facts.From)
	if facts.Note != "" {
		d.Says += " (" + facts.Note + ")"
	}
	from := f.stageStart(&d, p, tick, received)
	if !from.IsZero() {
		f.countUnder(&d, from, limit)
		if tick.Extend {
			f.extendUnder(&d, p, from, limit)
		}
	}
	if limit.Unit == workday.WorkingDays && !f.basis.Calendar.HolidaysKnown() {
		d.Caution = "The holidays of " + p.Place + " are not known to foia and were counted as working days: the actual date may be later."
	}
	f.meetStage(&d, duty, tick)
	f.postponed(&d, p, tick)
	f.deemed(&d, p)
	return d
}

func spanWords(l law.Limit) string {
	unit := string(l.Unit)
	if l.Unit == workday.CalendarDays {
		unit = "days"
	}
	if l.Days == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return fmt.Sprintf("%d %s", l.Days, unit)
}

// stageStart finds the day that a stage is counted from.
func (f *folding) stageStart(d *Deadline, p *law.PublicRecords, tick law.Tick, received Deadline) workday.Date {
	switch tick.From {
	case law.FromAcknowledgment:
		if e := f.life.first(Acknowledged); e != nil {
			d.Event, d.Start = e.Seq, "The office acknowledged the request on "+e.On.Letter()+"."
			return e.On
		}
		d.Why = "the time runs from the acknowledgment, and the log has none"
	case law.FromDetermination:
		if e := f.life.determination(); e != nil {
			d.Event, d.Start = e.Seq, "The office decided on "+e.On.Letter()+"."
			return e.On
		}
		d.Why = "the time runs from the determination, and the log has none"
	case law.FromAcknowledgmentDue:
		for _, before := range f.state.Deadlines {
			if before.What == DueAcknowledgment && !before.Due.IsZero() {
				d.Start = "The acknowledgment was due on " + before.Due.Letter() + "."
				return before.Due
			}
		}
		d.Why = "the time runs from the day the acknowledgment was due, which is not known"
	default:
		d.Start, d.Why = received.Start, received.Why
		return f.electronic(d, tick)
	}
	return workday.Date{}
}

// electronic is the day of receipt, later than that of sending where the law says
// so of e-mail and fax.
func (f *folding) electronic(d *Deadline, tick law.Tick) workday.Date {
	sent := f.life.first(Sent)
	if tick.Electronic == 0 || f.state.ReceivedHow != "assumed" || sent == nil {
		return f.begun
	}
	by := sent.Data["by"]
	if by == "" {
		by = f.request.Via
	}
	if by != "email" && by != "fax" {
		return f.begun
	}
	n, err := f.basis.Calendar.FromEvent(f.begun, tick.Electronic, f.basis.Policy)
	if err != nil {
		d.Why = err.Error()
		return workday.Date{}
	}
	d.Start = fmt.Sprintf("It was sent on %s by %s, which counts as received on %s.", f.begun.Letter(), by, n.Due.Letter())
	f.state.Received = n.Due
	return n.Due
}

func (f *folding) countUnder(d *Deadline, from workday.Date, l law.Limit) {
	n, err := f.basis.Calendar.CountUnder(from, l.Days, l.Unit, f.basis.Policy)
	if err != nil {
		d.Why = err.Error()
		return
	}
	d.Count, d.Due = &n, n.Due
	d.Lenient = latest(append(others(n), n.Due)...)
	if l.Unit != workday.WorkingDays {
		f.rollLenient(d)
	}
	if n.Literal != n.Due && !n.Literal.IsZero() {
		d.Other = append(d.Other, Reading{Due: n.Literal, Says: "counted from the day of receipt itself, when the office was closed"})
	}
}

// extendUnder moves a day by the first notice of extension, as far as the law lets
// it.
func (f *folding) extendUnder(d *Deadline, p *law.PublicRecords, from workday.Date, base law.Limit) {
	more, ok := law.Span(p.Extension.Days, p.Extension.Unit)
	for i, e := range f.life.all(Extended) {
		switch {
		case i > 0:
			f.remark(e, "extension-beyond", "the time was already extended")
			continue
		case !ok || !p.Verified("extension"):
			f.remark(e, "extension-notice", "foia does not know how far this law lets an office extend the time")
			continue
		case e.On.After(d.Lenient):
			f.remark(e, "extension-notice", "the notice is late: the time ran out on "+d.Lenient.Letter())
			continue
		}
		most := *d
		switch {
		case p.Use.Total:
			f.countUnder(&most, from, more)
		case more.Unit == base.Unit:
			f.countUnder(&most, from, law.Limit{Days: base.Days + more.Days, Unit: base.Unit})
		default:
			f.countUnder(&most, d.Due, more)
		}
		f.takeExtension(d, most, e, base, more, from)
		d.Added = fmt.Sprintf("A notice dated %s extends the time; the law allows %s.", e.On.Letter(), extensionWords(p, more))
	}
}

func extensionWords(p *law.PublicRecords, more law.Limit) string {
	if p.Use.Total {
		return spanWords(more) + " from receipt in all"
	}
	return spanWords(more) + " more"
}

// takeExtension takes the day that the notice gives, if that is not beyond the most
// that the law allows.
func (f *folding) takeExtension(d *Deadline, most Deadline, e Event, base, more law.Limit, from workday.Date) {
	asked := e.day("until")
	if n, err := strconv.Atoi(e.Data["days"]); err == nil && more.Unit == base.Unit {
		if c, err := f.basis.Calendar.CountUnder(from, base.Days+n, base.Unit, f.basis.Policy); err == nil {
			asked = c.Due
		}
	}
	if asked.After(most.Due) {
		f.remark(e, "extension-beyond", "the notice goes beyond "+most.Due.Letter()+", the last day the law allows")
	}
	if asked.IsZero() || !asked.Before(most.Due) {
		d.Count, d.Due, d.Lenient = most.Count, most.Due, most.Lenient
		return
	}
	d.Count, d.Due, d.Lenient = nil, asked, latest(asked, f.basis.Calendar.Next(asked, workday.Lenient))
}

// meetStage tells when the office did what the stage asks for.
func (f *folding) meetStage(d *Deadline, duty string, tick law.Tick) {
	for _, e := range f.life {
		if does(e, duty, tick) {
			d.Met = e.On
			return
		}
	}
	if e := f.life.whollyReferred(); e != nil && d.Open() {
		d.Over = "the request was referred on " + e.On.String() + ": the other office answers"
	}
}

// postponed ends a stage that the office has put off in time, with a day of its own,
// under a law that lets it do so for as long as foia does not know.
func (f *folding) postponed(d *Deadline, p *law.PublicRecords, tick law.Tick) {
	if tick.Extend || !p.Extension.Allowed || !d.Open() || d.Due.IsZero() || d.What == DueAcknowledgment {
		return
	}
	for _, e := range f.life.all(Acknowledged, Estimated, Extended) {
		if until := e.day("until"); until.After(d.Due) && !e.On.After(d.Lenient) {
			d.Over = "the office set another date, " + until.Letter() + ", in its letter of " + e.On.Letter()
			return
		}
	}
}

// does tells whether an event is what a stage asks for. To respond, an office may
// also say when it will answer, ask for fees, or ask what is meant.
func does(e Event, duty string, tick law.Tick) bool {
	switch duty {
	case "acknowledge":
		spec, ok := SpecOf(e.Kind)
		return ok && spec.Answers()
	case "respond":
		if e.Kind == Acknowledged {
			return tick.Answered || e.Data["until"] != ""
		}
		if e.Kind == Extended && tick.Extend {
			return false
		}
		return slices.Contains([]Kind{Determination, InterimRelease, Extended, Estimated, FeeNotice, ClarificationRequested, DeficiencyNotice, RulingRequested}, e.Kind)
	}
	return e.Kind == Determination
}

// deemed notes the last day to complain of silence, where the law counts it as a
// denial from which the time runs.
func (f *folding) deemed(d *Deadline, p *law.PublicRecords) {
	if d.What == DueAcknowledgment || d.Due.IsZero() || p.Response.Silence == nil || !*p.Response.Silence || !p.Verified("response.silence_is_denial") {
		return
	}
	for _, use := range p.Use.Routes {
		route := p.Appeals[use.Appeal]
		limit, ok := law.Span(route.Days, route.Unit)
		if !use.Deemed || !ok {
			continue
		}
		if n, err := f.basis.Calendar.CountUnder(d.Due, limit.Days, limit.Unit, f.basis.Policy); err == nil {
			d.Other = append(d.Other, Reading{Due: n.Due, Says: "your last day to appeal the silence to the " + route.To + ", if no answer comes by then", Cite: p.Cite()})
		}
	}
}

// reminder is the day on which foia suggests to ask, where the law gives no number
// that holds for every request.
func (f *folding) reminder(p *law.PublicRecords) {
	from := latest(f.state.Sent, f.state.Received)
	if from.IsZero() {
		return
	}
	d := Deadline{What: DueReminder, Who: You, Cite: NoLaw, Start: "It was sent or received on " + from.Letter() + "."}
	d.Says = fmt.Sprintf("%s asks for an answer but sets no number of days for every request (%s); foia suggests asking after %s", p.Name, p.Response.Standard, spanWords(p.Reminder))
	f.countUnder(&d, from, p.Reminder)
	d.Lenient = d.Due
	for _, e := range f.life {
		if does(e, "respond", law.Tick{}) || e.Kind == Reminded {
			d.Met = e.On
			break
		}
	}
	f.add(d)
}

// NoLaw stands where a citation would, beside what is only suggested.
const NoLaw = "no law: foia’s suggestion"

// promised is the office's own date, once it has given one.
func (f *folding) promised() {
	for _, e := range slices.Backward(f.life.all(Acknowledged, Estimated, Extended)) {
		until := e.day("until")
		if until.IsZero() {
			continue
		}
		d := Deadline{What: DuePromised, Who: Agency, Due: until, Lenient: until, Event: e.Seq, Cite: "the letter of " + e.On.Letter(), Says: "the date the office gave itself"}
		if done := f.life.determination(); done != nil {
			d.Met = done.On
		}
		f.add(d)
		return
	}
}

// routes are your ways to complain of a denial under the law of a state or country,
// as far as their time is known.
func (f *folding) routes(e Event, matter string) []Deadline {
	p := f.regime.Records
	if p == nil || matter != "determination" {
		return nil
	}
	var out []Deadline
	for _, use := range p.Use.Routes {
		route := p.Appeals[use.Appeal]
		limit, ok := law.Span(route.Days, route.Unit)
		if !ok {
			continue
		}
		d := Deadline{What: DueAppeal, Of: matter, Who: You, Event: e.Seq, Topic: "appeal", Cite: p.Cite(), Start: "The decision is dated " + e.On.Letter() + ".",
			Says: "to the " + route.To + " within " + spanWords(limit)}
		if n, err := f.appealCount(e.On, limit); err == nil {
			d.Count, d.Due, d.Lenient = &n, n.Due, n.Due
		} else {
			d.Why = err.Error()
		}
		out = append(out, d)
	}
	return out
}

// appealCount counts your own time: from the date of the decision, whatever day
// that is, and without leaving out days that may be none off.
func (f *folding) appealCount(from workday.Date, l law.Limit) (workday.Count, error) {
	if l.Unit == workday.WorkingDays {
		return f.basis.Calendar.FromEvent(from, l.Days, workday.Strict)
	}
	return f.basis.Calendar.CountUnder(from, l.Days, l.Unit, workday.Strict)
}

// Answer is the deadline of the agency that a reminder rests on: the last that is
// missed by every calendar, else the next one to come.
func (s State) Answer(today workday.Date) (Deadline, bool) {
	var found *Deadline
	missed := false
	for _, what := range answers {
		d, ok := s.Deadline(what)
		if !ok || !d.Open() {
			continue
		}
		late := d.ForSure(today)
		if found == nil || late || !missed && found.Due.IsZero() && !d.Due.IsZero() {
			found, missed = &d, missed || late
		}
	}
	if found != nil {
		return *found, true
	}
	for _, what := range slices.Backward(answers) {
		if d, ok := s.Deadline(what); ok {
			return d, true
		}
	}
	return Deadline{}, false
}
