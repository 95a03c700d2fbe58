package terminal

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// screen shows one question: where it stands, its title, help, what is typed, what is wrong with
// that, and the keys. However small the terminal is, title, answer and keys are seen: help gives
// way first.
type screen struct {
	t      Terminal
	answer *answer
	field  widget
	end    ending

	width, rows int
	dark        bool

	above  []string // the text that is read before the answer is given
	at     int      // its first line that is seen
	height int      // how many lines of it are seen
}

// ending is how a question ended.
type ending int

const (
	unended  ending = iota // it has not
	answered               // with an answer
	wentBack
	halted
)

// err is the ending as Ask tells it.
func (e ending) err() error {
	return map[ending]error{wentBack: ErrBack, halted: ErrStopped}[e]
}

// widget is where the answer is given: a field of the library, without title and help, or one of
// ours around it.
type widget interface {
	huh.Field
	keys() string             // those besides the usual
	fit(rows int)             // what it may take, at least one
	complete(key string) bool // the key that it was told of last gave the answer
}

// The size of a terminal that does not say it.
const noRows = 24

// leastAnswer is how many lines are left for what is typed, however long the keys are.
const leastAnswer = 3

func (t Terminal) newScreen(a *answer) *screen {
	s := &screen{t: t, answer: a, field: t.widget(a), width: noWidth, rows: noRows}
	if a.Above != "" {
		s.above = strings.Split(t.say(a.Above), "\n")
	}
	s.field.WithTheme(theme())
	s.field.WithKeyMap(keyMap())
	// The one position in which Enter is the end of each kind.
	s.field.WithPosition(huh.FieldPosition{})
	return s
}

// begin focuses the question.
func (s *screen) begin() tea.Cmd { return tea.Batch(s.field.Init(), s.field.Focus()) }

func (s *screen) resize(m tea.WindowSizeMsg) {
	s.width, s.rows = m.Width, m.Height
	s.field.WithWidth(s.width)
}

// take is told of every key, and of whatever else happens.
func (s *screen) take(message tea.Msg) tea.Cmd {
	key := ""
	switch m := message.(type) {
	case tea.WindowSizeMsg:
		s.resize(m)
	case tea.BackgroundColorMsg:
		s.dark = m.IsDark()
	case tea.KeyPressMsg:
		key = m.String()
		switch {
		case key == "ctrl+c":
			s.end = halted
			return nil
		case key == "shift+tab", key == "esc":
			if s.answer.At.Back {
				s.end = wentBack
			}
			return nil
		case s.scroll(key):
			return nil
		}
	}
	_, cmd := s.field.Update(message)
	if key != "" && s.field.complete(key) {
		s.end = answered
	}
	return cmd
}

func (s *screen) text() string {
	look := theme().Theme(s.dark)
	width := max(s.width-1, 1)
	style := func(l lipgloss.Style, lines ...string) (out []string) {
		for _, line := range lines {
			out = append(out, l.Render(line))
		}
		return out
	}
	head := append(style(look.Focused.Description, s.place(width)...), style(look.Focused.Title, s.wrapped(width, s.title())...)...)
	foot := style(look.Focused.Description, s.wrapped(width, s.keys())...)
	var wrong []string
	if err := s.field.Error(); err != nil {
		wrong = style(look.Focused.ErrorMessage.SetString(""), s.wrapped(width, s.t.say(err.Error()))...)
	}
	help := s.wrapped(width, s.t.say(s.answer.Help))
	foot = shortened(foot, max(s.rows-len(head)-len(wrong)-leastAnswer, 1)) // the first keys are those of the answer
	left := s.rows - len(head) - len(foot) - len(wrong)
	gap := left > 2*leastAnswer
	if gap {
		left-- // an empty line before the keys
	}
	s.field.fit(max(left-min(len(help), left/2), 1))
	given := strings.Split(s.field.View(), "\n")
	if room := left - len(given); len(help) > room {
		help = shortened(help, room)
	}
	lines := append(head, style(look.Focused.Description, help...)...)
	if len(s.above) > 0 {
		lines = append(lines, s.page(left-len(given)-len(help), width)...)
	}
	lines = append(append(lines, given...), wrong...)
	if gap {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, foot...), "\n")
}

// page is the part of the text above the answer that is seen, between two rules.
func (s *screen) page(rows, width int) []string {
	s.height = max(rows-2, 1)
	s.at = max(min(s.at, len(s.above)-s.height), 0)
	last := min(s.at+s.height, len(s.above))
	rule := fmt.Sprintf("── lines %d to %d of %d ", s.at+1, last, len(s.above))
	if last-s.at == len(s.above) {
		rule = ""
	}
	out := []string{strings.Repeat("─", width)}
	for _, line := range s.above[s.at:last] {
		out = append(out, cutEnd(line, width))
	}
	return append(out, cutEnd(rule+strings.Repeat("─", width), width))
}

// cutEnd is a line within a width, cut wherever that ends.
func cutEnd(line string, width int) string {
	if widthOfText(line) <= width {
		return line
	}
	return line[:fits(line, width)]
}

// scroll moves the text above the answer; it tells whether the key is one for that.
func (s *screen) scroll(key string) bool {
	if len(s.above) == 0 {
		return false
	}
	switch key {
	case "pgdown", "space", " ":
		s.at += s.height
	case "pgup":
		s.at -= s.height
	case "home":
		s.at = 0
	case "end":
		s.at = len(s.above)
	default:
		return false
	}
	s.at = max(min(s.at, len(s.above)-s.height), 0)
	return true
}

// shortened are the lines that there is room for, the last with the sign that words are missing.
func shortened(lines []string, room int) []string {
	if room < 1 || len(lines) <= room {
		return lines[:max(min(room, len(lines)), 0)]
	}
	lines = append([]string{}, lines[:room]...)
	lines[room-1] += " …"
	return lines
}

// place says where the question stands.
func (s *screen) place(width int) []string {
	at := s.answer.At
	if at.Of == "" {
		return nil
	}
	of, n := s.t.say(at.Of), ""
	if at.N > 0 {
		n = fmt.Sprintf("%d of %d", at.N, at.Total)
	}
	return []string{of + strings.Repeat(" ", max(width-widthOfText(of)-len(n), 1)) + n}
}

func (s *screen) title() string {
	title := s.t.say(s.answer.Title)
	if s.answer.Optional {
		title += " (optional)"
	}
	return title
}

// keys are all that can be pressed here.
func (s *screen) keys() string {
	out := []string{s.field.keys()}
	const others = 12 // lines of a screen, at most, that are not the text
	if len(s.above) > s.rows-others {
		out = append(out, "page down, page up: read")
	}
	if s.answer.At.Back {
		out = append(out, "shift+tab: back")
	}
	stop := "ctrl+c: stop"
	if s.answer.At.Kept {
		stop += ", answers are kept"
	}
	return strings.Join(append(out, stop), " · ")
}

// wrapped are the lines of a text within a width; none of an empty one.
func (s *screen) wrapped(width int, text string) (lines []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, filled("", "", strings.Fields(line), width)...)
		}
	}
	for i, line := range lines {
		if widthOfText(line) > width {
			lines[i] = cut(line, width)
		}
	}
	return lines
}

// keyMap are the library's keys, with Enter for each kind alike.
func keyMap() *huh.KeyMap {
	keys := huh.NewDefaultKeyMap()
	keys.Text.Editor.SetEnabled(false)
	keys.Select.Filter.SetEnabled(false)
	return keys
}

// checked is the check of a text as the library wants it.
func (t Terminal) checked(a *answer) func(string) error {
	return func(s string) error {
		if err := a.wrong(s); err != nil {
			return errors.New(t.say(err.Error()))
		}
		return nil
	}
}
