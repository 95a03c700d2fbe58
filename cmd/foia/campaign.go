package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/campaign"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/export"
	"foia/internal/filing"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workday"
	"foia/internal/workspace"
)

func newCampaignCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "campaign",
		Short: "Track the requests of a batch as a whole",
		Long: "Tracks the requests of a batch as a whole. A campaign is all the requests that\n" +
			"foia batch makes from a list of offices. These commands show where it stands and\n" +
			"print its letters or make e-mail of them. To record events, make letters or send\n" +
			"letters for all of its requests:\n\n" +
			"  foia record --campaign NAME EVENT\n" +
			"  foia letter --campaign NAME KIND\n" +
			"  foia send --campaign NAME",
		Example: "  foia campaign list\n  foia campaign show body-cameras --late\n  foia campaign print body-cameras --unsent",
		Args:    cobra.NoArgs,
	}
	cmd.AddCommand(newCampaignListCommand(a), newCampaignShowCommand(a), newCampaignPrintCommand(a),
		newCampaignMailCommand(a))
	return cmd
}

func newCampaignListCommand(a *app) *cobra.Command {
	var on string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the campaigns in the log",
		Long: "Lists each campaign: how many letters were made, how many were sent, how many\n" +
			"got a determination, how many agencies are late, the date of the first letter\n" +
			"and the date of the last event.",
		Example: "  foia campaign list\n  foia campaign list --on 2027-01-10 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := a.readDay("--on", on)
			if err != nil {
				return err
			}
			var list []*campaign.Summary
			err = a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
				list, err = campaign.Folder{Workspace: w, Log: log}.List(cmd.Context(), day)
				return err
			})
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(list)
			}
			return a.showCampaigns(list)
		},
	}
	cmd.Flags().StringVar(&on, "on", "", "show things as of this `date` (default: today)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) showCampaigns(list []*campaign.Summary) error {
	if len(list) == 0 {
		fmt.Fprintln(a.out, "The log has no campaigns. To start one: foia batch OFFICES --template request")
		return nil
	}
	var rows [][]string
	for _, m := range list {
		rows = append(rows, []string{m.Campaign, strconv.Itoa(m.Letters), strconv.Itoa(m.Sent), strconv.Itoa(m.Answered),
			strconv.Itoa(m.Late), m.First.String(), m.Last.String()})
	}
	return a.table([]terminal.Column{{Name: "Campaign"}, {Name: "Letters"}, {Name: "Sent"}, {Name: "Answered", Drop: 1},
		{Name: "Late"}, {Name: "First", Drop: 3}, {Name: "Last", Drop: 2}}, rows)
}

// filterFlags choose requests of a campaign.
type filterFlags struct {
	status, outcome, law, via string
	only                      []string
	late                      bool
}

// filter is what the flags choose.
func (f filterFlags) filter() (campaign.Filter, error) {
	out := campaign.Filter{Status: f.status, Outcome: f.outcome, Law: f.law, Via: f.via, Late: f.late, Only: f.only}
	if err := filing.CheckVia(f.via); err != nil {
		return out, err
	}
	return out, out.Check()
}

// showFlags are the flags of `foia campaign show`.
type showFlags struct {
	filterFlags
	on, format string
	json, csv  bool
}

func newCampaignShowCommand(a *app) *cobra.Command {
	var f showFlags
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show what each office in a campaign did, with totals",
		Long: "Shows for each office: id, law, when the request was sent and acknowledged, how\n" +
			"many calendar days the determination took (from receipt, if the agency gave the\n" +
			"day or you can prove it, otherwise from the day of sending), status, outcome,\n" +
			"pages released and the fee the agency quoted; then the totals, who is late under\n" +
			"which rule, and the sum of the fees in each office's latest notice. The totals\n" +
			"cover only the requests that match the filters.",
		Example: "  foia campaign show body-cameras\n" +
			"  foia campaign show body-cameras --late --law us-federal\n" +
			"  foia campaign show body-cameras --outcome denied --json\n" +
			"  foia campaign show body-cameras --csv > outcomes.csv",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runCampaignShow(cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.status, "status", "", "only requests with this `status`, such as drafted, sent or determined")
	flags.StringVar(&f.outcome, "outcome", "", "only requests with this `outcome`, such as partial, denied or none")
	flags.StringVar(&f.law, "law", "", "only offices under this `law`, such as us-federal")
	flags.StringVar(&f.via, "via", "", "only requests filed by this `method`: portal, mail, fax or email")
	flags.StringSliceVar(&f.only, "only", nil, "only these `ids`, separated by commas")
	flags.BoolVar(&f.late, "late", false, "only agencies that have missed a deadline")
	flags.StringVar(&f.on, "on", "", "show things as of this `date` (default: today)")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	flags.BoolVar(&f.csv, "csv", false, "print the rows as CSV")
	flags.StringVar(&f.format, "format", "", "the `format` to print: csv or json, the same as --csv or --json")
	return cmd
}

func (a *app) runCampaignShow(cmd *cobra.Command, name string, f showFlags) error {
	day, err := a.readDay("--on", f.on)
	if err != nil {
		return err
	}
	filter, err := f.filter()
	if err != nil {
		return err
	}
	switch {
	case f.format != "" && f.format != "csv" && f.format != "json":
		return remedy.Misuse("--format: a campaign cannot be printed as "+f.format, "use csv or json")
	case (f.csv || f.format == "csv") && (f.json || f.format == "json"):
		return remedy.Misuse("--csv and --json cannot be combined", "choose one")
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		c := campaign.Folder{Workspace: w, Log: log, Name: name}
		switch {
		case f.csv || f.format == "csv":
			return a.campaignCSV(cmd.Context(), c, day, filter)
		case f.json || f.format == "json":
			return a.campaignJSON(cmd.Context(), c, day, filter)
		}
		var rows []campaign.Office
		m, err := c.Overview(cmd.Context(), day, filter, func(o campaign.Office) error {
			if len(rows) < mostItems {
				rows = append(rows, o)
			}
			return nil
		})
		if err == nil {
			err = a.showCampaign(m, rows)
		}
		return err
	})
}

// campaignJSON prints the rows as they come, each on a line, then the counts.
func (a *app) campaignJSON(ctx context.Context, c campaign.Folder, day workday.Date, filter campaign.Filter) error {
	write := func(before, prefix string, v any) error {
		text, err := export.JSON(v, prefix, prefix)
		if err == nil {
			err = a.writeJSON(append([]byte(before), text...))
		}
		return err
	}
	before := "{\n  \"offices\": [\n    "
	m, err := c.Overview(ctx, day, filter, func(o campaign.Office) error {
		err := write(before, "", o)
		before = "  , "
		return err
	})
	if err != nil {
		return err
	}
	if m.Letters == 0 {
		before += "\n"
	} else {
		before = ""
	}
	if err := write(before+"  ],\n  \"summary\": ", "  ", m); err != nil {
		return err
	}
	return a.writeJSON([]byte("}\n"))
}

// campaignCSV prints the rows as they come.
func (a *app) campaignCSV(ctx context.Context, c campaign.Folder, day workday.Date, filter campaign.Filter) error {
	var table *export.Table
	begin := func() (err error) {
		if table == nil {
			table, err = export.NewTable(a.out, campaign.Columns)
		}
		return err
	}
	_, err := c.Overview(ctx, day, filter, func(o campaign.Office) error {
		if err := begin(); err != nil {
			return err
		}
		return table.Row(o.Cells())
	})
	if err == nil {
		err = begin()
	}
	if err != nil {
		return err
	}
	return table.Close()
}

func (a *app) showCampaign(m *campaign.Summary, rows []campaign.Office) error {
	if m.Letters == 0 {
		fmt.Fprintf(a.out, "No requests in the campaign %s match.\n", cell(m.Campaign))
		return nil
	}
	var cells [][]string
	for _, o := range rows {
		c := o.Cells()
		if len(m.ByLaw) == 1 {
			c[2] = "" // the counts name it
		}
		cells = append(cells, []string{c[0], c[1], c[2], c[4], c[5], c[6], c[7], c[8], c[9], docket.InWords(c[10])})
	}
	err := a.table(withoutEmpty([]terminal.Column{{Name: "ID"}, {Name: "Office"}, {Name: "Law", Drop: 4}, {Name: "Sent", Drop: 3},
		{Name: "Ackn.", Drop: 7}, {Name: "Days", Drop: 5}, {Name: "Status"}, {Name: "Outcome", Drop: 1}, {Name: "Pages", Drop: 6},
		{Name: "Fee", Drop: 2}}, cells))
	if err != nil {
		return err
	}
	if more := m.Letters - len(rows); more > 0 {
		fmt.Fprintf(a.out, "… and %d more; to see them all, add --csv\n", more)
	}
	fmt.Fprintln(a.out)
	a.wrapped("", fmt.Sprintf("%s, %d sent, %d answered, %d late on %s.", remedy.Counted(m.Letters, "request"), m.Sent, m.Answered, m.Late,
		m.On.Long()))
	a.wrapped("", "By law: "+counts(m.ByLaw)+". By status: "+counts(m.ByStatus)+". By outcome: "+counts(m.ByOutcome)+".")
	a.wrapped("", "Fees quoted: "+feeWords(m.Fees)+".")
	a.showLate(m, rows)
	return nil
}

// withoutEmpty takes out the columns in which nothing stands.
func withoutEmpty(head []terminal.Column, rows [][]string) ([]terminal.Column, [][]string) {
	return withoutEmptyFrom(0, head, rows)
}

// withoutEmptyFrom does so from a column on.
func withoutEmptyFrom(first int, head []terminal.Column, rows [][]string) ([]terminal.Column, [][]string) {
	for i := len(head) - 1; i >= first; i-- {
		if slices.ContainsFunc(rows, func(r []string) bool { return r[i] != "" }) {
			continue
		}
		head = slices.Delete(head, i, i+1)
		for n := range rows {
			rows[n] = slices.Delete(rows[n], i, i+1)
		}
	}
	return head, rows
}

// mostLate is how many late offices are named.
const mostLate = 20

// showLate says who is late, under which rule and since when.
func (a *app) showLate(m *campaign.Summary, rows []campaign.Office) {
	for _, u := range m.LateUnder {
		fmt.Fprintln(a.out)
		a.wrapped("", fmt.Sprintf("Late on the %s, %s (%s): %s, the first since %s", u.What, u.Rule, u.Law,
			remedy.Counted(u.Count, "office"),
			u.Since))
		named := 0
		for _, o := range rows {
			if l := o.Late; l != nil && l.What == u.What && l.Rule == u.Rule && l.Law == u.Law && named < mostLate {
				named++
				a.wrappedAfter("  "+o.ID+" ", "    ", fmt.Sprintf("%s: since %s, %s", o.Office, l.Since, plural(l.Days, "day", "days")))
			}
		}
		if more := u.Count - named; more > 0 {
			fmt.Fprintf(a.out, "  … and %d more: foia campaign show %s --late --csv\n", more, cell(m.Campaign))
		}
	}
}

// feeWords says what the fees add up to, and of how many offices.
func feeWords(f campaign.Fees) string {
	var sums []string
	if f.Sum > 0 || len(f.Others) == 0 {
		sums = append(sums, "$"+entered.Grouped(f.Sum.String()))
	}
	for _, currency := range slices.Sorted(maps.Keys(f.Others)) {
		sums = append(sums, entered.Grouped(f.Others[currency].String())+" "+currency)
	}
	return fmt.Sprintf("%s by %s; %d decided without quoting a fee; %d not known", strings.Join(sums, " and "),
		remedy.Counted(f.Asked, "office"),
		f.Nothing, f.Unknown)
}
