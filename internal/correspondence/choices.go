package correspondence

import (
	"errors"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/letter"
)

// Choice is one letter of those that there are for a request, and whether it may go out.
type Choice struct {
	Letter  string `json:"letter"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Ready   bool   `json:"ready"`
	Why     string `json:"why,omitempty"` // it may not go out
}

// Choices are the letters for a request under a law; ready tells whether the condition of one is met.
func Choices(lib *letter.Library, book *law.Book, lawID string, ready func(needs string) error) ([]Choice, error) {
	rows := []Choice{}
	for _, id := range lib.Templates() {
		t, err := lib.Template(id)
		if err != nil {
			return nil, err
		}
		if t.Kind == letter.RequestKind || book.Knows(lawID) && !t.MadeFor(lawID) {
			continue
		}
		row := Choice{Letter: t.Common(), Title: t.Title, Summary: t.Summary, Ready: true}
		var not *docket.NotReady
		if err := ready(t.Needs); errors.As(err, &not) {
			row.Ready, row.Why = false, not.Error()+"; "+not.Hint()
		} else if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
