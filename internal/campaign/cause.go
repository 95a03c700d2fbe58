package campaign

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/lazy"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/roster"
)

// Cause is why rows were rejected, told once for all of them.
type Cause struct {
	What string `json:"what"`
	roster.Lines
	Remedy string `json:"remedy,omitempty"`
	One    string `json:"-"` // what is said if it is one row alone
	key    string // by which rows have the same cause
}

// mostCauses is how many causes are told apart. More are no list of causes but one
// of rows, which is in rejected.csv.
const mostCauses = 50

// reject counts a row that cannot be a letter.
func (s *Survey) reject(p planned) {
	s.Wrong++
	if len(s.Rejected) < listed {
		s.Rejected = append(s.Rejected, p.rejected())
	}
	what, example, do := causeOf(p.err)
	key := likeness(what+example, p.row.Cells)
	for i := range s.Causes {
		if s.Causes[i].key == key {
			s.Causes[i].Add(p.row.Line)
			return
		}
	}
	if len(s.Causes) == mostCauses {
		return
	}
	c := Cause{What: what, Remedy: do, One: p.rejected().Reason, key: key}
	if example != "" {
		c.What = fmt.Sprintf("%s, as in line %d: %s", what, p.row.Line, example)
	}
	c.Add(p.row.Line)
	s.Causes = append(s.Causes, c)
}

// ownWords are what an error says of one row alone: a value that it quotes, numbers,
// months.
const ownWords = lazy.Pattern(`"[^"]*"|“[^”]*”|\b\d[\d.,/:-]*|` +
	`January|February|March|April|May|June|July|August|September|October|November|December`)

// likeness is a text without what it says of one row alone, among which are the cells
// of the row. Two rows of which the same is left have the same fault.
func likeness(text string, cells []string) string {
	cells = slices.Clone(cells)
	slices.SortFunc(cells, func(a, b string) int { return len(b) - len(a) })
	for _, c := range cells {
		if len(c) > 2 {
			text = strings.ReplaceAll(text, c, "…")
		}
	}
	return ownWords.RE().ReplaceAllString(text, "…")
}

// Told is the number of rejected rows whose cause is among the causes.
func (s *Survey) Told() (n int) {
	for _, c := range s.Causes {
		n += c.Count
	}
	return n
}

// placed is where an error says that it was found: (list.csv:12:3).
const placed = lazy.Pattern(` \([^()]*:\d+(?::\d+)?(?:, field \w+)?\)`)

// causeOf is what an error says of any row that has it: a predicate with rows for its
// subject; what it says of this one; and what to do.
func causeOf(err error) (what, example, do string) {
	var wrong *Wrong
	var fault *roster.Fault
	var refused *press.Refused
	var problem *letter.Problem
	do = remedy.Of(err)
	switch {
	case errors.As(err, &refused):
		return "do not pass the preflight", refusal(refused), ""
	case errors.As(err, &wrong) && wrong.Cause != "":
		if strings.HasPrefix(do, "did you mean") {
			do = "" // of that row alone
		}
		return wrong.Cause, "", do
	case errors.As(err, &fault) && fault.Cause != "":
		return fault.Cause, "", do
	case errors.As(err, &problem) && problem.Field != "":
		return "cannot answer " + problem.Field, problem.What, do
	}
	return "cannot become letters", placed.RE().ReplaceAllString(err.Error(), ""), do
}

// refusal is what the preflight refused a letter for.
func refusal(r *press.Refused) string {
	var reasons []string
	for _, f := range r.Letters[0].Findings {
		if f.Severity == preflight.Error {
			reasons = append(reasons, f.Rule+" "+f.Title+": "+f.Fix)
		}
	}
	return strings.Join(reasons, ". ")
}
