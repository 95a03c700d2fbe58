package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"foia/internal/disk"
	"foia/internal/export"
	"foia/internal/remedy"
	"foia/internal/terminal"
)

// face is where this command reads and prints.
func (a *app) face() terminal.Terminal {
	return terminal.Terminal{In: a.in, Out: unworded(a.out), Err: unworded(a.err), Words: a.words, Now: time.Now,
		Shown: a.shown, Columns: a.columns}
}

// terminal tells whether a person is there to answer.
func (a *app) terminal() bool { return a.face().Person() }

// note tells the user something beside the result.
func (a *app) note(format string, args ...any) { a.face().Note(format, args...) }

// noteLink says what is read where the user named a link: one that came from somebody else may lead anywhere.
func (a *app) noteLink(name string) {
	if to := disk.LeadsTo(name); to != "" {
		a.note("note: %s is a link; the file read is %s", cell(name), cell(to))
	}
}

// table prints rows under a head, as terminal.Table does, and says which columns there was no
// room for.
func (a *app) table(columns []terminal.Column, rows [][]string) error {
	dropped, err := a.face().Table(columns, rows)
	a.notShown(dropped, "a wider terminal or a pipe shows everything")
	return err
}

// notShown says which columns there was no room for, and how they can be seen.
func (a *app) notShown(dropped []string, how string) {
	if len(dropped) > 0 {
		a.wrapped("", "Not shown for lack of room: "+strings.Join(dropped, ", ")+"; "+how+".")
	}
}

// wrapped prints a paragraph within the width of the terminal, each line after
// an indent.
func (a *app) wrapped(indent, s string) { a.face().Wrapped(indent, indent, s) }

// wrappedAfter is wrapped with another beginning of the first line.
func (a *app) wrappedAfter(first, indent, s string) { a.face().Wrapped(first, indent, s) }

// advance says every ten seconds how far a command is with all that it has to do.
func (a *app) advance(all int) func(done int) {
	says := a.face().Advance("")
	return func(done int) { says(done, all) }
}

// counting says every ten seconds how far something is of which nobody knows the end.
func (a *app) counting(what string) func(done int) { return a.face().Counting(what) }

// words is a text with its acts worded, before its width counts.
func (a *app) words(s string) string { return remedy.Words(s, a.wording()) }

// clean takes out of a text what a terminal would obey.
func clean(s string) string { return terminal.Clean(s) }

// cell is a text on one line.
func cell(s string) string { return terminal.Cell(s) }

// json prints a value as indented JSON.
func (a *app) json(v any) error {
	text, err := jsonOf(v)
	if err == nil {
		err = a.writeJSON(text)
	}
	if err != nil {
		return fmt.Errorf("the result cannot be written as JSON: %w", err)
	}
	return nil
}

// jsonList prints an array of what is JSON already, element by element: it may be long.
func (a *app) jsonList(all []json.RawMessage) error {
	before := "[\n  "
	for _, one := range all {
		text := bytes.NewBufferString(before)
		err := json.Indent(text, bytes.TrimSpace(one), "  ", "  ")
		if err == nil {
			err = a.writeJSON(text.Bytes())
		}
		if err != nil {
			return fmt.Errorf("the result cannot be written as JSON: %w", err)
		}
		before = ",\n  "
	}
	if len(all) == 0 {
		return a.writeJSON([]byte("[]\n"))
	}
	return a.writeJSON([]byte("\n]\n"))
}

func (a *app) writeJSON(text []byte) error {
	_, err := unworded(a.out).Write(export.Escaped(remedy.WordsJSON(text, a.wording())))
	return err
}

func jsonOf(v any) ([]byte, error) { return export.JSON(v, "", "  ") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
