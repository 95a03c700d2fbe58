package main

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// editFlags are those of foia edit.
type editFlags struct {
	answers, via, on, force string
	sets                    []string
	preview, json           bool
}

// unset tells that the command line does not say what to change.
func (f editFlags) unset() bool { return f.answers == "" && f.via == "" && len(f.sets) == 0 }

func newEditCommand(a *app) *cobra.Command {
	var f editFlags
	cmd := &cobra.Command{
		Use:   "edit ID",
		Short: "Change a request that has not been sent",
		Long: "Changes a request that has not been sent: the letter is filled, checked and\n" +
			"typeset again under the same number, with today's date and today's contacts of\n" +
			"the office. The earlier version stays in the log, and its files move to the\n" +
			"folder earlier/.\n\n" +
			"What to change comes from --set, --via or --answers. Without them, a change that\n" +
			"you made in the request's answers.yaml is taken; if there is none, you are asked\n" +
			"which answer to change, and see the letter before it is made. Where there is no\n" +
			"terminal, that file is opened in your editor (the one in VISUAL or EDITOR). What\n" +
			"was sent cannot be changed.",
		Example: "  foia edit 2026-0001 --set subject=\"Contracts for body-worn cameras\"\n" +
			"  foia edit 2026-0001 --via email\n" +
			"  foia edit 2026-0001",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runEdit(cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.sets, "set", nil, "an answer: `field=value`; repeat for lists (to see the fields: foia template show NAME)")
	flags.StringVar(&f.answers, "answers", "", "a YAML `file` with all the answers")
	flags.StringVar(&f.via, "via", "", "file by this `method`: portal, mail, fax or email (default: as before)")
	flags.StringVar(&f.on, "on", "", "the `date` of the letter (default: today)")
	flags.StringVar(&f.force, "force", "", "proceed despite preflight errors; the `reason` is logged")
	flags.BoolVar(&f.preview, "preview", false, "print what would change and the letter's text, and write nothing")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) runEdit(cmd *cobra.Command, id string, f editFlags) error {
	if cmd.Flags().Changed("force") && strings.TrimSpace(f.force) == "" {
		return remedy.Misuse("--force has no reason", "say why the letter goes out despite the errors; the reason is logged")
	}
	w, stock, err := a.openStock()
	if err != nil {
		return err
	}
	desk := &filing.Desk{Book: a.book(w), Stock: stock}
	r, events, err := a.draft(cmd, desk.Book, id)
	if err != nil {
		return err
	}
	change, done, err := a.change(cmd, desk, r, events, &f)
	if err != nil {
		return err
	}
	out, err := a.redraft(cmd, desk, change, f)
	var refused *press.Refused
	if errors.As(err, &refused) {
		a.showRefused(refused, f.json)
	}
	if err != nil {
		return err
	}
	if f.preview {
		return nil
	}
	if err := done(); err != nil {
		return err
	}
	return a.showRedrafted(w, r, out, f.json)
}

// draft reads a request that can still be changed.
func (a *app) draft(cmd *cobra.Command, book *logbook.Book, id string) (docket.Request, []docket.Event, error) {
	log, err := a.read(cmd, book)
	if err != nil {
		return docket.Request{}, nil, err
	}
	r, events, err := a.findLife(cmd, log, id)
	if err != nil {
		return r, nil, err
	}
	return r, events, docket.MayChange(r, events)
}

// change is what the user wants to be another way. done is called when it was made.
func (a *app) change(cmd *cobra.Command, desk *filing.Desk, r docket.Request, events []docket.Event, f *editFlags) (c filing.Change,
	done func() error, err error) {
	w := desk.Workspace
	done = func() error { return nil }
	c = filing.Change{Request: r.ID, Via: agency.Channel(f.via), Version: docket.Versions(events)}
	if err := filing.CheckVia(f.via); err != nil {
		return c, done, err
	}
	if c.Date, err = a.on(f.on); err != nil {
		return c, done, err
	}
	if !f.unset() {
		given, err := readGiven(f.sets, f.answers)
		if err != nil {
			return c, done, err
		}
		c.Whole = given.file != nil
		c.Given, err = given.forOne("a request is one letter")
		return c, done, err
	}
	name, raw, changed, err := desk.ChangedFile(r)
	if err != nil {
		return c, done, err
	}
	if changed {
		return c, done, c.TakeAnswers(name, raw)
	}
	if a.terminal() && !f.json {
		return a.editForm(desk, c, f)
	}
	return a.editInEditor(cmd, w, r, c)
}

// editInEditor has the answers changed in the user's editor.
func (a *app) editInEditor(cmd *cobra.Command, w *workspace.Workspace, r docket.Request, c filing.Change) (filing.Change, func() error,
	error) {
	answers, _ := r.Document(press.AnswersName)
	text, err := a.editAnswers(cmd, w, r, answers)
	if err != nil {
		return c, nil, err
	}
	return c, text.done, c.TakeAnswers(text.name, text.raw)
}

func (a *app) redraft(cmd *cobra.Command, desk *filing.Desk, c filing.Change, f editFlags) (filing.Redrafted, error) {
	if !f.preview {
		return desk.Redraft(cmd.Context(), c, filing.Options{Force: f.force})
	}
	draft, out, err := desk.WouldChange(cmd.Context(), c)
	if err != nil {
		return out, err
	}
	if f.json {
		return out, a.json(map[string]any{"id": c.Request, "changed": out.Changed, "findings": findingsJSON(out.Findings),
			"text": draft.Document.Markdown()})
	}
	fmt.Fprintf(a.out, "Would change: %s\n\n%s", cell(strings.Join(out.Changed, ", ")), clean(draft.Document.Markdown()))
	for _, finding := range out.Findings {
		a.showFinding(finding, nil)
	}
	return out, nil
}

func (a *app) showRedrafted(w *workspace.Workspace, before docket.Request, out filing.Redrafted, asJSON bool) error {
	pdf, _ := out.Request.Document(press.PDFName)
	if asJSON {
		return a.json(map[string]any{"id": out.Request.ID, "changed": out.Changed, "folder": out.Request.Folder,
			"pdf": path.Join(out.Request.Folder, pdf.Name), "sha256": pdf.SHA256, "via": out.Request.Via,
			"findings": findingsJSON(out.Findings)})
	}
	if out.Dropped != "" {
		a.note("note: %s", out.Dropped)
	}
	a.wrapped("", fmt.Sprintf("%s is changed: %s.", out.Request.ID, strings.Join(out.Changed, ", ")))
	fmt.Fprintf(a.out, "Letter:  %s (%s)\n", cell(w.Path(path.Join(out.Request.Folder, pdf.Name))), plural(out.Pages, "page", "pages"))
	fmt.Fprintf(a.out, "Earlier: %s\n", cell(w.Path(path.Join(before.Folder, docket.EarlierDir))))
	if len(out.Findings) > 0 {
		fmt.Fprintln(a.out, "\nPreflight findings")
	}
	for _, f := range out.Findings {
		a.showFinding(f, nil)
	}
	for _, r := range out.Repaired {
		if r.Why != "" {
			a.note("note: %s was changed and could not be restored: %s", r.File, r.Why)
		}
	}
	fmt.Fprintln(a.out)
	a.wrapped("", "Next: "+out.Row.NextStep)
	return nil
}
