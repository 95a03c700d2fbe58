package main

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/press"
	"foia/internal/remedy"
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
	office                      officeFlags
	nextOf                      []string
	repeatFlags
}

func newNewCommand(a *app) *cobra.Command {
	var f newFlags
	cmd := &cobra.Command{
		Use:   "new TEMPLATE",
		Short: "Make requests from a template or pack, checked and typeset",
		Long: "Fills in TEMPLATE for each office, or each letter if it names a pack of letters,\n" +
			"then checks, typesets and logs the letters: all or none. Nothing is sent.\n\n" +
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
		Example: "  foia new irs-dhs-mou --sample\n" +
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
			return a.runNew(cmd, strings.Join(args, ""), f)
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
	flags.BoolVar(&f.sample, "sample", false, "use a fictional requester and the folder "+sampleDir+"; the letters are marked as samples")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	f.office.add(flags)
	return cmd
}

func (a *app) runNew(cmd *cobra.Command, name string, f newFlags) error {
	if f.sample && !a.dirSet {
		a.dir = sampleDir
	}
	if cmd.Flags().Changed("force") && strings.TrimSpace(f.force) == "" {
		return remedy.Misuse("--force has no reason", "say why the letter goes out despite the errors; the reason is logged")
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
	plan, err := a.planNew(cmd, w, desk, name, f)
	if err != nil {
		return err
	}
	if err := a.agreed(plan, f); err != nil {
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
	if f.json {
		return a.json(newJSON(results))
	}
	return a.showNew(w, desk.Writer, results)
}

// planNew plans what the command line asks for.
func (a *app) planNew(cmd *cobra.Command, w *workspace.Workspace, desk *filing.Desk, name string, f newFlags) ([]filing.Planned, error) {
	if len(f.nextOf) > 0 {
		return a.planNextOf(cmd, desk, f)
	}
	ask, err := a.ask(name, f, w)
	if err != nil {
		return nil, err
	}
	plan, err := a.planAsking(desk, ask)
	if err == nil {
		a.noteOthers(f, plan)
	}
	return plan, err
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
	if err := checkVia(f.via); err != nil {
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

func checkVia(via string) error {
	switch agency.Channel(via) {
	case "", agency.Portal, agency.Mail, agency.Fax, agency.Email:
		return nil
	}
	return remedy.Misuse("--via: unknown filing method “"+via+"”", "use portal, mail, fax or email")
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

// planAsking plans the letters; in a terminal it asks for answers that are
// missing, and plans again.
func (a *app) planAsking(desk *filing.Desk, ask filing.Ask) ([]filing.Planned, error) {
	asked := letter.Answers{}
	ask.Given = append(ask.Given, letter.Layer{Answers: asked, File: "your answer"})
	for {
		plan, err := desk.Plan(ask)
		var missing *letter.Missing
		if !errors.As(err, &missing) || !a.terminal() {
			return plan, err
		}
		fields, err := alsoAsked(desk, ask, missing, asked)
		if err != nil {
			return nil, err
		}
		typing := desk.Typing()
		typing.Law, typing.Currency = missing.Law, missing.Currency
		if err := a.askFields(fields, asked, typing); err != nil {
			return nil, err
		}
	}
}

// alsoAsked adds to the questions that must be answered those that a template
// would like to have answered, once, if nobody has answered them.
func alsoAsked(desk *filing.Desk, ask filing.Ask, missing *letter.Missing, asked letter.Answers) ([]letter.Field, error) {
	fields := missing.Fields
	t, err := desk.Library.Template(ask.Name)
	var none *letter.NotFound
	if errors.As(err, &none) || len(asked) > 0 {
		return fields, nil // a pack has its answers; and one round of questions is enough
	}
	if err != nil {
		return nil, err
	}
	answered := map[string]bool{}
	for _, l := range append(ask.Given, letter.Layer{Answers: ask.Requester.Answers}) {
		for name := range l.Answers {
			answered[name] = true
		}
	}
	for _, f := range t.Fields {
		if f.Ask && !f.For(missing.Law).Required && f.Under(missing.Law) && !answered[f.Name] {
			fields = append(fields, f)
		}
	}
	return fields, nil
}
