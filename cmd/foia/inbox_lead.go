package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// What can be done with a message.
const (
	doRecord  = "record"
	doChange  = "change"
	doMore    = "more"
	doElse    = "else"
	doKeep    = "keep"
	doAnother = "another"
	doWait    = "wait"
	doNothing = "nothing"
	doStop    = "stop"
)

// ofReplies is what the questions about messages lead to.
const ofReplies = "Replies"

// lead asks what is to become of a message, until something has.
func (s *sorting) lead(item *inbox.Item) error {
	if item.Match.Request == "" && !noReply(item) {
		if err := s.askRequest(item); err != nil && !errors.Is(err, terminal.ErrBack) {
			return err
		}
	}
	for {
		text, err := s.screenOf(item)
		if err != nil {
			return err
		}
		options := s.options(item)
		chosen := options[0].Value
		err = s.asks(terminal.Question{Kind: terminal.Choice, Title: "What is to be done with it?", Above: text, Options: options,
			Into: &chosen, At: terminal.Place{Of: ofReplies}})
		if err != nil {
			return err
		}
		over, err := s.do(item, chosen)
		if err != nil || over {
			return err
		}
	}
}

// asks asks a question, and takes Ctrl-C for the end of the way through the messages.
func (s *sorting) asks(q terminal.Question) error {
	err := s.a.asks(q)
	switch {
	case errors.Is(err, terminal.ErrStopped):
		s.a.closeForm()
		s.a.note("Stopped. What you agreed to is recorded; nothing else was written.")
		return errStopSorting
	case err != nil && !errors.Is(err, terminal.ErrBack):
		return fmt.Errorf("cannot ask questions in this terminal: %w", err)
	}
	return err
}

// options are what can be done with a message, what is likely first; what is seldom wanted stands behind doMore, so
// that there is room to read.
func (s *sorting) options(item *inbox.Item) (out []terminal.Option) {
	add := func(value, label string) { out = append(out, terminal.Option{Value: value, Label: label}) }
	n, open := 0, 0
	for _, e := range item.Entries {
		if e.Records() {
			n++
		}
		if !e.Before && !e.Left && item.Match.Request != "" {
			open++
		}
	}
	if n == 0 && (item.Recorded != "" || noReply(item)) {
		add(doNothing, "Go on")
	}
	switch {
	case n == 1:
		add(doRecord, "Record it")
	case n > 1:
		add(doRecord, "Record these "+strconv.Itoa(n)+" events")
	}
	if open > 0 {
		add(doChange, "Change something, or leave an event out")
	}
	if !noReply(item) && item.Recorded == "" {
		wait := terminal.Option{Value: doWait, Label: "Let it wait in " + workspace.InboxDir + "/"}
		switch {
		case item.Match.Request == "":
			out = append(append(out, wait), moreOptions(item)...)
		case open == 0:
			out = append(append(out, moreOptions(item)...), wait)
		default:
			add(doMore, "Something else …")
			out = append(out, wait)
		}
	}
	if n > 0 && item.Recorded != "" {
		add(doNothing, "Go on, and record nothing")
	}
	add(doStop, "Stop here")
	return out
}

// noReply tells whether a message is none that a person has to do something with.
func noReply(item *inbox.Item) bool {
	return item.Kind == inbox.AutoReply || item.Kind == inbox.Suspicious || item.Kind == inbox.Unreadable
}

// moreOptions are what else can be done with a message.
func moreOptions(item *inbox.Item) []terminal.Option {
	nothing := terminal.Option{Value: doNothing, Label: "It is nothing for the log"}
	if item.Match.Request == "" {
		return []terminal.Option{{Value: doAnother, Label: "Say which request it is about"}, nothing}
	}
	return []terminal.Option{
		{Value: doElse, Label: "Record something else that it says"},
		{Value: doKeep, Label: "Keep it with the request, and record nothing else"},
		{Value: doAnother, Label: "It is about another request"}, nothing}
}

// askMore asks what else is to be done with a message.
func (s *sorting) askMore(item *inbox.Item) (over bool, err error) {
	options, chosen := moreOptions(item), doElse
	err = s.asks(terminal.Question{Kind: terminal.Choice, Title: "What is to be done with it?", Options: options, Into: &chosen,
		At: terminal.Place{Of: ofReplies, Back: true}})
	if err != nil {
		return false, s.unless(terminal.ErrBack, err)
	}
	return s.do(item, chosen)
}

// do does what was chosen with a message; over: the next one may come.
func (s *sorting) do(item *inbox.Item, chosen string) (over bool, err error) {
	switch chosen {
	case doRecord:
		return s.recordAll(item)
	case doChange:
		return false, s.unless(terminal.ErrBack, s.change(item))
	case doMore:
		return s.askMore(item)
	case doElse:
		return s.recordElse(item)
	case doKeep:
		return true, s.keep(item)
	case doAnother:
		return false, s.unless(terminal.ErrBack, s.askRequest(item))
	case doWait:
		return true, s.wait(item)
	case doNothing:
		return true, s.reader.Done(s.cmd.Context(), item)
	}
	return true, errStopSorting
}

func (s *sorting) unless(not, err error) error {
	if errors.Is(err, not) {
		return nil
	}
	return err
}

// screenOf is what stands above the question: the message, what it tells, what that changes, and its text.
func (s *sorting) screenOf(item *inbox.Item) (string, error) {
	var b strings.Builder
	shown := *s.a
	shown.out, shown.columns = &b, s.a.face().QuestionWidth()-1
	shown.showHead(item)
	changes, unusual, err := s.changes(item)
	if err != nil {
		return "", err
	}
	for _, c := range changes {
		if c.Before.Status != c.After.Status {
			shown.wrappedAfter("  if recorded, ", "    ",
				c.Request.ID+" goes from “"+string(c.Before.Status)+"” to “"+string(c.After.Status)+"”")
		}
	}
	shown.showTold(item)
	for _, c := range changes {
		fmt.Fprintf(&b, "\nIf recorded, in %s:\n", c.Request.ID)
		shown.showChange(c)
	}
	for _, said := range unusual {
		shown.wrappedAfter("note: ", "  ", said)
	}
	if len(item.Entries) > 0 {
		fmt.Fprintln(&b)
		shown.showText(item, 0)
	}
	return strings.TrimSpace(b.String()), nil
}

// changes are what the entries that can be recorded would change, and what is unusual about them.
func (s *sorting) changes(item *inbox.Item) (changes []logbook.Would, unusual []string, err error) {
	var entries []logbook.Entry
	for _, e := range item.Entries {
		if e.Records() {
			entries = append(entries, e.Entry)
		}
	}
	if len(entries) == 0 {
		return nil, nil, nil
	}
	would, err := s.reader.Book.WouldRecordEach(s.cmd.Context(), entries)
	if err != nil {
		return nil, nil, err
	}
	changes, err = s.reader.Book.Changes(s.cmd.Context(), would)
	return changes, slices.Sorted(maps.Keys(would.Unusual)), err
}

// textOf is the text of a message, for whoever answers a question about it.
func (s *sorting) textOf(item *inbox.Item) string {
	var b strings.Builder
	shown := *s.a
	shown.out, shown.columns = &b, s.a.face().QuestionWidth()-1
	shown.showText(item, 0)
	return strings.TrimRight(b.String(), "\n")
}

// askRequest asks which request a message is about.
func (s *sorting) askRequest(item *inbox.Item) error {
	text, err := s.screenOf(item)
	if err != nil {
		return err
	}
	r := &recording{a: s.a, book: s.reader.Book}
	const none = "(none of them)"
	id := item.Match.Request
	err = s.asks(terminal.Question{Kind: terminal.Search, Title: "Which request is it about?", Above: text, Into: &id,
		At: terminal.Place{Of: ofReplies, Back: true}, Help: "Type a word of the office or the subject, or its number.",
		Find: func(words string) (out []terminal.Option) {
			found := r.findRequests(words)
			for _, c := range item.Match.Candidates { // those that fit come first
				i := slices.IndexFunc(found, func(o terminal.Option) bool { return o.Value == c })
				if i >= 0 {
					out = append(out, found[i])
					found = slices.Delete(found, i, i+1)
				}
			}
			return append(append(out, found...), terminal.Option{Label: none, Value: none})
		}})
	if err != nil || id == none || id == "" || id == item.Match.Request {
		return err
	}
	return s.reader.Assign(s.cmd.Context(), item, id)
}

// recordAll records what the message tells.
func (s *sorting) recordAll(item *inbox.Item) (bool, error) {
	var entries []logbook.Entry
	for _, e := range item.Entries {
		if e.Records() {
			entries = append(entries, e.Entry)
		}
	}
	recorded, err := s.record(item, entries)
	if err != nil {
		return true, err
	}
	s.a.closeForm()
	if err := s.showDone(recorded); err != nil {
		return true, err
	}
	return true, s.reader.Done(s.cmd.Context(), item)
}

// keep keeps a message with its request, and says nothing else of it.
func (s *sorting) keep(item *inbox.Item) error {
	on := s.a.today()
	if item.Message != nil && !item.Message.Letter().Date.IsZero() {
		on = item.Day()
	}
	recorded, err := s.record(item, []logbook.Entry{{Request: item.Match.Request, Event: docket.Event{Kind: docket.FileAdded, On: on}}})
	if err != nil {
		return err
	}
	s.a.closeForm()
	if err := s.showDone(recorded); err != nil {
		return err
	}
	return s.reader.Done(s.cmd.Context(), item)
}

// recordElse leads through an event that the message tells and that was not read of it.
func (s *sorting) recordElse(item *inbox.Item) (over bool, err error) {
	paths, clear, err := disk.Spread(filesOf(item))
	if err != nil {
		return true, fmt.Errorf("the message cannot be kept: %w", err)
	}
	defer func() { err = errors.Join(err, clear()) }()
	r := &recording{a: s.a, book: s.reader.Book, named: true, above: s.textOf(item),
		entry: logbook.Entry{Event: docket.Event{On: item.Day()}, Attach: paths}}
	if r.entry.Event.On.IsZero() {
		r.entry.Event.On = s.a.today()
	}
	if err := r.choose(item.Match.Request); err != nil {
		return true, err
	}
	recorded, err := r.untilAgreed()
	var halted *stopped
	if errors.As(err, &halted) { // back to the message
		return false, nil
	}
	if err != nil {
		return true, err
	}
	s.a.closeForm()
	if err := s.a.showRecorded(recorded, false); err != nil {
		return true, err
	}
	return true, s.reader.Done(s.cmd.Context(), item)
}
