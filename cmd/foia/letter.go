package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// letterFlags are the flags of `foia letter`.
type letterFlags struct {
	sets                                          []string
	answers, of, via, address, contact, on, force string
	again, json, overdue                          bool
	instead                                       int // the event of the letter whose place this one takes
	many                                          manyFlags
}

func newLetterCommand(a *app) *cobra.Command {
	var f letterFlags
	cmd := &cobra.Command{
		Use:   "letter {ID | --campaign NAME} [KIND]",
		Short: "Make the next letter for a request: status, appeal, mediation …",
		Long: "Fills in a letter from the request's log: dates, numbers, exemptions and how\n" +
			"late the agency is. A letter whose legal condition is not met is refused, with\n" +
			"the rule and the first day it can go out. Without KIND, lists the letters and\n" +
			"which of them can go out today; in a terminal, asks which of these to make, then\n" +
			"for the facts that carry it, and shows the letter first. Nothing is sent.\n\n" +
			"With --campaign, makes the letter for every request in a campaign that meets the\n" +
			"condition, or for those chosen with --overdue, --status, --law and --only, each\n" +
			"with its own dates. The others are counted by reason. Agencies reminded within\n" +
			fmt.Sprintf("the past %d days are skipped. Run the same command again, and it makes only the\n", docket.ReminderPause) +
			"letters that are still missing.",
		Example: "  foia letter 2026-0001\n" +
			"  foia letter 2026-0001 status\n" +
			"  foia letter 2026-0001 clarification --set answer=\"The office meant is ERO.\"\n" +
			"  foia letter 2026-0001 appeal --set search_gaps=\"The message of May 21, 2025\"\n" +
			"  foia letter 2026-0002 complaint --of silence --address ADDRESS\n" +
			"  foia letter --campaign body-cameras status --overdue",
		Args: func(cmd *cobra.Command, args []string) error {
			if f.many.campaign != "" {
				return cobra.ExactArgs(1)(cmd, args)
			}
			return cobra.RangeArgs(1, 2)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.alone(); err != nil {
				return err
			}
			if f.many.campaign != "" {
				return a.letterMany(cmd, args[0], f)
			}
			if len(args) == 2 {
				return a.runLetter(cmd, args[0], args[1], f, false)
			}
			if !a.terminal() || f.json {
				return a.listLetters(cmd, args[0], f)
			}
			r, kind, err := a.chooseLetter(cmd, args[0], f)
			if err != nil {
				return err
			}
			if kind != "" {
				return a.runLetter(cmd, r.ID, kind, f, true)
			}
			a.closeForm()
			return a.listLetters(cmd, r.ID, f)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.sets, "set", nil, "an answer: `field=value`; repeat for lists (to see the fields: foia template show KIND)")
	flags.StringVar(&f.answers, "answers", "", "a YAML `file` with answers")
	flags.StringVar(&f.of, "of", "", "the `decision` appealed: determination, expedition, fee-waiver or fee-category; under the law of a "+
		"state or country also silence (no answer came) or charges")
	flags.StringVar(&f.via, "via", "", "send it by this `method`: portal, mail, fax or email (default: by the agency's portal if the "+
		"request went there, by e-mail if the address is recent, else as the request went; an appeal by mail)")
	flags.StringVar(&f.address, "address", "", "the address given in the agency's letter: `lines` separated by commas")
	flags.StringVar(&f.contact, "contact", "", "the e-mail `address` or fax number given there")
	flags.StringVar(&f.on, "on", "", "the `date` of the letter (default: today)")
	flags.StringVar(&f.force, "force", "", "proceed despite preflight errors; the `reason` is logged")
	flags.IntVar(&f.instead, "instead", 0, "the `number` of a letter of this kind that was not sent: it is thrown away, and this one "+
		"begins with its answers")
	flags.BoolVar(&f.again, "again", false, "make it even if the same letter, or a reminder, was made recently")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	f.addMany(cmd)
	return cmd
}

func (a *app) runLetter(cmd *cobra.Command, id, kind string, f letterFlags, chosen bool) error {
	follow, err := a.followUp(cmd, kind, f)
	if err != nil {
		return err
	}
	w, stock, err := a.openStock()
	if err != nil {
		return err
	}
	desk := &correspondence.Desk{Book: a.book(w), Stock: stock}
	if follow.Request, err = a.requestID(cmd, desk.Book, id); err != nil {
		return err
	}
	if f.instead > 0 {
		if err := a.takesPlace(cmd, desk, &follow, f.instead); err != nil {
			return err
		}
	}
	made, err := a.letterAsking(cmd, desk, follow, chosen)
	var refused *press.Refused
	if errors.As(err, &refused) {
		a.showRefused(refused, f.json)
	}
	if err != nil {
		return err
	}
	return a.showLetter(w, made, f.json)
}

// takesPlace has a letter begin with the answers of the one whose place it takes.
func (a *app) takesPlace(cmd *cobra.Command, desk *correspondence.Desk, follow *correspondence.FollowUp, number int) error {
	log, err := desk.Log(cmd.Context())
	if err != nil {
		return err
	}
	r, events, err := logbook.Request(logbook.Within(cmd.Context(), log), follow.Request)
	if err != nil {
		return err
	}
	before, err := desk.TakesPlace(follow, r, events, number)
	if err == nil {
		follow.Given = append(follow.Given, letter.Layer{Answers: before, File: "the letter before", Shared: true})
	}
	return err
}

// followUp gathers flags and files, without the request.
func (a *app) followUp(cmd *cobra.Command, kind string, f letterFlags) (correspondence.FollowUp, error) {
	follow := correspondence.FollowUp{Kind: kind, Via: agency.Channel(f.via), Address: f.address, Contact: f.contact, Force: f.force,
		Again: f.again}
	if cmd.Flags().Changed("force") && strings.TrimSpace(f.force) == "" {
		return follow, remedy.Misuse("--force has no reason",
			"say why the letter goes out despite the errors; the reason is logged")
	}
	if kind == "complaint" { // what some laws call an appeal
		if f.of == "" {
			return follow, remedy.Misuse("the letter complaint needs to know what it is about",
				"add --of determination, --of silence or --of charges")
		}
		kind, follow.Kind = "appeal", "appeal"
	}
	if f.of != "" && f.of != "determination" {
		if kind != "appeal" || !slices.Contains(docket.Matters, f.of) {
			return follow, remedy.Misuse("--of: there is no appeal against "+f.of,
				"with the letter appeal, use one of: "+strings.Join(docket.Matters, ", "))
		}
		follow.Kind = "appeal-" + f.of
	}
	var err error
	if follow.Date, err = a.readDay("--on", f.on); err != nil {
		return follow, err
	}
	if err := filing.CheckVia(f.via); err != nil {
		return follow, err
	}
	given, err := readGiven(f.sets, f.answers)
	if err != nil {
		return follow, err
	}
	follow.Given, err = given.forOne("this is a single letter")
	return follow, err
}

// letterAsking makes the letter; in a terminal it asks first for the facts that matter to it.
func (a *app) letterAsking(cmd *cobra.Command, desk *correspondence.Desk, follow correspondence.FollowUp, chosen bool) (
	correspondence.MadeLetter, error) {
	if !a.terminal() {
		return desk.Letter(cmd.Context(), follow)
	}
	return a.leadLetter(cmd, desk, follow, chosen)
}

func (a *app) showLetter(w *workspace.Workspace, made correspondence.MadeLetter, asJSON bool) error {
	if asJSON {
		return a.json(map[string]any{"id": made.Request.ID, "event": made.Event.Seq, "letter": made.Event.Data["letter"],
			"files": made.Files, "pages": made.Pages,
			"via": made.Via, "findings": made.Findings, "notes": append([]string{}, made.Notes...)})
	}
	a.wrappedAfter(made.Request.ID+": ", "  ", fmt.Sprintf("%s, %s", made.Event.Data["letter"], plural(made.Pages, "page", "pages")))
	for _, file := range made.Files {
		fmt.Fprintln(a.out, "  "+clean(w.Path(made.Request.Folder+"/"+file.Name)))
	}
	for _, note := range made.Notes {
		a.wrappedAfter("  note: ", "        ", note)
	}
	for _, finding := range made.Findings {
		a.wrappedAfter("  "+string(finding.Severity)+" "+finding.Rule+" ", "    ", finding.Title+": "+finding.Fix)
	}
	how, command := sendingWords(made)
	a.wrappedAfter("  next: ", "        ", how)
	if command != "" {
		fmt.Fprintln(a.out, "        "+clean(command))
	}
	return nil
}

// sendingWords says how a letter goes out, and the command that records it.
func sendingWords(made correspondence.MadeLetter) (how, command string) {
	how = map[agency.Channel]string{agency.Portal: "upload it where the agency says", agency.Mail: "print, sign and mail it",
		agency.Fax:   "print, sign and fax it",
		agency.Email: "sign it and send it from your own mail program"}[made.Via]
	switch kind := made.Event.Data["letter"]; kind {
	case "counsel":
		return "give it to your lawyer, with the record of the request (foia packet " + made.Request.ID +
			"); it is no letter, and nobody is sent it", ""
	case "form":
		return "copy it into the form and file that; then",
			fmt.Sprintf("foia record %s appealed --of %s --on DATE", made.Request.ID, made.Event.Data["of"])
	}
	if correspondence.Matter(made.Event.Data["letter"]) != "" {
		how += ", with the copies it lists; put the letter’s marking on the envelope or in the subject line, too"
	}
	return how + "; then", fmt.Sprintf("foia record %s sent --letter %d --by %s --on DATE", made.Request.ID, made.Event.Seq, made.Via)
}

// listLetters shows every letter, and whether it may go out on the day.
func (a *app) listLetters(cmd *cobra.Command, id string, f letterFlags) error {
	day, err := a.readDay("--on", f.on)
	if err != nil {
		return err
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		now, err := a.lettersOf(cmd, w, log, id, day)
		if err != nil {
			return err
		}
		rows := now.rows
		if f.json {
			return a.json(rows)
		}
		for _, note := range correspondence.Counsel(now.view.State()) {
			a.wrappedAfter("note: ", "      ", note)
		}
		if slices.ContainsFunc(rows, func(row correspondence.Choice) bool { return row.Ready }) {
			fmt.Fprintln(a.out, "Ready to go out:")
		} else {
			fmt.Fprintln(a.out, "No letter can go out yet.")
		}
		for _, row := range rows {
			if row.Ready {
				a.wrappedAfter("  "+fmt.Sprintf("%-20s ", row.Letter), strings.Repeat(" ", 23), row.Summary)
			}
		}
		fmt.Fprintln(a.out, "\nNot now:")
		for _, row := range rows {
			if !row.Ready {
				a.wrappedAfter("  "+fmt.Sprintf("%-20s ", row.Letter), strings.Repeat(" ", 23), row.Why)
			}
		}
		return nil
	})
}

// lettersNow are the letters for a request, and how it stands on a day.
type lettersNow struct {
	request docket.Request
	view    *docket.View
	rows    []correspondence.Choice
}

func (a *app) lettersOf(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, id string, day workday.Date) (lettersNow, error) {
	r, events, err := a.findLife(cmd, log, id)
	if err != nil {
		return lettersNow{}, err
	}
	basis, err := w.Basis()
	if err != nil {
		return lettersNow{}, err
	}
	view := docket.At(r, events, day, basis)
	rows, err := correspondence.Choices(library(w), basis.Book, r.Law, view.Ready)
	return lettersNow{r, view, rows}, err
}
