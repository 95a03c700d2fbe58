package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// whyNot is what somebody chooses who wants to know why a letter cannot go out.
const whyNot = "why-not"

// chooseLetter asks which of the letters that may go out today is wanted. It is empty if somebody
// wants to see the others, which are then shown.
func (a *app) chooseLetter(cmd *cobra.Command, id string, f letterFlags) (r docket.Request, kind string, err error) {
	day, err := a.readDay("--on", f.on)
	if err != nil {
		return r, "", err
	}
	var rows []correspondence.Choice
	err = a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) (err error) {
		now, err := a.lettersOf(cmd, w, log, id, day)
		if r, rows = now.request, now.rows; err == nil {
			kind = nextLetter(docket.Next(r, now.view.State(), day), rows)
		}
		return err
	})
	if err != nil || !slices.ContainsFunc(rows, func(row correspondence.Choice) bool { return row.Ready }) {
		return r, "", err
	}
	var options []terminal.Option
	for _, row := range rows {
		if row.Ready {
			options = append(options, terminal.Option{Label: row.Letter + ": " + row.Title, Value: row.Letter})
		}
	}
	options = append(options, terminal.Option{Label: "None of them: why can the others not go out?", Value: whyNot})
	if kind == "" {
		kind = options[0].Value
	}
	err = a.asks(terminal.Question{Kind: terminal.Choice, Title: "Which letter?", Options: options, Into: &kind,
		Help: r.OfficeName() + ": " + r.Subject + ". These may go out today.", At: terminal.Place{Of: "Letter for " + r.ID}})
	switch {
	case errors.Is(err, terminal.ErrStopped):
		return r, "", stoppedAsking("")
	case kind == whyNot:
		kind = ""
	}
	return r, kind, err
}

// nextLetter is the letter that the next step is, if it is one that may go out.
func nextLetter(step docket.Step, rows []correspondence.Choice) string {
	for _, row := range rows {
		if row.Ready && step.Act.Verb == remedy.Make && slices.Contains(step.Act.Words, row.Letter) {
			return row.Letter
		}
	}
	return ""
}

// leadLetter asks what a letter needs to know, and shows it before it is made. What was chosen from
// the list is shown in any case; what a command line names, only if something was asked.
func (a *app) leadLetter(cmd *cobra.Command, desk *correspondence.Desk, follow correspondence.FollowUp, chosen bool) (
	correspondence.MadeLetter, error) {
	l := &letterWay{a: a, cmd: cmd, desk: desk, follow: follow, answers: letter.Answers{}}
	l.follow.Given = append(slices.Clone(follow.Given), letter.Layer{Answers: l.answers, File: "your answer"})
	defer a.closeForm()
	steps, err := l.steps()
	var unknown *correspondence.NoAddress
	if errors.As(err, &unknown) {
		l.unknown = unknown
		steps, err = l.steps()
	}
	if err != nil {
		return correspondence.MadeLetter{}, err
	}
	if len(steps) == 0 && !chosen {
		return desk.Letter(cmd.Context(), l.follow)
	}
	of := "Letter for " + follow.Request
	first := 0
	for {
		if err := a.walk(way{of: of, steps: l.steps, first: first, more: 1}); err != nil {
			return correspondence.MadeLetter{}, err
		}
		if steps, err = l.steps(); err != nil {
			return correspondence.MadeLetter{}, err
		}
		err := a.review(reviewed{of: of, n: len(steps) + 1, make: "Make the letter", drafts: l.drafts, answers: l.changeable,
			force: &l.follow.Force})
		if errors.Is(err, terminal.ErrBack) {
			first = len(steps) - 1
			continue
		}
		if err != nil {
			return correspondence.MadeLetter{}, err
		}
		a.closeForm()
		return desk.Letter(cmd.Context(), l.follow)
	}
}

// letterWay is a later letter that somebody is led to.
type letterWay struct {
	a       *app
	cmd     *cobra.Command
	desk    *correspondence.Desk
	follow  correspondence.FollowUp
	answers letter.Answers
	asked   []letter.Asking // what was asked stays a question, so that one can go back to it

	unknown *correspondence.NoAddress // nothing but the agency's letter tells where it goes
	address string                    // what that says
}

// steps are the questions of the letter, after the one for its address, if only the user knows that.
func (l *letterWay) steps() ([]step, error) {
	var out []step
	if l.unknown != nil {
		out = append(out, step{"address", l.askAddress})
		if l.address == "" {
			return out, nil
		}
	}
	fields, err := l.fieldSteps()
	return append(out, fields...), err
}

// askAddress asks where the letter goes: a postal address, or one for e-mail.
func (l *letterWay) askAddress(at terminal.Place) error {
	err := l.a.asks(terminal.Question{Kind: terminal.Block, Title: "Where does it go?", Into: &l.address, Check: needed, At: at,
		Help: remedy.Capital(l.unknown.Error()) + ".\nType the address that the agency's letter gives: lines, or one e-mail address."})
	if err != nil {
		return err
	}
	l.follow.Address, l.follow.Contact = l.address, ""
	if strings.Contains(l.address, "@") {
		l.follow.Via, l.follow.Address, l.follow.Contact = agency.Email, "", strings.TrimSpace(l.address)
	} else if l.follow.Via == agency.Email {
		l.follow.Via = ""
	}
	return nil
}

func (l *letterWay) fieldSteps() ([]step, error) {
	fields, typing, err := l.desk.Questions(l.a.context(), l.follow)
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		if !slices.ContainsFunc(l.asked, func(q letter.Asking) bool { return q.Field.Name == f.Name }) {
			l.asked = append(l.asked, letter.Asking{Field: f})
		}
	}
	return l.a.fieldSteps(l.asked, l.answers, nil, typing), nil
}

func (l *letterWay) drafts() ([]draft, error) {
	made, d, err := l.desk.WouldMake(l.a.context(), l.follow)
	if err != nil {
		return nil, err
	}
	return []draft{{d, made.Findings, made.Notes}}, nil
}

func (l *letterWay) changeable() (out []changeable, err error) {
	if l.unknown != nil {
		out = append(out, changeable{"Where it goes", cell(l.address), step{"address", l.askAddress}})
	}
	steps, err := l.fieldSteps()
	for i, s := range steps {
		out = append(out, changeable{l.asked[i].Field.Label, answerText(l.answers[s.name]), s})
	}
	return out, err
}
