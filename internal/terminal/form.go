package terminal

import (
	"context"
	"errors"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
)

// Colors: nothing that foia prints has any, but the form in which it asks. There they follow
// https://no-color.org (read on November 28, 2026): none, if NO_COLOR is set and not empty,
// whatever it says. The library takes only what Go reads as a truth for that.
const noColorVariable = "NO_COLOR"

func colorless() bool { return os.Getenv(noColorVariable) != "" }

// dumb tells whether the terminal cannot place what it prints, such as a shell in Emacs; the
// library then asks line by line, without a form.
func dumb() bool { return os.Getenv("TERM") == "dumb" }

// form is the library's form, with its answers.
type form struct {
	*huh.Form
	answers []*answer
	in      *lines // where a dumb terminal's answers come from

	program *tea.Program    // what shows the form
	command context.Context // ends it
	watched bool
	release func() bool // from command
}

// newForm makes the form: for one question without the line that says which keys there are.
func (t Terminal) newForm(ctx context.Context, pages [][]Question) *form {
	f := &form{command: ctx, release: func() bool { return true }}
	var groups []*huh.Group
	for _, page := range pages {
		var fields []huh.Field
		for _, q := range page {
			a := newAnswer(q)
			f.answers = append(f.answers, a)
			fields = append(fields, t.field(q, a))
		}
		groups = append(groups, huh.NewGroup(fields...))
	}
	f.Form = huh.NewForm(groups...).WithShowHelp(len(f.answers) > 1)
	environment := os.Environ()
	if colorless() {
		environment = append(environment, noColorVariable+"=1")
	}
	f.WithProgramOptions(tea.WithEnvironment(environment), f.remember, tea.WithFilter(f.ended)).WithOutput(t.Err)
	switch {
	case dumb():
		f.in = &lines{from: t.In}
		f.WithInput(f.in).WithTheme(huh.ThemeFunc(huh.ThemeBase))
	case colorless():
		f.WithInput(t.In).WithTheme(huh.ThemeFunc(plainTheme))
	default:
		f.WithInput(t.In)
	}
	return f
}

// plainTheme is the form without color. Which of two buttons is chosen, is seen all the same.
func plainTheme(dark bool) *huh.Styles {
	theme := huh.ThemeCharm(dark)
	theme.Focused.FocusedButton = theme.Focused.FocusedButton.Reverse(true)
	theme.Focused.Next = theme.Focused.FocusedButton
	return theme
}

// field is a question as the library has it.
func (t Terminal) field(q Question, a *answer) huh.Field {
	title, help := t.say(q.Title), t.say(q.Help)
	check := func(s string) error {
		if q.Check == nil {
			return nil
		}
		if err := q.Check(s); err != nil {
			return errors.New(t.say(err.Error()))
		}
		return nil
	}
	switch q.Kind {
	case YesNo:
		return huh.NewConfirm().Title(title).Description(help).Value(&a.yes)
	case Choice:
		var options []huh.Option[string]
		for _, o := range q.Options {
			options = append(options, huh.NewOption(t.say(o.Label), o.Value))
		}
		return huh.NewSelect[string]().Title(title).Description(help).Options(options...).Value(&a.text)
	case Text:
		text := huh.NewText().Title(title).Description(help).Validate(check).Value(&a.text)
		if q.Lines > 0 {
			text.Lines(q.Lines)
		}
		return text
	default:
		return huh.NewInput().Title(title).Description(help).Validate(check).Value(&a.text)
	}
}

// run asks. An end that is no answer is an error, though the library has none for SIGTERM,
// nor for input that ends.
func (f *form) run() error {
	if f.command.Err() != nil {
		return ErrStopped
	}
	if f.in != nil {
		_, err := until(f.command, func() (any, error) { return nil, f.Run() })
		if err == nil && f.in.ended {
			err = errEnded
		}
		return err
	}
	err := f.Run()
	f.release()
	if errors.Is(err, huh.ErrUserAborted) || err == nil && f.State != huh.StateCompleted {
		return ErrStopped
	}
	return err
}

// remember keeps what shows the form.
func (f *form) remember(p *tea.Program) { f.program = p }

// ended has the form quit when the command ends, and when it is interrupted: left to itself,
// the library would then take from its reader what that still reads. It sees each message, the
// first when the form is there.
func (f *form) ended(_ tea.Model, message tea.Msg) tea.Msg {
	if !f.watched {
		f.watched, f.release = true, context.AfterFunc(f.command, f.program.Quit)
	}
	if _, interrupted := message.(tea.InterruptMsg); interrupted {
		return tea.QuitMsg{}
	}
	return message
}

// lines is what somebody types in a dumb terminal, and whether it ended.
type lines struct {
	from  io.Reader
	ended bool
}

func (l *lines) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	l.ended = l.ended || err != nil
	return n, err
}
