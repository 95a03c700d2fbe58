package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"foia/internal/inbox"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// listWaiting lists the messages that wait, and asks whether to go through them; goOn: they are gone through.
func (s *sorting) listWaiting() (goOn bool, err error) {
	if s.flags.dryRun || s.flags.accept != "" {
		return true, nil
	}
	a := s.a
	var rows [][]string
	for item, err := range s.reader.Waiting(s.cmd.Context()) {
		if err != nil {
			return false, err
		}
		rows = append(rows, waitingRow(item))
	}
	if len(rows) == 0 {
		fmt.Fprintf(a.out, "No message waits in %s/. To read one: foia inbox FILE\n", workspace.InboxDir)
		return false, nil
	}
	columns := []terminal.Column{{Name: "Came"}, {Name: "From", Drop: 2}, {Name: "About"}, {Name: "Subject", Drop: 1}, {Name: "File"}}
	if !a.face().Tabs() { // a person opens a message in the form, and needs no name
		columns = columns[:len(columns)-1]
		for i := range rows {
			rows[i] = rows[i][:len(columns)]
		}
	}
	if err := a.table(columns, rows); err != nil || !a.terminal() {
		return false, err
	}
	s.reader.Again()
	goOn = true
	err = a.face().Ask(a.context(), terminal.Question{Kind: terminal.YesNo, Yes: &goOn,
		Title: "Go through " + map[bool]string{true: "it", false: "them"}[len(rows) == 1] + " now?"})
	if errors.Is(err, terminal.ErrStopped) {
		return false, nil
	}
	return goOn, err
}

// waitingRow is a message that waits, in a line.
func waitingRow(item inbox.Item) []string {
	day, from, subject := "", "", ""
	if d := item.Day(); !d.IsZero() {
		day = d.String()
	}
	if item.Message != nil {
		m := item.Message.Letter()
		if from = m.From.Name; from == "" {
			from = m.From.Address
		}
		subject = m.Subject
	} else {
		from, subject = firstLine(item), item.Reading.Hint.Subject
		if n := item.Reading.Hint.Tracking; subject == "" {
			subject = n
		}
	}
	about := item.Match.Request
	switch {
	case about != "":
	case len(item.Match.Candidates) > 0:
		about = strings.Join(item.Match.Candidates, " or ")
	default:
		about = "not known"
	}
	return []string{day, clean(from), about, clean(subject), clean(filepath.Base(item.File))}
}

// firstLine is the first line of a letter, in which an office names itself.
func firstLine(item inbox.Item) string {
	for _, p := range item.Read() {
		for line := range strings.Lines(p.Text) {
			if line = strings.TrimSpace(line); line != "" {
				return line
			}
		}
	}
	return ""
}
