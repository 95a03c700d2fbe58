package campaign

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/store"
	"foia/internal/workday"
)

// Office is what one office of a campaign did so far.
type Office struct {
	ID           string         `json:"id"`
	Office       string         `json:"office"`
	Law          string         `json:"law"`
	Via          string         `json:"via"`
	Sent         workday.Date   `json:"sent,omitzero"`
	Acknowledged workday.Date   `json:"acknowledged,omitzero"`
	Days         *int           `json:"days"` // calendar days until the determination; null: none yet
	Status       docket.Status  `json:"status"`
	Outcome      string         `json:"outcome"`
	Pages        *int           `json:"pages"` // released; null: no letter gives a number
	Fee          *docket.Amount `json:"fee"`   // asked: 120.50, or 235.00 EUR; null: no notice of fees
	Late         *Late          `json:"late,omitempty"`
}

// Late is a date that an agency missed.
type Late struct {
	What  string       `json:"what"`
	Law   string       `json:"law"`
	Rule  string       `json:"rule"` // the citation
	Due   workday.Date `json:"due"`
	Since workday.Date `json:"since"` // the first day on which it was late
	Days  int          `json:"days"`  // calendar days since it was due
}

// Columns are the headings of the outcome table; Cells follows them.
var Columns = []string{"id", "office", "law", "via", "sent", "acknowledged", "days", "status", "outcome", "pages", "fee", "late since",
	"days late", "what is late", "rule"}

// Cells are the values of the row as text; what is unknown is empty.
func (o Office) Cells() []string {
	number := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	fee := ""
	if o.Fee != nil {
		fee = o.Fee.String()
	}
	cells := []string{o.ID, o.Office, o.Law, o.Via, o.Sent.String(), o.Acknowledged.String(), number(o.Days), string(o.Status), o.Outcome,
		number(o.Pages), fee}
	if o.Late == nil {
		return append(cells, "", "", "", "")
	}
	return append(cells, o.Late.Since.String(), strconv.Itoa(o.Late.Days), o.Late.What, o.Late.Rule)
}

// OfficeOf is the row of a request as it stands on a day.
func OfficeOf(s store.Standing, day workday.Date) Office {
	r, st := s.Request, s.State.On(day)
	o := Office{ID: r.ID, Office: r.OfficeName(), Law: r.Law, Via: r.Via, Sent: st.Sent,
		Acknowledged: st.Account.Acknowledged,
		Status:       st.Status, Outcome: st.Outcome, Pages: st.Account.Pages, Fee: st.Account.Fee}
	if days, ok := st.Took(); ok {
		o.Days = &days
	}
	if d, late := st.AgencyLate(day); late {
		o.Late = &Late{What: d.Title(), Law: r.Law, Rule: d.Cite, Due: d.Due, Since: d.Due.AddDays(1), Days: d.Due.DaysUntil(day)}
	}
	return o
}

// Summary counts the requests of a campaign.
type Summary struct {
	Campaign  string         `json:"campaign"`
	On        workday.Date   `json:"on"`
	Letters   int            `json:"letters"`
	Sent      int            `json:"sent"`
	Answered  int            `json:"answered"` // with a determination
	Late      int            `json:"late"`
	First     workday.Date   `json:"first,omitzero"` // the date of the first letter
	Last      workday.Date   `json:"last,omitzero"`  // the day of the last event
	ByLaw     map[string]int `json:"by_law"`
	ByStatus  map[string]int `json:"by_status"`
	ByOutcome map[string]int `json:"by_outcome"`
	LateUnder []LateUnder    `json:"late_under"`
	Fees      Fees           `json:"fees"`
}

// LateUnder counts the offices that are late under one rule.
type LateUnder struct {
	Law   string       `json:"law"`
	Rule  string       `json:"rule"`
	What  string       `json:"what"`
	Count int          `json:"count"`
	Since workday.Date `json:"since"` // the longest of them
}

// Fees is what the offices ask, by the latest notice of each.
type Fees struct {
	Sum     docket.Cents            `json:"sum"`                        // of those in dollars
	Others  map[string]docket.Cents `json:"other_currencies,omitempty"` // of the rest, by currency
	Asked   int                     `json:"asked"`                      // offices with a notice of fees
	Nothing int                     `json:"nothing"`                    // offices that decided without one
	Unknown int                     `json:"unknown"`                    // offices that may still ask
}

func newSummary(campaign string, day workday.Date) *Summary {
	return &Summary{Campaign: campaign, On: day, ByLaw: map[string]int{}, ByStatus: map[string]int{}, ByOutcome: map[string]int{},
		LateUnder: []LateUnder{}}
}

// add counts one request. The error is that the fees are too large to be added up.
func (m *Summary) add(s store.Standing, o Office) (err error) {
	m.Letters++
	if !o.Sent.IsZero() || !s.State.Received.IsZero() || !o.Acknowledged.IsZero() {
		m.Sent++
	}
	decided := s.State.Account.Decided()
	if decided {
		m.Answered++
	}
	m.ByLaw[o.Law]++
	m.ByStatus[string(o.Status)]++
	m.ByOutcome[cmp.Or(o.Outcome, NoOutcome)]++
	if created := s.Request.Created; m.First.IsZero() || created.Before(m.First) {
		m.First = created
	}
	if last := s.State.Last.On; m.Last.IsZero() || last.After(m.Last) {
		m.Last = last
	}
	if o.Late != nil {
		m.addLate(*o.Late)
	}
	switch {
	case o.Fee != nil:
		err = m.Fees.add(*o.Fee)
	case decided:
		m.Fees.Nothing++
	default:
		m.Fees.Unknown++
	}
	return err
}

// add adds what one office asks. Amounts in other currencies are no dollars.
func (f *Fees) add(fee docket.Amount) (err error) {
	f.Asked++
	if fee.Currency == law.Dollars {
		f.Sum, err = f.Sum.Plus(fee.Cents)
		return err
	}
	if f.Others == nil {
		f.Others = map[string]docket.Cents{}
	}
	f.Others[fee.Currency], err = f.Others[fee.Currency].Plus(fee.Cents)
	return err
}

func (m *Summary) addLate(l Late) {
	m.Late++
	i := slices.IndexFunc(m.LateUnder, func(u LateUnder) bool { return u.Law == l.Law && u.Rule == l.Rule && u.What == l.What })
	if i < 0 {
		m.LateUnder = append(m.LateUnder, LateUnder{Law: l.Law, Rule: l.Rule, What: l.What, Count: 1, Since: l.Since})
		return
	}
	m.LateUnder[i].Count++
	if l.Since.Before(m.LateUnder[i].Since) {
		m.LateUnder[i].Since = l.Since
	}
}

// Overview counts the requests that a filter takes, as they stood on a day, and
// hands over the row of each.
func (c Folder) Overview(ctx context.Context, day workday.Date, f Filter, row func(Office) error) (*Summary, error) {
	m := newSummary(c.Name, day)
	err := c.Each(ctx, day, f, func(s store.Standing) error {
		o := OfficeOf(s, day)
		if err := m.add(s, o); err != nil {
			return err
		}
		return row(o)
	})
	slices.SortFunc(m.LateUnder, func(a, b LateUnder) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.What, b.What))
	})
	return m, err
}

// List counts each campaign of the log, the latest first.
func (c Folder) List(ctx context.Context, day workday.Date) ([]*Summary, error) {
	c.Name = ""
	by := map[string]*Summary{}
	list := []*Summary{}
	err := c.Each(ctx, day, Filter{}, func(s store.Standing) error {
		name := s.Request.Campaign
		if by[name] == nil {
			by[name] = newSummary(name, day)
			list = append(list, by[name])
		}
		return by[name].add(s, OfficeOf(s, day))
	})
	slices.SortStableFunc(list, func(a, b *Summary) int {
		switch {
		case a.First.After(b.First):
			return -1
		case b.First.After(a.First):
			return 1
		}
		return cmp.Compare(a.Campaign, b.Campaign)
	})
	return list, err
}
