package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

func newDBCopyCommand(a *app) *cobra.Command {
	var to string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "copy --to URL",
		Short: "Copy the log into another database, and prove that the two match",
		Long: "Writes every event in the log, in order of entry, into another log, where each\n" +
			"must get the same hash. The target is one of these:\n\n" +
			"  postgres://…  a database that foia db setup prepared and that you own\n" +
			"  FOLDER        a folder\n" +
			"  sqlite:PATH   a SQLite file, which gets the events but not the documents\n\n" +
			"It must be empty or hold the beginning of the same log: if a copy is\n" +
			"interrupted, the same command resumes it. At the end both logs are read again\n" +
			"and must give the same checksum. Nothing is changed here. foia.yaml and\n" +
			"templates are not copied (a backup holds them).",
		Example: "  foia db copy --to /media/desk/foia\n  foia db copy --to sqlite:archive.db --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, documents, err := a.copyLog(cmd, to)
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(report)
			}
			a.showCopy(report, documents)
			return nil
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the target `URL`: a folder, sqlite:PATH or postgres://NAME@HOST/DATABASE")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	_ = cmd.MarkFlagRequired("to") // the flag is there
	return cmd
}

func (a *app) copyLog(cmd *cobra.Command, to string) (report store.CopyReport, documents bool, err error) {
	ctx := cmd.Context()
	err = a.withLog(cmd, func(w *workspace.Workspace, from *store.Log) (err error) {
		if err := a.wholeLog(ctx, from, "a copy"); err != nil {
			return err
		}
		dir, isFolder := workspace.FolderOf(to)
		documents = isFolder || workspace.IsServer(to)
		if workspace.IsServer(to) {
			report, err = a.copyToServer(ctx, w, from, to)
			return err
		}
		if err := a.warnOfPrivate(ctx, from); err != nil {
			return err
		}
		done, err := w.BegunElsewhere(to)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, done()) }()
		if !isFolder {
			report, err = a.copyInto(ctx, from, to, nil)
			return err
		}
		target, err := workspace.Open(dir)
		if err != nil {
			return err
		}
		target.KeepToFile()
		report, err = a.copyFolder(ctx, w, from, target)
		return err
	})
	return report, documents, err
}

// copyToServer copies log and documents into a database that keeps both.
func (a *app) copyToServer(ctx context.Context, w *workspace.Workspace, from *store.Log, to string) (report store.CopyReport, err error) {
	target, err := w.OpenAt(ctx, to, store.Options{Password: w.Password})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	report, err = store.Copy(ctx, from, target, store.CopyOptions{Keep: w.KeepFrom(ctx, from), Progress: a.counting("events")})
	return report, err
}

// wholeLog refuses what needs the whole log, if the caller does not see all of it.
func (a *app) wholeLog(ctx context.Context, log *store.Log, what string) error {
	hidden, err := log.Hidden(ctx)
	if err != nil || hidden == 0 {
		return err
	}
	return remedy.Misuse(plural(hidden, "request is", "requests are")+" private to others, and "+what+" needs the whole log",
		"ask an owner of the database, who sees all of it, to do this")
}

// warnOfPrivate says so if what was private can be read by more people afterwards.
func (a *app) warnOfPrivate(ctx context.Context, log *store.Log) error {
	private := 0
	err := log.Standings(ctx, false, func(s store.Standing) error {
		if s.State.Private {
			private++
		}
		return nil
	})
	if err == nil && private > 0 {
		a.note("note: %s private; anyone who can open the file or folder can read everything in it",
			plural(private, "request is", "requests are"))
	}
	return err
}

// copyFolder copies log and documents into another folder.
func (a *app) copyFolder(ctx context.Context, w *workspace.Workspace, from *store.Log, target *workspace.Workspace) (
	report store.CopyReport, err error) {
	unlock, err := target.Lock(ctx)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	placing, err := target.Place()
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, placing.Close()) }()
	report, err = a.copyInto(ctx, from, target.Dir, func(ctx context.Context, documents []store.Placed) error {
		for _, d := range documents {
			open := func() (io.ReadCloser, error) { return w.OpenSettled(ctx, from, d.Request, d.Document) }
			if err := placing.Put(d, open); err != nil {
				return err
			}
		}
		return placing.Sync()
	})
	if err != nil {
		return report, err
	}
	log, err := target.OpenLog(ctx, false)
	if err != nil {
		return report, err
	}
	return report, errors.Join(log.Refresh(ctx), logbook.RenewTrackingLog(ctx, target, log, a.today()), log.Close())
}

func (a *app) copyInto(ctx context.Context, from *store.Log, to string,
	documents func(context.Context, []store.Placed) error) (report store.CopyReport, err error) {
	log, err := workspace.OpenDatabase(ctx, to, store.Options{Create: true})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	return store.Copy(ctx, from, log, store.CopyOptions{Documents: documents, Progress: a.counting("events")})
}

func (a *app) showCopy(r store.CopyReport, documents bool) {
	there := ""
	if r.Before > 0 {
		there = fmt.Sprintf("; %d already there", r.Before)
	}
	fmt.Fprintf(a.out, "Copied %s%s.\n", plural(r.Copied, "event", "events"), there)
	a.showSum("Both logs match", r.Sum)
	if r.Grown {
		a.note("note: events were added to the log meanwhile; run the command again to copy them")
	}
	if !documents {
		a.note("note: a SQLite file holds no documents; the letters and received files are still only in this folder")
	}
}

// showSum prints what a log holds, and the sum by which it can be compared.
func (a *app) showSum(says string, s store.Sum) {
	fmt.Fprintf(a.out, "%s: %s, %s.\nChecksum of the log: SHA-256 %s\n", says, plural(s.Requests, "request", "requests"),
		plural(s.Events, "event", "events"), s.SHA256)
}
