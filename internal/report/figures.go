package report

import (
	"cmp"
	"slices"
	"strings"
	"unique"

	"foia/internal/docket"
	"foia/internal/logbook"
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

	Exemptions map[string]int `json:"exemptions"`         // requests in which each was claimed, by the law's own name of it
	Groundless int            `json:"exemptions_unknown"` // of Decided: something was withheld, and the log has no ground

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
	return &Figures{Outcomes: map[string]int{}, Exemptions: map[string]int{}, Asked: Money{Sums: map[string]docket.Cents{}},
		Paid: Money{Sums: map[string]docket.Cents{}}}
}

// Counted is what a report needs to know of one request as it stands on a day, so that whoever keeps
// it of many requests can count them anew without reading any.
type Counted struct {
	ID, Law, Owner string
	logbook.Traits
	Created, Sent workday.Date

	counts  bool   // it was sent, and is no sample
	ended   ending // what came of it
	outcome string
	took    int // days to the decision
	timed   bool

	opened, responded, late, overdue, untold bool

	account docket.Account
	month   string // of sending, such as 2026-11; empty: not known
}

// ending is what came of a request. Each that was sent has one.
type ending int

const (
	isOpen ending = iota
	isDecided
	isReferred
	isEnded
)

// Count is what a report needs to know of a request as it stands on a day.
func Count(s store.Standing, day workday.Date) Counted {
	st, account := s.State, s.State.Account
	c := Counted{ID: s.Request.ID, Law: s.Request.UnderLaw(), Owner: st.Owner, Traits: logbook.TraitsOf(s), Created: s.Request.Created,
		Sent: st.Sent, counts: st.Begun && !st.Sample && !s.Request.Sample, opened: s.Request.Parent != "",
		account: docket.Account{Pages: account.Pages, Withheld: account.Withheld, Fee: account.Fee, Paid: account.Paid,
			PaidUnknown: account.PaidUnknown, Exemptions: account.Exemptions}}
	if !c.Sent.IsZero() {
		c.month = c.Sent.String()[:len("2026-11")]
	}
	switch {
	case account.Decided():
		c.ended, c.outcome = isDecided, cmp.Or(st.Outcome, "other")
		c.took, c.timed = st.Took()
	case !account.Referred.IsZero():
		c.ended = isReferred
		return c
	case !st.Open():
		c.ended = isEnded
	}
	c.responded = !account.Answered.IsZero() || account.Decided()
	answeredLate, timed := st.AnsweredLate()
	c.overdue = st.MissedForSure(day)
	c.late = answeredLate || c.overdue
	c.untold = !c.late && !timed
	return c
}

// Kept is the same with texts of its own, for who keeps it of many requests: what many have is kept once.
func (c Counted) Kept() Counted {
	c.ID = strings.Clone(c.ID)
	for _, text := range []*string{&c.Law, &c.Owner, &c.OfficeID, &c.Agency, &c.Component, &c.Assigned, &c.outcome, &c.month,
		(*string)(&c.Status)} {
		*text = unique.Make(*text).Value()
	}
	c.Tags, c.account.Exemptions = keptAll(c.Tags), keptAll(c.account.Exemptions)
	if fee := c.account.Fee; fee != nil {
		c.account.Fee = &docket.Amount{Cents: fee.Cents, Currency: unique.Make(fee.Currency).Value()}
	}
	c.account.Paid = slices.Clone(c.account.Paid)
	for i := range c.account.Paid {
		c.account.Paid[i].Currency = unique.Make(c.account.Paid[i].Currency).Value()
	}
	return c
}

func keptAll(texts []string) []string {
	texts = slices.Clone(texts)
	for i := range texts {
		texts[i] = unique.Make(texts[i]).Value()
	}
	return texts
}

// add counts one request. The error is that a sum of money is larger than can be counted.
func (f *Figures) add(c *Counted) error {
	f.Sent++
	f.Opened += one(c.opened)
	switch c.ended {
	case isDecided:
		f.Decided++
		f.Outcomes[c.outcome]++
		f.Groundless += one(len(c.account.Exemptions) == 0 && slices.Contains(withholds, c.outcome))
		f.Days.add(c.took, c.timed)
	case isReferred:
		f.Referred++
	case isEnded:
		f.Ended++
	case isOpen:
		f.Open++
	}
	f.Responded += one(c.responded)
	f.Late += one(c.late)
	f.Overdue += one(c.overdue)
	f.Untold += one(c.untold)
	for _, ground := range c.account.Exemptions {
		f.Exemptions[ground]++
	}
	return f.addSums(&c.account)
}

// plus adds what was counted of other requests. The error is that a sum of money is larger than can be counted.
func (f *Figures) plus(o *Figures) error {
	for _, sum := range [][2]*int{{&f.Sent, &o.Sent}, {&f.Responded, &o.Responded}, {&f.Decided, &o.Decided},
		{&f.Referred, &o.Referred}, {&f.Ended, &o.Ended}, {&f.Open, &o.Open}, {&f.Opened, &o.Opened}, {&f.Late, &o.Late},
		{&f.Overdue, &o.Overdue}, {&f.Untold, &o.Untold}, {&f.Groundless, &o.Groundless}, {&f.Days.Timed, &o.Days.Timed},
		{&f.Days.Unknown, &o.Days.Unknown}, {&f.Asked.Requests, &o.Asked.Requests}, {&f.Paid.Requests, &o.Paid.Requests},
		{&f.Paid.Unknown, &o.Paid.Unknown}, {&f.Released.Sum, &o.Released.Sum}, {&f.Released.Requests, &o.Released.Requests},
		{&f.Withheld.Sum, &o.Withheld.Sum}, {&f.Withheld.Requests, &o.Withheld.Requests}} {
		*sum[0] += *sum[1]
	}
	for outcome, n := range o.Outcomes {
		f.Outcomes[outcome] += n
	}
	for ground, n := range o.Exemptions {
		f.Exemptions[ground] += n
	}
	for _, e := range o.Days.tally {
		f.Days.tally.add(e.value, e.times)
	}
	for currency, cents := range o.Asked.Sums {
		if err := f.Asked.add(docket.Amount{Currency: currency, Cents: cents}); err != nil {
			return err
		}
	}
	for currency, cents := range o.Paid.Sums {
		if err := f.Paid.add(docket.Amount{Currency: currency, Cents: cents}); err != nil {
			return err
		}
	}
	return nil
}

// withholds are the outcomes that need a ground.
var withholds = []string{"partial", "denied", "glomar"}

func one(so bool) int {
	if so {
		return 1
	}
	return 0
}

func (f *Figures) addSums(account *docket.Account) error {
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

func (d *Days) add(days int, timed bool) {
	if !timed {
		d.Unknown++
		return
	}
	d.Timed++
	d.tally.add(days, 1)
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

func (t *tally) add(value, times int) {
	i, there := slices.BinarySearchFunc(*t, value, func(e struct{ value, times int }, v int) int { return cmp.Compare(e.value, v) })
	if !there {
		*t = slices.Insert(*t, i, struct{ value, times int }{value: value})
	}
	(*t)[i].times += times
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
