package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// checkFlags are the flags of `foia check`.
type checkFlags struct {
	to, via, as, on string
	json            bool
}

func newCheckCommand(a *app) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check ID|FILE",
		Short: "Run the preflight checks on a request or on a letter in a file",
		Long: "Checks a request in the log, by its id; an answers file (.yaml) like the one\n" +
			"foia keeps with each letter; or a letter written elsewhere (.md, .txt), with\n" +
			"--to naming the office. Writes nothing. The exit code is 3 if there are errors.",
		Example: "  foia check 2026-0001\n  foia check answers.yaml\n  foia check draft.txt --to irs",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			findings, err := a.check(cmd, args[0], f)
			if err != nil {
				return err
			}
			return a.showCheck(args[0], findings, f.json)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.to, "to", "", "the `office` the letter goes to")
	flags.StringVar(&f.via, "via", "", "the `method` of filing: portal, mail, fax or email")
	flags.StringVar(&f.as, "as", "", "the `requester` for an answers file")
	flags.StringVar(&f.on, "on", "", "the `date` of the letter (default: today)")
	flags.BoolVar(&f.json, "json", false, "print the findings as JSON")
	return cmd
}

func (a *app) check(cmd *cobra.Command, what string, f checkFlags) ([]preflight.Finding, error) {
	w, err := a.workspace()
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(what)
	switch extension := strings.ToLower(filepath.Ext(what)); {
	case err != nil && slices.Contains([]string{".yaml", ".yml", ".md", ".txt"}, extension):
		return nil, remedy.Misuse(fmt.Sprintf("cannot read the file to check: %v", err),
			"give the path of a file, or the id of a request (to see them: foia log)")
	case err != nil || info.IsDir():
		return a.checkLogged(cmd, what)
	case extension == ".yaml" || extension == ".yml":
		return a.checkAnswers(w, what, f)
	}
	return a.checkText(w, what, f)
}

// checkLogged checks a request again, as it was made, with the directory of today.
func (a *app) checkLogged(cmd *cobra.Command, id string) (findings []preflight.Finding, err error) {
	err = a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		r, _, err := a.findLife(cmd, log, id)
		if err != nil {
			return err
		}
		made, err := press.New(w)
		if err != nil {
			return err
		}
		draft, err := made.Refill(r, library(w), a.today())
		if err != nil {
			return err
		}
		if draft.Template.SHA256 != r.TemplateSHA256 {
			a.note("note: the template has changed since the letter was made; the check uses the current template")
		}
		findings = preflight.Check(draft, preflight.Surroundings{StaleAfterDays: w.Config.StaleAfterDays})
		return nil
	})
	return findings, err
}

// checkAnswers fills a letter from an answers file and checks it.
func (a *app) checkAnswers(w *workspace.Workspace, path string, f checkFlags) ([]preflight.Finding, error) {
	file, err := readAnswers(path)
	if err != nil {
		return nil, err
	}
	if f.to == "" {
		f.to = file.Office
	}
	if f.via == "" {
		f.via = file.Via
	}
	if file.Template == "" {
		file.Template = "request"
	}
	template, err := press.TemplateOf(library(w), file.Template)
	if err != nil {
		return nil, err
	}
	order, err := a.orderFor(w, f)
	if err != nil {
		return nil, err
	}
	requester, err := a.requester(w, newFlags{as: f.as})
	if err != nil {
		return nil, err
	}
	made, err := press.New(w)
	if err != nil {
		return nil, err
	}
	order.Template, order.Requester, order.Charset, order.Dates = template, requester, made.Charset(), made.Dates(a.today())
	order.Layers = []letter.Layer{file.Shared, {Answers: requester.Answers, File: workspace.ConfigFile, Shared: true}}
	draft, err := letter.Fill(order)
	if err != nil {
		return nil, err
	}
	if draft.Dropped != "" {
		a.note("note: %s", draft.Dropped)
	}
	return preflight.Check(draft, preflight.Surroundings{StaleAfterDays: w.Config.StaleAfterDays}), nil
}

// longestDraft is how large a letter may be, in bytes: some four hundred pages.
const longestDraft = 1 << 20

// checkText checks a letter that was written elsewhere.
func (a *app) checkText(w *workspace.Workspace, path string, f checkFlags) ([]preflight.Finding, error) {
	raw, err := readFew(path, longestDraft)
	if err != nil {
		return nil, err
	}
	order, err := a.orderFor(w, f)
	if err != nil {
		return nil, err
	}
	var dropped entered.Tally
	text := dropped.Text(filepath.Base(path),
		strings.TrimPrefix(string(raw), "\ufeff")) // the mark of a text file is no character of the letter
	if note := dropped.Note(); note != "" {
		a.note("note: the check %s", note)
	}
	draft := preflight.FromText(text, order.Office, order.Regime, order.Channel, order.Date)
	return preflight.Check(draft, preflight.Surroundings{StaleAfterDays: w.Config.StaleAfterDays}), nil
}

// orderFor finds the office, its law, the channel and the date.
func (a *app) orderFor(w *workspace.Workspace, f checkFlags) (letter.Order, error) {
	var order letter.Order
	if f.to == "" {
		return order, remedy.Misuse("missing --to: which office does the letter go to?",
			"name an office, for example --to irs")
	}
	if err := filing.CheckVia(f.via); err != nil {
		return order, err
	}
	offices, err := directory(w)
	if err != nil {
		return order, err
	}
	match, err := offices.Find(f.to)
	if err != nil {
		return order, err
	}
	book, err := w.Laws()
	if err != nil {
		return order, err
	}
	var day workday.Date
	if day, err = a.on(f.on); err != nil {
		return order, err
	}
	order = letter.Order{Office: match.Office, Regime: book.For(match.Office.ID, match.Office.Law), Channel: agency.Channel(f.via),
		Date: day}
	if f.via == "" {
		order.Channel = match.Office.Preferred()
	}
	return order, nil
}

func (a *app) showCheck(what string, findings []preflight.Finding, asJSON bool) error {
	if asJSON {
		if findings == nil {
			findings = []preflight.Finding{}
		}
		if err := a.json(findings); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(a.out, "%s: %s\n", cell(what), countFindings(findings))
		for _, f := range findings {
			a.showFinding(f, nil)
		}
	}
	if preflight.Worst(findings) == preflight.Error {
		return &found{}
	}
	return nil
}

// found makes the command exit with 3 after it has printed its findings.
type found struct{}

func (*found) Error() string { return "the preflight found errors" }

// Is lets report tell it from a failure.
func (*found) Is(target error) bool { return target == errFindings }

// Hint says what to do.
func (*found) Hint() string { return "fix them as shown" }
