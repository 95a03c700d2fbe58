package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/filing"
	"foia/internal/store"
	"foia/internal/workspace"
)

func newDBCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "db",
		Short: "Share one log: a PostgreSQL database for the whole newsroom",
		Long: "A log that several people write to is kept in a PostgreSQL database (14 or newer),\n" +
			"which you name in " + workspace.ConfigFile + " (database: postgres://NAME@HOST/DATABASE) or in\n" +
			workspace.DatabaseVariable + ". All other commands are the same. Passwords stand in neither: foia asks,\n" +
			"or takes them from PGPASSFILE or PGPASSWORD. For any host but this machine the\n" +
			"server's certificate is checked.",
		Example: "  createdb foia\n  export " + workspace.DatabaseVariable + "=postgres://postgres@localhost/foia\n  foia db setup\n  foia db add ana --role writer\n  foia db people\n  foia db remove ana",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDBSetupCommand(a), newDBAddCommand(a), newDBRemoveCommand(a), newDBPeopleCommand(a), newDBCopyCommand(a))
	return cmd
}

// sharedWorkspace opens the folder and makes sure that it names a shared log.
func (a *app) sharedWorkspace() (*workspace.Workspace, error) {
	w, err := a.workspace()
	if err != nil {
		return nil, err
	}
	if !w.Shared() {
		return nil, &filing.Misuse{What: "no database is named", Remedy: "write database: postgres://NAME@HOST/DATABASE into " + workspace.ConfigFile + ", or set " + workspace.DatabaseVariable}
	}
	return w, nil
}

func newDBSetupCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "setup",
		Short: "Prepare the database, or bring it up to date",
		Long: "Makes the tables, the guards against change, and three roles, or brings them up to\n" +
			"date; what is as it should be stays. Run it as somebody who owns the database and\n" +
			"may make roles. Of a database called foia the roles are foia_reader, foia_writer\n" +
			"and foia_owner. A writer can add, and never change or remove. Make a backup before\n" +
			"you bring an older log up to date.",
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
		Short: "Give somebody access to the shared log",
		Long: "Gives a login the role of a reader, a writer or an owner, in the place of any other.\n" +
			"If the server has no such login, it is made: foia asks for its first password (in a\n" +
			"script: " + newPassword + "). The server never sees the password. With --no-password the\n" +
			"login gets none, for servers that know people by certificate or otherwise. What\n" +
			"somebody enters bears this name.",
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
				what = "has a login with the role " + role
			}
			fmt.Fprintf(a.out, "%s %s.\n", clean(args[0]), what)
			return nil
		},
	}
	cmd.Flags().StringVar(&role, "role", "writer", "the `role`: "+strings.Join(store.Roles, ", "))
	cmd.Flags().BoolVar(&without, "no-password", false, "a new login gets no password")
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
		return "", &filing.Misuse{What: "no password for a new login", Remedy: "set " + newPassword + ", or use --no-password"}
	}
	first, err := a.askPassword("the new login "+person, "empty, if the login is there already")
	if err != nil {
		return "", err
	}
	again, err := a.askPassword("the new login "+person, "once more")
	if err == nil && first != again {
		err = &filing.Misuse{What: "the two passwords differ; nothing was changed", Remedy: "run the command again"}
	}
	return first, err
}

func newDBRemoveCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Take somebody's access to the shared log away",
		Long: "Takes all roles of this log away and ends what is open, at once. What was entered\n" +
			"keeps the name. The login itself stays, since it may be used for other databases;\n" +
			"to remove it: DROP ROLE, in psql.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.sharedWorkspace()
			if err != nil {
				return err
			}
			if err := w.Dismiss(cmd.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s has no access to this log any more.\n", clean(args[0]))
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
			a.table([]string{"Name", "Role", "Login"}, cells)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print them as JSON")
	return cmd
}
