package correspondence

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
)

// where is the contact for a channel, in words.
func where(o agency.Office, c agency.Channel) string {
	if c == agency.Mail {
		return strings.Join(o.AddressBlock(), ", ")
	}
	return o.ContactFor(c)
}

// movedNote says that a letter goes elsewhere than the request's record of its office has
// it, and how to send it there all the same.
func movedNote(o letter.Order, f FollowUp, frozen agency.Office) []string {
	c := o.Channel
	before, now := where(frozen, c), where(o.Office, c)
	if len(o.Addressee) > 0 || o.Contact != "" || c == agency.Portal || before == "" || before == now {
		return nil
	}
	keep := remedy.To(remedy.Make, f.Request, f.Kind).Saying("again").With("via", string(c))
	if c == agency.Mail {
		keep = keep.With("address", before)
	} else {
		keep = keep.With("contact", before)
	}
	age := ""
	if a := o.Office.Age(c); a != "" {
		age = " (" + a + ")"
	}
	return []string{fmt.Sprintf("when the request was made, the %s was %s; this letter goes to %s%s; to send it to the earlier one: %s",
		c.Contact(), before, now, age, keep)}
}

// Moved is an open request whose office has other contacts now than when it was made.
type Moved struct {
	Request string           `json:"request"`
	Subject string           `json:"subject"`
	Status  docket.Status    `json:"status"`
	Drafted bool             `json:"drafted"` // not yet sent: its letter has the earlier contact
	Via     string           `json:"via"`
	Changed []agency.Channel `json:"changed"`
	Letters []docket.Unsent  `json:"letters,omitempty"` // further ones, made with the earlier contact and not sent
	Do      []remedy.Act     `json:"do"`                // what changes something about it
}

// MovedLog is what is asked of a log to find the requests whose office has moved.
type MovedLog interface {
	logbook.Lists
	logbook.Life
}

// MovedRequests are the open requests to an office of which a contact that still matters
// to them differs from the directory's: of a draft, the one that it goes by.
func MovedRequests(ctx context.Context, log MovedLog, now agency.Office) (out []Moved, err error) {
	var open []store.Standing // without the frozen offices
	err = logbook.Find(ctx, log, logbook.Filter{Office: []string{now.ID}, OpenOnly: true}, func(s store.Standing) error {
		open = append(open, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, s := range open {
		r, _, err := logbook.Request(logbook.Within(ctx, log), s.Request.ID)
		if err != nil {
			return nil, err
		}
		frozen, err := press.FrozenOffice(r)
		if err != nil {
			return nil, err
		}
		m := moved(s, frozen, now)
		if len(m.Changed) == 0 {
			continue
		}
		m.Do = m.acts(r)
		out = append(out, m)
	}
	return out, nil
}

// moved compares the office of a request with what the directory has now.
func moved(s store.Standing, frozen, now agency.Office) Moved {
	m := Moved{Request: s.Request.ID, Subject: s.Request.Subject, Status: s.State.Status, Via: s.Request.Via,
		Drafted: s.State.Status == docket.IsDrafted}
	for _, c := range []agency.Channel{agency.Portal, agency.Email, agency.Fax, agency.Mail} {
		if where(frozen, c) != where(now, c) && (!m.Drafted || string(c) == m.Via) {
			m.Changed = append(m.Changed, c)
		}
	}
	for _, u := range s.State.Unsent {
		if slices.Contains(m.Changed, agency.Channel(u.Via)) {
			m.Letters = append(m.Letters, u)
		}
	}
	return m
}

// acts make the letters again that have the earlier contact, or show which letters there
// are.
func (m Moved) acts(r docket.Request) (out []remedy.Act) {
	if m.Drafted {
		return []remedy.Act{remedy.To(remedy.Change, r.ID).With("via", r.Via)}
	}
	for _, l := range m.Letters {
		out = append(out, remedy.To(remedy.Make, r.ID, l.Letter).Saying("again"))
	}
	return append(out, remedy.To(remedy.Letters, r.ID))
}
