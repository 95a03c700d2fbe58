package report

import (
	"cmp"
	"slices"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
)

// Figures are what is counted of some requests. Each request that was sent is one of
// Decided, Referred, Ended and Open, which add up to Sent.
type Figures struct {
	Sent      int `json:"sent"`
	Responded int `json:"responded"` // of those that were not referred: with a determination or a release
	Decided   int `json:"decided"`
	Referred  int `json:"referred"` // to another office, as a whole and without a determination
	Ended     int `json:"ended"`    // closed or withdrawn by the requester without a determination
	Open      int `json:"open"`
	Opened    int `json:"opened_by_referral"` // of Sent: opened because another agency referred records there

	Days     Days           `json:"days"`
	Late     int            `json:"late"`         // answered late, or overdue
	Overdue  int            `json:"overdue"`      // of those: the agency still owes what it is late with
	Untold   int            `json:"late_unknown"` // of those that were not referred: no last day is known
	Outcomes map[string]int `json:"outcomes"`     // of Decided, by the log's words

	Asked    Money `json:"fees_asked"`
	Paid     Money `json:"fees_paid"`
	Released Pages `json:"pages_released"`
	Withheld Pages `json:"pages_withheld"`
}

// Days are how many calendar days decisions took.
type Days struct {
	Timed   int      `json:"timed"`
	Unknown int      `json:"unknown"` // decisions of which the log cannot tell
	Median  *float64 `json:"median"`  // null: fewer than fewest were timed
	Longest *int     `json:"longest"`

	tally tally
}

// Money is a sum for each currency.
type Money struct {
	Sums     map[string]docket.Cents `json:"sums"`
	Requests int                     `json:"requests"`          // that add to it
	Unknown  int                     `json:"unknown,omitempty"` // payments of which the log has no amount
}

// Pages are pages that letters of agencies count.
type Pages struct {
	Sum      int `json:"sum"`
	Requests int `json:"requests"` // of which the log has a number
}

// Answerable are the requests that an agency had to answer itself.
func (f Figures) Answerable() int { return f.Sent - f.Referred }

// fewest is how many values a median needs: of fewer, one more request may move it anywhere.
const fewest = 5

func newFigures() *Figures {
	return &Figures{Outcomes: map[string]int{}, Asked: Money{Sums: map[string]docket.Cents{}}, Paid: Money{Sums: map[string]docket.Cents{}}}
}

// counts tells whether a request is one of those that are counted: it was sent, and is no
// sample.
func counts(s store.Standing) bool {
	return s.State.Begun && !s.State.Sample && !s.Request.Sample
}

// add counts one request as it stands on a day. The error is that a sum of money is larger
// than can be counted.
func (f *Figures) add(s store.Standing, day workday.Date) error {
	st, account := s.State, s.State.Account
	f.Sent++
	if s.Request.Parent != "" {
		f.Opened++
	}
	switch {
	case account.Decided():
		f.Decided++
		f.Outcomes[cmp.Or(st.Outcome, "other")]++
		f.Days.add(st)
	case !account.Referred.IsZero():
		f.Referred++
	case !st.Open():
		f.Ended++
	default:
		f.Open++
	}
	if !account.Decided() && !account.Referred.IsZero() {
		return f.addSums(account)
	}
	if !account.Answered.IsZero() {
		f.Responded++
	}
	answered, timed := st.AnsweredLate()
	overdue := st.MissedForSure(day)
	switch {
	case answered || overdue:
		f.Late++
	case !timed:
		f.Untold++
	}
	if overdue {
		f.Overdue++
	}
	return f.addSums(account)
}

func (f *Figures) addSums(account docket.Account) error {
	f.Released.add(account.Pages)
	f.Withheld.add(account.Withheld)
	if fee := account.Fee; fee != nil && fee.Cents > 0 {
		f.Asked.Requests++
		if err := f.Asked.add(*fee); err != nil {
			return err
		}
	}
	if len(account.Paid) > 0 {
		f.Paid.Requests++
	}
	f.Paid.Unknown += account.PaidUnknown
	for _, paid := range account.Paid {
		if err := f.Paid.add(paid); err != nil {
			return err
		}
	}
	return nil
}

func (m *Money) add(a docket.Amount) (err error) {
	m.Sums[a.Currency], err = m.Sums[a.Currency].Plus(a.Cents)
	return err
}

func (p *Pages) add(n *int) {
	if n != nil {
		p.Sum += *n
		p.Requests++
	}
}

func (d *Days) add(s docket.State) {
	days, ok := s.Took()
	if !ok {
		d.Unknown++
		return
	}
	d.Timed++
	d.tally.add(days)
}

// finish works out what needs all values.
func (d *Days) finish() {
	if d.Timed > 0 {
		d.Longest = &d.tally[len(d.tally)-1].value
	}
	if d.Timed >= fewest {
		median := float64(d.tally.at((d.Timed-1)/2)+d.tally.at(d.Timed/2)) / 2
		d.Median = &median
	}
}

// tally is how often each value came, the least first. It grows with the number of
// different values, and not with that of requests.
type tally []struct{ value, times int }

func (t *tally) add(value int) {
	i, there := slices.BinarySearchFunc(*t, value, func(e struct{ value, times int }, v int) int { return cmp.Compare(e.value, v) })
	if !there {
		*t = slices.Insert(*t, i, struct{ value, times int }{value: value})
	}
	(*t)[i].times++
}

// at is the value in a place, if all were written down in order.
func (t tally) at(place int) int {
	for _, e := range t {
		if place -= e.times; place < 0 {
			return e.value
		}
	}
	return 0
}
