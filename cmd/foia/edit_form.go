package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/press"
	"foia/internal/remedy"
)

// editForm asks which answers of a draft are to change, and shows the letter before it is made.
func (a *app) editForm(desk *filing.Desk, r docket.Request, c filing.Change, f *editFlags) (filing.Change, func() error, error) {
	e := &redrafting{a: a, desk: desk, change: c, answers: letter.Answers{}, via: r.Via}
	if err := json.Unmarshal(r.Answers, &e.answers); err != nil {
		return c, nil, fmt.Errorf("the log's record of the answers of %s cannot be read: %w", r.ID, err)
	}
	var err error
	if e.template, err = press.TemplateOf(desk.Library, r.Template); err != nil {
		return c, nil, err
	}
	if e.office, err = desk.OfficeOf(r); err != nil {
		return c, nil, err
	}
	defer a.closeForm()
	form := reviewed{of: "Change " + r.ID, n: 1, make: "Make the letter anew", drafts: e.drafts, answers: e.changeable, force: &f.force}
	if err := a.changeAnswer(form); err != nil {
		return c, nil, err
	}
	if !e.differs() {
		return c, nil, remedy.Misuse("stopped; nothing was changed", "choose an answer to change, or see the request: foia show "+r.ID)
	}
	if !f.preview {
		if err := a.review(form); err != nil {
			return c, nil, err
		}
	}
	return e.changed(), func() error { return nil }, nil
}

// redrafting is a draft whose answers are being changed.
type redrafting struct {
	a        *app
	desk     *filing.Desk
	change   filing.Change
	template *letter.Template
	office   agency.Office
	answers  letter.Answers // all of them
	via      string
}

// changed is the change as the answers are now.
func (e *redrafting) changed() filing.Change {
	c := e.change
	c.Whole, c.Via = true, agency.Channel(e.via)
	c.Given = []letter.Layer{{Answers: e.answers, File: "your answer"}}
	return c
}

// differs tells whether anything was changed.
func (e *redrafting) differs() bool {
	_, _, err := e.desk.WouldChange(e.a.context(), e.changed())
	var same *filing.Unchanged
	return !errors.As(err, &same)
}

func (e *redrafting) drafts() ([]draft, error) {
	d, out, err := e.desk.WouldChange(e.a.context(), e.changed())
	if err != nil {
		return nil, err
	}
	return []draft{{d, out.Findings, nil}}, nil
}

func (e *redrafting) changeable() ([]changeable, error) {
	book, err := e.desk.Workspace.Laws()
	if err != nil {
		return nil, err
	}
	typing := e.desk.Typing()
	typing.Law, typing.Currency = e.office.UnderLaw(), book.For(e.office.ID, e.office.Law).Currency()
	out, err := e.a.changeFields(e.template, e.answers, []letter.Layer{{Answers: e.answers, File: "your answer"}}, typing)
	if len(e.office.ReceivesBy) > 1 {
		out = append([]changeable{viaChange(e.a, e.office, e.via, &e.via)}, out...)
	}
	return out, err
}
