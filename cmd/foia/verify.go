package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/evidence"
	"foia/internal/export"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/timestamp"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// verifyFlags are those of foia verify.
type verifyFlags struct {
	seals          []string
	bundle, roots  string
	asJSON, repair bool
}

func newVerifyCommand(a *app) *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that nothing in the log or its files was altered",
		Long: "Checks that the log is as it was written: every event and its link to the one\n" +
			"before, the guards against changes, every frozen request, and the SHA-256 of\n" +
			"every file. Changes nothing. The exit code is 1 if anything is wrong. Others can\n" +
			"keep working meanwhile; what an interrupted command left is a note.\n\n" +
			"The log is also compared with its saved seals (foia seal) and with those given\n" +
			"by --seal: a line kept elsewhere, even one typed from paper. Only a seal can\n" +
			"reveal that a log was rewritten from some point on, or that its last events are\n" +
			"gone.\n\n" +
			"With --repair, files of letters that were not sent are restored from the log if\n" +
			"they were changed or are missing; a changed file is moved aside. What was sent\n" +
			"is never touched.\n\n" +
			"With --bundle, checks a ZIP that foia made for someone; no log is needed, and\n" +
			"--seal is then the seal that the bundle must carry. VERIFYING.md, in every\n" +
			"bundle, explains how to do the same without foia.",
		Example: "  foia verify\n  foia verify --seal typed.txt\n  foia verify --repair\n  foia verify --bundle record.zip",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.bundle != "" {
				return a.verifyBundle(f)
			}
			if f.repair {
				return a.repair(cmd, f)
			}
			return a.runVerify(cmd, f)
		},
	}
	cmd.Flags().StringVar(&f.bundle, "bundle", "", "check this ZIP `file` instead of the log")
	cmd.Flags().StringArrayVar(&f.seals, "seal", nil, "a `file` with a seal kept elsewhere (repeat for several)")
	cmd.Flags().StringVar(&f.roots, "roots", "", "a PEM `file` with the root certificates of time-stamp services")
	cmd.Flags().BoolVar(&f.repair, "repair", false, "restore files of unsent letters that were changed or are missing")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print any problems as JSON")
	return cmd
}

// verification is what was looked at, and what is wrong.
type verification struct {
	faults []store.Fault
	busy   []store.Fault // not known yet: another command is writing
	workspace.Checked
	hidden int // requests that are private to others
	held   []evidence.Held
}

func (a *app) runVerify(cmd *cobra.Command, f verifyFlags) error {
	seals, err := readSeals(f.seals)
	if err != nil {
		return err
	}
	roots, err := readRoots(f.roots)
	if err != nil {
		return err
	}
	var v verification
	err = a.withLogBy(cmd, (*workspace.Workspace).ExamineLog, func(w *workspace.Workspace, log *store.Log) (err error) {
		if v, err = a.verify(cmd.Context(), w, log); err != nil {
			return err
		}
		lost, changed, err := evidence.Lost(w)
		if err != nil {
			return err
		}
		v.faults = append(v.faults, lost...)
		if changed != "" {
			v.Odd = append(v.Odd, "foia.yaml was changed since the seal "+changed+": if not by you, look at what it says of the database, "+
				"documents and holidays")
		}
		r, err := evidence.Compare(cmd.Context(), w, log, seals, roots)
		if err != nil && len(v.faults) > 0 {
			return nil // a damaged log is reported, not read on
		}
		v.faults, v.held = append(v.faults, r.Faults...), r.Held
		if err != nil {
			return err
		}
		return tellDrafts(logbook.Within(cmd.Context(), log), v.faults)
	})
	if err != nil {
		return err
	}
	if f.asJSON {
		if err := a.json(v.faults); err != nil {
			return err
		}
	} else {
		a.showFaults(v)
		a.showHeld(v.held)
	}
	for _, odd := range v.Odd {
		a.note("note: %s", odd)
	}
	a.noteLeft(v.Left)
	return v.outcome()
}

// verify looks at a log and the documents of its folder.
func (a *app) verify(ctx context.Context, w *workspace.Workspace, log *store.Log) (verification, error) {
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

func (a *app) verifyFolder(ctx context.Context, w *workspace.Workspace, log *store.Log, v *verification) (err error) {
	if v.Checked, err = w.CheckDocuments(ctx, log); err != nil {
		return err
	}
	v.faults, v.busy = append(v.faults, v.Faults...), v.Busy
	if v.hidden, err = log.Hidden(ctx); err != nil {
		return err
	}
	if w.Shared() || v.Requests == 0 {
		return nil // the spreadsheet shows a log as it was when its owner last wrote; others go on
	}
	same, err := a.sameSpreadsheet(ctx, w, log)
	if err != nil || same {
		return err
	}
	// A command that is writing renews it last.
	quiet, err := w.WhenQuiet(ctx, func() (err error) {
		same, err = a.sameSpreadsheet(ctx, w, log)
		return err
	})
	if err == nil && quiet && !same {
		a.note("note: %s does not match the log; the next command that writes to the log will update it "+
			"(or print it now: foia log export)", workspace.TrackingFile)
	}
	return err
}

// sameSpreadsheet tells whether the spreadsheet says what the log does.
func (a *app) sameSpreadsheet(ctx context.Context, w *workspace.Workspace, log *store.Log) (bool, error) {
	rows, err := logbook.Rows(ctx, log, logbook.Filter{PublicOnly: true}, a.dayOf(w, workspace.TrackingFile))
	if err != nil {
		return false, err
	}
	text, err := export.TrackingCSV(rows)
	return err == nil && w.Same(workspace.TrackingFile, text), err
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
	a.listFaults(v.faults, "the log")
	if len(v.faults)+len(v.busy) == 0 {
		fmt.Fprintf(a.out, "%s and %s: all intact.\n", plural(v.Requests, "request", "requests"),
			plural(v.Documents, "document", "documents"))
	}
	switch {
	case v.hidden == 1:
		fmt.Fprintln(a.out, "1 request is private to others and was not checked.")
	case v.hidden > 1:
		fmt.Fprintf(a.out, "%d requests are private to others and were not checked.\n", v.hidden)
	}
}

// listFaults prints faults, each with its place; whole is that of all.
func (a *app) listFaults(faults []store.Fault, whole string) {
	for _, f := range faults {
		where := whole
		if f.Request != "" {
			where = f.Request
		}
		if f.Event > 0 {
			where += fmt.Sprintf(", event %d", f.Event)
		}
		a.wrappedAfter(clean(where)+": ", "    ", f.What)
	}
}

// showHeld prints the seals that the log fits, and when each was there.
func (a *app) showHeld(held []evidence.Held) {
	for _, h := range held {
		fmt.Fprintln(a.out, clean(fmt.Sprintf("%s: matches the log: %s, %s", h.Place, plural(h.Seal.Requests, "request", "requests"),
			plural(h.Seal.Events, "event", "events"))))
		for _, s := range h.Stamps {
			a.wrappedAfter("    ", "    ", wasThere(s.Stamp))
		}
	}
}

func wasThere(s timestamp.Stamp) string {
	text := "existed on " + stampText(s)
	if s.Untraced != nil {
		text += ", not traced to a trusted root (give --roots)"
	}
	return text
}
