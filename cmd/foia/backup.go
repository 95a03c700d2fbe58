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
const unguarded = "A backup is not encrypted, and holds everything: names, addresses, letters,\n" +
	"received files. Before it leaves the machine, encrypt it, for example with age:\n" +
	"age -p -o desk.zip.age desk.zip (and back: age -d -o desk.zip desk.zip.age)."

func newBackupCommand(a *app) *cobra.Command {
	var force, incomplete, asJSON bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Put log, documents, settings and templates into one file",
		Long: "Makes one ZIP file of the log as it is now, every document that it knows, foia.yaml,\n" +
			"agencies.yaml, holidays.yaml, templates, seals, and the pictures and fonts that\n" +
			"foia.yaml names. Others may go on writing meanwhile. Every document is checked while\n" +
			"it is read. Not in it: hidden files, what can be made again (tracking-log.csv,\n" +
			"papers), campaigns, and what you put beside the letters yourself.\n\n" + unguarded,
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
	cmd.Flags().BoolVar(&force, "force", false, "replace a file of that name")
	cmd.Flags().BoolVar(&incomplete, "incomplete", false, "go on without documents that are missing or were changed; the backup names them")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the manifest of the backup as JSON")
	return cmd
}

func (a *app) backup(cmd *cobra.Command, file string, force, incomplete bool) (m backup.Manifest, err error) {
	err = a.withLog(cmd, func(w *workspace.Workspace, log store.Log) (err error) {
		if err := a.wholeLog(cmd.Context(), log, "a backup"); err != nil {
			return err
		}
		if err := a.warnOfPrivate(cmd.Context(), log); err != nil {
			return err
		}
		out, err := workspace.CreateOutput(file, force)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, out.Cancel()) }()
		m, err = backup.Write(cmd.Context(), w, log, out, backup.Options{Day: a.today(), Foia: version(), Incomplete: incomplete, Progress: a.counting("documents")})
		if err != nil {
			return err
		}
		return out.Done()
	})
	return m, err
}

func (a *app) showBackup(file string, m backup.Manifest) {
	fmt.Fprintf(a.out, "Backup: %s with %s.\n", file, plural(m.Documents.Count, "different document", "different documents"))
	a.showSum("It holds", m.Log)
	for _, d := range m.Missing {
		a.wrappedAfter("  without "+d.Request+": ", "    ", d.Name+", which is "+d.Why)
	}
	for _, f := range m.LeftOut {
		a.note("note: not in it: %s", f)
	}
	a.note("note: it is not encrypted; see: foia backup --help")
}
