package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/logbook"
)

// arrange changes who works on requests or who may see them, and says for each what
// holds now.
func (a *app) arrange(cmd *cobra.Command, ids []string, asJSON bool, change func(*logbook.Book) ([]logbook.Arranged, error),
	says func(logbook.Arranged) string) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	book := a.book(w)
	for i, id := range ids { // the caller's: what follows is about the requests that were meant
		if ids[i], err = a.requestID(cmd, book, id); err != nil {
			return err
		}
	}
	out, err := change(book)
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
