package docket

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// DayUnknown is the detail of an event of which nobody knows the day: that it is unknown was said, and not forgotten. Its day
// is empty in the log, too. A later event of its kind can give it one: the detail Dates names it.
const (
	DayDetail  = "day"
	DayUnknown = "unknown"
	Dates      = "dates"
)

// Undated tells whether the day of the event is not known.
func (e Event) Undated() bool { return e.On.IsZero() }

// Day is the day of an event in words.
func (e Event) Day() string {
	if e.Undated() {
		return "day not known"
	}
	return e.On.Letter()
}

// OnDay is the day of an event in a sentence.
func (e Event) OnDay() string {
	if e.Undated() {
		return "on a day that is not known"
	}
	return "on " + e.On.Letter()
}

// OnLong is OnDay with the day of the week.
func (e Event) OnLong() string {
	if e.Undated() {
		return e.OnDay()
	}
	return "on " + e.On.Long()
}

// timeless are the kinds of which the day tells nothing of the life of a request.
var timeless = []Kind{Correction, Imported, Note, FileAdded}

// lackingDay are the events of a request that count and have no day.
func lackingDay(events []Event) (out []Event) {
	struck := struckOut(events)
	for _, e := range everything(events) {
		if e.Undated() && !struck[e.Seq] && !slices.Contains(timeless, e.Kind) && !e.Kind.aside() {
			out = append(out, e)
		}
	}
	return out
}

// lifeOrder are the kinds that have one order in every life: what comes later presupposes what comes before.
var lifeOrder = []Kind{Sent, Received, Acknowledged, Determination, Appealed, AppealReceived, AppealDecided, SuitFiled, Closed}

// placed are the events with days for those that have none: the earliest on which each can have happened, or the latest.
// An event cannot have happened before the request was sent, nor before what it presupposes; and not after what presupposes
// it, nor after it was entered.
func placed(r Request, events []Event, late bool) []Event {
	out := slices.Clone(events)
	for i, e := range out {
		if !e.Undated() {
			continue
		}
		from, to := bounds(r, events, e)
		if out[i].On = from; late && to.After(from) {
			out[i].On = to
		}
	}
	return out
}

// bounds are the first and the last day on which an event can have happened.
func bounds(r Request, events []Event, e Event) (from, to workday.Date) {
	to = e.Entered()
	from = r.Created
	rank := slices.Index(lifeOrder, e.Kind)
	struck := struckOut(events)
	for _, x := range events {
		if x.Undated() || struck[x.Seq] || x.Data["letter"] != "" {
			continue
		}
		at := slices.Index(lifeOrder, x.Kind)
		switch {
		case at < 0:
		case rank < 0 && x.Kind == Sent, rank >= 0 && at < rank:
			from = latest(from, x.On)
		case rank >= 0 && at > rank && (to.IsZero() || x.On.Before(to)):
			to = x.On
		}
	}
	if from.IsZero() {
		from = earliestOf(events)
	}
	if from.IsZero() || !to.IsZero() && to.Before(from) {
		from = to
	}
	return from, to
}

// Entered is the day on which the event was entered; unknown if the log does not say.
func (e Event) Entered() workday.Date {
	if len(e.Recorded) < len("2006-01-02") {
		return workday.Date{}
	}
	d, err := workday.ParseDate(e.Recorded[:len("2006-01-02")])
	if err != nil {
		return workday.Date{}
	}
	return d
}

func earliestOf(events []Event) workday.Date {
	var first workday.Date
	for _, e := range events {
		if !e.Kind.aside() && !slices.Contains(timeless, e.Kind) && !e.Undated() {
			first = earliest(first, e.On)
		}
	}
	return first
}

// Undated is an event whose day is not known, as lists and next steps tell of it.
type Undated struct {
	Event int  `json:"event"`
	Kind  Kind `json:"kind"`
}

// words names the events: event 5 (determination).
func undatedWords(all []Event) string {
	var parts []string
	for _, e := range all {
		parts = append(parts, fmt.Sprintf("event %d (%s)", e.Seq, e.Kind))
	}
	return strings.Join(parts, ", ")
}

// undated adds to a state what the events without a day tell. All days of the state come from events that have one. What the
// others tell is what comes out the same wherever in time they are put: at their first possible day and at their last.
func (s *State) undated(r Request, events []Event, b Basis, without []Event) {
	early, late := fold(r, placed(r, events, false), b).state, fold(r, placed(r, events, true), b).state
	for _, e := range without {
		s.Undated = append(s.Undated, Undated{e.Seq, e.Kind})
	}
	// Without a day, the order in which they were entered is all there is: the later reading is how things stand.
	s.Status, s.Outcome, s.AppealOutcome, s.Child = late.Status, late.Outcome, late.AppealOutcome, late.Child
	s.Numbers, s.Track, s.Category, s.Begun, s.Estimate = late.Numbers, late.Track, late.Category, late.Begun, late.Estimate
	if s.Begun {
		s.Kept = nil
	}
	for _, d := range []struct{ have, now *Decision }{{&s.Expedition, &late.Expedition}, {&s.Waiver, &late.Waiver}} {
		if d.have.State != d.now.State {
			*d.have = Decision{State: d.now.State}
		}
	}
	s.Account.Fee, s.Account.Paid, s.Account.PaidUnknown = late.Account.Fee, late.Account.Paid, late.Account.PaidUnknown
	s.Account.Pages, s.Account.Withheld = late.Account.Pages, late.Account.Withheld
	s.Account.Exemptions = late.Account.Exemptions
	s.Account.Undated = s.Account.Determined.IsZero() && !late.Account.Determined.IsZero()
	if last := without[len(without)-1]; last.Seq > s.Last.Seq {
		s.Last = last
	}
	s.deadlines(early.Deadlines, late.Deadlines, without)
}

// deadlines keeps the dates on which all readings agree.
func (s *State) deadlines(early, late []Deadline, without []Event) {
	names := undatedWords(without)
	moved := s.moved(without)
	var out []Deadline
	for i, d := range s.Deadlines {
		e, okE := same(early, s.Deadlines[:i], d)
		l, okL := same(late, s.Deadlines[:i], d)
		switch {
		case !okE && !okL:
			continue
		case okE && okL && agree(d, e) && agree(d, l) && !(moved && d.Who == Agency && d.Open()):
		case (!okE || !e.Open()) && (!okL || !l.Open()):
			if !okE || !okL || e.Due != d.Due || l.Due != d.Due {
				d = d.dateless()
			}
			d.Met, d.Over = workday.Date{}, "it was done, or is not due any more: "+names+" has no known day"
		default:
			d = d.dateless()
			d.Met, d.Over, d.Why = workday.Date{}, "", names+", whose day is not known, may move it"
		}
		out = append(out, d)
	}
	for i, d := range late {
		if _, there := same(s.Deadlines, late[:i], d); there || !d.Open() {
			continue
		}
		if e, ok := same(early, late[:i], d); ok && !e.Open() {
			continue
		}
		d = d.dateless()
		d.Why = "it depends on " + names + ", whose day is not known"
		out = append(out, d)
	}
	s.Deadlines = out
}

// same is the deadline of a list that is about the same as one; before are those that come before it in its own list.
func same(list, before []Deadline, d Deadline) (Deadline, bool) {
	skip := 0
	for _, b := range before {
		if about(b, d) {
			skip++
		}
	}
	for _, x := range list {
		if about(x, d) {
			if skip == 0 {
				return x, true
			}
			skip--
		}
	}
	return Deadline{}, false
}

func about(a, b Deadline) bool {
	return a.What == b.What && a.Of == b.Of && a.Who == b.Who && a.To == b.To && a.Topic == b.Topic
}

// agree tells whether two readings give the same dates.
func agree(a, b Deadline) bool {
	return a.Due == b.Due && a.Lenient == b.Lenient && a.Last == b.Last && a.Met == b.Met && a.Over == b.Over && a.Opens == b.Opens &&
		slices.EqualFunc(a.Other, b.Other, func(x, y Reading) bool { return reflect.DeepEqual(x, y) })
}

// dateless is a deadline without any day.
func (d Deadline) dateless() Deadline {
	d.Due, d.Lenient, d.Last, d.Opens = workday.Date{}, workday.Date{}, workday.Date{}, workday.Date{}
	d.Count, d.Start, d.Added, d.Other, d.Untimed = nil, "", "", nil, ""
	return d
}

// movers are the kinds that stop, extend or begin an office's time. Between their first possible day and their last they may
// do what they do at neither, so that no date of the office's is known beside them, and no letter says anything of one.
var movers = []Kind{Received, Undelivered, Extended, AppealExtended, ClarificationRequested, ClarificationAnswered, FeeNotice, FeeAnswered,
	DeficiencyNotice, Perfected, ExpeditionRequested, ExpeditedGranted, ExpeditedDenied, CategoryAssigned, CategoryRequested, Referred,
	RulingRequested, StillInterestedAsked, StillInterestedAnswer, LetterReceived, AppealReceived, InterimRelease, MessageWaiting,
	MessageFetched,
	FeeWaiverRequested, FeeWaiverGranted, FeeWaiverDenied, Consulted}

// moved tells whether the events without a day may move an office's time. An appeal does if the log has no decision: it tells
// of one.
func (s State) moved(without []Event) bool {
	decided := !s.Account.Determined.IsZero()
	for _, e := range without {
		decided = decided || e.Kind == Determination
	}
	return slices.ContainsFunc(without, func(e Event) bool {
		return slices.Contains(movers, e.Kind) || e.Kind == Appealed && !decided
	})
}

// settled are the kinds whose day matters least: nothing that is counted or said of the request waits for it.
var settled = []Kind{Acknowledged, Renumbered, Estimated, Reminded, OGISOpened, OGISClosed, MessageWaiting, MessageFetched, Closed,
	Withdrawn}

// giveDay asks for the days that dates wait for.
func (n *next) giveDay() (Step, bool) {
	for _, u := range n.s.Undated {
		if !slices.Contains(settled, u.Kind) {
			return n.dayOf(u), true
		}
	}
	return Step{}, false
}

// giveLeast asks for the other days, where nothing else is to be done.
func (n *next) giveLeast() (Step, bool) {
	if len(n.s.Undated) == 0 {
		return Step{}, false
	}
	return n.dayOf(n.s.Undated[0]), true
}

func (n *next) dayOf(u Undated) Step {
	why := fmt.Sprintf("event %d tells that it happened, and not when: nothing is counted from it", u.Event)
	if more := len(n.s.Undated) - 1; more > 0 {
		why += fmt.Sprintf("; %s more without a day", remedy.Counted(more, "event"))
	}
	return Step{What: fmt.Sprintf("find the day of “%s”", u.Kind), Why: why, Act: n.record(u.Kind).With("on", remedy.Open("DATE"))}
}

// undatedTell tells whether a condition that is not met would be, or would fail for another reason, if the events without a
// day had one.
func (v *View) undatedTell(needs string, fails string) bool {
	for _, other := range v.others {
		var n *NotReady
		if err := other.Ready(needs); err == nil || errors.As(err, &n) && n.Fails != fails {
			return true
		}
	}
	return false
}

// agreedReady tells whether a letter may go out wherever the events without a day are put.
func (v *View) agreedReady(needs string) error {
	if v.f.state.moved(v.without) {
		return v.unplaced()
	}
	for _, other := range v.others {
		if err := other.Ready(needs); err != nil {
			return v.unplaced()
		}
	}
	return nil
}

// unplaced is the reason for which something cannot be said, since the day of an event is not known.
func (v *View) unplaced() *NotReady {
	u := v.without[0]
	for _, e := range v.without {
		if !slices.Contains(settled, e.Kind) {
			u = e
			break
		}
	}
	return &NotReady{Fails: "dated", Why: fmt.Sprintf("the letter would rest on dates that are not known: %s has no known day",
		undatedWords(v.without)), Do: "record it: " + remedy.To(remedy.Record, v.f.request.ID, string(u.Kind)).With("on",
		remedy.Open("DATE")).String()}
}

// agreedClaims leaves of claims those that hold with the same values wherever the events without a day are put.
func (v *View) agreedClaims(c Claims, matter string) Claims {
	for _, other := range v.others {
		theirs := other.Claims(matter)
		for name, values := range c.Hold {
			if held, ok := theirs.Hold[name]; !ok || !reflect.DeepEqual(held, values) {
				delete(c.Hold, name)
				c.Why[name] = v.unplaced().Why
			}
		}
	}
	return c
}
