package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/backup"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workspace"
)

func newRestoreCommand(a *app) *cobra.Command {
	var database string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "restore FILE -w FOLDER",
		Short: "Restore a backup into a new folder and verify it",
		Long: "Reads the whole backup and, only if all of it is intact, makes the folder: log,\n" +
			"documents, settings, templates. The folder must be new or empty. If a restore is\n" +
			"interrupted, run the same command again: it starts over or finishes. Then\n" +
			"everything is verified, as with foia verify. The log goes into a file in the\n" +
			"folder, even if foia.yaml names a database; to put it into a database, which\n" +
			"must be empty, add --database URL.",
		Example: "  foia restore desk.zip -w desk",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := a.restore(cmd.Context(), args[0], database)
			if err != nil {
				return err
			}
			if asJSON {
				if err := a.json(r); err != nil {
					return err
				}
			} else {
				a.showRestored(r)
			}
			return r.verdict()
		},
	}
	cmd.Flags().StringVar(&database, "database", "", "the `URL` of an empty database for the log")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// restored is what came back.
type restored struct {
	Folder    string           `json:"folder"`
	Finished  bool             `json:"finished"` // an earlier try had done most of it
	Sum       store.Sum        `json:"sum"`
	Documents int              `json:"documents"`
	Missing   []backup.Missing `json:"missing,omitempty"` // in the backup
	Faults    []store.Fault    `json:"faults"`
	requests  int
}

func (a *app) restore(ctx context.Context, file, database string) (r restored, err error) {
	archive, err := backup.Open(file)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	into := &workspace.Workspace{Dir: a.dir}
	into.KeepToFile()
	job := &backup.Restore{Archive: archive, Into: into, Database: database, Password: a.passwordAsker(),
		Progress: a.counting("documents read"),
		Renew: func(ctx context.Context, w *workspace.Workspace, log *store.Log) error {
			return logbook.RenewTrackingLog(ctx, w, log, a.today())
		}}
	finished, err := job.Run(ctx)
	if err != nil {
		return r, err
	}
	r = restored{Folder: a.dir, Finished: finished, Sum: archive.Manifest.Log, Missing: archive.Manifest.Missing}
	return r, a.verifyRestored(ctx, database, &r)
}

// verifyRestored looks at the folder as foia verify does.
func (a *app) verifyRestored(ctx context.Context, database string, r *restored) (err error) {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	w.KeepToFile() // the documents are looked at in the folder
	if database == "" {
		database = w.OwnURL()
	}
	log, err := w.OpenAt(ctx, database, store.Options{Password: a.passwordAsker()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if err := log.Refresh(ctx); err != nil {
		return err
	}
	v, err := a.verify(ctx, w, log)
	r.Faults, r.requests, r.Documents = append(v.faults, v.busy...), v.Requests, v.Documents
	return err
}

func (a *app) showRestored(r restored) {
	if r.Finished {
		fmt.Fprintln(a.out, "Finished an interrupted restore.")
	}
	a.showSum("Restored into "+r.Folder, r.Sum)
	fmt.Fprint(a.out, "Verified: ")
	if len(r.Faults) > 0 {
		fmt.Fprintln(a.out, plural(len(r.Faults), "problem", "problems"))
	}
	a.showFaults(verification{faults: r.Faults, Checked: workspace.Checked{Requests: r.requests, Documents: r.Documents}})
}

// verdict is the error with which the command ends, if it does.
func (r restored) verdict() error {
	switch {
	case len(r.Faults) == 0:
		return nil
	case len(r.Missing) > 0:
		return &partial{len(r.Missing)}
	}
	return &broken{r.Faults}
}

// partial says that the backup itself did not hold everything.
type partial struct{ documents int }

func (e *partial) Error() string {
	return "restored, but the backup was made without " + plural(e.documents, "document", "documents")
}

// Hint says what to do.
func (e *partial) Hint() string { return "put them back from an older backup, then: foia verify" }
