package main

import (
	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

func newAssignCommand(a *app) *cobra.Command {
	var nobody, asJSON bool
	cmd := &cobra.Command{
		Use:   "assign ID… {PERSON | --nobody}",
		Short: "Assign requests to people",
		Long: "Logs who is working on the requests you name: all or none. To find one person's\n" +
			"requests: foia log --assigned ana, foia due --assigned ana. The status and dates\n" +
			"of a request do not change.",
		Example: "  foia assign 2026-0001 ana\n  foia assign 2026-0001 2026-0002 2026-0005 ben\n  foia assign 2026-0001 --nobody",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, person, err := assignment(args, nobody)
			if err != nil {
				return err
			}
			who := person
			if who == "" {
				who = "nobody"
			}
			return a.arrange(cmd, ids, asJSON, func(b *logbook.Book) ([]logbook.Arranged, error) {
				return b.Arrange(cmd.Context(), ids, func(h docket.Hands) []docket.Event { return h.Assign(person) })
			}, func(logbook.Arranged) string { return "assigned to " + who })
		},
	}
	cmd.Flags().BoolVar(&nobody, "nobody", false, "leave the requests unassigned")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// likeID is what nobody is called: a name that is missing would else be the last id.
const likeID = lazy.Pattern(`^[0-9]{4}-[0-9]+$`)

// assignment tells the ids on the line from the name at its end.
func assignment(args []string, nobody bool) (ids []string, person string, err error) {
	if nobody {
		return args, "", nil
	}
	last := len(args) - 1
	if last == 0 || likeID.RE().MatchString(args[last]) {
		return nil, "", remedy.Misuse("missing PERSON: who is working on it?",
			"write: foia assign "+args[0]+" PERSON, or --nobody")
	}
	person, err = docket.ReadPerson(args[last])
	if person == "nobody" {
		person = ""
	}
	return args[:last], person, err
}
