package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workspace"
	"foia/internal/yamltext"
)

func (a *app) lawCheck() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check FILE",
		Short: "Check the file of a law, and show what foia makes of it",
		Long: "Reads the file of a law and says all that is wrong with it, with line and\n" +
			"remedy. If nothing is, it shows what is counted and from what, the ways to\n" +
			"complain with their times, what you must do in time, and the sentences as a\n" +
			"letter prints them.\n\n" +
			"A file in the folder laws of your workspace that is named for a built-in law,\n" +
			"such as laws/us-tx.yaml, is checked as it lies over that law; any other must\n" +
			"be whole.",
		Example: "  foia law check laws/us-tx.yaml",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			p, faults, err := checkLaw(w, args[0])
			if err != nil {
				return err
			}
			if asJSON {
				err = a.json(faults)
			} else if len(faults) == 0 {
				a.showChecked(p, args[0])
			}
			if len(faults) == 0 || err != nil {
				return err
			}
			if !asJSON {
				a.showLawFaults(faults)
			}
			return fmt.Errorf("%s wrong with %s", plural(len(faults), "thing is", "things are"), args[0])
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the faults as JSON")
	return cmd
}

// checkLaw checks a file: alone, or as it lies over a built-in law.
func checkLaw(w *workspace.Workspace, file string) (*law.PublicRecords, []law.Fault, error) {
	raw, err := yamltext.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, remedy.Misuse("there is no file "+file, "name the file of a law, such as laws/us-tx.yaml")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", file, err)
	}
	records, err := law.LoadRecords()
	if err != nil {
		return nil, nil, err
	}
	var under *law.PublicRecords
	if in, err := filepath.Abs(filepath.Dir(file)); err == nil {
		if own, err := filepath.Abs(w.Path(workspace.LawsDir)); err == nil && in == own {
			under, _ = records.Law(law.IDOf(file))
		}
	}
	p, faults := law.Check(raw, file, under)
	if faults == nil {
		faults = []law.Fault{}
	}
	return p, faults, nil
}

func (a *app) showLawFaults(faults []law.Fault) {
	for _, f := range faults {
		a.wrappedAfter("", "  ", fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.What))
		a.wrappedAfter("  → ", "    ", f.Remedy)
	}
}

// showChecked is what foia makes of a file in which nothing is wrong.
func (a *app) showChecked(p *law.PublicRecords, file string) {
	fmt.Fprintf(a.out, "Nothing is wrong with %s.\n\n", clean(file))
	fmt.Fprintf(a.out, "%s: %s, %s\n", clean(p.ID), cell(p.Name), cell(p.Place))
	a.showTimes(p)
	a.showDuties(p)
	a.showRoutes(p)
	a.showSentences(p)
	a.wrappedAfter("  holidays: ", "    ", holidayWords(p))
	if left := strings.Join(p.NotStated(), ", "); left != "" {
		a.wrappedAfter("  not verified: ", "    ", left)
	}
}
