package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/filing"
	"foia/internal/store"
	"foia/internal/workspace"
)

// arrange changes who works on requests or who may see them, and says for each what
// holds now.
func (a *app) arrange(cmd *cobra.Command, ids []string, asJSON bool, change func(*filing.Desk) ([]filing.Arranged, error),
	says func(filing.Arranged) string) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	err = a.withLog(cmd, func(_ *workspace.Workspace, log *store.Log) error {
		for _, id := range ids {
			if _, err := findRequest(cmd, log, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	out, err := change(a.bareDesk(w))
	if err != nil {
		return err
	}
	if asJSON {
		return a.json(out)
	}
	for _, one := range out {
		text := says(one)
		if len(one.Events) == 0 {
			text += ", as before"
		}
		fmt.Fprintf(a.out, "%s: %s\n", one.ID, cell(text))
	}
	return nil
}
