package main

import (
	"errors"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// exportLeaving prints the log for another tracker. What is private is left out, and counted.
func (a *app) exportLeaving(cmd *cobra.Command, form string) error {
	columns := export.LeavingColumns(form)
	if columns == nil {
		return remedy.Misuse("--for: there is no form “"+form+"”", "use sheet or muckrock")
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		basis, err := w.Basis()
		if err != nil {
			return err
		}
		requests, err := log.Requests(cmd.Context())
		if err != nil {
			return err
		}
		table, err := export.NewTable(unworded(a.out), columns)
		if err != nil {
			return err
		}
		hidden := 0
		for _, frozen := range requests {
			r, events, err := logbook.Request(logbook.Within(cmd.Context(), log), frozen.ID)
			if err != nil {
				return errors.Join(err, table.Close())
			}
			s := docket.Fold(r, events, basis)
			if s.Private || r.Sample || s.Status == docket.IsDiscarded {
				if s.Private {
					hidden++
				}
				continue
			}
			if err := table.Row(export.Leaving(form, r, events, s)); err != nil {
				return err
			}
		}
		if hidden > 0 {
			a.note("note: %s left out", plural(hidden, "private request was", "private requests were"))
		}
		return table.Close()
	})
}
