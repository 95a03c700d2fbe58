package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/backup"
	"foia/internal/store"
	"foia/internal/workspace"
)

// unguarded is said wherever a backup is made: it holds what the folder holds.
const unguarded = "A backup is not encrypted and holds everything: names, addresses, letters, files\n" +
	"received. Before it leaves this machine, encrypt it, for example with age:\n" +
	"age -p -o desk.zip.age desk.zip (to decrypt: age -d -o desk.zip desk.zip.age)."

func newBackupCommand(a *app) *cobra.Command {
	var force, incomplete, asJSON bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Back up the log, documents, settings and templates to one file",
		Long: "Makes one ZIP file with the log as of now, every document in the log, foia.yaml,\n" +
			"agencies.yaml, holidays.yaml, templates, laws, seals, messages that wait, your\n" +
			"answers about trackers (imports), and the pictures and fonts that foia.yaml\n" +
			"names. Others can keep writing to the log meanwhile. Every document is checked\n" +
			"as it is read. Left out: hidden files, files that can be made again\n" +
			"(tracking-log.csv, papers), campaigns, and files that you added next to the\n" +
			"letters.\n\n" + unguarded,
		Example: "  foia backup /media/stick/desk-2026-11-23.zip\n  foia backup desk.zip --force --incomplete",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.backup(cmd, args[0], force, incomplete)
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(m)
			}
			a.showBackup(args[0], m)
			return nil
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace an existing file")
	cmd.Flags().BoolVar(&incomplete, "incomplete", false, "leave out documents that are missing or were changed; the backup lists them")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the backup's manifest as JSON")
	return cmd
}

func (a *app) backup(cmd *cobra.Command, file string, force, incomplete bool) (m backup.Manifest, err error) {
	err = a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) (err error) {
		if err := a.wholeLog(cmd.Context(), log, "a backup"); err != nil {
			return err
		}
		if err := a.warnOfPrivate(cmd.Context(), log); err != nil {
			return err
		}
		out, err := w.CreateOutput(file, force)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, out.Cancel()) }()
		m, err = backup.Write(cmd.Context(), w, log, out,
			backup.Options{Day: a.today(), Foia: version(), Incomplete: incomplete, Progress: a.counting("documents")})
		if err != nil {
			return err
		}
		if err := out.Done(); err != nil {
			return err
		}
		if err := backup.Note(w, m); err != nil {
			w.Tell("the backup is made, but the folder could not note that it is: " + err.Error())
		}
		return nil
	})
	return m, err
}

func (a *app) showBackup(file string, m backup.Manifest) {
	fmt.Fprintf(a.out, "Backed up to %s, with %s.\n", file, plural(m.Documents.Count, "distinct document", "distinct documents"))
	a.showSum("It holds", m.Log)
	for _, d := range m.Missing {
		a.wrappedAfter("  without "+d.Request+": ", "    ", d.Name+" ("+d.Why+")")
	}
	for _, f := range m.LeftOut {
		a.note("note: left out: %s", f)
	}
	a.note("note: the backup is not encrypted; see: foia backup --help")
}
