package terminal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
)

// Colors: nothing that foia prints has any, but the form in which it asks. There they follow
// https://no-color.org (read on November 28, 2026): none, if NO_COLOR is set and not empty,
// whatever it says. The library takes only what Go reads as a truth for that.
const noColorVariable = "NO_COLOR"

func colorless() bool { return os.Getenv(noColorVariable) != "" }

// Form asks several questions, one a screen. It is one program for all of them: what somebody types
// before the next question is there, waits for it, and is not lost between two programs.
//
// Where questions are asked line by line, a form is no more than that.
type Form struct {
	t       Terminal
	command context.Context // ends it
	shows   *tea.Program    // nil: it shows nothing yet
	over    chan struct{}   // the program has ended; then err is set
	err     error
	host    *host
	left    []string // a line of each question that was answered
	watched bool
	release func() bool // from command
}

// Form is a form without a question. Close ends it.
func (t Terminal) Form(ctx context.Context) *Form {
	return &Form{t: t, command: ctx, release: func() bool { return true }}
}

// Ask asks a question. If there is an error, no answer was written; it is ErrStopped if the user
// ended the command, and ErrBack if they go back.
func (f *Form) Ask(q Question) error {
	a := newAnswer(q)
	if linewise() {
		if err := f.t.askLinewise(f.command, a); err != nil {
			return err
		}
		a.give()
		return nil
	}
	if f.command.Err() != nil {
		return ErrStopped
	}
	if f.shows == nil {
		f.begin()
	}
	f.shows.Send(f.t.newScreen(a))
	select {
	case err := <-f.host.ended:
		if err != nil {
			return err
		}
	case <-f.over:
		if f.err != nil && !errors.Is(f.err, tea.ErrInterrupted) {
			return fmt.Errorf("the terminal: %w", f.err)
		}
		return ErrStopped // the library has no error for SIGTERM, nor for input that ends
	}
	if a.At.N > 0 {
		f.left = append(f.left, fmt.Sprintf("%d of %d · %s: %s", a.At.N, a.At.Total, strings.TrimRight(f.t.say(a.Title), "?"),
			cmp.Or(f.t.say(a.said()), "–")))
	}
	a.give()
	return nil
}

// begin shows the form.
func (f *Form) begin() {
	environment := os.Environ()
	if colorless() {
		environment = append(environment, noColorVariable+"=1")
	}
	f.host, f.over = &host{ended: make(chan error, 1)}, make(chan struct{})
	f.shows = tea.NewProgram(f.host, tea.WithInput(f.t.In), tea.WithOutput(f.t.Err), tea.WithEnvironment(environment),
		tea.WithFilter(f.watch))
	go func() {
		defer close(f.over)
		_, f.err = f.shows.Run()
	}()
}

// Close gives the terminal back, and leaves a line of each question that was answered.
func (f *Form) Close() {
	if f.shows == nil {
		return
	}
	f.shows.Quit()
	<-f.over
	f.release()
	f.shows = nil
	width := f.t.QuestionWidth()
	for _, line := range f.left {
		fmt.Fprintln(f.t.Err, cut(line, width))
	}
	f.left = nil
}

// watch has the form quit when the command ends, and when it is interrupted: left to itself, the
// library would then take from its reader what that still reads. It sees each message, the first
// when the form is there.
func (f *Form) watch(_ tea.Model, message tea.Msg) tea.Msg {
	if !f.watched {
		f.watched, f.release = true, context.AfterFunc(f.command, f.shows.Quit)
	}
	if _, interrupted := message.(tea.InterruptMsg); interrupted {
		return tea.QuitMsg{}
	}
	return message
}

// host shows one question after another.
type host struct {
	now   *screen    // nil: none is asked
	ended chan error // how each ended
	typed []tea.Msg  // while none was asked
	size  tea.WindowSizeMsg
	sized bool
	dark  bool
}

// Init asks for the size of the terminal.
func (h *host) Init() tea.Cmd { return tea.RequestWindowSize }

// Update is called for every key, and for every new question.
func (h *host) Update(message tea.Msg) (tea.Model, tea.Cmd) {
	switch m := message.(type) {
	case tea.WindowSizeMsg:
		h.size, h.sized = m, true
	case tea.BackgroundColorMsg:
		h.dark = m.IsDark()
	case *screen:
		return h, h.show(m)
	case tea.KeyPressMsg, tea.PasteMsg:
		if h.now == nil || h.now.end != unended {
			h.typed = append(h.typed, m)
			return h, nil
		}
	}
	if h.now == nil || h.now.end != unended {
		return h, nil // what was answered is read elsewhere now
	}
	return h, h.tell(message)
}

// show shows a question, and hands on to it what was typed before it was there.
func (h *host) show(s *screen) tea.Cmd {
	h.now = s
	s.dark = h.dark
	if h.sized {
		s.resize(h.size)
	}
	commands := []tea.Cmd{s.begin()}
	for len(h.typed) > 0 && s.end == unended {
		next := h.typed[0]
		h.typed = h.typed[1:]
		commands = append(commands, h.tell(next))
	}
	return tea.Batch(commands...)
}

// tell hands a message to the question, and says how that ended.
func (h *host) tell(message tea.Msg) tea.Cmd {
	before := h.now.end
	command := h.now.take(message)
	if before == unended && h.now.end != unended {
		h.ended <- h.now.end.err()
	}
	return command
}

// View is the question; the last one stays until the next is there.
func (h *host) View() tea.View {
	text := ""
	if h.now != nil {
		text = h.now.text()
	}
	v := tea.NewView(text)
	v.AltScreen = true
	return v
}

// theme is how a form looks.
func theme() huh.Theme {
	if colorless() {
		return huh.ThemeFunc(plainTheme)
	}
	return huh.ThemeFunc(huh.ThemeCharm)
}

// plainTheme is the form without color. Which of two buttons is chosen, is seen all the same.
func plainTheme(dark bool) *huh.Styles {
	theme := huh.ThemeCharm(dark)
	theme.Focused.FocusedButton = theme.Focused.FocusedButton.Reverse(true)
	theme.Focused.Next = theme.Focused.FocusedButton
	return theme
}
