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
	b.Calendar = b.Calendar.Under(r.Law)
	events = bySeq(events)
	f := folding{
		request: r, life: lifeOf(events), basis: b, regime: b.Book.For(r.OfficeID, r.Law).At(MadeOn(r, events)),
		state: State{Sample: r.Sample, Category: r.Facts["fee_category"], Hands: handsOf(events)},
	}
	f.state.LawUnknown = !f.regime.Known()
	f.decisions()
	f.account()
	f.clock()
	f.stages()
	f.expedition()
	f.answers()
	f.appeals()
	f.suit()
	f.status()
	f.remarkOrder()
	f.closeOpen()
	slices.SortStableFunc(f.state.Remarks, func(a, b Remark) int { return cmp.Compare(a.Event, b.Event) })
	return f.state
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

	begun workday.Date // day 0 of the time for a determination
	due20 workday.Date // end of the 20-day period by the most lenient calendar; unknown while it stands still
}

// rule returns the closest rule on a topic. Topics that every law has are not
// asked for; without a rule there is no deadline.
func (f *folding) rule(topic string) (law.Rule, bool) { return f.regime.Rule(topic) }

// remark notes what the law says about an event.
func (f *folding) remark(e Event, topic, says string) {
	r, _ := f.rule(topic)
	f.state.Remarks = append(f.state.Remarks, Remark{Event: e.Seq, Topic: topic, Says: says, Cite: r.Cite})
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
	d.Count, d.Due = &n, n.Due
	d.Lenient = latest(append([]workday.Date{n.Due}, others(n)...)...)
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
		switch e.Kind {
		case Acknowledged:
			if n := strings.TrimSpace(e.Data["tracking"]); n != "" && !slices.Contains(s.Numbers, n) {
				s.Numbers = append(s.Numbers, n)
			}
			s.Track = cmp.Or(e.Data["track"], s.Track)
		case ExpeditedGranted:
			s.Expedition = Decision{Granted, e.On}
		case ExpeditedDenied:
			s.Expedition = Decision{Denied, e.On}
		case FeeWaiverGranted:
			s.Waiver = Decision{Granted, e.On}
		case FeeWaiverDenied:
			s.Waiver = Decision{Denied, e.On}
		case FeeNotice:
			if s.Waiver.State == Asked {
				s.Waiver.State = Ignored
			}
		case Determination:
			if s.Waiver.State == Asked {
				s.Waiver.State = NotDecided
			}
			if s.Expedition.State == Asked {
				s.Expedition.State = NotDecided
			}
		case CategoryAssigned:
			s.Category = e.Data["category"]
		case SeriesEnded:
			s.SeriesOver = earliest(s.SeriesOver, e.On)
		case Reminded:
			s.Reminded = e.On
		case LetterMade:
			s.Letters = append(s.Letters, e.Data["letter"])
			if Reminds(e.Data["letter"]) {
				s.Reminded = e.On
			}
		}
		if e.Kind == Acknowledged || e.Kind == Estimated || e.Kind == Extended {
			if d := e.day("until"); !d.IsZero() {
				s.Estimate = d
			}
		}
		s.Last = e
	}
}

func asked(fact string) Decision {
	if fact == Asked {
		return Decision{State: Asked}
	}
	return Decision{State: NotAsked}
}

// Reminds tells whether a letter is a reminder.
func Reminds(letter string) bool {
	return slices.Contains([]string{"status", "completion-date", "exhaustion", "liaison", "appeal-status"}, letter)
}

// closeOpen ends what nobody needs to do any more.
func (f *folding) closeOpen() {
	why := ""
	if e := f.life.last(Closed); e != nil && f.state.Status == IsClosed {
		why = "the request was closed on " + e.On.String()
	} else if f.state.Outcome == "withdrawn" {
		why = "the request was withdrawn"
	}
	for i := range f.state.Deadlines {
		if d := &f.state.Deadlines[i]; why != "" && d.Open() {
			d.Over = why
		}
	}
}

// status is where the request stands after the last event that moves it.
func (f *folding) status() {
	s := IsDrafted
	for _, e := range f.life {
		switch e.Kind {
		case Sent:
			s = stronger(s, IsSent)
		case Received, Acknowledged, Estimated, Perfected, ClarificationAnswered, FeeAnswered, StillInterestedAnswer, Extended, InterimRelease,
			ExpeditedGranted, ExpeditedDenied, FeeWaiverGranted, FeeWaiverDenied, CategoryAssigned:
			s = stronger(s, IsProcessing)
		case Referred:
			if e.Data["pages"] == "" && e.Data["records"] == "" && s != IsDetermined {
				s = stronger(s, IsReferred)
			}
		case Determination:
			f.state.Outcome = e.Data["outcome"]
			if s != IsInCourt {
				s = IsDetermined
			}
			if f.state.Outcome == "withdrawn" {
				s = IsClosed
			}
		case Appealed:
			if f.against(e) == "determination" {
				s = IsAppealed
			}
		case AppealDecided:
			if s == IsAppealed {
				s = IsDecided
				if o := e.Data["outcome"]; o == "remanded" || o == "reversed" {
					s = IsRemanded
				}
			}
		case SuitFiled:
			s = IsInCourt
		case Closed:
			s = IsClosed
		}
	}
	if (s == IsSent || s == IsProcessing || s == IsReferred) && f.waiting() {
		s = IsWaiting
	}
	f.state.Status = s
}

// stronger keeps a status that is further on.
func stronger(have, now Status) Status {
	order := []Status{IsDrafted, IsSent, IsProcessing, IsReferred}
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
