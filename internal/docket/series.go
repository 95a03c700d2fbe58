package docket

import (
	"fmt"
	"strings"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// Repeat is how often a recurring request is made.
type Repeat string

// The intervals of recurring requests.
const (
	Monthly    Repeat = "monthly"
	Quarterly  Repeat = "quarterly"
	HalfYearly Repeat = "half-yearly"
	Yearly     Repeat = "yearly"
)

// Repeats are all intervals, the shortest first.
var Repeats = []Repeat{Monthly, Quarterly, HalfYearly, Yearly}

// Months is the length of the interval; 0 if there is no such interval.
func (r Repeat) Months() int {
	return map[Repeat]int{Monthly: 1, Quarterly: 3, HalfYearly: 6, Yearly: 12}[r]
}

// Series says to which series of recurring requests a request belongs, and for
// which period it asks. It is frozen with the request.
type Series struct {
	First  string       `json:"first"` // id of the first request of the series; its own, for that one
	Repeat Repeat       `json:"repeat"`
	Since  workday.Date `json:"since"`  // first day of the first period, from which all are counted
	Number int          `json:"number"` // of the period, from 1
	From   workday.Date `json:"from"`   // first and last day of the period
	To     workday.Date `json:"to"`
}

// NewSeries is the first period of a series.
func NewSeries(repeat Repeat, since workday.Date) Series {
	return Series{Repeat: repeat, Since: since}.period(1)
}

// Next is the period that follows.
func (s Series) Next() Series { return s.period(s.Number + 1) }

// period is counted in whole months from the first day of the first period, never
// from the period before: what begins on the 31st would else begin on the 28th ever
// after February.
func (s Series) period(n int) Series {
	months := s.Repeat.Months()
	s.Number, s.From, s.To = n, s.Since.AddMonths((n-1)*months), s.Since.AddMonths(n*months).AddDays(-1)
	return s
}

// Ended tells whether the whole period lies before a day: a request asks for
// records that exist.
func (s Series) Ended(day workday.Date) bool { return day.After(s.To) }

// Period is the period in words.
func (s Series) Period() string { return s.From.Letter() + " to " + s.To.Letter() }

// row is how the tracking log shows series and period.
func (s *Series) row() (first, period string) {
	if s == nil {
		return "", ""
	}
	return s.First, fmt.Sprintf("%s to %s (%s)", s.From, s.To, s.Repeat)
}

// Member is one request of a series, with its state.
type Member struct {
	Request Request
	State   State
}

// SeriesState is how a series stands on a day.
type SeriesState struct {
	Last    Member       // the request for the latest period
	Next    Series       // the period that comes next
	Waiting int          // how many periods have ended without a request
	Over    workday.Date // the day on which the user ended the series; the unknown date if it goes on
	OverIn  string       // id of the request that holds that event
}

// SeriesOn is how a series stands on a day, by its requests. Those whose letters
// are dated later do not count; ok is false if none is left.
func SeriesOn(members []Member, day workday.Date) (s SeriesState, ok bool) {
	for _, m := range members {
		if m.Request.Series == nil || m.Request.Created.After(day) {
			continue
		}
		if !ok || m.Request.Series.Number >= s.Last.Request.Series.Number {
			s.Last, ok = m, true
		}
		if over := m.State.SeriesOver; !over.IsZero() && !over.After(day) && (s.Over.IsZero() || over.Before(s.Over)) {
			s.Over, s.OverIn = over, m.Request.ID
		}
	}
	if !ok {
		return s, false
	}
	s.Next = s.Last.Request.Series.Next()
	for p := s.Next; p.Repeat.Months() > 0 && p.Ended(day); p = p.Next() {
		s.Waiting++
	}
	return s, true
}

// Step is the next request of the series, if its period has ended: the oldest
// first. foia proposes it and makes nothing by itself.
func (s SeriesState) Step() (Step, bool) {
	r := s.Last.Request
	if s.Waiting == 0 || !s.Over.IsZero() || r.Sample {
		return Step{}, false
	}
	why := fmt.Sprintf("the period has ended, and the %s series %s has no request for it", r.Series.Repeat, r.Series.First)
	if more := s.Waiting - 1; more == 1 {
		why += "; 1 later period is waiting too"
	} else if more > 1 {
		why += fmt.Sprintf("; %d later periods are waiting too", more)
	}
	return Step{ID: r.ID, What: "make the next request of the series, for " + s.Next.Period(), Why: why,
		Act: remedy.To(remedy.New).With("next-of", r.ID)}, true
}

// Sentence says how the series stands, for the page of one of its requests.
func (s SeriesState) Sentence(of Series) string {
	text := fmt.Sprintf("%s since %s; this is period %d, %s", of.Repeat, of.First, of.Number, of.Period())
	switch {
	case !s.Over.IsZero():
		return text + "; ended on " + s.Over.Letter() + " (in " + s.OverIn + ")"
	case s.Waiting > 0:
		return text + "; a request for " + s.Next.Period() + " is due to be made"
	}
	return text + "; the next can be made starting " + s.Next.To.AddDays(1).Letter()
}

// checkSeries refuses to end a series that is none.
func (p Proposed) checkSeries() error {
	if p.Request.Series == nil {
		return remedy.Misuse("request "+p.Request.ID+" is not part of a series",
			"to end the request itself: "+remedy.To(remedy.Record, p.Request.ID, string(Closed)).String())
	}
	return nil
}

// ReadRepeat reads the name of an interval.
func ReadRepeat(s string) (Repeat, error) {
	names := make([]string, len(Repeats))
	for i, r := range Repeats {
		if names[i] = string(r); names[i] == strings.TrimSpace(s) {
			return r, nil
		}
	}
	return "", remedy.Misuse(fmt.Sprintf("%s: unknown interval %q", remedy.Name("repeat"), s), "use "+strings.Join(names, ", "))
}
