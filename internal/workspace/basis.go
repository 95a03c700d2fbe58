package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/yamltext"
)

// HolidaysFile holds the user's own days off, in the form of the built-in ones.
const HolidaysFile = "holidays.yaml"

// Calendar is the federal one with the user's own days.
func (w *Workspace) Calendar() (*workday.Calendar, error) {
	federal, err := workday.Federal()
	if err != nil {
		return nil, err
	}
	raw, err := yamltext.ReadFile(w.Path(HolidaysFile))
	if errors.Is(err, fs.ErrNotExist) {
		return federal, nil
	}
	if err != nil {
		return nil, fmt.Errorf("your days off cannot be read: %w", err)
	}
	return federal.WithDates(raw, HolidaysFile, w.Config.Dates)
}

// Basis is what dates are counted by in this folder.
func (w *Workspace) Basis() (docket.Basis, error) {
	book, err := w.Laws()
	if err != nil {
		return docket.Basis{}, err
	}
	calendar, err := w.Calendar()
	if err != nil {
		return docket.Basis{}, err
	}
	policy, err := workday.ParsePolicy(w.Config.Policy)
	return docket.Basis{Book: book, Calendar: calendar, Policy: policy}, err
}

// projection keeps the standings by the basis of this folder.
func (w *Workspace) projection() (*store.Projection, error) {
	b, err := w.Basis()
	if err != nil {
		return nil, err
	}
	name := strings.Join([]string{fmt.Sprint(docket.FoldVersion), b.Book.Digest(), b.Calendar.Digest(), string(b.Policy)}, " ")
	return &store.Projection{Basis: name,
		Fold: func(r docket.Request, events []docket.Event) docket.State { return docket.Fold(r, events, b) }}, nil
}
