package main

import (
	"context"
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
	var v verification
	err := a.withLog(cmd, func(w *workspace.Workspace, log store.Log) error {
		var err error
		v, err = a.verify(cmd.Context(), w, log)
		return err
	})
	if err != nil {
		return err
	}
	if asJSON {
		if err := a.json(v.faults); err != nil {
			return err
		}
	} else {
		a.showFaults(v)
	}
	if len(v.faults) > 0 {
		return &broken{len(v.faults)}
	}
	return nil
}

// verification is what was looked at, and what is wrong.
type verification struct {
	faults              []store.Fault
	requests, documents int
}

// verify looks at a log and the documents of its folder.
func (a *app) verify(ctx context.Context, w *workspace.Workspace, log store.Log) (verification, error) {
	v := verification{faults: []store.Fault{}}
	found, err := log.Verify(ctx)
	if err != nil {
		return v, err
	}
	v.faults = append(v.faults, found...)
	if err := a.verifyFolder(ctx, w, log, &v); err != nil && len(v.faults) == 0 {
		return v, err // a damaged log is reported, not read on
	}
	return v, nil
}

func (a *app) verifyFolder(ctx context.Context, w *workspace.Workspace, log store.Log, v *verification) error {
	requests, err := log.Requests(ctx)
	if err != nil {
		return err
	}
	events, err := log.AllEvents(ctx)
	if err != nil {
		return err
	}
	wrong, checked := w.CheckDocuments(requests, events)
	v.faults = append(v.faults, wrong...)
	v.requests, v.documents = len(requests), checked
	rows, err := filing.Rows(ctx, log, a.dayOf(w, workspace.TrackingFile))
	if err != nil {
		return err
	}
	text, err := export.TrackingCSV(rows)
	if err == nil && v.requests > 0 && !w.Same(workspace.TrackingFile, text) {
		a.note("note: %s is not what the log says; the next command that writes will renew it (or: foia log export)", workspace.TrackingFile)
	}
	return err
}

// dayOf is the day on which a file was written, or today: the spreadsheet says what
// was next on the day of its making.
func (a *app) dayOf(w *workspace.Workspace, name string) workday.Date {
	if at, ok := w.Written(name); ok && workday.DateOf(at).Before(a.today()) {
		return workday.DateOf(at)
	}
	return a.today()
}

func (a *app) showFaults(v verification) {
	for _, f := range v.faults {
		where := "the log"
		if f.Request != "" {
			where = f.Request
		}
		if f.Event > 0 {
			where += fmt.Sprintf(", event %d", f.Event)
		}
		a.wrappedAfter(where+": ", "    ", f.What)
	}
	if len(v.faults) == 0 {
		fmt.Fprintf(a.out, "%s and %s: all as they were made.\n", plural(v.requests, "request", "requests"), plural(v.documents, "document", "documents"))
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
