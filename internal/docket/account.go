package docket

import (
	"strconv"

	"foia/internal/workday"
)

// Account is what a request brought, and what was asked for it, as far as the log
// says.
type Account struct {
	Acknowledged workday.Date `json:"acknowledged,omitzero"` // the first acknowledgment
	Determined   workday.Date `json:"determined,omitzero"`   // the last determination
	Pages        *int         `json:"pages,omitempty"`       // released; nil: no letter gives a number
	Fee          *Amount      `json:"fee,omitempty"`         // of the latest notice; nil: there was none
}

// account adds up what the letters of the agency say. The pages of a determination
// come on top of those that were released before it; a later determination takes
// the place of an earlier one.
func (f *folding) account() {
	a := &f.state.Account
	interim, decided := 0, 0
	known := false
	for _, e := range f.life {
		pages, err := strconv.Atoi(e.Data["pages"])
		switch e.Kind {
		case Acknowledged:
			if a.Acknowledged.IsZero() {
				a.Acknowledged = e.On
			}
		case InterimRelease:
			interim += pages
			known = known || err == nil
		case Determination:
			a.Determined, decided = e.On, pages
			known = known || err == nil
		case FeeNotice:
			if fee, err := ReadAmount(e.Data["amount"], f.basis.Book.Currency(f.request.Law)); err == nil {
				a.Fee = &fee
			}
		}
	}
	if known {
		sum := interim + decided
		a.Pages = &sum
	}
}

// Took is how many calendar days the agency took from the day on which it had the
// request, as told or proven, else from the day it was sent. ok is false if it has
// not decided, or nothing is known of the beginning.
func (s State) Took() (days int, ok bool) {
	from := s.Sent
	if s.ReceivedHow == "proven" || s.ReceivedHow == "told" {
		from = s.Received
	}
	if from.IsZero() || s.Account.Determined.IsZero() {
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
