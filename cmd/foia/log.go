package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

func newLogCommand(a *app) *cobra.Command {
	var jsonToo bool
	var form, sorted string
	var columns []string
	var find findFlags
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Show the tracking log as a table",
		Long: "Shows every request with its status, or only those the flags select. In a\n" +
			"terminal the table fits the width; in a pipe or file each request is one line,\n" +
			"whole, with tabs between its cells. For all columns, use --format csv or open\n" +
			"the spreadsheet " + workspace.TrackingFile + ".\n\n" +
			terminal.Listed("Columns: ", strings.Join(columnWords(), ", ")) +
			terminal.Listed("Sort by: ", sortWords()+"; with a hyphen before it, as in --sort -sent, the latest or last first"),
		Example: "  foia log\n  foia log --agency irs --open\n  foia log --assigned ana --tag urgent\n  foia log --sort due --columns " +
			"id,office,due,next-step\n  foia log --json | jq '.[] | " +
			"select(.status == \"drafted\") | .id'\n  foia log export --format csv > log.csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter, err := find.filter(cmd)
			if err != nil {
				return err
			}
			order, err := readOrder(cmd, form, sorted, columns, jsonToo)
			if err != nil {
				return err
			}
			return a.showLog(cmd, filter, order, find != findFlags{})
		},
	}
	find.add(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&form, "format", "o", asTable, "the `format`: table, csv, tsv (as in a pipe) or json")
	flags.StringSliceVar(&columns, "columns", nil, "show these `columns`, in this order")
	flags.StringVar(&sorted, "sort", "id", "sort by this `column`; what is unknown comes last")
	flags.BoolVar(&jsonToo, "json", false, "print the log as JSON, with all columns; the same as --format json")
	cmd.AddCommand(newLogExportCommand(a))
	return cmd
}

// readOrder reads how the log is to be printed.
func readOrder(cmd *cobra.Command, form, sorted string, columns []string, jsonToo bool) (o logOrder, err error) {
	forms := []string{asTable, asCSV, asTSV, asJSON}
	if o.form = entered.Line(form); !slices.Contains(forms, o.form) {
		return o, remedy.Misuse(fmt.Sprintf("--format: the log cannot be printed as %q", form),
			remedy.DidYouMean(entered.Nearest(o.form, forms, 2), "use one of "+strings.Join(forms, ", ")))
	}
	if jsonToo {
		if cmd.Flags().Changed("format") && o.form != asJSON {
			return o, remedy.Misuse("--json and --format "+o.form+" contradict each other", "give one of them")
		}
		o.form = asJSON
	}
	if cmd.Flags().Changed("columns") {
		if len(columns) == 0 {
			return o, remedy.Misuse("--columns is empty", "use some of "+strings.Join(columnWords(), ", "))
		}
		if o.columns, err = columnsNamed(columns); err != nil {
			return o, err
		}
	}
	key, down, err := sortedBy(sorted)
	o.key, o.down = &key, down
	return o, err
}

// showLog prints the rows that the flags choose. The note of an office that the directory
// does not know helps where nothing is found.
func (a *app) showLog(cmd *cobra.Command, filter logbook.Filter, order logOrder, chosen bool) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	var unknown *agency.NotFound
	if filter.Agency != "" {
		if filter.Office, unknown, err = knownOffices(w, filter.Agency); err != nil {
			return err
		}
	}
	n := 0
	err = a.withLog(cmd, func(_ *workspace.Workspace, log *store.Log) (err error) {
		n, err = a.printLog(cmd.Context(), log, filter, order)
		return err
	})
	if err != nil || n > 0 {
		return err
	}
	if unknown != nil {
		a.note("note: %s; %s", unknown, unknown.Hint())
	}
	switch {
	case order.form != asTable:
	case chosen:
		fmt.Fprintln(a.out, "No requests match.")
	default:
		fmt.Fprintln(a.out, "The log is empty.")
	}
	return nil
}

// withLog opens the log for reading.
func (a *app) withLog(cmd *cobra.Command, f func(*workspace.Workspace, *store.Log) error) error {
	return a.withLogBy(cmd, (*workspace.Workspace).ReadLog, f)
}

// withLogBy opens the log in one of the ways that a workspace has.
func (a *app) withLogBy(cmd *cobra.Command, open func(*workspace.Workspace, context.Context) (*store.Log, error),
	f func(*workspace.Workspace, *store.Log) error) (err error) {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	log, err := open(w, cmd.Context())
	if err != nil {
		return err
	}
	defer func() {
		if closing := log.Close(); err == nil {
			err = closing
		}
	}()
	a.doubtClock(cmd, w, log)
	return f(w, log)
}
