package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

func newDBCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "db",
		Short: "Share the log through PostgreSQL",
		Long: "Shares the log through a PostgreSQL database (14 or newer), so that several\n" +
			"people can write to it. Name the database in " + workspace.ConfigFile + " (database:\n" +
			"postgres://NAME@HOST/DATABASE) or in " + workspace.DatabaseVariable + ". All other commands work as\n" +
			"before. Never put a password there: foia asks for it, or takes it from\n" +
			"PGPASSFILE or PGPASSWORD. Unless the server runs on this machine, its\n" +
			"certificate is checked.",
		Example: "  createdb foia\n  export " + workspace.DatabaseVariable +
			"=postgres://postgres@localhost/foia\n  foia db setup\n  foia db add ana --role writer\n" +
			"  foia db people\n  foia db remove ana\n  foia db writing",
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(newDBSetupCommand(a), newDBAddCommand(a), newDBRemoveCommand(a), newDBPeopleCommand(a), newDBWritingCommand(a),
		newDBCopyCommand(a))
	return cmd
}

// sharedWorkspace opens the folder and makes sure that it names a shared log.
func (a *app) sharedWorkspace() (*workspace.Workspace, error) {
	w, err := a.workspace()
	if err != nil {
		return nil, err
	}
	if !w.Shared() {
		return nil, remedy.Misuse("no shared database is set up for this folder",
			"add database: postgres://NAME@HOST/DATABASE to "+workspace.ConfigFile+", or set "+workspace.DatabaseVariable)
	}
	return w, nil
}

func newDBSetupCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "setup",
		Short: "Prepare the database, or bring it up to date",
		Long: "Makes the tables, the guards against changes, and three roles, or brings them up\n" +
			"to date; what is already right is kept. Run it as someone who owns the database\n" +
			"and can create roles. For a database called foia the roles are foia_reader,\n" +
			"foia_writer and foia_owner. Writers can add but never change or delete. Back up\n" +
			"an older log before you bring it up to date.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := a.sharedWorkspace()
			if err != nil {
				return err
			}
			report, err := w.SetupDatabase(cmd.Context())
			for _, line := range report {
				fmt.Fprintln(a.out, clean(line))
			}
			return err
		},
	}
}

// newPassword is where a script puts the password of a new login.
const newPassword = "FOIA_NEW_PASSWORD"

func newDBAddCommand(a *app) *cobra.Command {
	var role string
	var without bool
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Give someone access to the shared log",
		Long: "Gives a login the role of reader, writer or owner, replacing any role it had. If\n" +
			"the server has no such login, foia creates it and asks for its first password\n" +
			"(in a script, set " + newPassword + "). The server never sees the password. With\n" +
			"--no-password the login gets none, for servers that identify people by\n" +
			"certificate or in some other way. Each event records the login that entered it.",
		Example: "  foia db add ana --role writer",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.sharedWorkspace()
			if err != nil {
				return err
			}
			password, err := a.firstPassword(cmd, w, args[0], without)
			if err != nil {
				return err
			}
			made, err := w.Admit(cmd.Context(), args[0], role, password)
			if err != nil {
				return err
			}
			what := "now has the role " + role
			if made {
				what = "has a new login with the role " + role
			}
			fmt.Fprintf(a.out, "%s %s.\n", clean(args[0]), what)
			return nil
		},
	}
	cmd.Flags().StringVar(&role, "role", "writer", "the `role`: "+strings.Join(store.Roles, ", "))
	cmd.Flags().BoolVar(&without, "no-password", false, "give a new login no password")
	return cmd
}

// firstPassword is that of a login that has to be made; empty, if it is there.
func (a *app) firstPassword(cmd *cobra.Command, w *workspace.Workspace, person string, without bool) (string, error) {
	people, err := w.People(cmd.Context())
	if err != nil || without {
		return "", err
	}
	for _, p := range people {
		if p.Name == person {
			return "", nil
		}
	}
	if typed := os.Getenv(newPassword); typed != "" {
		return typed, nil
	}
	if !a.terminal() {
		return "", remedy.Misuse("no password for a new login", "set "+newPassword+", or use --no-password")
	}
	first, err := a.askPassword("the new login "+person, "leave empty if the login already exists")
	if err != nil {
		return "", err
	}
	again, err := a.askPassword("the new login "+person, "again")
	if err == nil && first != again {
		err = remedy.Misuse("the two passwords differ; nothing was changed", "run the command again")
	}
	return first, err
}

func newDBRemoveCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Revoke someone's access to the shared log",
		Long: "Takes away all of a login's roles in this log and ends its open connections at\n" +
			"once. Events entered under that name keep it. The login itself stays, since\n" +
			"other databases may use it; to remove it, use DROP ROLE in psql.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.sharedWorkspace()
			if err != nil {
				return err
			}
			if err := w.Dismiss(cmd.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s no longer has access to this log.\n", clean(args[0]))
			return nil
		},
	}
}

func newDBPeopleCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "people",
		Short: "List who has access to the shared log",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := a.sharedWorkspace()
			if err != nil {
				return err
			}
			people, err := w.People(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(people)
			}
			var cells [][]string
			for _, p := range people {
				login := "no"
				if p.Login {
					login = "yes"
				}
				cells = append(cells, []string{p.Name, strings.Join(p.Roles, ", "), login})
			}
			return a.table([]terminal.Column{{Name: "Name"}, {Name: "Role"}, {Name: "Login", Drop: 1}}, cells)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print them as JSON")
	return cmd
}
