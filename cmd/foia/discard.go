package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/logbook"
)

func newDiscardCommand(a *app) *cobra.Command {
	var reason, letter string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "discard ID…",
		Short: "Throw away requests, or a letter, that were not sent",
		Long: "Throws away requests that have not been sent: they leave the lists, the\n" +
			"spreadsheet and foia next. With --letter, throws away a follow-up letter that\n" +
			"has not been sent. The log keeps what was made; numbers are not used again.\n" +
			"To see what was discarded: foia log --status discarded.",
		Example: "  foia discard 2026-0003 --reason \"asked of the wrong office\"\n" +
			"  foia discard 2026-0001 --letter status",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			book := a.book(w)
			var what []logbook.Discarding
			for _, id := range args {
				if id, err = a.requestID(cmd, book, id); err != nil {
					return err
				}
				what = append(what, logbook.Discarding{Request: id, Letter: letter})
			}
			out, err := book.Discard(cmd.Context(), what, reason)
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(discardedJSON(out))
			}
			for _, d := range out {
				a.showDiscarded(d)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&letter, "letter", "", "throw away this follow-up `letter` of the request: its number in the log, or its kind")
	cmd.Flags().StringVar(&reason, "reason", "", "the `reason`, which is logged")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) showDiscarded(d logbook.DiscardedDraft) {
	what := fmt.Sprintf("%s (%s: %s) is discarded", d.Request.ID, d.Request.OfficeName(), d.Request.Subject)
	if d.Made.Seq != 0 {
		what = fmt.Sprintf("letter %d (%s) of %s is discarded", d.Made.Seq, d.Made.Data["letter"], d.Request.ID)
	}
	a.wrapped("", fmt.Sprintf("%s. To have it back: foia record %s correction --of %d --reason \"…\"", what, d.Request.ID, d.Event.Seq))
}

func discardedJSON(out []logbook.DiscardedDraft) []map[string]any {
	rows := []map[string]any{}
	for _, d := range out {
		row := map[string]any{"id": d.Request.ID, "event": d.Event.Seq}
		if d.Made.Seq != 0 {
			row["letter"] = d.Made.Seq
		}
		rows = append(rows, row)
	}
	return rows
}
