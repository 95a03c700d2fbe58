package docket

import (
	"slices"
	"strconv"

	"foia/internal/workday"
)

// Account is what a request brought, and what was asked and paid for it, as far as the log
// says.
type Account struct {
	Acknowledged workday.Date `json:"acknowledged,omitzero"`  // the first acknowledgment
	Answered     workday.Date `json:"answered,omitzero"`      // the first determination or release
	Determined   workday.Date `json:"determined,omitzero"`    // the last determination
	Undated      bool         `json:"undated,omitempty"`      // it was determined, on a day that is not known
	Referred     workday.Date `json:"referred,omitzero"`      // nothing of the request was left with the agency
	Pages        *int         `json:"pages,omitempty"`        // released; nil: no letter gives a number
	Withheld     *int         `json:"withheld,omitempty"`     // pages, too
	Exemptions   []string     `json:"exemptions,omitempty"`   // and other grounds that decision and releases claim, as the law names them
	Fee          *Amount      `json:"fee,omitempty"`          // of the latest notice; nil: there was none
	Paid         []Amount     `json:"paid,omitempty"`         // in each currency
	PaidUnknown  int          `json:"paid_unknown,omitempty"` // payments of which the log has no amount
}

// sheets are pages that are counted. Those of a determination come on top of those that
// were released before it; a later determination takes the place of an earlier one.
type sheets struct {
	interim, decided int
	known            bool
}

func (s *sheets) count(e Event, told string) {
	n, err := strconv.Atoi(told)
	switch {
	case e.decides():
		s.decided = n
	case e.Kind == InterimRelease, e.Kind == Determination:
		s.interim += n
	default:
		return
	}
	s.known = s.known || err == nil
}

func (s *sheets) sum() *int {
	if !s.known {
		return nil
	}
	sum := s.interim + s.decided
	return &sum
}

// claimed are the grounds on which something was withheld: those of the last determination and of the releases before
// it, as with pages.
type claimed struct{ interim, decided []string }

func (c *claimed) take(e Event, codes []string) {
	switch {
	case e.decides():
		c.decided = codes
	case e.Kind == InterimRelease, e.Kind == Determination:
		c.interim = append(c.interim, codes...)
	}
}

func (c *claimed) all() []string {
	all := slices.Concat(c.interim, c.decided)
	slices.Sort(all)
	return slices.Compact(all)
}

// account adds up what the letters of the agency say, and what was paid. That all of a
// request was referred is no determination.
func (f *folding) account() {
	a := &f.state.Account
	var released, withheld sheets
	var grounds claimed
	currency := f.basis.Book.Currency(f.request.Law)
	for _, e := range f.life {
		released.count(e, e.Data["pages"])
		withheld.count(e, e.Data["withheld"])
		grounds.take(e, f.request.Exemptions(e))
		if e.Kind == InterimRelease || e.decides() {
			a.Answered = earliest(a.Answered, e.On)
		}
		switch e.Kind {
		case Acknowledged:
			a.Acknowledged = earliest(a.Acknowledged, e.On)
		case Determination:
			if e.decides() {
				a.Determined = e.On
			}
		case FeeNotice:
			if fee, err := ReadAmount(e.Data["amount"], currency); err == nil {
				a.Fee = &fee
			}
		case FeeAnswered:
			a.pay(e, currency)
		}
	}
	if e := f.whollyReferred(); e != nil {
		a.Referred = e.On
	}
	a.Pages, a.Withheld = released.sum(), withheld.sum()
	a.Exemptions = grounds.all()
}

// pay adds a payment. One without an amount, or beyond what can be counted, is one of which
// the amount is unknown: what the notice asked for need not be what was paid.
func (a *Account) pay(e Event, currency string) {
	if e.Data["answer"] != "paid" {
		return
	}
	paid, err := ReadAmount(e.Data["amount"], currency)
	if err != nil {
		a.PaidUnknown++
		return
	}
	i := slices.IndexFunc(a.Paid, func(p Amount) bool { return p.Currency == paid.Currency })
	if i < 0 {
		a.Paid = append(a.Paid, paid)
		return
	}
	sum, err := a.Paid[i].Cents.Plus(paid.Cents)
	if err != nil {
		a.PaidUnknown++
		return
	}
	a.Paid[i].Cents = sum
}

// Decided tells whether the agency made a determination, also one whose day is not known.
func (a Account) Decided() bool { return !a.Determined.IsZero() || a.Undated }

// Took is how many calendar days the agency took from the day on which it had the
// request, as told or proven, else from the day it was sent, until its last determination.
// ok is false if it has not decided, nothing is known of the beginning, or the log has it
// decide before that.
func (s State) Took() (days int, ok bool) {
	from := s.Sent
	if s.ReceivedHow == "proven" || s.ReceivedHow == "told" {
		from = s.Received
	}
	if from.IsZero() || s.Account.Determined.Before(from) {
		return 0, false
	}
	return from.DaysUntil(s.Account.Determined), true
}

// AgencyLate is the deadline that the agency has missed by a day: of several, the
// one that ended first.
func (s State) AgencyLate(today workday.Date) (d Deadline, late bool) {
	if !s.Open() {
		return d, false
	}
	for _, each := range s.Deadlines {
		if each.Who == Agency && each.Open() && !each.Due.IsZero() && today.After(each.Due) && (!late || each.Due.Before(d.Due)) {
			d, late = each, true
		}
	}
	return d, late
}

// owedAnswers are the deadlines of what answers a request.
var owedAnswers = []string{DueResponse, DueDetermination, DueProduction}

// MissedForSure tells whether the agency has missed, by every calendar, a date that is
// still open.
func (s State) MissedForSure(today workday.Date) bool {
	return s.Open() && slices.ContainsFunc(s.Deadlines, func(d Deadline) bool { return d.Who == Agency && d.Open() && d.ForSure(today) })
}

// AnsweredLate tells whether the agency answered after its last day by every calendar.
// timed is false if no last day for its answer is known.
func (s State) AnsweredLate() (late, timed bool) {
	for _, d := range s.Deadlines {
		if d.Who != Agency || !slices.Contains(owedAnswers, d.What) || d.Due.IsZero() || d.Lenient.IsZero() {
			continue
		}
		timed = true
		late = late || d.Over == "" && !d.Met.IsZero() && d.ForSure(d.Met)
	}
	return late, timed
}
