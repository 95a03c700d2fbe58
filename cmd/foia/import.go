package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/adoption"
	"foia/internal/moving"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// importFlags are the flags of foia import.
type importFlags struct {
	plan, json bool
	mapping    string
}

func newImportCommand(a *app) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Move in: take over a tracker of yours, or MuckRock's export",
		Long: "Reads a tracker as CSV, TSV or XLSX, whatever its columns are called, and plans\n" +
			"what each row becomes: a request and the events that its days and the words of\n" +
			"its status tell. MuckRock's export is known: its days are UTC and become New\n" +
			"York's. What the file does not say stays unknown: an event whose day is not in\n" +
			"the file has no day, nothing is counted from it, and foia next asks for it.\n\n" +
			"--plan prints how the file was read, what each column means, what each word of\n" +
			"the status becomes, what is asked, and which lines are rejected or left out.\n" +
			"Days such as 5/6/2026 are read in the order that the whole column shows; if\n" +
			"nothing in it tells, you are asked. What is read from prose is recorded only if\n" +
			"you say so.\n\n" +
			"Without --mapping, nothing is recorded: in a terminal you are asked what the\n" +
			"file does not say, elsewhere the questions are written into imports/NAME.yaml.\n" +
			"With --mapping, the answers are read there and the requests are recorded, each\n" +
			"with its row, kept and hashed. The same file again records nothing; a newer one\n" +
			"adds what is new. Letters that would rest on a letter that is not here, or on a\n" +
			"day that is not known, are refused with the reason.",
		Example: "  foia import tracker.csv --plan\n  foia import tracker.csv --plan --json\n  foia import tracker.csv\n" +
			"  foia import tracker.csv --mapping imports/tracker.yaml",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runImport(cmd, args[0], f) },
	}
	cmd.Flags().BoolVar(&f.plan, "plan", false, "show what the file would become, and record nothing")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the plan, or what was recorded, as JSON")
	cmd.Flags().StringVar(&f.mapping, "mapping", "", "record, with the answers in this `file`")
	return cmd
}

func (a *app) runImport(cmd *cobra.Command, file string, f importFlags) error {
	if f.json && !f.plan && f.mapping == "" {
		return remedy.Misuse("--json goes with --plan or --mapping", "add one of them")
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	a.noteLink(file)
	m, name, err := answersFor(w, file, f)
	if err != nil {
		return err
	}
	plan, err := a.planImport(w, file, m)
	if err != nil {
		return err
	}
	switch {
	case f.plan && f.json:
		return a.json(plan)
	case f.plan:
		return a.showPlan(plan)
	}
	offices, err := directory(w)
	if err != nil {
		return err
	}
	desk := &adoption.Desk{Book: a.book(w), Directory: offices}
	form := adoption.Form(plan, m, offices)
	if f.mapping == "" {
		return a.prepareImport(cmd, &importing{a: a, w: w, plan: plan, before: m, form: form, name: name, file: file, offices: offices})
	}
	if left := form.Open(); len(left) > 0 {
		if err := saveMapping(w, name, form); err != nil {
			return err
		}
		return remedy.Misuse("answers are missing: "+strings.Join(left, "; ")+" ("+name+")",
			"write them over ANSWER in that file, and run the command again")
	}
	if !form.Same(m) { // there is more to answer, and all of it has been
		if err := saveMapping(w, name, form); err != nil {
			return err
		}
	}
	return a.recordImport(cmd, desk, plan, form, name, f.json)
}

// answersFor are the answers about a file, and the name under which they are kept in the folder.
func answersFor(w *workspace.Workspace, file string, f importFlags) (m adoption.Mapping, name string, err error) {
	name = adoption.NameFor(file)
	if f.mapping == "" {
		if _, err := os.Stat(w.Path(name)); errors.Is(err, fs.ErrNotExist) || f.plan {
			return m, name, nil
		}
		m, err = adoption.Read(w.Path(name))
		return m, name, err
	}
	where := f.mapping
	if _, err := os.Stat(where); errors.Is(err, fs.ErrNotExist) && !filepath.IsAbs(where) {
		where = w.Path(filepath.ToSlash(where))
	}
	m, err = adoption.Read(where)
	return m, path.Join(adoption.Folder, filepath.Base(where)), err
}

// planImport reads the file with the answers that there are.
func (a *app) planImport(w *workspace.Workspace, file string, m adoption.Mapping) (*moving.Plan, error) {
	laws, err := knownLaws(w)
	if err != nil {
		return nil, err
	}
	answers, err := m.Answers()
	if err != nil {
		return nil, err
	}
	answers.Today = a.today()
	return moving.Read(file, answers, laws)
}

// knownLaws tells which laws of states and countries there are in a folder.
func knownLaws(w *workspace.Workspace) (moving.Laws, error) {
	book, err := w.Laws()
	if err != nil {
		return nil, err
	}
	return book.Records().Called, nil
}

func saveMapping(w *workspace.Workspace, name string, m adoption.Mapping) error {
	text, err := m.Text()
	if err != nil {
		return err
	}
	return w.WriteFile(name, []byte(text))
}

// prepareImport shows what the file would become, asks what it does not say, and keeps the answers. Nothing is recorded
// before somebody says yes.
func (a *app) prepareImport(cmd *cobra.Command, i *importing) error {
	a.showCounts(i.plan)
	again := fmt.Sprintf("foia import %s --mapping %s", quoteWord(i.file), quoteWord(i.name))
	if a.terminal() {
		if err := i.ask(); err != nil {
			return err
		}
	}
	if err := saveMapping(i.w, i.name, i.form); err != nil {
		return err
	}
	left := i.form.Open()
	a.note("note: the answers are in %s; nothing was recorded yet", i.name)
	if len(left) > 0 {
		a.note("note: to be answered there: %s", strings.Join(left, "; "))
	}
	if a.terminal() && len(left) == 0 {
		yes, err := a.confirm(fmt.Sprintf("Record %s?", remedy.Counted(len(i.plan.Requests), "request")))
		if err != nil {
			return err
		}
		if yes {
			return a.runImport(cmd, i.file, importFlags{mapping: i.w.Path(i.name)})
		}
	}
	fmt.Fprintf(a.out, "To look at it:  foia import %s --plan\nTo record it:   %s\n", quoteWord(clean(i.file)), clean(again))
	return nil
}

// recordImport records a plan and says what came of it.
func (a *app) recordImport(cmd *cobra.Command, desk *adoption.Desk, plan *moving.Plan, m adoption.Mapping, name string, asJSON bool) error {
	out, err := desk.Record(cmd.Context(), plan, m, strings.TrimSuffix(path.Base(name), ".yaml"))
	if err != nil {
		return err
	}
	if asJSON {
		return a.json(out)
	}
	a.wrapped("", fmt.Sprintf("%s taken over, %s with something new, %d unchanged; %s recorded, %d of them without a day.",
		remedy.Counted(len(out.New), "request"), remedy.Counted(len(out.Changed), "request"), out.Same, remedy.Counted(out.Events, "event"),
		out.Undated))
	for _, l := range out.Rejected {
		a.note("note: %s was rejected: %s", l.At(), l.Why)
	}
	for _, l := range out.Noted {
		a.note("note: %s, kept as a note: %s", l.At(), l.Why)
	}
	if len(out.New)+len(out.Changed) > 0 {
		fmt.Fprintln(a.out, "See what to do next: foia next")
	}
	return nil
}
