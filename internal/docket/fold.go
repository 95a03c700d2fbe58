package docket

import (
	"cmp"
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/workday"
)

// Fold derives the state of a request from its events. The events may come in any
// order; those with the same seq must be the same. It reads no clock: to know how
// things stood on a day, pass what Known gives.
func Fold(r Request, events []Event, b Basis) State {
	s := fold(r, events, b).state
	if without := lackingDay(bySeq(events)); len(without) > 0 {
		s.undated(r, events, b, without)
	}
	return s
}

func fold(r Request, events []Event, b Basis) *folding {
	b.Calendar = b.Calendar.Under(r.Law)
	events = bySeq(events)
	r = current(r, events)
	f := &folding{
		request: r, life: lifeOf(events), basis: b, regime: b.Book.For(r.OfficeID, r.Law).At(MadeOn(r, events)),
		state: State{Sample: r.Sample, Category: r.Facts["fee_category"], Hands: handsOf(events)},
	}
	f.state.LawUnknown = !f.regime.Known()
	f.decisions()
	f.account()
	f.clocks()
	f.expedition()
	f.answers()
	f.appeals()
	f.ruling()
	f.suit()
	f.unclear(events)
	f.status()
	f.remarkOrder()
	f.closeOpen()
	if !f.state.Begun && f.state.Open() && !r.Sample {
		f.state.Kept = r.Kept
	}
	slices.SortStableFunc(f.state.Remarks, func(a, b Remark) int { return cmp.Compare(a.Event, b.Event) })
	return f
}

func bySeq(events []Event) []Event {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b Event) int { return cmp.Compare(a.Seq, b.Seq) })
	return sorted
}

// folding is one Fold on its way.
type folding struct {
	request Request
	life    life
	basis   Basis
	regime  law.Regime
	state   State

	begun    workday.Date            // day 0 of the time for a determination
	time     *clock                  // the time that letters argue from; nil: there is none
	early    map[string]workday.Date // when an answer was due if no question stopped its time, by what is due; only where that is in doubt
	anew     workday.Date            // when the time is over even if all of it runs again from an answer; unknown if that is not in doubt
	appealed []appeal
}

// rule returns the closest rule on a topic. Topics that every law has are not
// asked for; without a rule there is no deadline.
func (f *folding) rule(topic string) (law.Rule, bool) { return f.regime.Rule(topic) }

// binds tells whether the law has a rule on a topic.
func (f *folding) binds(topic string) bool {
	_, ok := f.rule(topic)
	return ok
}

// deadline begins a deadline under a rule.
func (f *folding) deadline(what string, who Who, r law.Rule, e *Event) Deadline {
	d := Deadline{What: what, Who: who, Cite: r.Cite, Says: r.Says, Topic: r.Topic, Caution: f.regime.Caution(r)}
	if e != nil {
		d.Event = e.Seq
	}
	return d
}

func (f *folding) add(d Deadline) { f.state.Deadlines = append(f.state.Deadlines, d) }

// count counts a rule's limit from the day of an event. The error of counting is
// that a day is out of range; then the date is unknown, and says why.
func (f *folding) count(d *Deadline, from workday.Date, l law.Limit) {
	n, err := f.counted(from, l, f.basis.Policy)
	if err != nil {
		d.Why = err.Error()
		return
	}
	d.Count, d.Due, d.Lenient = &n, n.Due, lenient(n)
	if l.Unit == workday.CalendarDays && d.Who == Agency {
		f.rollLenient(d)
	}
}

const ifLastDayMoves = "if a last day that is not a working day moves to the next one"

// rollLenient is the one rule on a last day that is a day off, where days of the calendar
// are counted: no rule that was read moves it, so your own never moves; but an agency is
// called late only once the next working day has passed, too.
func (f *folding) rollLenient(d *Deadline) {
	next := f.basis.Calendar.Next(d.Due, workday.Lenient)
	if next == d.Due {
		return
	}
	d.Lenient = next
	d.Other = append(d.Other, Reading{Due: next, Says: ifLastDayMoves})
}

func (f *folding) counted(from workday.Date, l law.Limit, p workday.Policy) (workday.Count, error) {
	if l.Unit == workday.CalendarDays {
		return f.basis.Calendar.CalendarCount(from, l.Days, p, false)
	}
	return f.basis.Calendar.FromEvent(from, l.Days, p)
}

func others(n workday.Count) []workday.Date {
	var out []workday.Date
	for _, p := range workday.Policies {
		out = append(out, n.Others[p])
	}
	return out
}

// latest returns the last of the days that are known.
func latest(days ...workday.Date) workday.Date {
	var last workday.Date
	for _, d := range days {
		if last.IsZero() || d.After(last) {
			last = d
		}
	}
	return last
}

// earliest returns the first of the days that are known.
func earliest(days ...workday.Date) workday.Date {
	var first workday.Date
	for _, d := range days {
		if !d.IsZero() && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return first
}

// decisions are what needs no counting: numbers, track, fees, expedition.
func (f *folding) decisions() {
	s := &f.state
	s.Waiver, s.Expedition = asked(f.request.Facts["fee_waiver"]), asked(f.request.Facts["expedited"])
	for _, e := range f.life {
		f.decision(e)
		switch e.Kind {
		case Acknowledged, Renumbered:
			if n := strings.TrimSpace(e.Data["tracking"]); n != "" && e.Data["for"] != "appeal" && !slices.Contains(s.Numbers, n) {
				s.Numbers = append(s.Numbers, n)
			}
			s.Track = cmp.Or(e.Data["track"], s.Track)
		case CategoryAssigned, CategoryRequested:
			s.Category = e.Data["category"]
		case SeriesEnded:
			s.SeriesOver = earliest(s.SeriesOver, e.On)
		case SuitFiled:
			s.Suit = earliest(s.Suit, e.On)
		case OGISOpened:
			s.OGIS = e.On
		case OGISClosed:
			s.OGIS = workday.Date{}
		}
		if d := e.day("until"); !d.IsZero() && (e.Kind == Acknowledged || e.Kind == Estimated || e.Kind == Extended) {
			s.Estimate, s.Estimated = d, e.On
		}
		s.Last = e
	}
	f.letters()
}

// decision is what an event says of expedited processing and of the fee waiver.
func (f *folding) decision(e Event) {
	expedition, waiver := &f.state.Expedition, &f.state.Waiver
	switch e.Kind {
	case ExpeditionRequested:
		*expedition = Decision{Asked, e.On}
	case ExpeditedGranted:
		*expedition = Decision{Granted, e.On}
	case ExpeditedDenied:
		*expedition = Decision{Denied, e.On}
	case FeeWaiverRequested:
		*waiver = Decision{Asked, e.On}
	case FeeWaiverGranted:
		*waiver = Decision{Granted, e.On}
	case FeeWaiverDenied:
		*waiver = Decision{Denied, e.On}
	case FeeNotice:
		if waiver.State == Asked && !e.free() {
			waiver.State = Ignored
		}
	case Determination:
		if !e.decides() {
			return
		}
		for _, d := range []*Decision{expedition, waiver} {
			if d.State == Asked {
				d.State = NotDecided
			}
		}
	}
}

func asked(fact string) Decision {
	if fact == Asked || fact == NotKnown {
		return Decision{State: fact}
	}
	return Decision{State: NotAsked}
}

// closeOpen ends what nobody needs to do any more.
func (f *folding) closeOpen() {
	why := ""
	if e := f.life.discarded(); e != nil {
		why = "the draft was discarded on " + e.On.String()
	} else if e := f.closed(); e != nil {
		why = "the request was closed on " + e.On.String()
		if e.Kind == Withdrawn {
			why = "the request was withdrawn on " + e.On.String()
		}
	}
	for i := range f.state.Deadlines {
		if d := &f.state.Deadlines[i]; why != "" && d.Open() {
			d.Over = why
		}
	}
}

// status is where the request stands. What stands is not hidden by what came later: a
// suit is a suit, an open appeal is open.
func (f *folding) status() {
	if d := f.life.last(Determination); d != nil {
		f.state.Outcome = d.Data["outcome"]
	}
	if last := f.lastAppeal(); last != nil && last.decided != nil {
		f.state.AppealDecided, f.state.AppealOutcome = last.decided.On, last.decided.Data["outcome"]
	}
	if e := f.life.whollyReferred(); e != nil {
		f.state.Child = e.Data["child"]
	}
	f.state.Status = f.where()
}

// lastAppeal is the last appeal about the request as a whole.
func (f *folding) lastAppeal() *appeal {
	for i := range slices.Backward(f.appealed) {
		if f.appealed[i].ofRequest() {
			return &f.appealed[i]
		}
	}
	return nil
}

func (f *folding) where() Status {
	l := f.life
	switch {
	case l.discarded() != nil:
		return IsDiscarded
	case f.closed() != nil:
		return IsClosed
	case l.first(SuitFiled) != nil:
		return IsInCourt
	case slices.ContainsFunc(f.appealed, func(a appeal) bool { return a.ofRequest() && a.open() }):
		return IsAppealed
	}
	decided := l.lastDetermination()
	if a := f.lastAppeal(); a != nil && a.decided != nil && (decided == nil || l.index(*a.decided) > l.index(*decided)) {
		switch a.decided.Data["outcome"] {
		case "remanded", "reversed", "partly":
			return IsRemanded
		}
		return IsDecided
	}
	switch {
	case slices.ContainsFunc(f.appealed, func(a appeal) bool {
		return a.ofRequest() && a.unclear != nil && (decided == nil || l.index(*a.unclear) > l.index(*decided))
	}):
		return IsDecided
	case decided != nil:
		return IsDetermined
	case l.whollyReferred() != nil:
		return IsReferred
	case f.waiting():
		return IsWaiting
	}
	s := IsDrafted
	for _, e := range l {
		switch {
		case e.Kind == Sent:
			s = stronger(s, IsSent)
		case e.Kind == Received, e.Kind == Referred, slices.Contains(contact, e.Kind), slices.Contains(answering, e.Kind):
			s = stronger(s, IsProcessing)
		}
	}
	if s == IsDrafted && f.state.unclearRequest() {
		return IsUnclear
	}
	return s
}

// answering are your answers to the agency, which show that it has the request.
var answering = []Kind{Perfected, ClarificationAnswered, FeeAnswered, StillInterestedAnswer, MessageFetched}

// closed is the event by which the request is over for you: you closed or withdrew it,
// and neither appealed nor sued afterwards.
func (f *folding) closed() *Event {
	for _, e := range slices.Backward(f.life) {
		switch {
		case e.Kind == Closed, e.Kind == Withdrawn && e.Data["part"] == "":
			return &e
		case e.Kind == SuitFiled, e.Kind == Appealed && slices.ContainsFunc(f.appealed, func(a appeal) bool { return a.Seq == e.Seq }):
			return nil
		}
	}
	return nil
}

// stronger keeps a status that is further on.
func stronger(have, now Status) Status {
	order := []Status{IsDrafted, IsSent, IsProcessing}
	if slices.Index(order, have) < 0 || slices.Index(order, now) < slices.Index(order, have) {
		return have
	}
	return now
}

// waiting tells whether the agency waits for an answer.
func (f *folding) waiting() bool {
	for _, d := range f.state.Deadlines {
		if d.Who == You && d.Open() && slices.Contains([]string{DuePerfection, DueClarification, DueFees, DueInterest}, d.What) {
			return true
		}
	}
	return false
}
