package logbook

import (
	"context"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Going are the letters that have not gone out and whose records may soon be gone, what goes first before the
// rest. Only such letters are read.
func Going(ctx context.Context, w *workspace.Workspace, log Agenda, day workday.Date) ([]docket.Step, error) {
	var steps []docket.Step
	err := open(ctx, w, log, day, store.Query{OpenOnly: true, KeptOnly: true}, func(s store.Standing) (docket.Step, error) {
		s.Request.ID, s.Request.Via = strings.Clone(s.Request.ID), strings.Clone(s.Request.Via) // all that such a step has of the texts
		return docket.Next(s.Request, s.State, day), nil
	}, func(step docket.Step) error {
		if step.Left != nil {
			steps = append(steps, step)
		}
		return nil
	})
	slices.SortFunc(steps, docket.ComparePressing)
	return steps, err
}
