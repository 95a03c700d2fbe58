package agency

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"foia/internal/workday"
)

// appealsJSONL is how appeals against offices are made, one regulation or page a line;
// appeals.README.md says where it comes from and what was left out.
//
//go:embed data/appeals.jsonl
var appealsJSONL []byte

// Appeal is how a decision of an office is appealed, as a regulation or a page says.
// What it does not say is empty.
type Appeal struct {
	ID         string      `json:"id"`
	Offices    []string    `json:"offices"` // ids; dhs-* are the components of dhs
	Cite       string      `json:"cite"`    // page: the page named as source
	To         string      `json:"to,omitempty"`
	Address    []string    `json:"address,omitempty"`
	Email      string      `json:"email,omitempty"`
	Fax        string      `json:"fax,omitempty"`
	Portal     string      `json:"portal,omitempty"` // an address, or words that say where it is found
	Window     *Window     `json:"window,omitempty"`
	Waiver     *Window     `json:"waiver,omitempty"`     // where it differs: to appeal a denied fee waiver
	Expedition *Window     `json:"expedition,omitempty"` // and to appeal denied expedited processing
	Marking    string      `json:"marking,omitempty"`
	Contents   []string    `json:"contents,omitempty"`
	Silence    string      `json:"silence,omitempty"` // yes: a late answer may be appealed; no: it says that it may not
	Differs    []Differing `json:"differs,omitempty"`
	Notes      []string    `json:"notes,omitempty"`
	Confidence string      `json:"confidence"` // high or medium
	Source     string      `json:"source"`
	Dated      string      `json:"dated"`

	MarkingWaiver     string `json:"marking_waiver,omitempty"`
	MarkingExpedition string `json:"marking_expedition,omitempty"`
}

// Window is the time in which an appeal may be made.
type Window struct {
	Days   int    `json:"days"`
	Unit   string `json:"unit"`           // as the rule has it
	From   string `json:"from,omitempty"` // empty: not said
	Counts string `json:"counts,omitempty"`
	Cite   string `json:"cite,omitempty"`
}

// Differing is what another source says of the same.
type Differing struct {
	Says   string `json:"says"`
	Where  string `json:"where"`
	Dated  string `json:"dated,omitempty"`
	Matter string `json:"matter,omitempty"` // of which alone it speaks; empty: of all
}

// What may be appealed besides the determination on the records.
const (
	FeeWaiver  = "fee-waiver"
	Expedition = "expedition"
)

var loadAppeals = sync.OnceValue(func() []Appeal {
	var out []Appeal
	for line := range bytes.Lines(appealsJSONL) {
		var a Appeal
		if err := json.Unmarshal(line, &a); err != nil { // a test reads them all
			panic("agency: the built-in list of appeals is broken: " + err.Error())
		}
		out = append(out, a)
	}
	return out
})

// AppealOf is how a decision of the office is appealed: by what is said of the office
// itself, else of those that it is one of. ok is false if nothing is known.
func AppealOf(o Office) (a Appeal, ok bool) {
	if o.UnderLaw() != workday.FederalLaw {
		return Appeal{}, false
	}
	for _, fits := range []func(Appeal) bool{
		func(a Appeal) bool { return a.ID == o.ID },
		func(a Appeal) bool { return slices.Contains(a.Offices, o.ID) },
		func(a Appeal) bool { return slices.ContainsFunc(a.Offices, o.isOneOf) },
	} {
		if i := slices.IndexFunc(loadAppeals(), fits); i >= 0 {
			return loadAppeals()[i], true
		}
	}
	return Appeal{}, false
}

// isOneOf tells whether the office is a component of the department that a pattern such
// as dhs-* names. The id alone does not tell it: va-beach may be a user's own office.
func (o Office) isOneOf(pattern string) bool {
	department, all := strings.CutSuffix(pattern, "-*")
	fits, err := path.Match(pattern, o.ID)
	return all && err == nil && fits && o.Parent == department
}

// WindowFor is the time to appeal a matter, with its citation; nil if the source gives
// none.
func (a Appeal) WindowFor(matter string) *Window {
	w := a.Window
	switch {
	case matter == FeeWaiver && a.Waiver != nil:
		w = a.Waiver
	case matter == Expedition && a.Expedition != nil:
		w = a.Expedition
	}
	if w == nil {
		return nil
	}
	out := *w
	if out.Cite == "" {
		out.Cite = a.Where()
	}
	return &out
}

// MarkingFor is what the letter and its envelope are to be marked with; empty: not said.
func (a Appeal) MarkingFor(matter string) string {
	switch {
	case matter == FeeWaiver && a.MarkingWaiver != "":
		return a.MarkingWaiver
	case matter == Expedition && a.MarkingExpedition != "":
		return a.MarkingExpedition
	}
	return a.Marking
}

// DiffersOn is what other sources say that bears on a matter.
func (a Appeal) DiffersOn(matter string) []Differing {
	var out []Differing
	for _, d := range a.Differs {
		if d.Matter == "" || d.Matter == matter {
			out = append(out, d)
		}
	}
	return out
}

// Where is the rule, or the page, that says it.
func (a Appeal) Where() string {
	if a.Cite == "page" {
		return a.Source
	}
	return a.Cite
}

// Age is when the source was as it was read: “as of January 2025”, or that nobody knows.
func (a Appeal) Age() string { return ageWords(a.Dated) }

// ContactFor is the e-mail address, the fax number or the portal for appeals.
func (a Appeal) ContactFor(c Channel) string {
	switch {
	case c == Email:
		return a.Email
	case c == Fax:
		return a.Fax
	case c == Portal && strings.HasPrefix(a.Portal, "https://") && !strings.Contains(a.Portal, " "):
		return a.Portal
	}
	return ""
}

// String is the window in words, with what counts and the citation.
func (w Window) String() string {
	s := fmt.Sprintf("%d %s", w.Days, w.Unit)
	if w.From != "" {
		s += " from " + w.From
	}
	if w.Counts != "" {
		s += "; what counts: " + w.Counts
	}
	return s + " (" + w.Cite + ")"
}

// String is what the other source says, with its age.
func (d Differing) String() string {
	s := d.Where
	if d.Dated != "" {
		s += " (" + d.Dated + ")"
	}
	return s + ": " + d.Says
}
