package main

import (
	"io"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

func newLogExportCommand(a *app) *cobra.Command {
	var format, out, leaving string
	var private bool
	forms := []string{asCSV, asJSON, asXLSX}
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the whole log as CSV, JSON or an Excel workbook",
		Long: "Writes the log for other programs. CSV has one line for each request. xlsx is\n" +
			"a workbook with the sheets Requests, Deadlines, Events and About. Dates are\n" +
			"dates and amounts are numbers, each sheet can be sorted and filtered, and dates\n" +
			"that have passed are red while something is still due. JSON has the same lists\n" +
			"in one document; docs/foia-export-1.schema.json describes it. What is unknown\n" +
			"is empty, or null.\n\n" +
			"For whoever moves to another tracker, --for sheet prints one row a request with\n" +
			"its days, as any spreadsheet has them, and --for muckrock the columns of\n" +
			"MuckRock's export. foia import reads both.\n\n" +
			"An existing file is replaced. Private requests are left out unless you add\n" +
			"--private; of what --for prints, always.",
		Example: "  foia log export > log.csv\n  foia log export -o log.xlsx\n  foia log export --format json --private --out log.json\n" +
			"  foia log export --for sheet > requests.csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("for") {
				for _, other := range []string{"format", "out", "private"} {
					if cmd.Flags().Changed(other) {
						return remedy.Misuse("--for prints CSV without private requests: it goes with no --"+other,
							"leave one of the two out")
					}
				}
				return a.exportLeaving(cmd, leaving)
			}
			to, err := readWritten(cmd, format, out, forms, "the log cannot be exported")
			if err != nil {
				return err
			}
			return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
				return a.exportLog(cmd, w, log, to, private)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&format, "format", "o", asCSV, "the `format`: csv, json or xlsx, or a file with such an ending")
	flags.StringVar(&out, "out", "", "the `file` to write; - for standard output")
	flags.BoolVar(&private, "private", false, "include private requests")
	flags.StringVar(&leaving, "for", "", "in the columns of another `tracker`: sheet or muckrock")
	return cmd
}

func (a *app) exportLog(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, to written, private bool) error {
	lean()
	var made logbook.Listed
	err := a.write(w, to, func(out io.Writer) (err error) {
		l := logbook.Listing{Today: a.today(), Private: private, Program: "foia " + thisBuild().Version, Words: inFiles}
		switch to.form {
		case asXLSX:
			made, err = logbook.WriteSheet(cmd.Context(), w, log, out, l)
		case asJSON:
			made, err = logbook.WriteJSON(cmd.Context(), w, log, out, l)
		default:
			made.Hidden, err = a.exportCSV(cmd, log, out, private)
		}
		return err
	})
	if err != nil {
		return err
	}
	a.noteLeftOut(made.Hidden)
	if made.Cut > 0 {
		a.note("note: %s longer than a cell of Excel holds, and %s cut; the sheet About says where (JSON has them whole)",
			remedy.Counted(made.Cut, "text")+map[bool]string{true: " is", false: " are"}[made.Cut == 1],
			map[bool]string{true: "is", false: "are"}[made.Cut == 1])
	}
	return nil
}

// noteLeftOut tells whoever writes a file, who may see them, what its readers are not told.
func (a *app) noteLeftOut(n int) {
	switch n {
	case 0:
	case 1:
		a.note("note: 1 private request is left out; to include it, add --private")
	default:
		a.note("note: %d private requests are left out; to include them, add --private", n)
	}
}

// exportCSV writes the tracking log as CSV, and counts the private requests that it leaves out.
func (a *app) exportCSV(cmd *cobra.Command, log *store.Log, out io.Writer, private bool) (hidden int, err error) {
	table, err := export.NewTable(out, docket.ColumnNames())
	if err != nil {
		return 0, err
	}
	today := a.today()
	err = logbook.FindMade(cmd.Context(), log, logbook.Filter{}, func(s store.Standing) ([]string, error) {
		if s.State.Private && !private {
			return nil, nil
		}
		cells := docket.RowOf(s.Request, s.State, today).Cells()
		for i, c := range cells {
			cells[i] = a.words(c)
		}
		return cells, nil
	}, func(cells []string) error {
		if cells == nil {
			hidden++
			return nil
		}
		return table.Row(cells)
	})
	if err == nil {
		err = table.Close()
	}
	return hidden, err
}
