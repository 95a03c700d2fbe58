package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
)

func newDBWritingCommand(a *app) *cobra.Command {
	var end int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "writing",
		Short: "Show who is writing to the shared log, and end it",
		Long: "Lists the sessions that everyone else who writes has to wait for: the login, the\n" +
			"program and machine, and for how long. Usually there is none, or one for a\n" +
			"moment. One that stays was left open, for example in psql, or its machine fell\n" +
			"asleep.\n\n" +
			"With --end, ends the session with that number. What it had not finished writing\n" +
			"is undone. You can end your own; someone else's can be ended by whoever runs\n" +
			"the server, and by an owner with the role pg_signal_backend.",
		Example: "  foia db writing\n  foia db writing --end 4711",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := a.sharedWorkspace()
			if err != nil {
				return err
			}
			if !cmd.Flags().Changed("end") {
				all, err := w.Holders(cmd.Context())
				if err != nil {
					return err
				}
				return a.showHolders(all, asJSON)
			}
			if end < 1 {
				return remedy.Misuse("--end needs the number of a session", "see: "+remedy.To(remedy.Writing).String())
			}
			ended, err := w.EndSession(cmd.Context(), end)
			if err != nil {
				return err
			}
			if asJSON {
				return a.json([]store.Holder{ended})
			}
			fmt.Fprintf(a.out, "Ended session %d of %s; what it had not finished writing is undone.\n", ended.Session, clean(ended.Name))
			return nil
		},
	}
	cmd.Flags().IntVar(&end, "end", 0, "end the session with this `number`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) showHolders(all []store.Holder, asJSON bool) error {
	if asJSON {
		if all == nil {
			all = []store.Holder{}
		}
		return a.json(all)
	}
	if len(all) == 0 {
		fmt.Fprintln(a.out, "Nobody is writing to the log.")
		return nil
	}
	var cells [][]string
	for _, h := range all {
		lasting := "unknown"
		if h.Seconds >= 0 {
			lasting = store.Lasting(h.Seconds)
		}
		cells = append(cells, []string{strconv.Itoa(h.Session), h.Name, h.Program, lasting, h.State})
	}
	return a.table([]terminal.Column{{Name: "Session"}, {Name: "Name"}, {Name: "Program", Drop: 2}, {Name: "For"},
		{Name: "State", Drop: 1}}, cells)
}
