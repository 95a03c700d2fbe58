package main

import (
	"errors"

	"foia/internal/agency"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/remedy"
)

// editForm asks which answers of a draft are to change, and shows the letter before it is made.
func (a *app) editForm(desk *filing.Desk, c filing.Change, f *editFlags) (filing.Change, func() error, error) {
	draft, err := desk.Draft(a.context(), c.Request)
	if err != nil {
		return c, nil, err
	}
	e := &redrafting{a: a, desk: desk, change: c, draft: draft, answers: draft.Answers, via: draft.Request.Via}
	defer a.closeForm()
	form := reviewed{of: "Change " + c.Request, n: 1, make: "Make the letter anew", drafts: e.drafts, answers: e.changeable,
		force: &f.force}
	if err := a.changeAnswer(form); err != nil {
		return c, nil, err
	}
	if !e.differs() {
		return c, nil, remedy.Misuse("stopped; nothing was changed", "choose an answer to change, or see the request: foia show "+c.Request)
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
	a       *app
	desk    *filing.Desk
	change  filing.Change
	draft   *filing.Draft
	answers letter.Answers // all of them
	via     string
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
	out, err := e.a.changeFields(e.draft.Template, e.answers, []letter.Layer{{Answers: e.answers, File: "your answer"}}, e.draft.Typing)
	if len(e.draft.Office.ReceivesBy) > 1 {
		out = append([]changeable{viaChange(e.a, e.draft.Office, e.via, &e.via)}, out...)
	}
	return out, err
}
