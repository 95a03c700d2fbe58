package main

import (
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/filing"
)

func newPrivateCommand(a *app) *cobra.Command {
	var with []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "private ID… [--with PERSON,…]",
		Short: "Let only some people see a request",
		Long: "Makes requests private: only their owner (who drafted them), whoever runs this\n" +
			"command, and the people named with --with see them. The names are those of the\n" +
			"database, which keeps everybody else out, whatever program they use; a log in a file\n" +
			"cannot. A later list takes the place of an earlier one. All of the requests that are\n" +
			"named become private, or none.\n\n" +
			"The spreadsheet tracking-log.csv leaves private requests out. Their letters are in\n" +
			"the folder of whoever made them: who may open that folder can read them.",
		Example: "  foia private 2026-0001\n  foia private 2026-0001 2026-0002 --with ana,ben\n  foia public 2026-0001",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, ids []string) (err error) {
			for i := range with {
				if with[i], err = docket.ReadPerson(with[i]); err != nil {
					return err
				}
			}
			return a.arrange(cmd, ids, asJSON, func(d *filing.Desk) ([]filing.Arranged, error) {
				return d.Hide(cmd.Context(), ids, with)
			}, func(one filing.Arranged) string { return "seen only by " + strings.Join(one.Sees(), ", ") })
		},
	}
	cmd.Flags().StringSliceVar(&with, "with", nil, "who may see them beside you and their owner: `names`, separated by commas")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}
