// Package retention is about what records governments keep: series by their proper names,
// what they hold, who keeps them, for how long and by whose leave. A series is an item of
// NARA's General Records Schedules, a system of records or another named source of one
// agency, or what was read of a state's schedules. Nobody's list is whole: the records of an
// agency's mission are on its own schedules, so that a series which is not here says nothing.
package retention

import "strings"

// The kinds of a series that code tells apart. Other kinds are those of systems.jsonl, in its
// words.
const (
	General = "general records schedule" // NARA's, for every federal agency
	State   = "state schedule"
)

// The modes of a retention: what kind of time it is.
const (
	Fixed      = "fixed"      // a number, and what it is counted from
	Range      = "range"      // the office picks one period within it
	Event      = "event"      // until something happens; no number
	NotStated  = "not_stated" // the table that was read gives none
	Permanent  = "permanent"
	Superseded = "superseded" // see Series.Successor
	Minimum    = "minimum"    // at least; a floor
	Maximum    = "maximum"    // at most; a ceiling
	Rule       = "rule"       // no period, but how one is set
	Hold       = "hold"       // no destruction while something is pending
	Unread     = ""           // nobody read whether there is a period
)

// Series is a series of records, as it was read. What is nil or empty is not known.
type Series struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Law    string `json:"law"`              // us-federal, us-tx; us: of every state
	Agency string `json:"agency,omitempty"` // of a system of records, as it was read
	Scope  string `json:"scope,omitempty"`  // whose records it is about
	Title  string `json:"title"`

	Holds      *string  `json:"holds"`                 // what is in it
	HoldsBasis *string  `json:"holds_basis,omitempty"` // on what that rests
	Keepers    []string `json:"likely_keepers"`        // who is likely to have it: inferred, in no schedule
	Part       string   `json:"part,omitempty"`        // of the schedule: Security Management

	Retention *string `json:"retention"` // in words
	Mode      string  `json:"retention_mode"`
	N         *int    `json:"retention_n"`
	Most      *int    `json:"retention_max,omitempty"`
	Unit      *string `json:"retention_unit"`
	Clock     *string `json:"clock"`          // what the time is counted from
	Longer    *bool   `json:"longer_allowed"` // true: the period is a floor

	Authority *string `json:"authority"`        // the number or section to cite
	Notice    *string `json:"notice,omitempty"` // of a system of records: where it was published
	Successor *string `json:"superseded_by,omitempty"`
	Next      string  `json:"superseded_by_id,omitempty"` // the series with that authority

	Note        *string `json:"note"`
	Source      string  `json:"source"`
	ReadVia     string  `json:"read_via,omitempty"`
	SourceDate  *string `json:"source_date"`
	Confidence  string  `json:"confidence"`
	ScopeNote   string  `json:"scope_note,omitempty"`
	ScopeSource string  `json:"scope_source,omitempty"`

	// Of the few whose period, or clock, was read elsewhere.
	PeriodSource     string  `json:"retention_source,omitempty"`
	PeriodConfidence *string `json:"retention_confidence,omitempty"`
	ClockDetail      string  `json:"clock_detail,omitempty"`
	ClockConfidence  string  `json:"clock_detail_confidence,omitempty"`

	// Warns tells whether the period is sure enough to warn a requester by.
	Warns bool `json:"warn"`

	words  []string // what people call it
	topics []string // of a state's series: what it is filed under
	office []string // ids of the offices whose system it is; empty: not of some offices alone
}

// Says is how long the series is kept, in words, and whether that is more than a
// number. What is not known is said to be unknown.
func (s *Series) Says() string {
	words := text(s.Retention)
	switch {
	case s.Mode == Superseded:
		return "superseded; see its successor"
	case s.Mode == NotStated && words == "":
		return "not stated in the table that was read"
	case words == "":
		return "unknown: the period was not read"
	}
	switch {
	case s.Mode == Fixed && s.Longer != nil && *s.Longer:
		words += "; the office may keep it longer"
	case s.Mode == Minimum && !strings.Contains(words, "at least"):
		words += ", at the least"
	case s.Mode == Maximum && !strings.Contains(words, "at most"):
		words += ", at the most"
	}
	if c := text(s.PeriodConfidence); c != "" && c != "high" {
		words += " (confidence in this period: " + c + ")"
	}
	return words
}

// Offices are the ids of the offices whose system it is; none, if it is not that of some alone.
func (s *Series) Offices() []string { return s.office }

// Cite is what to cite for the period or for the series itself.
func (s *Series) Cite() string {
	if s.Authority != nil {
		return *s.Authority
	}
	return text(s.Notice)
}

// Records tells whether it is a series that can be asked for, rather than a rule about
// destroying records, or a list of where to look.
func (s *Series) Records() bool { return s.Mode != Rule && s.Mode != Hold && s.Mode != Superseded }

// Read is where it was read, when, and how sure that is.
func (s *Series) Read() string {
	date := "undated"
	if s.SourceDate != nil {
		date = *s.SourceDate
	}
	said := s.Source + " (" + date + ")"
	if s.ReadVia != "" {
		said += ", through a public copy"
	}
	return said + "; confidence " + s.Confidence
}

// PeriodRead is where the period was read, if that is another place.
func (s *Series) PeriodRead() string {
	switch {
	case s.PeriodConfidence != nil:
		return s.PeriodSource + "; confidence " + *s.PeriodConfidence
	case s.ClockDetail != "":
		return "counted from " + s.ClockDetail + "; confidence " + s.ClockConfidence
	}
	return ""
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
