package main

import (
	"errors"
	"fmt"

	"foia/internal/terminal"
)

// step is one question of several. ask puts the answer where it belongs.
type step struct {
	name string
	ask  func(at terminal.Place) error
}

// way is a series of questions that lead to something.
type way struct {
	of    string                  // what they lead to, such as “New request”
	steps func() ([]step, error)  // as the answers so far make them; what was asked stays where it is
	first int                     // the step to begin with; those before were answered earlier
	more  int                     // questions that follow these
	kept  func(step string) error // keeps the answers so far; nil: they are lost when somebody stops
	held  bool                    // answers of an earlier way were kept
	again string                  // the command that goes on with what was kept
}

// walk asks the questions of a way, one a screen, back and forth. The form stays for what follows.
func (a *app) walk(w way) error {
	kept := w.first > 0 || w.held
	for i := w.first; ; {
		steps, err := w.steps()
		if err != nil {
			return err
		}
		if i >= len(steps) {
			return nil
		}
		err = steps[i].ask(terminal.Place{Of: w.of, N: i + 1, Total: len(steps) + w.more, Back: i > 0, Kept: w.kept != nil})
		switch {
		case errors.Is(err, terminal.ErrBack):
			i--
			continue
		case errors.Is(err, terminal.ErrStopped) && !kept:
			return stoppedAsking("")
		case errors.Is(err, terminal.ErrStopped):
			return stoppedAsking(w.again)
		case err != nil:
			return fmt.Errorf("cannot ask questions in this terminal: %w", err)
		}
		if w.kept != nil {
			if err := w.kept(steps[i].name); err != nil {
				return err
			}
			kept = true
		}
		i++
	}
}

// asks asks a question in the form, which is there from the first one until closeForm.
func (a *app) asks(q terminal.Question) error {
	if q.At.Of == "" {
		return a.face().Ask(a.context(), q)
	}
	if a.form == nil {
		a.form = a.face().Form(a.context())
		a.closing = append(a.closing, func() error { a.closeForm(); return nil })
	}
	return a.form.Ask(q)
}

// closeForm gives the terminal back, so that results can be printed.
func (a *app) closeForm() {
	if a.form != nil {
		a.form.Close()
		a.form = nil
	}
}
