package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/store"
	"foia/internal/workspace"
)

func newFetchCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "fetch ID…",
		Short: "Copy the documents of a shared request into your folder",
		Long: "Copies the documents of a shared request into your own folder and checks them\n" +
			"against the log. A shared log keeps its documents in the database, or in a\n" +
			"folder that everyone shares.",
		Example: "  foia fetch 2026-0007",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
				for _, id := range args {
					r, err := a.findRequest(cmd, log, id) // as it was frozen: all its versions are fetched
					if err != nil {
						return err
					}
					events, err := log.Events(cmd.Context(), r.ID)
					if err != nil {
						return err
					}
					n, err := w.Fetch(cmd.Context(), log, r, events)
					if err != nil {
						return err
					}
					fmt.Fprintf(a.out, "%s: %s fetched into %s\n", r.ID, plural(n, "document", "documents"), cell(w.Path(r.Folder)))
				}
				return nil
			})
		},
	}
}
