package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"foia/internal/law"
)

func newLawCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{Use: "law", Short: "Show the laws foia applies, with sources"}
	cmd.AddCommand(a.lawShow(), a.lawList())
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
			book, err := law.LoadFederal()
			if err != nil {
				return err
			}
			texts := book.Texts
			if len(args) == 1 {
				records, err := law.LoadRecords()
				if err != nil {
					return err
				}
				if p, ok := records.Law(args[0]); ok {
					return a.showRecordsLaw(p, asJSON)
				}
				w, err := a.workspace()
				if err != nil {
					return err
				}
				offices, err := directory(w)
				if err != nil {
					return err
				}
				match, err := offices.Find(args[0])
				if err != nil {
					return err
				}
				if p, ok := records.Law(match.Office.Law); ok {
					return a.showRecordsLaw(p, asJSON)
				}
				texts = book.For(match.Office.ID, match.Office.Law).Texts
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
