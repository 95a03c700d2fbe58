package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"foia/internal/filing"
	"foia/internal/store"
	"foia/internal/workspace"
)

func newDBCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "db",
		Short: "Move the log to another database",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDBCopyCommand(a))
	return cmd
}

func newDBCopyCommand(a *app) *cobra.Command {
	var to string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "copy --to URL",
		Short: "Copy the log into another database, and prove that both hold the same",
		Long: "Writes every event of the log, in the order of entry, into another log, where each\n" +
			"must get the same hash. The target is a folder, which gets the documents too, or a\n" +
			"SQLite file, as sqlite:PATH, which does not. It must be empty, or hold the beginning\n" +
			"of the same log: stopped at any moment, the same command goes on. At the end both\n" +
			"are read anew and must give the same sum. Nothing is changed here; foia.yaml and\n" +
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
	cmd.Flags().StringVar(&to, "to", "", "the `URL` of the target: a folder, or sqlite:PATH")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	_ = cmd.MarkFlagRequired("to") // the flag is there
	return cmd
}

func (a *app) copyLog(cmd *cobra.Command, to string) (report store.CopyReport, documents bool, err error) {
	ctx := cmd.Context()
	err = a.withLog(cmd, func(w *workspace.Workspace, from store.Log) error {
		dir, isFolder := workspace.FolderOf(to)
		documents = isFolder
		if !isFolder {
			report, err = a.copyInto(ctx, from, to, nil)
			return err
		}
		target, err := workspace.Open(dir)
		if err != nil {
			return err
		}
		report, err = a.copyFolder(ctx, w, from, target)
		return err
	})
	return report, documents, err
}

// copyFolder copies log and documents into another folder.
func (a *app) copyFolder(ctx context.Context, w *workspace.Workspace, from store.Log, target *workspace.Workspace) (report store.CopyReport, err error) {
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
	return report, errors.Join(log.Refresh(ctx), filing.RenewTrackingLog(ctx, target, log, a.today()), log.Close())
}

func (a *app) copyInto(ctx context.Context, from store.Log, to string, documents func(context.Context, []store.Placed) error) (report store.CopyReport, err error) {
	log, err := workspace.OpenDatabase(ctx, to, store.Options{Create: true})
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	return store.Copy(ctx, from, log, store.CopyOptions{Documents: documents, Progress: a.counting("events")})
}

// counting says now and then how far something is of which nobody knows the end.
func (a *app) counting(what string) func(done int) {
	last, pause := time.Now(), 10*time.Second
	return func(done int) {
		if now := time.Now(); now.Sub(last) >= pause {
			last = now
			a.note("%d %s", done, what)
		}
	}
}

func (a *app) showCopy(r store.CopyReport, documents bool) {
	there := ""
	if r.Before > 0 {
		there = fmt.Sprintf(", %d were there before", r.Before)
	}
	fmt.Fprintf(a.out, "Copied %s%s.\n", plural(r.Copied, "event", "events"), there)
	a.showSum("Both hold the same", r.Sum)
	if r.Grown {
		a.note("note: the log has got further events meanwhile; run the command again to copy them")
	}
	if !documents {
		a.note("note: a database by itself has no documents; the letters and received files are still in this folder only")
	}
}

// showSum prints what a log holds, and the sum by which it can be compared.
func (a *app) showSum(says string, s store.Sum) {
	fmt.Fprintf(a.out, "%s: %s, %s.\nSum of the log: SHA-256 %s\n", says, plural(s.Requests, "request", "requests"), plural(s.Events, "event", "events"), s.SHA256)
}
