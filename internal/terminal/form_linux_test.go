package terminal

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// usual is the surroundings of a form: a terminal with colors.
func usual(t *testing.T) {
	t.Helper()
	for name, value := range map[string]string{"TERM": "xterm-256color", noColorVariable: "", "COLORTERM": "truecolor",
		"CLICOLOR": "", "CLICOLOR_FORCE": "", "TMUX": ""} {
		t.Setenv(name, value)
	}
}

// alone is the place of a question that has a screen of its own.
var alone = Place{Of: "Test", N: 1, Total: 1}

// sgr is a sequence that sets how characters look (ECMA-48, 8.3.117), and osc one that sets
// the terminal's own colors (4, 10 to 19), which a question for them is not.
var (
	sgr = regexp.MustCompile("\x1b\\[([0-9;:]*)m")
	osc = regexp.MustCompile("\x1b\\](4|1[0-9]);[^?]")
)

// colors are the sequences for color in what a terminal was sent.
func colors(shown string) (out []string) {
	for _, m := range sgr.FindAllStringSubmatch(shown, -1) {
		for part := range strings.FieldsFuncSeq(m[1], func(r rune) bool { return r == ';' || r == ':' }) {
			if n := "0" + part; len(part) > 1 && strings.ContainsRune("3490", rune(n[len(n)-2])) || len(part) > 2 {
				out = append(out, m[0])
				break
			}
		}
	}
	return append(out, osc.FindAllString(shown, -1)...)
}

func TestColors(t *testing.T) {
	for shown, want := range map[string]int{
		"\x1b[31m": 1, "\x1b[1;38;5;212m": 1, "\x1b[48;2;1;2;3mx\x1b[m": 1, "\x1b[38:2::1:2:3m": 1, "\x1b[97m": 1, "\x1b[107m": 1,
		"\x1b[39m": 1, "\x1b]11;#fff\x07": 1, "\x1b]12;red\x07": 1,
		"\x1b[1mbold\x1b[0m": 0, "\x1b[7m": 0, "\x1b[m": 0, "\x1b[2;4;22;27m": 0, "\x1b[31C": 0, "\x1b]11;?\x07": 0, "\x1b[?25h": 0,
	} {
		if got := colors(shown); len(got) != want {
			t.Errorf("%q: %q", shown, got)
		}
	}
}

// Each kind of question is answered with keys.
func TestAnswers(t *testing.T) {
	usual(t)
	options := []Option{{Label: "News media", Value: "media"}, {Label: "Everyone else", Value: "other"},
		{Label: "(skip this question)", Value: ""}}
	for _, row := range []struct {
		name, shows, keys string
		question          Question
		text              string
		yes               bool
	}{
		{"a line", "Your name", "Ana Ruíz\r", Question{Title: "Your name"}, "Ana Ruíz", false},
		{"a line that was begun", "Your name", " Ruiz\r", Question{Title: "Your name"}, "Ana Ruiz", false},
		{"a text", "Street", "12 Main St\nApt. 4\r", Question{Kind: Text, Lines: 2, Title: "Street"}, "12 Main St\nApt. 4", false},
		{"yes", "Go on?", "y", Question{Kind: YesNo, Title: "Go on?"}, "", true},
		{"no", "Go on?", "n", Question{Kind: YesNo, Title: "Go on?"}, "", false},
		{"nothing but Enter", "Go on?", "\r", Question{Kind: YesNo, Title: "Go on?"}, "", false},
		{"the other button", "Go on?", "\x1b[D\r", Question{Kind: YesNo, Title: "Go on?"}, "", true},
		{"a choice", "Category", "\x1b[B\r", Question{Kind: Choice, Title: "Category", Options: options}, "other", false},
		{"no choice", "Category", "G\r", Question{Kind: Choice, Title: "Category", Options: options}, "", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := newFake(t, 80)
			text, yes := "", false
			if strings.Contains(row.name, "begun") {
				text = "Ana"
			}
			if row.question.Kind == Choice {
				text = "media"
			}
			row.question.Into, row.question.Yes, row.question.At = &text, &yes, alone
			done := asks(func() error { return askedIn(t.Context(), f.face(), row.question) })
			f.shows(t, row.shows)
			f.keys(t, row.keys)
			if err := wait(t, done); err != nil || text != row.text || yes != row.yes {
				t.Errorf("%q, %v, %v", text, yes, err)
			}
			if !f.echoes(t) {
				t.Error("the terminal is not as it was")
			}
		})
	}
}

// An answer that does not do is refused with the reason, as it is worded, and asked for anew.
func TestRefusedAnswer(t *testing.T) {
	usual(t)
	f := newFake(t, 80)
	face := f.face()
	face.Words = func(s string) string { return strings.ReplaceAll(s, "ACT", "foia next") }
	email := ""
	done := asks(func() error {
		return askedIn(t.Context(), face, Question{At: alone, Title: "E-mail", Help: "See ACT", Into: &email, Check: func(s string) error {
			if !strings.Contains(s, "@") {
				return errors.New("no @ in it; try ACT\x1b[2J")
			}
			return nil
		}})
	})
	f.shows(t, "See foia next")
	f.keys(t, "ana\r")
	f.shows(t, "try foia next\ufffd[2J")
	f.keys(t, "@example.org\r")
	if err := wait(t, done); err != nil || email != "ana@example.org" {
		t.Errorf("%q, %v", email, err)
	}
}

// askedIn asks one question: in a form, if it has a place among others.
func askedIn(ctx context.Context, face Terminal, q Question) error {
	if q.At.Of == "" {
		return face.Ask(ctx, q)
	}
	form := face.Form(ctx)
	defer form.Close()
	return form.Ask(q)
}

// oneByOne asks one question after another, as the face does, until one ends in an error.
func oneByOne(t *testing.T, face Terminal, questions ...Question) error {
	t.Helper()
	form := face.Form(t.Context())
	defer form.Close()
	for i := 0; i < len(questions); {
		q := questions[i]
		q.At = Place{Of: "Test", N: i + 1, Total: len(questions), Back: i > 0}
		switch err := form.Ask(q); {
		case errors.Is(err, ErrBack):
			i--
		case err != nil:
			return err
		default:
			i++
		}
	}
	return nil
}

// Questions come one after another, back and forth, and say where they stand; Ctrl-C on one
// leaves its answer as it was.
func TestOneAfterAnother(t *testing.T) {
	usual(t)
	for name, keys := range map[string]string{"answered": "y", "stopped": "\x03"} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, 80)
			first, second, yes := "", "", false
			done := asks(func() error {
				return oneByOne(t, f.face(), Question{Title: "First question", Into: &first},
					Question{Title: "Second question", Into: &second, Optional: true},
					Question{Kind: YesNo, Title: "Go on?", Yes: &yes})
			})
			f.shows(t, "First question")
			f.shows(t, "1 of 3")
			f.keys(t, "one\r")
			f.shows(t, "Second question (optional)")
			f.keys(t, "\x1b[Z!\rtwo\r") // shift+tab; what is typed before a question is there waits for it
			f.shows(t, "Go on?")
			f.keys(t, keys)
			err := wait(t, done)
			f.shows(t, "1 of 3 · First question: one!\r\n2 of 3 · Second question: two\r\n")
			if first != "one!" || second != "two" || name == "answered" && (err != nil || !yes) ||
				name == "stopped" && (!errors.Is(err, ErrStopped) || yes) {
				t.Errorf("%q, %q, %v, %v", first, second, yes, err)
			}
		})
	}
}

// A question that nobody answers is an error, whatever ends it, and never a no.
func TestNotAnswered(t *testing.T) {
	for name, kind := range map[string]string{"a form": "xterm-256color", "line by line": "dumb", "alone": "xterm-256color"} {
		for how, end := range map[string]func(*testing.T, *fake, func()){
			"Ctrl-C": func(t *testing.T, f *fake, stop func()) {
				if f.echoes(t) {
					stop() // the terminal makes a signal of it, which ends the command
				} else {
					f.keys(t, "\x03")
				}
			},
			"Ctrl-D": func(t *testing.T, f *fake, stop func()) {
				if f.echoes(t) {
					f.keys(t, "\x04")
				} else {
					stop() // means nothing in a form
				}
			},
			"the command": func(_ *testing.T, _ *fake, stop func()) { stop() },
			"SIGTERM": func(t *testing.T, _ *fake, stop func()) {
				heard := make(chan os.Signal, 1)
				signal.Notify(heard, syscall.SIGTERM)
				t.Cleanup(func() { signal.Stop(heard) })
				if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
					t.Error(err)
				}
				<-heard
				if name != "a form" {
					stop() // as foia does; a form hears of it by itself
				}
			},
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				usual(t)
				t.Setenv("TERM", kind)
				f := newFake(t, 80)
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				done := asks(func() error {
					yes := false
					q := Question{Kind: YesNo, Title: "Go on?", Yes: &yes, At: alone}
					if name == "alone" {
						q.At = Place{}
					}
					err := askedIn(ctx, f.face(), q)
					if yes {
						t.Error("yes")
					}
					return err
				})
				f.shows(t, "Go on?")
				end(t, f, stop)
				if err := wait(t, done); err == nil {
					t.Error("no error")
				}
				if !f.echoes(t) {
					t.Error("the terminal is not as it was")
				}
				f.keys(t, "\r") // for what still reads
			})
		}
	}
}

// A dumb terminal is asked line by line, without sequences that it would show, and not on
// standard output, which has the result.
func TestDumb(t *testing.T) {
	usual(t)
	t.Setenv("TERM", "dumb")
	f := newFake(t, 80)
	face := f.face()
	var out strings.Builder
	face.Out = &out
	name, category, yes := "", "", false
	options := []Option{{Label: "News media", Value: "media"}, {Label: "Everyone else", Value: "other"}}
	done := asks(func() error {
		return oneByOne(t, face, Question{Title: "Your name", Into: &name},
			Question{Kind: Choice, Title: "Category", Options: options, Into: &category},
			Question{Kind: YesNo, Title: "Go on?", Yes: &yes})
	})
	f.shows(t, "Your name")
	f.keys(t, "Ana\r")
	f.shows(t, "2. Everyone else")
	f.keys(t, "2\r")
	f.shows(t, "Go on?")
	f.keys(t, "yes\r")
	if err := wait(t, done); err != nil || name != "Ana" || category != "other" || !yes {
		t.Errorf("%q, %q, %v, %v", name, category, yes, err)
	}
	if strings.Contains(f.text(), "\x1b") || out.Len() > 0 {
		t.Errorf("shown: %q; printed: %q", f.text(), &out)
	}
}

// Colors are for the form alone, and NO_COLOR takes them out of it, whatever it says; which
// button is chosen is seen all the same.
func TestNoColor(t *testing.T) {
	for _, row := range []struct {
		value, term string
		colored     bool
	}{
		{"", "xterm-256color", true},
		{"1", "xterm-256color", false},
		{"yes", "xterm-256color", false}, // which Go reads as no truth
		{"0", "xterm-256color", false},
		{"yes", "xterm-kitty", false},
		{"yes", "dumb", false},
	} {
		t.Run(row.value+" "+row.term, func(t *testing.T) {
			usual(t)
			t.Setenv(noColorVariable, row.value)
			t.Setenv("TERM", row.term)
			t.Setenv("CLICOLOR_FORCE", "1")
			f := newFake(t, 80)
			f.face().Note("note: %s", "no color")
			f.face().Wrapped("", "", "no color")
			if _, err := f.face().Table([]Column{{Name: "ID"}}, [][]string{{"2026-0001"}}); err != nil {
				t.Fatal(err)
			}
			f.shows(t, "2026-0001")
			if strings.Contains(f.text(), "\x1b") {
				t.Errorf("printed: %q", f.text())
			}
			name, text, category, yes := "", "", "media", false
			done := asks(func() error {
				needed := func(s string) error {
					if s == "" {
						return errors.New("needs an answer")
					}
					return nil
				}
				options := []Option{{Label: "News media", Value: "media"}, {Label: "Everyone else", Value: "other"}}
				return oneByOne(t, f.face(), Question{Title: "Your name", Help: "Signs", Into: &name, Check: needed},
					Question{Kind: Text, Title: "Use of it", Into: &text},
					Question{Kind: Choice, Title: "Category", Options: options, Into: &category},
					Question{Kind: YesNo, Title: "Go on?", Yes: &yes})
			})
			f.shows(t, "Your name")
			f.keys(t, "\r")
			f.shows(t, "needs an answer")
			f.keys(t, "Ana\r")
			f.shows(t, "Use of it")
			f.keys(t, "none\r")
			if row.term == "dumb" {
				f.keys(t, "\r") // the line that ends the text
			}
			f.shows(t, "Everyone else")
			f.keys(t, "\r")
			f.shows(t, "Go on?")
			f.keys(t, "y\r")
			if err := wait(t, done); err != nil || name != "Ana" || !yes {
				t.Errorf("%q, %v, %v", name, yes, err)
			}
			got := colors(f.text())
			if (len(got) > 0) != row.colored {
				t.Errorf("colors: %q", got)
			}
			_, buttons, _ := strings.Cut(f.text(), "Go on?") // no cursor there
			if !row.colored && row.term != "dumb" && !strings.Contains(buttons, "\x1b[7m") {
				t.Errorf("the button that is chosen looks like the other: %q", buttons)
			}
		})
	}
}

// Texts that come from files are shown in a form without what a terminal would obey.
func TestFormIsClean(t *testing.T) {
	for _, term := range []string{"xterm-256color", "dumb"} {
		t.Run(term, func(t *testing.T) {
			usual(t)
			t.Setenv("TERM", term)
			f := newFake(t, 80)
			bad := "\x1b]0;owned\x07\u202e\x9b2J"
			text := ""
			done := asks(func() error {
				return askedIn(t.Context(), f.face(), Question{Kind: Choice, Title: "Title" + bad, Help: "Help" + bad, Above: "Above" + bad,
					Options: []Option{{Label: "Label" + bad, Value: "value" + bad}}, Into: &text, At: alone})
			})
			f.shows(t, "Label\ufffd]0;owned")
			if term == "dumb" {
				f.keys(t, "1")
			}
			f.keys(t, "\r")
			if err := wait(t, done); err != nil || text != "value"+bad {
				t.Errorf("%q, %v", text, err)
			}
			for _, sign := range []string{"\x1b]0;", "\x07\u202e", "\u202e", "\x9b", "\u009b"} {
				if strings.Contains(strings.ReplaceAll(f.text(), "\ufffd", "?"), sign) {
					t.Errorf("%q is shown", sign)
				}
			}
		})
	}
}
