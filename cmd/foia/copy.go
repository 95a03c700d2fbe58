package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/portal"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

func newCopyCommand(a *app) *cobra.Command {
	var field string
	var list bool
	cmd := &cobra.Command{
		Use:   "copy ID",
		Short: "Copy the texts for the agency's web form, field by field",
		Long: "Puts the text of each field of the agency's web form on the clipboard, one after\n" +
			"the other: paste it, press Enter, paste the next. Fields that stay empty are\n" +
			"left out. Where there is no clipboard, each text is printed instead. Only for\n" +
			"requests filed by portal. Nothing is sent.",
		Example: "  foia copy 2026-0001\n  foia copy 2026-0001 --list\n  foia copy 2026-0001 --field request_description",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var letter string
			var r docket.Request
			var fields []portal.Field
			err := a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) (err error) {
				if r, _, err = a.findLife(cmd, log, args[0]); err != nil {
					return err
				}
				letter = w.Path(r.Folder + "/" + press.Called(r, press.PDFName))
				fields, err = formOf(correspondence.Kept{Context: cmd.Context(), Workspace: w, Log: log}, r)
				return err
			})
			switch {
			case err != nil:
				return err
			case list:
				return a.listForm(fields)
			case cmd.Flags().Changed("field"):
				return a.copyNamed(fields, field)
			case !a.terminal():
				return remedy.Misuse("nobody is there to press Enter between the fields",
					"copy one: foia copy "+r.ID+" --field NAME; to see their names: foia copy "+r.ID+" --list")
			}
			return a.copyForm(r, letter, fields, func(question string) (string, error) {
				return a.face().Typed(cmd.Context(), question)
			})
		},
	}
	cmd.Flags().StringVar(&field, "field", "", "copy only the field of this `name` or label")
	cmd.Flags().BoolVar(&list, "list", false, "list the fields with their lengths, and copy nothing")
	return cmd
}

// formOf are the fields of a request that is filed by portal.
func formOf(kept correspondence.Kept, r docket.Request) ([]portal.Field, error) {
	if r.Via != string(agency.Portal) {
		return nil, remedy.Misuse(fmt.Sprintf("%s is not filed by portal, but by %s", r.ID, viaWord(r.Via)),
			"to copy from its text: foia paper "+r.ID+" text")
	}
	return kept.Fields(r)
}

func lengthOf(f portal.Field) string {
	length := plural(utf8.RuneCountInString(f.Text()), "character", "characters")
	if f.Limit > 0 {
		length += fmt.Sprintf(" of %d", f.Limit)
	}
	return length
}

func (a *app) listForm(fields []portal.Field) error {
	var rows [][]string
	for _, f := range fields {
		rows = append(rows, []string{f.Name, f.Label, lengthOf(f)})
	}
	return a.table([]terminal.Column{{Name: "Field"}, {Name: "Label", Wraps: true}, {Name: "Length"}}, rows)
}

// copyNamed copies one field, by its name or its label.
func (a *app) copyNamed(fields []portal.Field, name string) error {
	named := func(f portal.Field) bool { return strings.EqualFold(f.Name, name) || strings.EqualFold(f.Label, name) }
	i := slices.IndexFunc(fields, named)
	if i < 0 {
		var names []string
		for _, f := range fields {
			names = append(names, f.Name)
		}
		return remedy.Misuse(fmt.Sprintf("the form has no field “%s” that is filled", name),
			remedy.DidYouMean(entered.Nearest(name, names, 3), "use one of "+strings.Join(names, ", ")))
	}
	if err := a.desk().Copy(fields[i].Text()); err != nil {
		a.note("note: %v; this is the text to copy", err)
		fmt.Fprintln(a.out, clean(fields[i].Text()))
		return nil
	}
	fmt.Fprintf(a.out, "Copied %s: %s.\n", fields[i].Label, lengthOf(fields[i]))
	return nil
}

// copyForm copies one field after the other, and waits for Enter between them.
func (a *app) copyForm(r docket.Request, letter string, fields []portal.Field, ask func(string) (string, error)) error {
	if r.Sample {
		a.note("note: this is a sample: do not file it")
	}
	told := false
	for i := 0; i < len(fields); {
		f := fields[i]
		fmt.Fprintf(a.out, "%d of %d: %s (%s)\n", i+1, len(fields), f.Label, lengthOf(f))
		question := "Paste it, then press Enter (b: back, q: stop) "
		if err := a.desk().Copy(f.Text()); err != nil {
			if !told {
				a.note("note: %v; copy each text from here", err)
				told = true
			}
			fmt.Fprintf(a.out, "\n%s\n\n", clean(f.Text()))
			question = "Copy it, then press Enter (b: back, q: stop) "
		}
		answer, err := ask(question)
		if errors.Is(err, terminal.ErrStopped) {
			fmt.Fprintln(a.out)
			return nil
		}
		if err != nil {
			return fmt.Errorf("your answer cannot be read: %w", err)
		}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "q":
			return nil
		case "b":
			i = max(i-1, 0)
		default:
			i++
		}
	}
	a.wrapped("", "That was the last field. Attach "+letter+" and submit the form; then: "+
		remedy.To(remedy.Record, r.ID, string(docket.Sent)).With("by", r.Via).With("proof", remedy.Open("CONFIRMATION")).String())
	return nil
}
