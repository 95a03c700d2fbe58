package press

import (
	"fmt"

	"foia/internal/agency"
	"foia/internal/preflight"
	"foia/internal/remedy"
)

// Refused says that the preflight found errors in one letter or more, and that
// nothing was written.
type Refused struct{ Letters []RefusedLetter }

// RefusedLetter is one letter with what the preflight found.
type RefusedLetter struct {
	Name     string
	Office   agency.Office
	Findings []preflight.Finding
}

func (r *Refused) Error() string {
	if len(r.Letters) == 1 {
		return "the letter to " + r.Letters[0].Office.Name + " has errors; nothing was written"
	}
	return fmt.Sprintf("%d letters have errors; nothing was written", len(r.Letters))
}

// Hint says what to do.
func (r *Refused) Hint() string {
	return "fix these as shown, or proceed with " + remedy.Give("force", remedy.Open("your reason")) + " (the reason is logged)"
}

// Forced notes why a letter with errors was made.
func Forced(data map[string]string, findings []preflight.Finding, reason string) {
	if preflight.Worst(findings) != preflight.Error {
		return
	}
	data["forced"] = reason
	for _, f := range findings {
		if f.Severity == preflight.Error {
			data["error "+f.Rule] = f.Title
		}
	}
}
