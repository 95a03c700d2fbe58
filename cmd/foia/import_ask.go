package main

import (
	"path"
	"strings"

	"foia/internal/adoption"
	"foia/internal/agency"
	"foia/internal/moving"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// importing is a tracker on its way, with what was answered so far.
type importing struct {
	a       *app
	w       *workspace.Workspace
	plan    *moving.Plan
	before  adoption.Mapping // what was answered the last time
	form    adoption.Mapping
	file    string
	name    string // of the answers, below the folder
	offices *agency.Directory
}

// ask asks what the file does not say, one question a screen. After what changes how it is read, it is read again. The answers
// are kept from the first one on.
func (i *importing) ask() error {
	defer i.a.closeForm()
	book, err := i.w.Laws()
	if err != nil {
		return err
	}
	kept := false
	for _, stage := range adoption.Stages {
		asker := &adoption.Asker{Plan: i.plan, Before: i.before, Mapping: &i.form, Directory: i.offices, Book: book,
			Scope: strings.TrimSuffix(path.Base(i.name), ".yaml")}
		asked := false
		steps := func() (out []step, err error) {
			for _, q := range asker.Questions(stage) {
				out = append(out, i.step(asker, q))
			}
			return out, nil
		}
		keep := func(string) error {
			asked, kept = true, true
			return saveMapping(i.w, i.name, asker.Kept())
		}
		err := i.a.walk(way{of: "Move in", steps: steps, kept: keep, held: kept, again: "foia import " + quoteWord(i.file)})
		if err != nil {
			return err
		}
		i.before = asker.Kept()
		if !asked || !stage.Reads() {
			continue
		}
		if i.plan, err = i.a.planImport(i.w, i.file, i.before); err != nil {
			return err
		}
		i.form = adoption.Form(i.plan, i.form, i.offices)
	}
	return nil
}

// step is a question as a step of the form.
func (i *importing) step(asker *adoption.Asker, q adoption.Question) step {
	return step{name: q.Name, ask: func(at terminal.Place) error {
		text := q.Now
		form := terminal.Question{Kind: terminal.Line, Title: q.Title, Help: q.Help, Above: q.Above, Into: &text,
			Options: optionsOf(q.Choices), Check: q.Check, Optional: q.Check != nil && q.Check("") == nil, At: at}
		switch {
		case q.Find != nil:
			form.Kind = terminal.Search
			form.Find = func(words string) []terminal.Option { return optionsOf(q.Find(words)) }
		case len(q.Choices) > 0:
			form.Kind = terminal.Choice
		}
		if err := i.a.asks(form); err != nil {
			return err
		}
		q.Give(text)
		asker.Answered(q.Name)
		return nil
	}}
}

func optionsOf(choices []adoption.Choice) (out []terminal.Option) {
	for _, c := range choices {
		out = append(out, terminal.Option{Label: c.Says, Value: c.Value})
	}
	return out
}
