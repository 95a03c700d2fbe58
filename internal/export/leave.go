package export

import (
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/workday"
)

// The forms for whoever leaves: a plain sheet, whose columns every tracker has, and MuckRock's 24 columns (muckrock/foia/tasks.py,
// class ExportCsv, read at commit 95ff265 of August 20, 2026).
const (
	ForSheet    = "sheet"
	ForMuckRock = "muckrock"
)

var muckrockColumns = []string{"User", "Title", "Status", "URL", "Jurisdiction", "Jurisdiction ID", "Jurisdiction Level",
	"Jurisdiction State", "Agency", "Agency ID", "Agency Zip Code", "Followup Date", "Estimated Completion Date", "Requested Documents",
	"Tracking Number", "Embargo", "Days since submitted", "Days since updated", "Projects", "Tags", "Price", "Date Submitted", "Date Due",
	"Date Done"}

// LeavingColumns are the headings of a form; nil: there is no such form.
func LeavingColumns(form string) []string {
	switch form {
	case ForSheet:
		var heads []string
		for _, c := range sheetColumns() {
			heads = append(heads, c.head)
		}
		return heads
	case ForMuckRock:
		return muckrockColumns
	}
	return nil
}

// Leaving is a request in one of the forms. What is unknown is empty: no day is made up.
func Leaving(form string, r docket.Request, events []docket.Event, s docket.State) []string {
	l := leaving{r: r, s: s, last: map[docket.Kind]*docket.Event{}}
	struck := docket.Corrected(events)
	for i, e := range events {
		had := l.last[e.Kind]
		if struck[e.Seq] || e.Kind == docket.Sent && e.Data["letter"] != "" ||
			(e.Kind == docket.Sent || e.Kind == docket.Acknowledged) && had != nil && !had.On.IsZero() {
			continue
		}
		l.last[e.Kind] = &events[i]
		l.take(e)
	}
	if form == ForMuckRock {
		return l.muckrock()
	}
	return l.sheet()
}

// leaving is what a sheet has of a request.
type leaving struct {
	r                     docket.Request
	s                     docket.State
	last                  map[docket.Kind]*docket.Event // of each kind; of the request and its acknowledgment, the first
	sent, decided, closed workday.Date
	outcome, estimate     string
	reason                string
	determines, ends      bool
	questions             bool
	notes                 []string
}

func (l *leaving) take(e docket.Event) {
	switch e.Kind {
	case docket.Sent:
		l.sent = e.On
	case docket.Determination:
		l.determines, l.decided, l.outcome = true, e.On, e.Data["outcome"]
	case docket.Closed, docket.Withdrawn:
		l.ends, l.closed, l.reason = true, e.On, e.Data["reason"]
	case docket.Estimated:
		l.estimate = e.Data["until"]
	case docket.DeficiencyNotice:
		l.questions = true
	case docket.Note:
		l.notes = append(l.notes, e.Data["note"])
	}
}

// outcomeWords are MuckRock's words for what was decided.
var outcomeWords = map[string]string{"granted": "Completed", "partial": "Partially Completed", "denied": "Rejected",
	"no-records": "No Responsive Documents"}

// status is MuckRock's word for how a request stands.
func (l *leaving) status() string {
	switch {
	case l.s.Status == docket.IsDrafted:
		return "Processing"
	case l.s.Status == docket.IsInCourt:
		return "In Litigation"
	case l.s.Status == docket.IsAppealed:
		return "Awaiting Appeal"
	case l.determines && outcomeWords[l.outcome] != "":
		return outcomeWords[l.outcome]
	case l.determines && l.outcome != "":
		return "Rejected"
	case l.ends && l.reason == "consolidated":
		return "Consolidated"
	case l.ends:
		return "Withdrawn"
	case l.s.Status == docket.IsWaiting && l.questions:
		return "Fix Required"
	case l.s.Status == docket.IsWaiting && l.s.Account.Fee != nil:
		return "Payment Required"
	case l.s.Status == docket.IsSent:
		return "Awaiting Acknowledgement"
	}
	return "Awaiting Response"
}

// noon is a day as MuckRock writes moments: at noon UTC, which is the same day in New York.
func noon(d workday.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String() + " 12:00:00+00:00"
}

func (l *leaving) muckrock() []string {
	level, state, jurisdiction := "State", "", ""
	if l.r.UnderLaw() == law.Federal {
		level, state, jurisdiction = "Federal", "United States of America", "United States of America"
	} else if code, ok := strings.CutPrefix(l.r.UnderLaw(), "us-"); ok {
		state = entered.StateName(strings.ToUpper(code))
		jurisdiction = state
	}
	embargo, price, due := "public", "0.00", ""
	if l.s.Private {
		embargo = "embargo"
	}
	if fee := l.s.Account.Fee; fee != nil && fee.Currency == "USD" {
		price = fee.Cents.String()
	}
	if d, ok := l.s.Deadline(docket.DueDetermination); ok {
		due = d.Due.String()
	}
	done := l.decided
	if done.IsZero() && !l.determines {
		done = l.closed
	}
	who := l.s.Assigned
	if who == "" {
		who = l.s.Owner
	}
	return []string{who, l.r.Subject, l.status(), "", jurisdiction, "", level, state, l.r.OfficeName(), "", "", "", l.estimate, "",
		strings.Join(l.s.Numbers, ", "), embargo, "", "", "", strings.Join(l.s.Tags, ","), price, noon(l.sent), due, noon(done)}
}
