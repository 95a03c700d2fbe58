package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/export"
	"foia/internal/filing"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

func newVerifyCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check the log's chain of hashes and every frozen file",
		Long: "Checks that the log is as it was written: every event and its link to the one\n" +
			"before, the guards against change, every frozen request, and the SHA-256 of every\n" +
			"file. Changes nothing. The exit code is 1 if anything is wrong.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runVerify(cmd, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what is wrong as JSON")
	return cmd
}

func (a *app) runVerify(cmd *cobra.Command, asJSON bool) error {
	faults := []store.Fault{}
	requests, documents, hidden := 0, 0, 0
	err := a.withLog(cmd, func(w *workspace.Workspace, log store.Log) error {
		found, err := log.Verify(cmd.Context())
		if err != nil {
			return err
		}
		faults = append(faults, found...)
		rs, err := log.Requests(cmd.Context())
		if err != nil {
			if len(faults) > 0 {
				return nil // a damaged log is reported, not read on
			}
			return err
		}
		events, err := log.AllEvents(cmd.Context())
		if err != nil {
			if len(faults) > 0 {
				return nil
			}
			return err
		}
		wrong, checked := w.CheckDocuments(cmd.Context(), log, rs, events)
		faults = append(faults, wrong...)
		requests, documents = len(rs), checked
		if hidden, err = log.Hidden(cmd.Context()); err != nil {
			return err
		}
		rows, err := filing.Rows(cmd.Context(), log, filing.Filter{PublicOnly: true}, a.dayOf(w, workspace.TrackingFile))
		if err != nil {
			if len(faults) > 0 {
				return nil
			}
			return err
		}
		text, err := export.TrackingCSV(rows)
		if err == nil && requests > 0 && !w.Same(workspace.TrackingFile, text) {
			a.note("note: %s is not what the log says; the next command that writes will renew it (or: foia log export)", workspace.TrackingFile)
		}
		return err
	})
	if err != nil {
		return err
	}
	if asJSON {
		if err := a.json(faults); err != nil {
			return err
		}
	} else {
		a.showFaults(faults, requests, documents)
		if hidden > 0 {
			fmt.Fprintf(a.out, "%s private to others and %s not looked at.\n", plural(hidden, "request is", "requests are"), map[bool]string{true: "was", false: "were"}[hidden == 1])
		}
	}
	if len(faults) > 0 {
		return &broken{len(faults)}
	}
	return nil
}

// dayOf is the day on which a file was written, or today: the spreadsheet says what
// was next on the day of its making.
func (a *app) dayOf(w *workspace.Workspace, name string) workday.Date {
	if at, ok := w.Written(name); ok && workday.DateOf(at).Before(a.today()) {
		return workday.DateOf(at)
	}
	return a.today()
}

func (a *app) showFaults(faults []store.Fault, requests, documents int) {
	for _, f := range faults {
		where := "the log"
		if f.Request != "" {
			where = f.Request
		}
		if f.Event > 0 {
			where += fmt.Sprintf(", event %d", f.Event)
		}
		a.wrappedAfter(where+": ", "    ", f.What)
	}
	if len(faults) == 0 {
		fmt.Fprintf(a.out, "%s and %s: all as they were made.\n", plural(requests, "request", "requests"), plural(documents, "document", "documents"))
	}
}

// broken says that verify found something.
type broken struct{ faults int }

func (b *broken) Error() string {
	return "the log or its files are not as they were made: " + plural(b.faults, "fault", "faults")
}

// Hint says what to do.
func (b *broken) Hint() string {
	return "restore the folder from a backup; foia does not write into a damaged log"
}
