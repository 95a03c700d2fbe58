package main

import (
	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/logbook"
)

func newPublicCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "public ID…",
		Short: "Let everyone who can read the log see requests again",
		Long: "Makes private requests visible again to everyone who can read the log: all of\n" +
			"the requests named, or none.",
		Example: "  foia public 2026-0001",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.arrange(cmd, ids, asJSON, func(b *logbook.Book) ([]logbook.Arranged, error) {
				return b.Arrange(cmd.Context(), ids, docket.Hands.Show)
			}, func(logbook.Arranged) string { return "visible to everyone who can read the log" })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}
