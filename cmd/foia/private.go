package main

import (
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/logbook"
)

func newPrivateCommand(a *app) *cobra.Command {
	var with []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "private ID… [--with PERSON,…]",
		Short: "Hide requests from everyone but a few people",
		Long: "Makes requests private: only their owner (who drafted them), you, and the people\n" +
			"named with --with can see them. The names are database logins. The database\n" +
			"keeps everyone else out, whatever program they use; a log in a file cannot do\n" +
			"that. A new list replaces the earlier one. All of the requests named become\n" +
			"private, or none.\n\n" +
			"The spreadsheet tracking-log.csv leaves out private requests. Their letters stay\n" +
			"in the folder of whoever made them: anyone who can open that folder can read\n" +
			"them.",
		Example: "  foia private 2026-0001\n  foia private 2026-0001 2026-0002 --with ana,ben\n  foia public 2026-0001",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, ids []string) (err error) {
			for i := range with {
				if with[i], err = docket.ReadPerson(with[i]); err != nil {
					return err
				}
			}
			return a.arrange(cmd, ids, asJSON, func(b *logbook.Book) ([]logbook.Arranged, error) {
				return b.Hide(cmd.Context(), ids, with)
			}, func(one logbook.Arranged) string { return "seen only by " + strings.Join(one.Sees(), ", ") })
		},
	}
	cmd.Flags().StringSliceVar(&with, "with", nil, "who else can see them, besides you and their owner: `names`, separated by commas")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}
