package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"foia/internal/desktop"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/terminal"
)

// draft is a letter that is not made yet, and what the preflight finds.
type draft struct {
	*letter.Draft
	Findings []preflight.Finding
	Notes    []string // what the user should know of it
}

// changeable is an answer that somebody may change once they see the letter.
type changeable struct {
	label, now string
	step       step
}

// reviewed is what is looked at before it is made.
type reviewed struct {
	of      string // such as “New request”
	n       int    // the number of this question; 1: there is none before it
	make    string // what “make” is called, such as “Make the letter”
	drafts  func() ([]draft, error)
	answers func() ([]changeable, error)
	kept    func() error // nil: answers are not kept
	again   string
	force   *string // the reason to go on despite errors
}

// What somebody decides who sees a letter before it is made.
const (
	toMake   = "make"
	toChange = "change"
	toForce  = "force"
	toOpen   = "open"
	toStop   = "stop"
)

// review shows the letter and the findings, and asks what to do, until it is to be made. The error
// is terminal.ErrBack if somebody goes back to the questions before.
func (a *app) review(r reviewed) error {
	problem := "" // what went wrong last
	for {
		drafts, err := r.drafts()
		var wrong *letter.Problem
		switch {
		case errors.As(err, &wrong): // answers that do not go together
			problem = wrong.What + ": " + wrong.Remedy
		case err != nil:
			return err
		}
		var text strings.Builder
		a.showDrafts(&text, a.face().QuestionWidth()-1, drafts)
		answers, err := r.answers()
		if err != nil {
			return err
		}
		decision := ""
		q := terminal.Question{Kind: terminal.Choice, Title: "The letter", Into: &decision, Above: strings.TrimSpace(text.String()),
			Options: a.decisions(r, drafts, len(answers) > 0), Help: strings.TrimSpace(problem + "\n" + reviewHelp(drafts)),
			At: terminal.Place{Of: r.of, N: r.n, Total: r.n, Back: r.n > 1, Kept: r.kept != nil}}
		if problem = ""; len(drafts) > 0 && worst(drafts) != preflight.Error {
			decision = toMake
		}
		switch err := a.asks(q); {
		case errors.Is(err, terminal.ErrBack):
			return err
		case errors.Is(err, terminal.ErrStopped):
			return stoppedAsking(r.again)
		case err != nil:
			return fmt.Errorf("cannot ask questions in this terminal: %w", err)
		}
		switch decision {
		case toMake:
			return nil
		case toForce:
			return a.askForce(r)
		case toOpen:
			if problem, err = a.openDrafts(drafts); err != nil {
				problem = err.Error()
			}
			continue
		case toStop:
			return stoppedAsking(r.again)
		}
		if err := a.changeAnswer(r); err != nil {
			return err
		}
	}
}

// decisions are what can be done with the letter as it is.
func (a *app) decisions(r reviewed, drafts []draft, changeable bool) (out []terminal.Option) {
	if len(drafts) > 0 && worst(drafts) != preflight.Error {
		out = append(out, terminal.Option{Label: r.make, Value: toMake})
	}
	if changeable {
		out = append(out, terminal.Option{Label: "Change an answer", Value: toChange})
	}
	if a.desktop != nil && len(drafts) > 0 {
		out = append(out, terminal.Option{Label: "Look at the PDF", Value: toOpen})
	}
	if worst(drafts) == preflight.Error && r.force != nil {
		out = append(out, terminal.Option{Label: "Make it despite the errors, and say why", Value: toForce})
	}
	stop := "Stop, and make nothing"
	if r.kept != nil {
		stop = "Stop, and keep the answers"
	}
	return append(out, terminal.Option{Label: stop, Value: toStop})
}

// reviewHelp says in a line what is about to be made.
func reviewHelp(drafts []draft) string {
	if len(drafts) == 0 {
		return ""
	}
	d := drafts[0]
	help := d.Document.Subject + ". To " + d.Office.Name + ", by " + viaWord(string(d.Channel)) + ". Preflight: " +
		countFindings(d.Findings) + "."
	if d.Template.Kind == letter.RequestKind {
		help = "“" + d.Answers.Text("subject") + "”" + strings.TrimPrefix(help, d.Document.Subject) + " " + feesWords(d.Answers)
	}
	if n := len(drafts) - 1; n > 0 {
		help = "The same to " + plural(n, "other office", "other offices") + ". " + help
	}
	return help + " Nothing is sent."
}

// feesWords say what a letter says about fees.
func feesWords(answers letter.Answers) string {
	var out []string
	if limit := answers.Text("fee_cap"); limit != "" {
		out = append(out, "up to "+limit)
	}
	if answers.Yes("fee_waiver") {
		out = append(out, "a waiver is asked for")
	} else {
		out = append(out, "no waiver is asked for")
	}
	return "Fees: " + strings.Join(out, ", ") + "."
}

func worst(drafts []draft) preflight.Severity {
	var all []preflight.Finding
	for _, d := range drafts {
		all = append(all, d.Findings...)
	}
	return preflight.Worst(all)
}

// mostText is how wide the text of a letter is shown.
const mostText = 78

// showDrafts prints the text of letters and what the preflight finds: of several that say the
// same to different offices, the first.
func (a *app) showDrafts(to io.Writer, width int, drafts []draft) {
	shown := *a
	shown.out, shown.columns = to, width
	for _, d := range drafts {
		title := "Preflight: " + countFindings(d.Findings)
		if len(drafts) > 1 {
			title = d.Office.Name + ": " + countFindings(d.Findings)
		}
		shown.wrapped("", title)
		for _, f := range d.Findings {
			shown.showFinding(f, nil)
		}
		for _, note := range d.Notes {
			shown.wrappedAfter("  note: ", "        ", note)
		}
	}
	if len(drafts) > 0 {
		fmt.Fprintf(to, "\n%s\n", strings.TrimRight(clean(drafts[0].Document.PlainText(min(width, mostText))), "\n"))
	}
}

// askForce asks for the reason that is logged with a letter that has errors.
func (a *app) askForce(r reviewed) error {
	return a.walk(way{of: r.of, again: r.again, steps: func() ([]step, error) {
		return []step{{ask: func(terminal.Place) error {
			return a.asks(terminal.Question{Title: "Why does the letter go out despite the errors?", Into: r.force,
				Help: "The reason is logged.", Check: needed})
		}}}, nil
	}})
}

func needed(s string) error {
	if strings.TrimSpace(s) == "" {
		return letter.ErrNeeded
	}
	return nil
}

// changeAnswer asks which answer is to change, and then for the answer.
func (a *app) changeAnswer(r reviewed) error {
	all, err := r.answers()
	if err != nil {
		return err
	}
	which := ""
	find := func(words string) (out []terminal.Option) {
		for i, c := range all {
			if matches(c.label+" "+c.now, words) {
				out = append(out, terminal.Option{Label: c.label + ": " + c.now, Value: fmt.Sprint(i)})
			}
		}
		return out
	}
	var chosen step
	err = a.asks(terminal.Question{Kind: terminal.Search, Title: "Which answer?", Find: find, Into: &which,
		Help: "Type a word of it, or move with the arrows.", At: terminal.Place{Of: r.of, Back: true, Kept: r.kept != nil}})
	if err == nil {
		n, bad := strconv.Atoi(which)
		if bad != nil {
			return fmt.Errorf("no such answer: %q: %w", which, bad)
		}
		chosen = all[n].step
		err = chosen.ask(terminal.Place{Of: r.of, Back: true, Kept: r.kept != nil})
	}
	switch {
	case errors.Is(err, terminal.ErrBack):
		return nil
	case errors.Is(err, terminal.ErrStopped):
		return stoppedAsking(r.again)
	case err != nil:
		return fmt.Errorf("cannot ask questions in this terminal: %w", err)
	case r.kept != nil:
		return r.kept()
	}
	return nil
}

// matches tells whether a text has every one of some words, in any case.
func matches(text, words string) bool {
	text = strings.ToLower(text)
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// previewName is what the PDF of a letter is called that is not made. The file lies in the user's
// own folder, which others cannot read, and the next one takes its place.
const previewName = ".preview-%d.pdf"

// openDrafts sets letters and opens them; says tells where they are.
func (a *app) openDrafts(drafts []draft) (says string, err error) {
	w, err := a.workspace()
	if err != nil {
		return "", err
	}
	p, err := press.New(w)
	if err != nil {
		return "", err
	}
	var places []string
	for i, d := range drafts {
		file, err := p.Typeset(d.Document, d.Requester.ID)
		if err != nil {
			return "", err
		}
		name := fmt.Sprintf(previewName, i+1)
		if err := w.WriteFile(name, file.Bytes); err != nil {
			return "", err
		}
		places = append(places, w.Path(name))
		if err := a.desk().Open(w.Path(name)); err != nil && !errors.Is(err, desktop.ErrNone) {
			return "", fmt.Errorf("the preview could not be opened: %w", err)
		}
	}
	return "Preview: " + strings.Join(places, ", "), nil
}
