package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"foia/internal/desktop"
	"foia/internal/docket"
	"foia/internal/portal"
	"foia/internal/terminal"
)

// board is a clipboard that remembers, or one that is not there.
type board struct {
	texts []string
	fails error
}

func (b *board) Open(string) error { return desktop.ErrNone }

func (b *board) Copy(text string) error {
	if b.fails == nil {
		b.texts = append(b.texts, text)
	}
	return b.fails
}

// The fields come one after the other, with a way back and a way out; where there is no
// clipboard, they are on the screen.
func TestCopyForm(t *testing.T) {
	fields := []portal.Field{{Name: "name_first", Label: "First name", Value: "Ana"},
		{Name: "request_category", Label: "Which?", Value: "media", Shown: "Representative of the news media"},
		{Name: "request_description", Label: "Your request", Value: "Records é\nof x", Limit: 10000}}
	for _, row := range []struct {
		answers []string
		fails   error
		copied  string
		shown   []string
	}{
		{[]string{"", "", ""}, nil, "Ana|Representative of the news media|Records é\nof x",
			[]string{"1 of 3: First name (3 characters)\n", "3 of 3: Your request (14 characters of 10000)\n",
				"Attach requests/x/letter.pdf",
				"foia record 2026-0001 sent --by portal --proof CONFIRMATION"}},
		{[]string{"", "b", "b", "", "Q"}, nil, "Ana|Representative of the news media|Ana|Ana|Representative of the news media",
			nil},
		{[]string{"stop"}, nil, "Ana", nil},
		{[]string{"", "", ""}, fmt.Errorf("%w: no clipboard", desktop.ErrNone), "",
			[]string{"\nAna\n\n", "\nRecords é\nof x\n\n", "copy each text from here"}},
	} {
		var out, errs bytes.Buffer
		b := &board{fails: row.fails}
		a := &app{in: strings.NewReader(""), out: &out, err: &errs, desktop: b}
		a.speak()
		err := a.copyForm(docket.Request{ID: "2026-0001", Via: "portal"}, "requests/x/letter.pdf", fields, func(string) (string, error) {
			if len(row.answers) == 0 {
				return "", errors.New("it asks too often")
			}
			answer := row.answers[0]
			row.answers = row.answers[1:]
			if answer == "stop" {
				return "", terminal.ErrStopped
			}
			return answer, nil
		})
		if err != nil || len(row.answers) > 0 || strings.Join(b.texts, "|") != row.copied {
			t.Errorf("copied %q, %v, left %q", b.texts, err, row.answers)
		}
		for _, want := range row.shown {
			if printed := out.String() + errs.String(); !strings.Contains(strings.ReplaceAll(printed, "\n  ", " "), want) &&
				!strings.Contains(strings.Join(strings.Fields(printed), " "), want) {
				t.Errorf("no %q in %s", want, printed)
			}
		}
		if row.fails != nil && strings.Count(errs.String(), "no clipboard") != 1 {
			t.Errorf("it says %q", errs.String())
		}
	}
}
