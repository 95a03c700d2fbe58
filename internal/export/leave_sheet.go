package export

import (
	"strings"

	"foia/internal/docket"
)

// sheetColumn is a column of the plain sheet. foia import reads each heading as what it is.
type sheetColumn struct {
	head string
	of   func(l *leaving) string
}

// sheetColumns are those of a plain sheet. An event has the column of its day; if nobody knows the day, that says yes.
func sheetColumns() []sheetColumn {
	return []sheetColumn{
		{"Our number", func(l *leaving) string { return l.r.ID }},
		{"Agency", func(l *leaving) string { return l.r.OfficeName() }},
		{"Subject", func(l *leaving) string { return l.r.Subject }},
		{"Law", func(l *leaving) string { return l.r.UnderLaw() }},
		{"Date sent", day(docket.Sent)},
		{"Sent how", detail(docket.Sent, "by")},
		{"Date received by agency", day(docket.Received)},
		{"Tracking number", func(l *leaving) string { return strings.Join(l.s.Numbers, "; ") }},
		{"Date acknowledged", day(docket.Acknowledged)},
		{"Date extended", day(docket.Extended)},
		{"Extended until", detail(docket.Extended, "until")},
		{"Fee asked", detail(docket.FeeNotice, "amount")},
		{"Date of fee notice", day(docket.FeeNotice)},
		{"Date fee paid", func(l *leaving) string {
			if e := l.last[docket.FeeAnswered]; e == nil || e.Data["answer"] != "paid" {
				return ""
			}
			return day(docket.FeeAnswered)(l)
		}},
		{"Date reminded", day(docket.Reminded)},
		{"Date of response", day(docket.Determination)},
		{"Outcome", detail(docket.Determination, "outcome")},
		{"Exemptions", detail(docket.Determination, "exemptions")},
		{"Pages released", detail(docket.Determination, "pages")},
		{"Pages withheld", detail(docket.Determination, "withheld")},
		{"Date of appeal", day(docket.Appealed)},
		{"Date of appeal decision", day(docket.AppealDecided)},
		{"Appeal outcome", detail(docket.AppealDecided, "outcome")},
		{"Date closed", func(l *leaving) string {
			if l.last[docket.Closed] == nil {
				return day(docket.Withdrawn)(l)
			}
			return day(docket.Closed)(l)
		}},
		{"Status", sheetStatus},
		{"Assigned to", func(l *leaving) string { return l.s.Assigned }},
		{"Tags", func(l *leaving) string { return strings.Join(l.s.Tags, ", ") }},
		{"Notes", func(l *leaving) string { return strings.Join(l.notes, " · ") }},
	}
}

// day is when something happened, as far as it is known.
func day(k docket.Kind) func(*leaving) string {
	return func(l *leaving) string {
		switch e := l.last[k]; {
		case e == nil:
			return ""
		case e.On.IsZero():
			return "yes"
		default:
			return e.On.String()
		}
	}
}

func detail(k docket.Kind, name string) func(*leaving) string {
	return func(l *leaving) string {
		if e := l.last[k]; e != nil {
			return e.Data[name]
		}
		return ""
	}
}

// sheetStatus is how a request stands in a word that other trackers have.
func sheetStatus(l *leaving) string {
	switch l.s.Status {
	case docket.IsDrafted:
		return "draft"
	case docket.IsSent, docket.IsProcessing, docket.IsWaiting, docket.IsReferred:
		return "pending"
	case docket.IsDetermined:
		return "answered"
	case docket.IsInCourt:
		return "in court"
	case docket.IsClosed:
		switch l.reason {
		case "withdrawn", "abandoned", "consolidated":
			return l.reason
		}
		if l.last[docket.Withdrawn] != nil {
			return "withdrawn"
		}
		return "closed"
	}
	return "appealed"
}

// sheet is the request as a row of the plain sheet.
func (l *leaving) sheet() (out []string) {
	for _, c := range sheetColumns() {
		out = append(out, c.of(l))
	}
	return out
}
