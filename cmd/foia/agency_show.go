package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/remedy"
	"foia/internal/report"
	"foia/internal/store"
	"foia/internal/workspace"
)

func (a *app) agencyShow() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show OFFICE", Short: "Show one office: its contacts, appeals, and what is uncertain", Args: cobra.MinimumNArgs(1),
		Long: "Shows what the directory has of an office, with the source and age of each\n" +
			"contact and what is uncertain, and, of a federal office, what it reported of\n" +
			"fiscal year " + agency.FiguresYear + ", beside what came of your own requests to it.",
		Example: "  foia agency show irs\n  foia agency show \"treasury do\"\n  foia agency show us-sd-ag",
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := a.offices()
			if err != nil {
				return err
			}
			match, err := d.Find(strings.Join(args, " "))
			if err != nil {
				return err
			}
			if match.Office.Sources, err = d.Sources(match.Office.ID); err != nil {
				return err
			}
			own, err := a.experience(cmd, match.Office.ID)
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(shownOffice(match.Office, own))
			}
			for _, n := range match.Notes {
				a.note("note: %s", n)
			}
			w, err := a.workspace()
			if err != nil {
				return err
			}
			a.showOffice(match.Office, own, w.Config.StaleAfterDays)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// officeJSON is an office in the output of `foia agency show --json`.
type officeJSON struct {
	agency.Office
	Appeal  *agency.Appeal  `json:"appeal,omitempty"`
	Figures *agency.Figures `json:"fy2024,omitempty"`
	Own     *report.Figures `json:"own_requests,omitempty"`
}

func shownOffice(o agency.Office, own *report.Figures) officeJSON {
	out := officeJSON{Office: o, Own: own}
	if a, ok := agency.AppealOf(o); ok {
		out.Appeal = &a
	}
	if f, ok := agency.FiguresOf(o); ok {
		out.Figures = &f
	}
	return out
}

// experience is what came of the log's own requests to an office; nil: there are none.
func (a *app) experience(cmd *cobra.Command, office string) (own *report.Figures, err error) {
	w, err := a.workspace()
	if err != nil || !w.HasLog() {
		return nil, err
	}
	err = a.withLog(cmd, func(_ *workspace.Workspace, log *store.Log) (err error) {
		own, err = report.OfOffice(cmd.Context(), log, office, a.today())
		return err
	})
	if err != nil || own.Sent == 0 {
		return nil, err
	}
	return own, nil
}

func (a *app) showOffice(o agency.Office, own *report.Figures, staleAfterDays int) {
	line := func(label, value string) {
		if value == "" {
			value = "unknown"
		}
		a.wrappedAfter(fmt.Sprintf("%-13s", label), strings.Repeat(" ", 13), value)
	}
	line("Office", o.Name)
	line("ID", o.ID)
	if o.ParentName != "" {
		line("Department", o.ParentName)
	}
	if o.IsElsewhere() {
		line("Law", o.UnderLaw())
	}
	if o.LookOnly {
		a.showLook(o, line)
		return
	}
	line("File by", channels(o))
	if unreached := o.Unreached(); len(unreached) > 0 {
		line("Also takes", strings.Join(unreached, ", ")+" (it says; the directory has no contact for that)")
	}
	a.showTraps(o, line)
	line("Portal", aged(o, agency.Portal)+portalWords(o))
	line("E-mail", aged(o, agency.Email))
	line("Fax", aged(o, agency.Fax))
	line("Phone", o.Phone)
	if age := o.Age(agency.Mail); age != "" {
		line("Mail", age+":")
	} else {
		fmt.Fprintln(a.out, "Mail")
	}
	for _, l := range o.AddressBlock() {
		fmt.Fprintf(a.out, "             %s\n", cell(l))
	}
	line("Website", o.Website)
	if o.IsElsewhere() {
		if o.LiaisonEmail != "" {
			line("Questions", o.LiaisonEmail+" (not for requests)")
		}
		line("Its form", o.Form)
	} else {
		line("Regulation", o.Regulation)
	}
	if form, ok := agency.FormFor(o); ok {
		line("Web form", "requires "+strings.Join(form.Required, ", "))
	}
	line("Confidence", o.Confidence)
	for _, c := range o.Cautions("", a.today(), staleAfterDays) {
		line("Caution", c.What+checkAt(c.Where))
	}
	a.showCorrected(o, line)
	a.showAppeal(o, line)
	a.showExpected(o, own, line)
	a.showFromWhere(o, line)
}

// showFromWhere says what stands beside the facts, and where they are from.
func (a *app) showFromWhere(o agency.Office, line func(label, value string)) {
	for _, n := range o.Notes {
		line("Note", n)
	}
	for _, s := range o.Sources {
		label := "Source"
		if s.Yours {
			label = "Yours"
		}
		line(label, strings.TrimSuffix(sourceText(s)+": "+strings.Join(s.Fields, ", "), ": "))
	}
}

// showLook shows a record that is only where to look: it has no contact for a letter.
func (a *app) showLook(o agency.Office, line func(label, value string)) {
	line("Contact", "unknown: the directory knows only where to look")
	line("Look at", o.Source)
	if len(o.Ways) > 0 {
		line("It takes", strings.Join(o.Ways, ", "))
	}
	a.showTraps(o, line)
	line("Its form", o.Form)
	line("Confidence", o.Confidence)
	a.showFromWhere(o, line)
	fmt.Fprintln(a.out, "To write to it, once you have its address:")
	fmt.Fprintln(a.out, "  "+agency.WriteToOffice(o).String())
}

// showTraps shows what the office wants that others do not.
func (a *app) showTraps(o agency.Office, line func(label, value string)) {
	for _, t := range o.Traps {
		from := "see the source below, " + o.Dated
		if t.Source != "" {
			from = t.Source + ", " + cmp.Or(t.Dated, "undated")
		}
		line("Mind", t.Label()+": "+t.Says+" ("+from+"; confidence "+o.Confidence+")")
	}
}

func portalWords(o agency.Office) string {
	switch {
	case o.PortalURL == "" || !o.IsElsewhere():
		return ""
	case o.PortalKind == "form":
		return "; the form itself"
	case o.PortalKind == "page":
		return "; a page that links to the form or holds it"
	}
	return "; whether it is the form itself is unknown"
}

// showExpected shows what the office reported of a fiscal year, and what came of the log's own
// requests. Neither says how long another request will take.
func (a *app) showExpected(o agency.Office, own *report.Figures, line func(label, value string)) {
	if f, ok := agency.FiguresOf(o); ok {
		label := "FY " + f.Year
		for _, s := range f.Says() {
			line(label, s)
			label = ""
		}
		line("", "reported for fiscal year "+f.Year+", no estimate for a request of today; "+f.Source)
	}
	if own != nil {
		line("Your log", ownWords(own))
	}
}

// ownWords are the log's own requests to an office in words.
func ownWords(f *report.Figures) string {
	out := fmt.Sprintf("%s sent: %d decided, %d open", remedy.Counted(f.Sent, "request"), f.Decided, f.Open)
	if f.Overdue > 0 {
		out += fmt.Sprintf(" (%d overdue)", f.Overdue)
	}
	if f.Days.Median == nil {
		return out + "; too few decisions that can be timed for a median"
	}
	return out + "; median " + strconv.FormatFloat(*f.Days.Median, 'f', -1, 64) + " calendar days to a decision"
}
