package main

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/campaign"
	"foia/internal/export"
	"foia/internal/remedy"
)

// batchArgs are a list, or --offices alone, which makes one.
func batchArgs(cmd *cobra.Command, args []string) error {
	if !cmd.Flags().Changed("offices") {
		return cobra.ExactArgs(1)(cmd, args)
	}
	if len(args) > 0 {
		return remedy.Misuse("--offices makes a list, and “"+args[0]+"” is one",
			"leave out one of the two; if your shell made file names of the pattern, put it in quotes")
	}
	var others []string
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if cmd.LocalNonPersistentFlags().Lookup(f.Name) != nil && !slices.Contains([]string{"offices", "json"}, f.Name) {
			others = append(others, "--"+f.Name)
		}
	})
	if len(others) > 0 {
		return remedy.Misuse("--offices only makes the list, and "+others[0]+" is for its letters",
			"make the list and check it; "+others[0]+" belongs to the batch of that list")
	}
	return nil
}

// listOffices prints a list of offices of the directory, as CSV to check and to give to a batch.
func (a *app) listOffices(pattern string, asJSON bool) error {
	d, err := a.offices()
	if err != nil {
		return err
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	chosen, err := d.Choose(pattern)
	if err != nil {
		return err
	}
	rows := campaign.ListOf(chosen, a.today(), w.Config.StaleAfterDays)
	for i := range rows {
		rows[i].Check = a.words(rows[i].Check)
	}
	if asJSON {
		return a.json(rows)
	}
	table, err := export.NewTable(a.out, campaign.ListColumns())
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := table.Row(r.Cells()); err != nil {
			return err
		}
	}
	if err := table.Close(); err != nil {
		return err
	}
	a.tellList(rows)
	return nil
}

// tellList says which lines of the list are to be checked, and what a batch does with them.
func (a *app) tellList(rows []campaign.ListRow) {
	lines := campaign.ListLines(rows)
	a.note("note: %s; nothing was made or sent", remedy.Counted(len(rows), "row"))
	for _, status := range campaign.States() {
		l := lines[status]
		if l == nil {
			continue
		}
		says := map[string]string{
			campaign.Listed:  "the directory has a contact; its source and date are in the row",
			campaign.Doubted: "the contact is doubtful; no letter is made until the column " + campaign.CheckedColumn + " says yes",
			campaign.ByForm:  "the office takes a form; look at the column check",
			campaign.Unknown: "the directory has no contact for requests; no letter is made",
			campaign.Look:    "the directory has only a page where to look; fill in an address",
			campaign.Missing: "the directory has no such office under that law; fill it in, or remove the row",
		}[status]
		a.note("note: %s: %s (%s)", status, says, l)
	}
}
