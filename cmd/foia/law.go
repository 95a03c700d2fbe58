package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"foia/internal/law"
	"foia/internal/workspace"
)

func newLawCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{Use: "law", Short: "Show the laws foia applies, with sources, and check your own"}
	cmd.AddCommand(a.lawShow(), a.lawList(), a.lawCheck())
	return cmd
}

func (a *app) lawShow() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "show [OFFICE|LAW]",
		Short:   "Show the rules for an office, one law, or all federal rules",
		Example: "  foia law show irs\n  foia law show us-tx\n  foia law show --json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			book, err := w.Laws()
			if err != nil {
				return err
			}
			texts := book.Texts
			if len(args) == 1 {
				p, under, err := findLaw(w, book, args[0])
				if err != nil {
					return err
				}
				if p != nil {
					return a.showRecordsLaw(p, asJSON)
				}
				texts = under
			}
			if asJSON {
				return a.json(texts)
			}
			a.showLaw(texts)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// findLaw is the law of an id or of an office: one of a state or country, or the texts of
// the federal one.
func findLaw(w *workspace.Workspace, book *law.Book, name string) (*law.PublicRecords, []law.Text, error) {
	if p, ok := book.Records().Law(name); ok {
		return p, nil, nil
	}
	offices, err := directory(w)
	if err != nil {
		return nil, nil, err
	}
	match, err := offices.Find(name)
	if err != nil {
		return nil, nil, err
	}
	regime := book.For(match.Office.ID, match.Office.Law)
	return regime.Records, regime.Texts, nil
}

func (a *app) showLaw(texts []law.Text) {
	if len(texts) == 0 {
		fmt.Fprintln(a.out, "foia does not know which law applies to this office.")
	}
	for _, t := range texts {
		fmt.Fprintf(a.out, "%s, %s\n", t.Cite, t.Name)
		a.wrapped("  ", "source: "+t.Read+"; text as of "+t.AsOf)
		for _, topic := range slices.Sorted(maps.Keys(t.Rules)) {
			r := t.Rules[topic]
			a.wrappedAfter("  "+topic+": ", "    ", r.Says)
			a.wrapped("    ", r.Cite+limitWord(r)+periodWord(r))
			for _, earlier := range r.Before {
				a.wrappedAfter("    before: ", "      ", earlier.Says)
				a.wrapped("      ", earlier.Cite+limitWord(earlier)+periodWord(earlier))
			}
		}
		for _, u := range t.Unknown {
			a.wrappedAfter("  unknown: ", "    ", u)
		}
		fmt.Fprintln(a.out)
	}
}

// periodWord says for which requests or decisions a rule holds, if it has not always.
func periodWord(r law.Rule) string {
	if r.From.IsZero() && r.Until.IsZero() {
		return ""
	}
	return " · " + r.Words()
}

// limitWord is the time that a rule gives, and what must happen in it.
func limitWord(r law.Rule) string {
	if r.Limit == nil {
		return ""
	}
	s := fmt.Sprintf(" · %d %s", r.Limit.Days, r.Limit.Unit)
	if r.Limit.Test != "" {
		s += ", " + r.Limit.Test
	}
	return s
}
