package terminal

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
)

// mostItems is how many of the items given so far are shown.
const mostItems = 5

// items are texts given one after another: Enter takes one, and Enter alone ends the list.
type items struct {
	*huh.Text
	t      Terminal
	answer *answer
	text   string
	rows   int
	width  int
	err    error
	done   bool
}

func newItems(t Terminal, a *answer) *items {
	l := &items{t: t, answer: a, rows: noRows, width: noWidth}
	l.Text = newText(a, &l.text)
	l.Lines(2)
	return l
}

func (l *items) keys() string {
	if len(l.answer.items) == 0 {
		return "enter: add"
	}
	return "enter: add, or go on if empty · ↑: change the last"
}

// fit leaves out earlier items first, and then shows one line of what is typed, not two.
func (l *items) fit(rows int) {
	l.rows = rows
	l.Lines(min(max(rows-1, 1), 2))
}

func (l *items) Error() error { return l.err }

func (l *items) complete(string) bool { return l.done }

// WithWidth sets the width of the field.
func (l *items) WithWidth(width int) huh.Field {
	l.width = width
	l.Text.WithWidth(width)
	return l
}

// Update is called for every key, and for what is pasted.
func (l *items) Update(message tea.Msg) (huh.Model, tea.Cmd) {
	switch m := message.(type) {
	case tea.KeyPressMsg:
		switch m.String() {
		case "enter", "tab":
			l.enter()
			return l, nil
		case "up":
			if n := len(l.answer.items); l.text == "" && n > 0 {
				l.begin(l.answer.items[n-1])
				l.answer.items = l.answer.items[:n-1]
				return l, nil
			}
		}
	case tea.PasteMsg:
		if strings.ContainsAny(m.Content, "\r\n") {
			l.paste(m.Content)
			return l, nil
		}
	}
	before := l.text
	_, cmd := l.Text.Update(message)
	if l.text != before {
		l.err = nil
	}
	return l, cmd
}

// enter adds what was typed; if that is nothing, the list is ended.
func (l *items) enter() {
	switch l.err = nil; {
	case strings.TrimSpace(l.text) != "":
		l.add(l.text)
	case len(l.answer.items) == 0 && !l.answer.Optional:
		l.err = errNone
	default:
		l.done = true
	}
}

// paste adds what was typed and each line of what was pasted.
func (l *items) paste(text string) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	l.add(strings.Split(l.text+text, "\n")...)
}

func (l *items) add(texts ...string) {
	if err := l.answer.add(texts...); err != nil {
		l.err = errors.New(l.t.say(err.Error()))
		return
	}
	l.begin("")
}

// begin puts a text where the next item is typed.
func (l *items) begin(text string) {
	l.text = text
	l.Value(&l.text)
}

// View is the items so far, and where the next is typed.
func (l *items) View() string {
	var out []string
	all := l.answer.items
	const others = 4 // how many are above, the number of the next, and two lines of it
	first := max(len(all)-max(min(mostItems, l.rows-others), 0), 0)
	if first > 0 && l.rows >= others {
		out = append(out, fmt.Sprintf("(%d more above)", first))
	}
	for i := first; i < len(all); i++ {
		out = append(out, cut(fmt.Sprintf("%d. %s", i+1, Cell(l.t.say(all[i]))), max(l.width-1, 1)))
	}
	out = append(out, fmt.Sprintf("%d.", len(all)+1), l.Text.View())
	return strings.Join(out, "\n")
}
