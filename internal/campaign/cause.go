package campaign

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/roster"
)

// Cause is why rows were rejected, told once for all of them.
type Cause struct {
	What string `json:"what"`
	roster.Lines
	Remedy string `json:"remedy,omitempty"`
	One    string `json:"-"` // what is said if it is one row alone
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
	what, remedy := causeOf(p.err)
	for i := range s.Causes {
		if s.Causes[i].What == what {
			s.Causes[i].Add(p.row.Line)
			return
		}
	}
	if len(s.Causes) == mostCauses {
		return
	}
	c := Cause{What: what, Remedy: remedy, One: p.rejected().Reason}
	c.Add(p.row.Line)
	s.Causes = append(s.Causes, c)
}

// Told is the number of rejected rows whose cause is among the causes.
func (s *Survey) Told() (n int) {
	for _, c := range s.Causes {
		n += c.Count
	}
	return n
}

// placed is where an error says that it was found: (list.csv:12:3).
var placed = regexp.MustCompile(` \([^()]*:\d+(?::\d+)?(?:, field \w+)?\)`)

// causeOf is what an error says of any row that has it: a predicate with rows for its
// subject, or a sentence; and what to do.
func causeOf(err error) (what, remedy string) {
	var wrong *Wrong
	var fault *roster.Fault
	var refused *filing.Refused
	var problem *letter.Problem
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) {
		remedy = hinted.Hint()
	}
	switch {
	case errors.As(err, &refused):
		return refusal(refused), ""
	case errors.As(err, &wrong) && wrong.Cause != "":
		if strings.HasPrefix(remedy, "did you mean") {
			remedy = "" // of that row alone
		}
		return wrong.Cause, remedy
	case errors.As(err, &fault) && fault.Cause != "":
		return fault.Cause, remedy
	case errors.As(err, &problem) && problem.Field != "":
		return fmt.Sprintf("cannot answer %s: %s", problem.Field, problem.What), remedy
	}
	return "cannot become letters: " + placed.ReplaceAllString(err.Error(), ""), remedy
}

// refusal is what the preflight refused a letter for.
func refusal(r *filing.Refused) string {
	var reasons []string
	for _, f := range r.Letters[0].Findings {
		if f.Severity == preflight.Error {
			reasons = append(reasons, f.Rule+" "+f.Title+": "+f.Fix)
		}
	}
	return "do not pass the preflight: " + strings.Join(reasons, ". ")
}
