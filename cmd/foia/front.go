package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workspace"
)

// frontDays is how far ahead foia alone looks, as foia due does.
const frontDays = 14

// front is what foia says alone: in a folder without a log, what to type first; in one
// with a log, how much is due and the command for it.
func (a *app) front(cmd *cobra.Command) error {
	due, soon := 0, 0
	err := a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) (err error) {
		day := a.today()
		if _, due, err = logbook.DueFirst(cmd.Context(), w, log, day, 0, logbook.Filter{}, 1); err != nil {
			return err
		}
		_, soon, err = logbook.DueFirst(cmd.Context(), w, log, day, frontDays, logbook.Filter{}, 1)
		return err
	})
	if errors.Is(err, store.ErrNoLog) {
		return a.frontEmpty()
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, dueInWords(due, soon-due))
	if soon > 0 {
		fmt.Fprintln(a.out, "  foia due      see what is due, who owes it and why")
	}
	fmt.Fprintln(a.out, "  foia next     see what to do next for each request")
	if soon == 0 {
		fmt.Fprintln(a.out, "  foia --help   see all commands")
	}
	return nil
}

// dueInWords counts what is overdue or due today, and what is due in the days after.
func dueInWords(now, soon int) string {
	switch {
	case now == 0 && soon == 0:
		return fmt.Sprintf("Nothing is due in the next %d days.", frontDays)
	case now == 0:
		return fmt.Sprintf("Nothing is overdue; %s due in the next %d days.", plural(soon, "thing is", "things are"), frontDays)
	case soon == 0:
		return fmt.Sprintf("%s overdue or due today.", plural(now, "thing is", "things are"))
	}
	return fmt.Sprintf("%s overdue or due today, %d more in the next %d days.", plural(now, "thing is", "things are"), soon, frontDays)
}

func (a *app) frontEmpty() error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	if len(w.Config.Requesters) > 0 {
		fmt.Fprintln(a.out, "You are set up, and this folder has no requests yet. Make the first one:")
		fmt.Fprintln(a.out, "  foia new request --to irs    or another office: foia agency search WORDS")
		fmt.Fprintln(a.out, "  foia --help                  see all commands")
		return nil
	}
	fmt.Fprintln(a.out, "There are no requests in this folder yet. Start here, or see foia --help:")
	fmt.Fprintln(a.out, "  foia new irs-dhs-mou --sample    11 sample letters from a made-up requester")
	fmt.Fprintln(a.out, "  foia init                        set up your name, address and signature")
	return nil
}
