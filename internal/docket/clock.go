package docket

import (
	"fmt"
	"slices"
	"strconv"
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

// lenient is the end of a count by the calendar that is kindest to the agency; unknown if
// the clock stands still by any of them.
func lenient(n workday.Count) workday.Date {
	last := n.Due
	for _, due := range n.Others {
		if due.IsZero() || last.IsZero() {
			return workday.Date{}
		}
		last = latest(last, due)
	}
	return last
}

// tally counts the time of a clock from a day, with so many days more by a notice. Where
// the notice's days are of another kind, they follow when the others are over.
func (f *folding) tally(c *clock, from workday.Date, adds int, pauses []workday.Pause) (workday.Count, error) {
	extra := f.extra(c)
	if adds == 0 || extra.Unit == c.limit.Unit {
		span := f.span(law.Limit{Days: c.limit.Days + adds, Unit: c.limit.Unit})
		return f.basis.Calendar.CountUnder(from, span, f.basis.Policy, pauses...)
	}
	n, err := f.basis.Calendar.CountUnder(from, f.span(c.limit), f.basis.Policy, pauses...)
	if err != nil || n.Due.IsZero() {
		return n, err
	}
	return f.further(n, law.Limit{Days: adds, Unit: extra.Unit})
}

// further counts on from the end of a time, by each calendar from its own end.
func (f *folding) further(first workday.Count, l law.Limit) (workday.Count, error) {
	n, err := f.basis.Calendar.CountUnder(first.Due, f.span(l), f.basis.Policy)
	for policy, end := range first.Others {
		if err != nil || end.IsZero() {
			return n, err
		}
		var m workday.Count
		if m, err = f.basis.Calendar.CountUnder(end, f.span(l), policy); err == nil {
			n.Others[policy] = m.Due
		}
	}
	return n, err
}

// extra is what a notice may add to a clock at most; the zero Limit if no number is known.
func (f *folding) extra(c *clock) law.Limit {
	if rule, ok := f.rule(c.Extension); ok && rule.Limit != nil {
		return *rule.Limit
	}
	return law.Limit{Unit: c.limit.Unit}
}

// span is a time as the calendar counts it: with what becomes of a last day on which the
// office is closed, if the law says.
func (f *folding) span(l law.Limit) workday.Span {
	last := f.regime.LastDay()
	return workday.Span{N: l.Days, Unit: l.Unit, Roll: last != nil && last.Moves}
}

// kindest is the end of a count by the calendar that is kindest to the agency, also where
// no rule that was read moves a last day on which it is closed.
func (f *folding) kindest(n workday.Count) workday.Date {
	end := lenient(n)
	if end.IsZero() || n.Unit == workday.WorkingDays || f.regime.LastDay() != nil {
		return end
	}
	return f.basis.Calendar.Next(end, workday.Lenient)
}

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
		d.Other = append(d.Other, Reading{Due: next, Says: "if a last day that is not a working day moves to the next one"})
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

// doubts gives both readings where no law that was read says whether a question of the
// office stops its time. The office is late for sure only when all of the time has passed
// once more after the answer; where the question may itself be the answer that the law
// asks for, it never is.
func (f *folding) doubts(d *Deadline, c *clock) {
	if len(c.doubted) == 0 {
		f.perhapsAnswered(d, c)
		return
	}
	sure := slices.DeleteFunc(slices.Clone(c.pauses), func(p workday.Pause) bool { return slices.Contains(c.doubted, p) })
	adds := 0
	if c.notice != nil {
		adds = c.notice.adds
	}
	what := c.doubtedWord()
	if n, err := f.tally(c, c.day0, adds, sure); err == nil && n.Due != d.Due && !n.Due.IsZero() {
		d.Other = append(d.Other, Reading{Due: n.Due, Says: "if the office’s " + what + " does not stop the time"})
		if f.early == nil {
			f.early = map[string]workday.Date{}
		}
		f.early[d.What] = n.Due
	}
	d.Caution = joined(d.Caution, "No law that foia has read says whether the office’s "+what+
		" stops the time; it was counted as stopping it.")
	last := c.doubted[len(c.doubted)-1].To
	d.Lenient = workday.Date{}
	if last.IsZero() {
		return
	}
	n, err := f.tally(c, last, 0, nil)
	if err != nil {
		return
	}
	if n.Due != d.Due {
		d.Other = append(d.Other, Reading{Due: n.Due, Says: "if all of the time runs again from your answer"})
	}
	if c.Owes != "respond" {
		d.Lenient = latest(f.end(c), f.kindest(n))
		return
	}
	f.anew = latest(f.kindest(n), f.end(c))
}

// doubtedWord is what the office sent that may stop the time.
func (c *clock) doubtedWord() string {
	for _, p := range c.doubted {
		if p.Why != pauseWords[FeeNotice] {
			return "question"
		}
	}
	return "notice of fees"
}

// perhapsAnswered leaves it open whether the office is late where its question came after
// the time, and may be the answer that the law asks for.
func (f *folding) perhapsAnswered(d *Deadline, c *clock) {
	if !c.maybe {
		return
	}
	d.Lenient = workday.Date{}
	d.Caution = joined(d.Caution, "No law that foia has read says whether the question of the office is the answer that the law asks for.")
	if answer := f.lastAnswer(); !answer.IsZero() {
		if n, err := f.tally(c, answer, 0, nil); err == nil {
			f.anew = f.kindest(n)
		}
	}
}

// meet tells when the agency did what a clock asks for.
func (f *folding) meet(d *Deadline, k law.Clock) {
	for _, e := range f.life {
		if meets(e, k) {
			d.Met = e.On
			return
		}
	}
	if e := f.whollyReferred(); e != nil {
		d.Over = "the request was referred on " + e.On.String() + ": the other office answers"
	}
}

// meets tells whether an event is what a clock asks for. To respond, an office may also
// say when it will answer; that it asks what is meant, or asks for fees, is an answer only
// where the law says so.
func meets(e Event, k law.Clock) bool {
	switch k.Owes {
	case "acknowledge":
		spec, ok := SpecOf(e.Kind)
		return ok && spec.Answers()
	case "respond":
		switch e.Kind {
		case Acknowledged:
			return slices.Contains(k.Answers, "acknowledgment") || e.Data["until"] != ""
		case Extended:
			return k.Extension == ""
		case ClarificationRequested, DeficiencyNotice:
			return slices.Contains(k.Answers, law.ByQuestion)
		case FeeNotice:
			return slices.Contains(k.Answers, law.ByFees)
		}
		return e.decides() || slices.Contains([]Kind{InterimRelease, Estimated, RulingRequested}, e.Kind)
	}
	return e.decides()
}

// putOff ends a time that the office has put off before it was over, with a day of its
// own, under a law that lets it do so for as long as foia does not know.
func (f *folding) putOff(d *Deadline, k law.Clock) {
	if !k.Put || !d.Open() || d.Due.IsZero() {
		return
	}
	for _, e := range f.life.all(Acknowledged, Estimated, Extended) {
		if until := f.promise(e, *d); until.After(d.Due) && (d.Lenient.IsZero() || !e.On.After(d.Lenient)) {
			d.Over = "the office set another date, " + until.Letter() + ", in its letter of " + e.On.Letter()
			return
		}
	}
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

// determination is the first decision on the request as a whole. A referral is none:
// the office that has the records now decides, CREW v. FEC, 711 F.3d 180 (D.C. Cir. 2013).
func (f *folding) determination() *Event { return f.life.determination() }

func (l life) determination() *Event {
	for i := range l {
		if l[i].decides() {
			return &l[i]
		}
	}
	return nil
}

// decides tells whether the event is a determination.
func (e Event) decides() bool { return e.Kind == Determination && e.Data["outcome"] != "referred" }

// whollyReferred is the event by which nothing of the request is left with the agency.
func (f *folding) whollyReferred() *Event { return f.life.whollyReferred() }

func (l life) whollyReferred() *Event {
	for i, e := range l {
		if e.Kind == Referred && e.Whole() || e.Kind == Determination && !e.decides() {
			return &l[i]
		}
	}
	return nil
}

// Whole tells of a referral whether it is of the whole request: the letter names no
// part.
func (e Event) Whole() bool {
	return e.Data["pages"] == "" && e.Data["records"] == "" && e.Data["part"] == ""
}

// reckon finds day 0 and counts. What restarts the time, such as a notice that calls the
// request deficient (26 CFR 601.702(c)(7)(i)), takes day 0 away until it is answered, but
// not once the time has run out: what has accrued by then stays.
func (f *folding) reckon(l life, k law.Clock, limit law.Limit) *clock {
	c := &clock{receipt: f.startOf(l, k), Clock: k, limit: limit}
	c.remarks = append(c.remarks, c.receipt.remarks...)
	f.run(c, l)
	if k.Owes == "acknowledge" {
		return c // whatever the agency asks acknowledges the request
	}
	for _, notice := range l.all(DeficiencyNotice, ClarificationRequested, FeeNotice) {
		if stop, known := f.regime.Stop(stops(notice)); !known || stop.Does != law.Restarts || notice.free() {
			continue
		}
		if decidedBefore(l, notice) {
			break
		}
		if !c.runs() {
			f.complete(c, l, notice)
			continue
		}
		if c.completed && l.index(Event{Seq: c.event}) > l.index(notice) {
			continue // what completed the request answers this letter, too
		}
		end := f.end(c)
		if !end.IsZero() && notice.On.After(end) {
			c.remarks = append(c.remarks, f.remarkOf(notice, "perfection",
				"the time for the "+owed[k.Owes]+" had run out on "+end.Letter()+", before this letter; what had accrued by then stays"))
			continue
		}
		f.complete(c, l, notice)
	}
	return c
}

func decidedBefore(l life, e Event) bool {
	d := l.determination()
	return d != nil && l.index(*d) < l.index(e)
}

// complete moves day 0 to the day on which the agency had what it called missing.
func (f *folding) complete(c *clock, l life, notice Event) {
	before := *c
	limit, _ := f.rule("received")
	again := &clock{completed: true, Clock: c.Clock, limit: c.limit, remarks: before.receipt.remarks}
	again.first, again.told, again.shown, again.shownBy = before.first, before.told, before.shown, before.shownBy
	again.how, again.event = "completed", notice.Seq
	said, done := restartWords(notice)
	if answer, day := f.answerTo(l, notice, answersQuestion[notice.Kind]); answer == nil {
		again.why = said + " on " + notice.On.Letter() + ", and it has not been " + done
	} else if !day.IsZero() {
		again.day0, again.event = day, answer.Seq
		again.start = fmt.Sprintf("%s on %s; it was %s on %s.", upperFirst(said), notice.On.Letter(), done, day.Letter())
		if done == "completed" {
			again.start = fmt.Sprintf("%s on %s; it was complete on %s.", upperFirst(said), notice.On.Letter(), day.Letter())
		}
	} else {
		again.event = answer.Seq
		again.why = fmt.Sprintf("%s on %s; what completes it went by mail on %s, and nothing shows when it arrived", said,
			notice.On.Letter(), answer.On.Letter())
	}
	f.run(again, l)
	if n, err := f.tally(c, before.day0, 0, nil); err == nil && before.runs() {
		again.other = append(before.other,
			Reading{Due: n.Due, Says: "if the request was complete when it was received on " + before.day0.Letter(), Cite: limit.Cite})
	}
	*c = *again
}

// answersQuestion are the events that answer what the agency asked.
var answersQuestion = map[Kind]Kind{DeficiencyNotice: Perfected, ClarificationRequested: ClarificationAnswered, FeeNotice: FeeAnswered}

// restartWords say what the agency did that restarts the time, and how that is answered.
func restartWords(e Event) (said, done string) {
	switch e.Kind {
	case ClarificationRequested:
		return "the agency asked for information", "answered"
	case FeeNotice:
		return "the agency asked about fees", "answered"
	}
	return "the agency called the request deficient", "completed"
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// stops is what an event may stop the time by, as the law's data call it.
func stops(e Event) string {
	switch e.Kind {
	case FeeNotice:
		return law.ByFees
	case DeficiencyNotice:
		return law.ByDeficiency
	}
	return law.ByQuestion
}

// run counts the days, with what stops and extends them.
func (f *folding) run(c *clock, l life) {
	if !c.runs() {
		return
	}
	f.pause(c, l)
	n, err := f.tally(c, c.day0, 0, c.pauses)
	if err != nil {
		c.day0, c.why = workday.Date{}, err.Error()
		return
	}
	c.plain, c.total = n, n
	f.extend(c, l)
	if c.notice == nil || c.notice.adds == 0 {
		return
	}
	if n, err := f.tally(c, c.day0, c.notice.adds, c.pauses); err == nil {
		c.total = n
	}
}

// before are the pauses that had begun when an event happened.
func (c *clock) before(e Event) []workday.Pause {
	var before []workday.Pause
	for _, p := range c.pauses {
		if !p.From.After(e.On) {
			before = append(before, p)
		}
	}
	return before
}

// lastDay is the end of the time, with so many days more, by the calendar that is kindest
// to the agency, also in counting the ten working days for passing a request on; unknown
// if the clock stands still by any of them.
func (f *folding) lastDay(c *clock, adds int, pauses []workday.Pause) workday.Date {
	var last workday.Date
	for _, day0 := range []workday.Date{c.day0, c.latest} {
		if day0.IsZero() {
			continue
		}
		n, err := f.tally(c, day0, adds, pauses)
		if err != nil || f.kindest(n).IsZero() {
			return workday.Date{}
		}
		last = latest(last, f.kindest(n))
	}
	return last
}

// end is the last day of the time by the lenient calendar, with what a notice of
// extension adds or may add.
func (f *folding) end(c *clock) workday.Date {
	switch {
	case c.notice == nil:
		return f.lastDay(c, 0, c.pauses)
	case c.notice.endless:
		return c.notice.with
	}
	end := f.lastDay(c, c.notice.adds, c.pauses)
	until := c.notice.day("until")
	if until.IsZero() || c.notice.number("days") != 0 || c.notice.late || c.notice.short || c.notice.long || end.IsZero() {
		return end
	}
	if slices.ContainsFunc(c.pauses, func(p workday.Pause) bool { return p.From.After(c.notice.On) }) {
		return latest(until, end) // what was asked after the notice moves its date, too
	}
	if f.extra(c).Unit != workday.WorkingDays {
		until = f.basis.Calendar.Next(until, workday.Lenient) // as the last day of any time that counts every day
	}
	return latest(until, f.lastDay(c, 0, c.pauses)) // the agency's own date, whatever the calendar
}

// number reads a detail that is a number; 0 if it is not there.
func (e Event) number(name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(e.Data[name]))
	if err != nil {
		return 0
	}
	return n
}
