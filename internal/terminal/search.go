package terminal

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
)

// mostFound is how many of what a Search finds are shown at once.
const mostFound = 8

// search is a line of words, and below it what they find.
type search struct {
	*huh.Input
	t      Terminal
	answer *answer
	words  string
	found  []Option
	at     int // the one that Enter chooses
	moved  bool
	told   bool // something is known of an option
	rows   int  // of what is found
	more   int  // below them, for what is known of one
	width  int
	look   huh.Theme
	err    error
	done   bool
}

var (
	errNothingFound  = errors.New("nothing is found: try other words, or fewer")
	errNothingChosen = errors.New("type a word, or choose with the arrows")
)

func newSearch(t Terminal, a *answer) *search {
	s := &search{t: t, answer: a, words: a.Words, rows: mostFound, width: noWidth, look: theme()}
	s.Input = huh.NewInput().Value(&s.words)
	s.find(a.Words)
	for i, o := range s.found {
		if o.Value == a.text && a.text != "" {
			s.at = i
		}
	}
	return s
}

func (*search) keys() string { return "type to search · ↑↓: move · enter: choose" }

// mostMore is how many lines tell of the option that Enter chooses.
const mostMore = 4

// fit leaves lines for what is known of an option where there is room for both.
func (s *search) fit(rows int) {
	if s.more = 0; s.told && rows > 1+2*mostMore {
		s.more = mostMore
	}
	s.rows = max(min(rows-1-s.more, mostFound), 1)
}

// find brings what the words find.
func (s *search) find(words string) {
	s.found = s.answer.Find(words)
	s.told = s.told || slices.ContainsFunc(s.found, func(o Option) bool { return o.More != "" })
}

func (s *search) Error() error { return s.err }

func (s *search) complete(string) bool { return s.done }

// WithWidth sets the width of the field.
func (s *search) WithWidth(width int) huh.Field {
	s.width = width
	s.Input.WithWidth(width)
	return s
}

// Update is called for every key.
func (s *search) Update(message tea.Msg) (huh.Model, tea.Cmd) {
	if key, pressed := message.(tea.KeyPressMsg); pressed {
		switch key.String() {
		case "up", "ctrl+p":
			s.at, s.moved, s.err = max(s.at-1, 0), true, nil
			return s, nil
		case "down", "ctrl+n":
			s.at, s.moved, s.err = max(min(s.at+1, len(s.found)-1), 0), true, nil
			return s, nil
		case "enter", "tab":
			switch {
			case len(s.found) == 0:
				s.err = errNothingFound
				return s, nil
			case s.words == "" && !s.moved && s.answer.text == "":
				s.err = errNothingChosen // the first of all is nobody's choice
				return s, nil
			}
			s.choose(s.found[s.at])
			return s, nil
		}
	}
	before := s.words
	_, cmd := s.Input.Update(message)
	if s.words != before {
		s.find(s.words)
		s.at, s.err = 0, nil
	}
	return s, cmd
}

// choose takes what was found. What has no value is no answer, but something to know.
func (s *search) choose(o Option) {
	if o.Value == "" {
		s.err = errors.New(s.t.say(o.Label))
		return
	}
	if err := s.answer.wrong(o.Value); err != nil {
		s.err = errors.New(s.t.say(err.Error()))
		return
	}
	s.answer.text, s.answer.label, s.done = o.Value, o.Label, true
}

// View is the words and what they find.
func (s *search) View() string {
	look := s.look.Theme(false).Focused
	out := []string{s.Input.View()}
	first := max(0, s.at-s.rows+1)
	for i := first; i < min(first+s.rows, len(s.found)); i++ {
		label := cut(s.t.say(s.found[i].Label), max(s.width-4, 1))
		if i == s.at {
			out = append(out, look.SelectSelector.String()+look.SelectedOption.Render(label))
		} else {
			out = append(out, "  "+look.UnselectedOption.Render(label))
		}
	}
	for len(out) < s.rows+1 { // what is below does not jump while somebody types
		out = append(out, "")
	}
	if s.more > 0 {
		var known []string
		if s.at < len(s.found) {
			known = shortened(filled("", "", strings.Fields(s.t.say(s.found[s.at].More)), max(s.width-2, 1)), s.more)
		}
		for _, line := range known {
			out = append(out, "  "+look.Description.Render(cut(line, max(s.width-2, 1))))
		}
		for range s.more - len(known) {
			out = append(out, "")
		}
	}
	return strings.Join(out, "\n")
}
