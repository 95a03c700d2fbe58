package web

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/reply"
)

// waits is a message that waits, as a list has it.
type waits struct{ At, From, Subject, Kind, About, How string }

// rests is a detail of an event that a message tells, with the words that it rests on.
type rests struct{ Name, Value, Words, Place string }

// proposal is an event that a message tells, as the page has it.
type proposal struct {
	Place      int // among the entries of the message
	Words, Day string
	Details    []rests
	Open       []string
	State, Not string
	Records    bool
	Chosen     bool // it can be recorded, or left out
	Changes    bool // it can be changed
	YourDay    bool
	YourEvent  bool
	Elsewhere  string // the request, if it is not that of the message
}

// textPart is a text that was read of a message.
type textPart struct{ Name, Text string }

// reading calls f with a reader of messages.
func (a *asked) reading(f func(*inbox.Reader) error) error {
	return a.s.booked(func(b *logbook.Book) error { return f(&inbox.Reader{Book: b, PDF: a.s.PDF, Offices: a.s.Offices}) })
}

// repliesPage lists the messages that wait until somebody says what they are.
func (s *Server) repliesPage(a *asked) error {
	return a.reading(func(r *inbox.Reader) error {
		list := []waits{}
		for item, err := range r.Waiting(a.ctx) {
			if err != nil {
				return err
			}
			list = append(list, waitsOf(&item))
		}
		return a.show("replies", "today", "Replies that wait", view{"List": list})
	})
}

func waitsOf(item *inbox.Item) waits {
	w := waits{At: "/replies/" + item.Hash, Subject: filepath.Base(item.File), Kind: string(item.Kind), About: item.Match.Request,
		How: item.Match.How}
	if m := item.Message; m != nil {
		letter := m.Letter()
		w.From, w.Subject = strings.TrimSpace(letter.From.Name+" <"+letter.From.Address+">"), letter.Subject
	}
	return w
}

// message reads the message of an address, as one about a request if that says so, and calls f.
func (a *asked) message(request string, f func(*inbox.Reader, *inbox.Item) error) error {
	return a.reading(func(r *inbox.Reader) error {
		for item, err := range r.WaitingOne(a.ctx, a.r.PathValue("hash")) {
			if err != nil {
				return err
			}
			if request != "" {
				log, err := r.Book.Log(a.ctx)
				if err != nil {
					return err
				}
				if _, err := log.Request(a.ctx, request); err != nil {
					return err
				}
				if err := r.Assign(a.ctx, &item, request); err != nil {
					return err
				}
			}
			return f(r, &item)
		}
		return errGone()
	})
}

// errGone says that a message does not wait any longer.
func errGone() error {
	return &remedy.Error{What: "this message waits no longer: it was recorded, kept with a request, or put aside", Cause: errNoPage,
		Do: "see the page of its request, and what else waits"}
}

// replyPage shows a message, what it tells with the words that rests on, and what that would change.
func (s *Server) replyPage(a *asked) error {
	q := a.r.URL.Query()
	request := strings.TrimSpace(q.Get("request"))
	return a.message(request, func(r *inbox.Reader, item *inbox.Item) error {
		if err := a.corrected(r, item, q); err != nil {
			return err
		}
		list, entries := []proposal{}, []logbook.Entry{}
		for i, e := range item.Entries {
			list = append(list, s.proposalOf(i, e, item.Match.Request))
			if e.Records() {
				entries = append(entries, e.Entry)
			}
		}
		v := view{"Message": waitsOf(item), "Request": request, "Proposals": list, "Notes": item.Notes, "Recorded": item.Recorded,
			"Candidates": item.Match.Candidates, "Changes": []changedIn{}, "Unusual": []string{}, "Seen": []string{},
			"Records": len(entries) > 0, "Changed": changesIn(q), "Texts": textsOf(item),
			"Choices": slices.ContainsFunc(list, func(p proposal) bool { return p.Chosen })}
		ids := []string{}
		if item.Match.Request != "" {
			ids = append(ids, item.Match.Request)
		}
		if len(entries) > 0 {
			would, err := r.Book.WouldRecordEach(a.ctx, entries)
			if err != nil {
				return err
			}
			changes, err := r.Book.Changes(a.ctx, would)
			if err != nil {
				return err
			}
			v["Changes"], v["Unusual"] = changesOf(changes), slices.Sorted(maps.Keys(would.Unusual))
		}
		for _, e := range entries {
			ids = append(ids, e.Request)
		}
		slices.Sort(ids)
		last, err := a.log.LastSeqs(a.ctx, ids)
		if err != nil {
			return err
		}
		seen := []string{}
		for _, id := range slices.Compact(ids) {
			seen = append(seen, id+":"+strconv.Itoa(last[id]))
		}
		v["Seen"] = seen
		return a.show("reply", "today", "Reply: "+clean(waitsOf(item).Subject), v)
	})
}

// textsOf are the texts that were read of a message.
func textsOf(item *inbox.Item) []textPart {
	texts := []textPart{}
	for _, p := range item.Read() {
		texts = append(texts, textPart{p.Name, numbered(p.Text)})
	}
	return texts
}

// numbered is a text with the numbers of its lines, by which words are found in it.
func numbered(text string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		n++
		fmt.Fprintf(&b, "%4d  %s", n, line)
	}
	return b.String()
}

// changedIn is what changes in a request.
type changedIn struct {
	ID            string
	Before, After docket.Status
	Dates         []string
	Next          docket.Step
}

func changesOf(all []logbook.Would) []changedIn {
	out := []changedIn{}
	for _, w := range all {
		c := changedIn{ID: w.Request.ID, Before: w.Before.Status, After: w.After.Status, Next: w.Next}
		for _, d := range w.Dates {
			if !strings.HasPrefix(d.What, docket.DueSuit) {
				c.Dates = append(c.Dates, remedy.Capital(d.Words()))
			}
		}
		out = append(out, c)
	}
	return out
}

func (s *Server) proposalOf(i int, e inbox.Entry, request string) proposal {
	p := proposal{Place: i, Words: e.Kind.Words(), Day: "on a day that is not known", Open: e.Open, Records: e.Records(),
		Chosen: e.Records() || e.Left, Changes: changes(e), YourDay: e.Yours["on"], YourEvent: e.Yours["event"]}
	if e.Entry.Request != request {
		p.Elsewhere = cmp.Or(e.Entry.Request, "a request that is not known: "+e.Proposal.Request)
	}
	if !e.On.IsZero() {
		p.Day = e.On.Long()
	}
	switch {
	case e.Before:
		p.State = "in the log already"
	case e.Left:
		p.State = "left out"
	case e.Why != nil:
		p.State, p.Not = "cannot be recorded so", s.says(e.Why.Error())
	case e.Offered:
		p.State = "offered: the message does not say it in words"
	}
	add := func(name, value string) {
		r := rests{Name: name, Value: value}
		if w, ok := e.Proposal.Words[name]; ok {
			r.Words, r.Place = w.Words, place(w)
		}
		if basis := e.Basis(name); basis != "" {
			r.Place = strings.TrimPrefix(r.Place+"; "+basis, "; ")
		}
		p.Details = append(p.Details, r)
	}
	for _, name := range []string{"event", "on"} {
		if _, ok := e.Proposal.Words[name]; ok {
			add(name, "")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.Data)) {
		add(name, e.Data[name])
	}
	return p
}

// place says where words are.
func place(p reply.Passage) string {
	text := "line " + strconv.Itoa(p.Line)
	if p.Part != "" {
		text += " of " + p.Part
	}
	if p.Scanned {
		text += ", read from a picture"
	}
	return text
}
