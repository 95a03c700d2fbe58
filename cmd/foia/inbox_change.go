package main

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"foia/internal/inbox"
	"foia/internal/terminal"
)

// askRequestOf asks which request one of the events is about, of a message about several.
func (s *sorting) askRequestOf(item *inbox.Item, i int) error {
	r, id := &recording{a: s.a, book: s.reader.Book}, item.Entries[i].Entry.Request
	err := s.asks(terminal.Question{Kind: terminal.Search, Title: "Which request is it about?", Above: s.textOf(item), Into: &id,
		Find: r.findRequests, Help: "Type a word of the office or the subject, or its number.",
		At: terminal.Place{Of: ofReplies, Back: true}})
	if err != nil {
		return err
	}
	return s.reader.Move(s.cmd.Context(), item, i, id)
}

// change asks which of the events is to change, and then for the answers.
func (s *sorting) change(item *inbox.Item) error {
	at := []int{}
	for i, e := range item.Entries {
		if !e.Before && !e.Left {
			at = append(at, i)
		}
	}
	const leave, ofEntry = "leave:", "request:"
	which := ""
	q := terminal.Question{Kind: terminal.Choice, Title: "What is to change?", Into: &which, At: terminal.Place{Of: ofReplies, Back: true}}
	steps := map[int][]step{}
	edits := map[int]*recording{}
	for _, i := range at {
		if e := item.Entries[i]; e.Entry.Request == "" || e.Proposal.Request != "" {
			q.Options = append(q.Options, terminal.Option{Value: ofEntry + strconv.Itoa(i),
				Label: e.Kind.Words() + ": Which request? " + cmp.Or(e.Entry.Request, "not known: "+e.Proposal.Request)})
			if e.Entry.Request == "" {
				continue
			}
		}
		r, err := s.editing(item, item.Entries[i])
		if err != nil {
			return err
		}
		edits[i] = r
		if steps[i], err = r.steps(); err != nil {
			return err
		}
		name := r.entry.Event.Kind.Words()
		for n, one := range steps[i] {
			label := r.answerOf(one.name)
			if len(at) > 1 {
				label = name + ": " + label
			}
			q.Options = append(q.Options, terminal.Option{Label: label, Value: fmt.Sprintf("%d:%d", i, n)})
		}
		q.Options = append(q.Options, terminal.Option{Label: "Leave out: " + name, Value: leave + strconv.Itoa(i)})
	}
	if err := s.asks(q); err != nil {
		return err
	}
	if text, ok := strings.CutPrefix(which, leave); ok {
		i, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		return s.reader.Leave(s.cmd.Context(), item, i)
	}
	if text, ok := strings.CutPrefix(which, ofEntry); ok {
		i, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		return s.askRequestOf(item, i)
	}
	var i, n int
	if _, err := fmt.Sscanf(which, "%d:%d", &i, &n); err != nil {
		return fmt.Errorf("no such answer: %q", which)
	}
	r := edits[i]
	if err := s.stopped(steps[i][n].ask(terminal.Place{Of: ofReplies, Back: true})); err != nil {
		return err
	}
	for now, err := r.steps(); ; now, err = r.steps() { // another event has other details
		if err != nil {
			return err
		}
		first := firstNew(steps[i], now)
		if first >= len(now) {
			break
		}
		if err := s.stopped(now[first].ask(terminal.Place{Of: ofReplies, Back: true})); err != nil {
			return err
		}
		steps[i] = append(steps[i], now[first])
	}
	return s.reader.Change(s.cmd.Context(), item, i, r.entry.Event)
}

// stopped is the error of a question that another part of the program asks.
func (s *sorting) stopped(err error) error {
	if errors.Is(err, terminal.ErrStopped) {
		s.a.closeForm()
		s.a.note("Stopped. What you agreed to is recorded; nothing else was written.")
		return errStopSorting
	}
	return err
}

// editing is an entry as the form of foia record has it.
func (s *sorting) editing(item *inbox.Item, e inbox.Entry) (*recording, error) {
	r := &recording{a: s.a, book: s.reader.Book, named: true, came: "0", entry: e.Entry, above: s.textOf(item)}
	r.entry.Event.Data = map[string]string{}
	for k, v := range e.Entry.Event.Data {
		r.entry.Event.Data[k] = v
	}
	r.entry.Attach = []string{"the message itself"} // so that no other file is asked for
	return r, r.choose(e.Entry.Request)
}
