package terminal

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
)

// widget is where a question of a kind is answered.
func (t Terminal) widget(a *answer) widget {
	switch a.Kind {
	case YesNo:
		return asked{huh.NewConfirm().Value(&a.yes), "y, n or ←/→ and enter", []string{"enter", "y", "Y", "n", "N"}}
	case Choice:
		return t.newChoice(a)
	case Text:
		text := newText(a, &a.text)
		text.Validate(t.checked(a))
		return lines{asked{text, "enter: next · ctrl+j: new line", atEnter}, text, 1}
	case Block:
		return newBlock(t, a)
	case Search:
		return newSearch(t, a)
	case List:
		return newItems(t, a)
	default:
		return asked{huh.NewInput().Validate(t.checked(a)).Value(&a.text), "enter: next", atEnter}
	}
}

// asked is a field of the library as it is.
type asked struct {
	huh.Field
	named string
	ends  []string // the keys that give the answer, if it will do
}

var atEnter = []string{"enter"}

func (f asked) keys() string             { return f.named }
func (asked) fit(int)                    {}
func (f asked) complete(key string) bool { return slices.Contains(f.ends, key) && f.Error() == nil }

// usualLines is how many lines a Text shows.
const usualLines = 3

// newText is a box for text of several lines. There is no editor in it: that would write what
// is typed into a folder that others share.
func newText(a *answer, into *string) *huh.Text {
	n := usualLines
	if a.Lines > 0 {
		n = a.Lines
	}
	return huh.NewText().ExternalEditor(false).Value(into).Lines(n)
}

// lines is a box for text that becomes lower where there is no room.
type lines struct {
	asked
	text  *huh.Text
	least int
}

func (l lines) fit(rows int) {
	if rows < usualLines {
		l.text.Lines(max(rows, l.least))
	}
}

// choice is a list of what can be chosen, in which the cursor is always seen.
type choice struct {
	asked
	list *huh.Select[string]
	size int
}

func (t Terminal) newChoice(a *answer) choice {
	var options []huh.Option[string]
	for _, o := range a.Options {
		options = append(options, huh.NewOption(t.say(o.Label), o.Value))
	}
	list := huh.NewSelect[string]().Options(options...).Value(&a.text)
	return choice{asked{list, "↑↓: move · enter: choose", atEnter}, list, len(options)}
}

func (c choice) fit(rows int) {
	if needed := strings.Count(c.list.View(), "\n") + 1; needed > rows || c.size > rows {
		c.list.Height(rows)
	}
}

// block is a box for lines, of which an empty one is the end.
type block struct {
	lines
	answer *answer
	check  func(string) error
	err    error
	done   bool
}

func newBlock(t Terminal, a *answer) *block {
	text := newText(a, &a.text)
	text.WithKeyMap(keyMap())
	return &block{lines: lines{asked{text, "enter: new line, or next if the line is empty", nil}, text, 1}, answer: a, check: t.checked(a)}
}

// WithKeyMap leaves the keys as they are.
func (b *block) WithKeyMap(*huh.KeyMap) huh.Field { return b }

func (b *block) Error() error         { return b.err }
func (b *block) complete(string) bool { return b.done }

// Update is called for every key.
func (b *block) Update(message tea.Msg) (huh.Model, tea.Cmd) {
	key, pressed := message.(tea.KeyPressMsg)
	if pressed {
		b.err = nil
	}
	done := pressed && (key.String() == "tab" || key.String() == "enter" && b.ends())
	if !done {
		if pressed && key.String() == "enter" {
			message = tea.KeyPressMsg{Code: 'j', Mod: tea.ModCtrl} // to the library, Enter is the end
		}
		_, cmd := b.text.Update(message)
		return b, cmd
	}
	b.answer.text = strings.TrimSpace(b.answer.text)
	b.err = b.check(b.answer.text)
	b.done = b.err == nil
	return b, nil
}

// ends tells whether the last line is empty.
func (b *block) ends() bool { return b.answer.text == "" || strings.HasSuffix(b.answer.text, "\n") }
