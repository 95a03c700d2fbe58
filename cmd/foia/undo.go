package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/remedy"
)

func newUndoCommand(a *app) *cobra.Command {
	var reason string
	var yes, asJSON bool
	cmd := &cobra.Command{
		Use:   "undo",
		Short: "Strike out what your last command wrote into the log",
		Long: "Strikes out everything that your last command in this folder wrote into the\n" +
			"log, one event or many: what it recorded no longer counts, and letters that it\n" +
			"made are discarded. Shows them first and asks; in a script, add --yes. Nothing\n" +
			"is removed: the log shows what was struck out, and why. A second foia undo\n" +
			"undoes the first.",
		Example: "  foia undo --reason \"that was the other request\"",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			book := a.book(w)
			last, err := book.LastEntered(cmd.Context())
			if err != nil {
				return err
			}
			if len(last) == 0 {
				return remedy.Misuse("you have written nothing into this log from this machine", "see what is in it: foia log")
			}
			if err := a.agreeToUndo(cmd, last, yes, asJSON); err != nil {
				return err
			}
			done, err := book.Undo(cmd.Context(), last, reason)
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(done)
			}
			fmt.Fprintf(a.out, "Struck out: %s. The log shows it, with the reason.\n", plural(len(done), "event", "events"))
			return nil
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "undone", "the `reason`, which is logged")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// mostUndone is how many events are shown before they are struck out; the rest is counted.
const mostUndone = 10

// agreeToUndo shows what would be struck out, and asks.
func (a *app) agreeToUndo(cmd *cobra.Command, last []docket.Event, yes, asJSON bool) error {
	if !asJSON {
		for i, e := range last {
			if i == mostUndone {
				fmt.Fprintf(a.out, "… and %d more\n", len(last)-i)
				break
			}
			a.wrappedAfter(fmt.Sprintf("%s, event %d: ", e.Request, e.Seq), "    ", strings.TrimSpace(string(e.Kind)+" "+e.OnDay()+
				eventDetail(e)))
		}
	}
	if yes {
		return nil
	}
	if !a.terminal() {
		return remedy.Misuse("nobody is there to say yes", "add --yes to strike out "+plural(len(last), "event", "events"))
	}
	agreed, err := a.face().Confirm(cmd.Context(), "Strike out "+plural(len(last), "event", "events")+"?")
	if err == nil && !agreed {
		err = remedy.Misuse("nothing was struck out", "to strike out one event: foia record ID correction --of N --reason \"…\"")
	}
	return err
}
