package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/report"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// reportFlags are the flags of `foia report`.
type reportFlags struct {
	find                                                    findFlags
	campaign, by, format, out, on, owner, law, since, until string
	private, json                                           bool
}

func newReportCommand(a *app) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Sum up what came of your requests, for a board or a story",
		Long: "Sums up the requests that were sent: how many were answered, the median and the\n" +
			"longest number of days to a decision, who is late, the outcomes, the fees asked\n" +
			"and paid, and the pages, with three sentences that can be handed on. -o writes\n" +
			"it as Markdown, as a web page or as CSV; the page says exactly what each figure\n" +
			"counts.\n\n" +
			"A response is a determination or a release, not an acknowledgment. Days are\n" +
			"calendar days, from receipt if the agency gave the day or you can prove it,\n" +
			"otherwise from the day of sending. No median is given for fewer than five\n" +
			"decisions. Late means late by every way of counting. Fees in different\n" +
			"currencies are never added up.\n\n" +
			"Drafts and samples do not count. Private requests are left out unless you add\n" +
			"--private.",
		Example: "  foia report\n" +
			"  foia report --campaign body-cameras --by law\n" +
			"  foia report --by month --since 2026-01-01 -o csv > months.csv\n" +
			"  foia report --by office --out board.html",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runReport(cmd, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.campaign, "campaign", "", "only the requests of this `campaign`")
	flags.StringVar(&f.by, "by", "", "add a table by `group`: office, law or month (of sending)")
	flags.StringVarP(&f.format, "format", "o", "", "the `format`: md, html or csv (default: as --out ends, or a table for the terminal)")
	flags.StringVar(&f.out, "out", "", "the `file` to write; - for standard output")
	flags.StringVar(&f.find.agency, "agency", "", "only requests to this office: its id, or `words` in its name or its agency's")
	flags.StringVar(&f.law, "law", "", "only offices under this `law`, such as us-federal")
	flags.StringVar(&f.owner, "owner", "", "only requests drafted by this `person`")
	f.find.addHands(cmd)
	flags.StringVar(&f.since, "since", "", "only requests sent on this `date` or later")
	flags.StringVar(&f.until, "until", "", "only requests sent on this `date` or earlier")
	flags.BoolVar(&f.private, "private", false, "count private requests, too")
	flags.StringVar(&f.on, "on", "", "show things as of this `date` (default: today)")
	flags.BoolVar(&f.json, "json", false, "print the figures as JSON")
	return cmd
}

// asked is what the flags ask for, without the offices, which the directory knows.
func (f reportFlags) asked(a *app, cmd *cobra.Command) (q report.Asked, err error) {
	given := cmd.Flags().Changed
	q = report.Asked{Campaign: f.campaign, Law: strings.TrimSpace(f.law), Private: f.private}
	if given("campaign") && f.campaign == "" {
		return q, remedy.Misuse("--campaign is empty", "name a campaign; to see them all: "+remedy.To(remedy.Campaigns).String())
	}
	if given("by") {
		if q.By, err = report.ReadBy(f.by); err != nil {
			return q, err
		}
	}
	if q.Filter, err = f.find.filter(cmd); err != nil {
		return q, err
	}
	if given("owner") {
		if q.Owner, err = docket.ReadPerson(f.owner); err != nil {
			return q, err
		}
	}
	if given("since") {
		if q.Since, err = a.readDay("--since", f.since); err != nil {
			return q, err
		}
	}
	if given("until") {
		if q.Until, err = a.readDay("--until", f.until); err != nil {
			return q, err
		}
	}
	if !q.Until.IsZero() && q.Until.Before(q.Since) {
		return q, remedy.Misuse("--since "+q.Since.String()+" is after --until "+q.Until.String(), "swap the two dates")
	}
	q.On, err = a.readDay("--on", f.on)
	return q, err
}

// form is the format of the report; empty: a table in the terminal.
func (f reportFlags) form(cmd *cobra.Command) (report.Format, error) {
	toFile := f.out != "" && f.out != "-"
	given := cmd.Flags().Changed
	switch {
	case f.json && (given("format") || toFile):
		return "", remedy.Misuse("--json cannot be combined with --format or --out", "choose one")
	case given("format"):
		return report.ReadFormat(f.format)
	case !toFile:
		return "", nil
	}
	form, err := report.ReadFormat(strings.TrimPrefix(filepath.Ext(f.out), "."))
	if err != nil {
		return "", remedy.Misuse("--out: the name does not say in which format", "end it in .md, .html or .csv, or add --format")
	}
	return form, nil
}

func (a *app) runReport(cmd *cobra.Command, f reportFlags) error {
	form, err := f.form(cmd)
	if err != nil {
		return err
	}
	asked, err := f.asked(a, cmd)
	if err != nil {
		return err
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		var unknown *agency.NotFound
		if asked.Filter.Agency != "" {
			if asked.Filter.Office, unknown, err = knownOffices(w, asked.Filter.Agency); err != nil {
				return err
			}
		}
		made, err := report.Make(cmd.Context(), w, log, asked)
		if err != nil {
			return err
		}
		if made.Total.Sent == 0 && unknown != nil {
			a.note("note: %s; %s", unknown, unknown.Hint())
		}
		a.noteHidden(made.Hidden)
		switch {
		case f.json:
			return a.json(made)
		case form == "":
			return a.showFigures(made)
		}
		return a.putReport(w, made, form, f.out)
	})
}

// noteHidden tells whoever makes the report, who may see them, what its readers are not told.
func (a *app) noteHidden(n int) {
	switch n {
	case 0:
	case 1:
		a.note("note: 1 private request is left out; to count it, add --private")
	default:
		a.note("note: %d private requests are left out; to count them, add --private", n)
	}
}

// putReport writes the report where it belongs, and says where if that is a file.
func (a *app) putReport(w *workspace.Workspace, made *report.Report, form report.Format, out string) error {
	var text bytes.Buffer
	if err := made.Write(&text, form); err != nil {
		return err
	}
	if out == "" || out == "-" {
		_, err := text.WriteTo(unworded(a.out))
		return err
	}
	if err := writeWhole(w, out, text.Bytes(), true); err != nil {
		return err
	}
	fmt.Fprintln(a.out, cell(out))
	return nil
}

func (a *app) showFigures(r *report.Report) error {
	a.wrapped("", r.Title()+", as of "+r.On.Letter()+".")
	for _, c := range r.Chosen {
		a.wrappedAfter("  "+c.Name+": ", "    ", cell(c.Value))
	}
	sentences := r.Sentences()
	fmt.Fprintln(a.out)
	a.wrapped("", strings.Join(sentences[:], " "))
	if r.Total.Sent == 0 {
		a.showReportNotes(r)
		return nil
	}
	fmt.Fprintln(a.out)
	var rows [][]string
	if r.By != report.Whole {
		for _, g := range r.Groups[:min(len(r.Groups), mostItems)] {
			rows = append(rows, g.Row())
		}
		if err := a.table(figureColumns(r.Head()), append(rows, r.Whole().Row())); err != nil {
			return err
		}
		if more := len(r.Groups) - mostItems; more > 0 {
			fmt.Fprintf(a.out, "… and %d more; to see them all, add -o csv\n", more)
		}
		fmt.Fprintln(a.out)
		rows = nil
	}
	for _, l := range r.Lines() {
		rows = append(rows, []string{l.Name, l.Value})
	}
	if err := a.table([]terminal.Column{{Name: "Figure"}, {Name: "Value"}}, rows); err != nil {
		return err
	}
	a.showReportNotes(r)
	return nil
}

// figureColumns are the columns of the table of groups: where there is no room, the last go
// first.
func figureColumns(names []string) []terminal.Column {
	columns := make([]terminal.Column, len(names))
	for i, name := range names {
		columns[i] = terminal.Column{Name: name, Drop: i}
	}
	return columns
}

func (a *app) showReportNotes(r *report.Report) {
	for _, note := range r.Notes() {
		fmt.Fprintln(a.out)
		a.wrapped("", note)
	}
}
