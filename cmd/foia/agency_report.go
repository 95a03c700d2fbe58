package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/workspace"
)

func (a *app) agencyReport() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "report OFFICE",
		Short: "Print what you corrected of an office, to pass it on",
		Long: "Prints what differs between the built-in record of an office and your\n" +
			"corrections in " + workspace.OfficesFile + ", field by field, with the sources and dates of\n" +
			"both, as text for whoever keeps the directory. Nothing is sent.",
		Example: "  foia agency report dhs-ice > dhs-ice.txt",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := a.offices()
			if err != nil {
				return err
			}
			match, err := d.Find(strings.Join(args, " "))
			if err != nil {
				return err
			}
			o := match.Office
			differences, err := d.Differences(o.ID)
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(map[string]any{"office": o.ID, "name": o.Name, "own": o.UserAdded, "foia": version(),
					"differences": append([]agency.Difference{}, differences...)})
			}
			a.showReport(o, differences)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// showReport prints each difference on lines of its own, old and new.
func (a *app) showReport(o agency.Office, differences []agency.Difference) {
	switch {
	case o.UserAdded:
		fmt.Fprintf(a.out, "%s (%s) is your own office; the directory has no record of it.\n", cell(o.Name), cell(o.ID))
		return
	case len(differences) == 0:
		fmt.Fprintf(a.out, "Nothing differs: you have corrected nothing of %s (%s).\n", cell(o.Name), cell(o.ID))
		return
	}
	fmt.Fprintf(a.out, "Corrections to the record %s (%s) in foia %s\n", cell(o.ID), cell(o.Name), cell(version()))
	for _, d := range differences {
		fmt.Fprintf(a.out, "\n%s\n", d.Field)
		if d.Same {
			fmt.Fprintf(a.out, "  confirmed: %s\n", cell(d.Yours))
		} else {
			fmt.Fprintf(a.out, "  built in:  %s\n", cell(orNone(d.BuiltIn)))
		}
		a.showFrom(d.Sources)
		if !d.Same {
			fmt.Fprintf(a.out, "  corrected: %s\n", cell(orNone(d.Yours)))
		}
		a.showFrom(d.From)
	}
}

func (a *app) showFrom(sources []agency.Source) {
	if len(sources) == 0 {
		fmt.Fprintln(a.out, "    by no source")
	}
	for _, s := range sources {
		fmt.Fprintf(a.out, "    by %s\n", sourceText(s))
	}
}

// showCorrected says what of an office is the user's own, and what is behind it. The notes
// are of the built-in record.
func (a *app) showCorrected(o agency.Office, line func(label, value string)) {
	if len(o.Corrected) == 0 {
		return
	}
	built, err := agency.Embedded()
	if err != nil {
		return // the directory in which the office was found rests on it
	}
	before, _ := built.Get(o.ID)
	for _, key := range o.Corrected {
		if !agency.InAddress(key) { // see address
			line("Corrected", key+"; built in: "+orNone(withAge(before, key)))
		}
	}
}

// sourceText is a source with its date.
func sourceText(s agency.Source) string {
	date := s.Date
	if date == "" {
		date = "undated"
	}
	if s.Ref == "" {
		return "your own knowledge (" + cell(date) + ")"
	}
	return cell(s.Ref) + " (" + cell(date) + ")"
}
