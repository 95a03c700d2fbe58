package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/terminal"
	"foia/internal/workspace"
	"foia/internal/yamltext"
	"foia/templates"
)

// sampleDir is where samples go, unless the user names a folder.
const sampleDir = "foia-sample"

// newFlags are the flags of `foia new`.
type newFlags struct {
	to, sets, only              []string
	via, answers, as, on, force string
	sample, again, json, yes    bool
	resume                      bool
	preview                     string // text or pdf; empty: the letters are made
	office                      officeFlags
	nextOf                      []string
	repeatFlags
}

func newNewCommand(a *app) *cobra.Command {
	var f newFlags
	cmd := &cobra.Command{
		Use:   "new [TEMPLATE]",
		Short: "Make requests from a template or pack, checked and typeset",
		Long: "In a terminal, asks what a request needs, one question a screen: whom you ask,\n" +
			"for what, and for which period. Then shows the letter and what the preflight\n" +
			"finds, and makes it, or lets you change it. If you stop with Ctrl-C, your\n" +
			"answers are kept: foia new --resume goes on with them. For questions line by\n" +
			"line, as a screen reader wants them, set ACCESSIBLE=1.\n\n" +
			"With TEMPLATE, fills that in for each office, or each letter if it names a pack\n" +
			"of letters, then checks, typesets and logs the letters: all or none. Questions\n" +
			"are asked only if an answer is missing. Nothing is sent.\n\n" +
			"For a pack, it first shows the letters, the offices and how to file with each,\n" +
			"and asks whether to make them. In a script, add --yes.\n\n" +
			"Answers come from --set, then --answers, then questions in a terminal, then your\n" +
			"standing answers in foia.yaml, then the template's defaults. Dates and amounts\n" +
			"can be written in most ways; what has two readings, such as 5/6/2026 or 25,00,\n" +
			"is refused with both.\n\n" +
			"With --repeat, the request is the first in a series: it asks for the records of\n" +
			"the period that begins on --from. Once the next period is over, foia next shows\n" +
			"the command for its request, foia new --next-of ID. To end a series: foia record\n" +
			"ID series-ended.\n\n" +
			"To see the templates: foia template list",
		Example: "  foia new\n" +
			"  foia new irs-dhs-mou --sample\n" +
			"  foia new request --to dhs-ice --set subject=\"Detention contracts\" \\\n" +
			"      --set records=\"The contract with Example Corp., with all amendments\"\n" +
			"  foia new irs-dhs-mou --only agreement --set agreement.date_to=2025-12-31\n" +
			"  foia new public-records --law us-tx --to \"Austin Police Department\" \\\n" +
			"      --address \"715 E 8th St, Austin, TX 78701\" \\\n" +
			"      --set subject=\"Camera contracts\" \\\n" +
			"      --set records=\"The contracts for body-worn cameras in force in May 2025\"\n" +
			"  foia new request --to dhs-ice --answers ask.yaml \\\n      --repeat quarterly --from 2026-01-01\n" +
			"  foia new --next-of 2026-0001",
		Args: newArgs(&f),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runNew(cmd, strings.Join(args, ""), &f)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.to, "to", nil, "the `office` to write to, by id, name or abbreviation (repeat for several)")
	flags.StringVar(&f.via, "via", "", "file by this `method`: portal, mail, fax or email (default: as the office prefers)")
	flags.StringVar(&f.answers, "answers", "", "a YAML `file` with answers")
	flags.StringArrayVar(&f.sets, "set", nil, "an answer: `field=value`; repeat for lists; letter.field=value for one letter of a pack")
	flags.StringSliceVar(&f.only, "only", nil, "make only these `letters` of a pack, separated by commas")
	flags.StringVar(&f.as, "as", "", "the `requester`, by id in foia.yaml (default: the default requester there)")
	flags.StringVar(&f.on, "on", "", "the `date` of the letters (default: today)")
	flags.StringVar(&f.force, "force", "", "proceed despite preflight errors; the `reason` is logged")
	f.repeatFlags.add(flags)
	flags.StringSliceVar(&f.nextOf, "next-of", nil, "make the next request in the series of request `ID` (without TEMPLATE): the same "+
		"request for the following period")
	flags.BoolVar(&f.again, "again", false, "make letters again even if they already exist")
	flags.BoolVar(&f.yes, "yes", false, "make the letters of a pack without asking first")
	flags.BoolVar(&f.resume, "resume", false, "go on with the answers of a request that was not finished")
	flags.StringVar(&f.preview, "preview", "", "show the letters in this `form`, text or pdf, and make nothing")
	flags.Lookup("preview").NoOptDefVal = "text"
	flags.BoolVar(&f.sample, "sample", false, "use a fictional requester and the folder "+sampleDir+"; the letters are marked as samples")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	f.office.add(flags)
	return cmd
}

func (a *app) runNew(cmd *cobra.Command, name string, f *newFlags) error {
	if f.sample && !a.dirSet {
		a.dir = sampleDir
	}
	if cmd.Flags().Changed("force") && strings.TrimSpace(f.force) == "" {
		return remedy.Misuse("--force has no reason", "say why the letter goes out despite the errors; the reason is logged")
	}
	if name == "" && len(f.nextOf) == 0 && !f.resume && !a.terminal() {
		return remedy.Misuse("there is no terminal to ask in, and no template is named",
			"for example: foia new irs-dhs-mou --sample; see: foia template list")
	}
	if f.preview != "" && f.preview != "text" && f.preview != "pdf" {
		return remedy.Misuse("--preview: unknown form “"+f.preview+"”", "use --preview for the text, or --preview=pdf")
	}
	w, stock, err := a.openStock()
	if err != nil {
		return err
	}
	desk := &filing.Desk{Book: a.book(w), Stock: stock}
	if f.sample && w.Config.Database != "" {
		return remedy.Misuse("samples cannot go into a shared log", "leave out -w, so that they go into "+sampleDir)
	}
	if f.sample {
		w.KeepToFile()
	}
	plan, led, err := a.planNew(cmd, w, desk, name, f)
	if err != nil {
		return err
	}
	if f.preview != "" {
		return a.previewNew(desk, plan, *f)
	}
	if err := a.agreed(plan, *f); err != nil {
		return err
	}
	results, err := desk.File(cmd.Context(), plan, filing.Options{Force: f.force, Again: f.again})
	var refused *press.Refused
	if errors.As(err, &refused) {
		a.showRefused(refused, f.json)
	}
	if err != nil {
		return err
	}
	if f.sample && !w.Exists(workspace.ConfigFile) {
		if err := w.WriteFile(workspace.ConfigFile, sampleConfig()); err != nil {
			return err
		}
	}
	if led != nil {
		if err := dropKept(w); err != nil {
			return err
		}
	}
	if f.json {
		return a.json(newJSON(results))
	}
	if err := a.showNew(w, desk.Writer, results); err != nil {
		return err
	}
	if led != nil && len(results) == 1 {
		r := results[0].Request
		a.wrapped("", "\nThe same without questions:")
		fmt.Fprintln(a.out, "  "+clean(led.sameCommand(w.Path(r.Folder+"/"+press.Called(r, press.AnswersName)))))
	}
	return nil
}

// previewNew shows what would be made.
func (a *app) previewNew(desk *filing.Desk, plan []filing.Planned, f newFlags) error {
	drafts, err := wouldMake(a, desk, plan)
	if err != nil {
		return err
	}
	switch {
	case f.json:
		out := []map[string]any{}
		for _, d := range drafts {
			out = append(out, map[string]any{"office": d.Office.ID, "via": d.Channel, "findings": findingsJSON(d.Findings),
				"text": d.Document.Markdown()})
		}
		return a.json(out)
	case f.preview == "pdf":
		says, err := a.openDrafts(drafts)
		fmt.Fprintln(a.out, clean(says))
		return err
	}
	for _, d := range drafts {
		a.showDrafts(a.out, a.face().Width(), []draft{d})
	}
	return nil
}

// planNew plans what the command line asks for, or what somebody was led to.
func (a *app) planNew(cmd *cobra.Command, w *workspace.Workspace, desk *filing.Desk, name string, f *newFlags) ([]filing.Planned, *leading,
	error) {
	if len(f.nextOf) > 0 {
		plan, err := a.planNextOf(cmd, desk, *f)
		return plan, nil, err
	}
	kept, err := a.keptAnswers(w, name, f)
	if err != nil {
		return nil, nil, err
	}
	if name == "" {
		name = kept.Template
	}
	ask, err := a.ask(name, *f, w)
	if err != nil {
		return nil, nil, err
	}
	if name == "" || f.resume {
		return a.led(desk, ask, f, kept)
	}
	plan, err := desk.Plan(ask)
	if plan, led, err := a.askedFor(desk, ask, f, plan, err); err != nil || led != nil {
		return plan, led, err
	}
	a.noteOthers(*f, plan)
	return plan, nil, nil
}

// keptAnswers are the answers of a request that was not finished, if somebody goes on with it.
func (a *app) keptAnswers(w *workspace.Workspace, name string, f *newFlags) (keptRequest, error) {
	if name != "" && !f.resume {
		return keptRequest{}, nil
	}
	kept, ok, err := readKept(w)
	switch {
	case err != nil:
		return kept, err
	case f.resume && !ok:
		return kept, remedy.Misuse("no answers are kept in this folder", "begin a request: foia new")
	case f.resume && name != "" && name != kept.Template:
		return kept, remedy.Misuse("the answers that are kept are for another template", "leave it out: "+resumeCommand)
	case f.resume || !ok:
		return kept, nil
	case !a.terminal():
		return keptRequest{}, nil
	}
	to := ""
	if kept.Office != "" {
		to = " to " + kept.Office
	}
	yes := true
	err = a.asks(terminal.Question{Kind: terminal.YesNo, Title: "Go on with the request" + to + " that was not finished?",
		Help: "If not, its answers are thrown away.", Yes: &yes})
	switch {
	case errors.Is(err, terminal.ErrStopped):
		return kept, stoppedAsking("")
	case err != nil || yes:
		return kept, err
	}
	return keptRequest{}, nil
}

// led asks what the command line leaves open.
func (a *app) led(desk *filing.Desk, ask filing.Ask, f *newFlags, kept keptRequest) ([]filing.Planned, *leading, error) {
	if _, err := desk.Library.Pack(ask.Name); err == nil {
		plan, err := a.planAsking(desk, ask)
		return plan, nil, err
	}
	if !a.terminal() {
		l, err := a.newLeading(desk, ask, f, kept)
		if err != nil {
			return nil, nil, err
		}
		plan, err := l.plan()
		return plan, l, err
	}
	return a.lead(desk, ask, f, kept)
}

// askedFor asks for what a plan lacks, where somebody is there to answer.
func (a *app) askedFor(desk *filing.Desk, ask filing.Ask, f *newFlags, plan []filing.Planned, err error) ([]filing.Planned, *leading,
	error) {
	var missing *letter.Missing
	_, alone := desk.Library.Template(ask.Name)
	switch {
	case !a.terminal() || err == nil:
		return plan, nil, err
	case len(ask.Offices) == 0 && alone == nil, errors.As(err, &missing):
		return a.led(desk, ask, f, keptRequest{})
	}
	return nil, nil, err
}

// noteOthers warns of letters that speak of others which are not made.
func (a *app) noteOthers(f newFlags, plan []filing.Planned) {
	for _, p := range plan {
		if len(f.only) > 0 && p.Speaks("related") {
			a.note("note: these letters mention other requests in the pack; if you do not send those, change that with --set " +
				"LETTER.related=…")
			return
		}
	}
}

// ask gathers flags, files and the requester into what is to be made.
func (a *app) ask(name string, f newFlags, w *workspace.Workspace) (filing.Ask, error) {
	ask := filing.Ask{Name: name, Offices: f.to, Only: f.only, Via: agency.Channel(f.via), Sample: f.sample}
	var err error
	if ask.Date, err = a.on(f.on); err != nil {
		return ask, err
	}
	if err := filing.CheckVia(f.via); err != nil {
		return ask, err
	}
	ask.Dropped = &entered.Tally{}
	office := f.office.seen(ask.Dropped)
	ask.Law = office.law
	book, err := w.Laws()
	if err != nil {
		return ask, err
	}
	if ask.At, err = office.office(book); err != nil {
		return ask, err
	}
	given, err := readGiven(f.sets, f.answers)
	if err != nil {
		return ask, err
	}
	ask.Given, ask.Own = given.all, given.own
	if file := given.file; file != nil && len(ask.Offices) == 0 && file.Office != "" && file.Template == name {
		ask.Offices = []string{file.Office}
	}
	if f.sample {
		if err := addSampleAnswers(&ask); err != nil {
			return ask, err
		}
	}
	if ask.Requester, err = a.requester(w, f); err != nil {
		return ask, err
	}
	return a.repeated(ask, f.repeatFlags)
}

// addSampleAnswers adds what the fictional requester answers to this template,
// if there is such a file; the user's own answers win.
func addSampleAnswers(ask *filing.Ask) error {
	name := "sample/" + ask.Name + ".yaml"
	raw, err := fs.ReadFile(templates.Files, name)
	if err != nil {
		return nil // most templates have none, and a hostile name is no path
	}
	answers := letter.Answers{}
	if err := yamltext.Decode(yamltext.Source{File: name, Text: raw}, &answers); err != nil {
		return err
	}
	ask.Given = append(ask.Given, letter.Layer{Answers: answers, File: name})
	return nil
}

// requester is the fictional one, the one in foia.yaml, or, in a terminal, one
// who is asked for now and kept.
func (a *app) requester(w *workspace.Workspace, f newFlags) (letter.Requester, error) {
	if f.sample {
		config, err := workspace.ParseConfig("the built-in sample", sampleConfig())
		if err != nil {
			return letter.Requester{}, err
		}
		return config.Requesters[0], nil
	}
	r, ok, err := w.Config.Requester(f.as)
	if err != nil || ok {
		return r, err
	}
	if !a.terminal() {
		return r, remedy.Misuse("no requester: this folder has no "+workspace.ConfigFile+" that names one",
			"run foia init with --name, --street, --city, --state, --zip, --email and --category, or try out foia new "+
				"irs-dhs-mou --sample")
	}
	a.note("First, who is making the request? The answers are saved in %s.", workspace.ConfigFile)
	r, err = a.askRequester(letter.Requester{})
	if err != nil {
		return r, err
	}
	return r, a.saveRequester(w, r)
}

// sampleConfig is the foia.yaml of the fictional requester.
func sampleConfig() []byte {
	raw, err := fs.ReadFile(templates.Files, "sample/requester.yaml")
	if err != nil {
		panic("the built-in sample is not in the program: " + err.Error())
	}
	return raw
}

// planAsking plans the letters of a pack; in a terminal it asks for answers that are missing, and
// plans again.
func (a *app) planAsking(desk *filing.Desk, ask filing.Ask) ([]filing.Planned, error) {
	asked := letter.Answers{}
	ask.Given = append(ask.Given, letter.Layer{Answers: asked, File: "your answer"})
	for {
		plan, err := desk.Plan(ask)
		var missing *letter.Missing
		if !errors.As(err, &missing) || !a.terminal() {
			return plan, err
		}
		typing := desk.Typing()
		typing.Law, typing.Currency = missing.Law, missing.Currency
		if err := a.askFields(newRequest, missing.Fields, asked, typing); err != nil {
			return nil, err
		}
	}
}
