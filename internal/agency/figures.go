package agency

import (
	"bytes"
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"foia/internal/workday"
)

// annualCSV are the figures of the agencies' annual reports of one fiscal year, each row with
// the id of its office in the directory, if that is there.
//
//go:embed data/annual-fy2024.csv
var annualCSV []byte

// Where the figures are from, and of when.
const (
	FiguresYear   = "2024"
	FiguresSource = "usdoj/foia.gov www.foia.gov/2024-FOIASetFull.zip (FY2024 annual FOIA reports, published 2025-06-09)"
)

// Days are a number of days as an annual report has it: a number, or “<1”. Empty: the report
// has none, as where no request was of that kind.
type Days string

// MarshalJSON writes a number as one.
func (d Days) MarshalJSON() ([]byte, error) {
	if _, err := strconv.ParseFloat(string(d), 64); err == nil {
		return []byte(d), nil
	}
	return []byte(strconv.Quote(string(d))), nil
}

// Figures are what an office reported of one fiscal year. They are of the past, and say
// nothing of any one request. What the report does not have is nil or empty.
type Figures struct {
	Office           string `json:"office"`
	Year             string `json:"fiscal_year"`
	Source           string `json:"source"`
	Received         *int   `json:"received,omitempty"`
	Processed        *int   `json:"processed,omitempty"`
	Backlog          *int   `json:"backlog,omitempty"`
	BacklogAppeals   *int   `json:"backlog_of_appeals,omitempty"`
	Simple           Days   `json:"median_days_simple,omitempty"`
	Complex          Days   `json:"median_days_complex,omitempty"`
	Expedited        Days   `json:"median_days_expedited,omitempty"`
	Appeals          Days   `json:"median_days_appeals,omitempty"`
	ExpeditedGranted *int   `json:"expedition_granted,omitempty"`
	ExpeditedDenied  *int   `json:"expedition_denied,omitempty"`
	WaiverGranted    *int   `json:"fee_waivers_granted,omitempty"`
	WaiverDenied     *int   `json:"fee_waivers_denied,omitempty"`
}

// FiguresOf are the figures of an office; ok is false if the reports have none of it. It reads
// no more of the table than the row; a test reads all of it.
func FiguresOf(o Office) (f Figures, ok bool) {
	if o.UserAdded || o.UnderLaw() != workday.FederalLaw {
		return f, false
	}
	head, rest, _ := bytes.Cut(annualCSV, []byte("\n"))
	_, row, found := bytes.Cut(append([]byte("\n"), rest...), []byte("\n"+o.ID+","))
	if !found {
		return f, false
	}
	row, _, _ = bytes.Cut(row, []byte("\n"))
	rows, err := readCSV(slices.Concat(head, []byte("\n"+o.ID+","), row))
	if err != nil || len(rows) != 1 {
		return f, false
	}
	f = figuresIn(rows[0])
	return f, f.any()
}

// any tells whether there is a figure.
func (f Figures) any() bool {
	return f.Received != nil || f.Processed != nil || f.Backlog != nil || f.BacklogAppeals != nil || f.Appeals != ""
}

func figuresIn(r map[string]string) Figures {
	number := func(key string) *int {
		n, err := strconv.Atoi(r[key])
		if err != nil {
			return nil
		}
		return &n
	}
	return Figures{Office: r["office"], Year: FiguresYear, Source: FiguresSource, Received: number("received"),
		Processed: number("processed"), Backlog: number("backlog_requests"), BacklogAppeals: number("backlog_appeals"),
		Simple: daysIn(r["simple_median"]), Complex: daysIn(r["complex_median"]), Expedited: daysIn(r["exped_median"]),
		Appeals: daysIn(r["appeal_median_days"]), ExpeditedGranted: number("exped_granted"), ExpeditedDenied: number("exped_denied"),
		WaiverGranted: number("feewaiver_granted"), WaiverDenied: number("feewaiver_denied")}
}

// daysIn reads a median of the reports: 0.0000 stands where there is none, since no request
// was of that kind, and LT1 or <1 for less than a day.
func daysIn(s string) Days {
	switch s {
	case "", "0.0000":
		return ""
	case "LT1", "<1":
		return "<1"
	}
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		return ""
	}
	return Days(s)
}

// Says puts the figures into sentences, each with what it is about.
func (f Figures) Says() (out []string) {
	say := func(label string, parts ...string) {
		parts = compact(parts)
		if len(parts) > 0 {
			out = append(out, label+strings.Join(parts, ", "))
		}
	}
	say("", counted("received", f.Received), counted("processed", f.Processed), counted("backlog", f.Backlog))
	say("median days to answer: ", days("simple", f.Simple), days("complex", f.Complex), days("expedited", f.Expedited))
	say("expedited processing: ", counted("granted", f.ExpeditedGranted), counted("denied", f.ExpeditedDenied))
	say("fee waivers: ", counted("granted", f.WaiverGranted), counted("denied", f.WaiverDenied))
	say("appeals: ", days("median days", f.Appeals), counted("backlog", f.BacklogAppeals))
	return out
}

func compact(parts []string) (out []string) {
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

func counted(what string, n *int) string {
	if n == nil {
		return ""
	}
	return what + " " + grouped(*n)
}

// grouped writes a number with commas, as 59,300.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func days(what string, d Days) string {
	if d == "" {
		return ""
	}
	return what + " " + string(d)
}
