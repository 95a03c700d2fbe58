package main

import (
	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/filing"
)

func newPublicCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "public ID…",
		Short:   "Let everybody who reads the log see a request again",
		Long:    "Ends what foia private began, for all of the requests that are named, or for none.",
		Example: "  foia public 2026-0001",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.arrange(cmd, ids, asJSON, func(d *filing.Desk) ([]filing.Arranged, error) {
				return d.Arrange(cmd.Context(), ids, docket.Hands.Show)
			}, func(filing.Arranged) string { return "seen by all who read the log" })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}
