package web

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"foia/internal/disk"
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
}

// textPart is a text that was read of a message.
type textPart struct{ Name, Text string }

// reading calls f with a reader of messages.
func (a *asked) reading(f func(*inbox.Reader) error) error {
	return a.s.booked(func(b *logbook.Book) error { return f(&inbox.Reader{Book: b, PDF: a.s.PDF}) })
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
		for item, err := range r.Waiting(a.ctx) {
			if err != nil {
				return err
			}
			if item.Hash != a.r.PathValue("hash") {
				continue
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
		return errNoPage
	})
}

// replyPage shows a message, what it tells with the words that rests on, and what that would change.
func (s *Server) replyPage(a *asked) error {
	request := strings.TrimSpace(a.r.URL.Query().Get("request"))
	return a.message(request, func(r *inbox.Reader, item *inbox.Item) error {
		list, entries := []proposal{}, []logbook.Entry{}
		for i, e := range item.Entries {
			list = append(list, s.proposalOf(i, e))
			if e.Records() {
				entries = append(entries, e.Entry)
			}
		}
		v := view{"Message": waitsOf(item), "Request": request, "Proposals": list, "Notes": item.Notes, "Recorded": item.Recorded,
			"Texts": []textPart{}, "Candidates": item.Match.Candidates, "Changes": []changedIn{}, "Unusual": []string{}, "Seen": []string{},
			"Records": len(entries) > 0}
		texts := []textPart{}
		for _, p := range item.Read() {
			texts = append(texts, textPart{p.Name, numbered(p.Text)})
		}
		v["Texts"] = texts
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

func (s *Server) proposalOf(i int, e inbox.Entry) proposal {
	p := proposal{Place: i, Words: e.Kind.Words(), Day: "on a day that is not known", Open: e.Open, Records: e.Records()}
	if !e.On.IsZero() {
		p.Day = e.On.Long()
	}
	switch {
	case e.Before:
		p.State = "in the log already"
	case e.Offered:
		p.State = "offered: the message does not say it in words"
	case e.Why != nil:
		p.State, p.Not = "cannot be recorded so", s.says(e.Why.Error())
	}
	add := func(name, value string) {
		r := rests{Name: name, Value: value}
		if w, ok := e.Proposal.Words[name]; ok {
			r.Words, r.Place = w.Words, place(w)
		}
		if how := e.Derived[name]; how != "" {
			r.Place = strings.TrimPrefix(r.Place+"; reckoned: "+how, "; ")
		}
		p.Details = append(p.Details, r)
	}
	if _, ok := e.Proposal.Words["event"]; ok {
		add("event", "")
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

// replyForm records what a message tells, keeps it with its request, or says that it is nothing for the log.
func (s *Server) replyForm(a *asked, _ upload) error {
	form := a.r.PostForm
	seen := map[string]int{}
	for _, text := range form["seen"] {
		id, number, _ := strings.Cut(text, ":")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return errForm()
		}
		seen[id] = n
	}
	at := "/replies"
	err := a.message(strings.TrimSpace(form.Get("request")), func(r *inbox.Reader, item *inbox.Item) error {
		entries, err := chosenOf(item, form, a)
		if err != nil {
			return err
		}
		for i := range entries {
			if entries[i].After = seen[entries[i].Request]; entries[i].After == 0 {
				return errForm()
			}
			at = "/r/" + entries[i].Request
		}
		if err := a.recordReply(r, item, entries); err != nil {
			return err
		}
		return r.Done(a.ctx, item)
	})
	if err != nil {
		return err
	}
	http.Redirect(a.w, a.r, at, http.StatusSeeOther)
	return nil
}

// chosenOf are the entries that somebody agreed to.
func chosenOf(item *inbox.Item, form url.Values, a *asked) (out []logbook.Entry, err error) {
	switch form.Get("do") {
	case "nothing":
		return nil, nil
	case "keep":
		on := item.Day()
		if on.IsZero() {
			on = a.day
		}
		return []logbook.Entry{{Request: item.Match.Request, Event: docket.Event{Kind: docket.FileAdded, On: on}}}, nil
	case "record":
		for i, e := range item.Entries {
			if e.Records() && slices.Contains(form["entry"], strconv.Itoa(i)) {
				out = append(out, e.Entry)
			}
		}
		if len(out) == 0 {
			return nil, remedy.Misuse("no event is chosen", "choose one, or say that the message is nothing for the log")
		}
		return out, nil
	}
	return nil, errForm()
}

// recordReply records entries with the message that tells them: each request has it once.
func (a *asked) recordReply(r *inbox.Reader, item *inbox.Item, entries []logbook.Entry) (err error) {
	if len(entries) == 0 {
		return nil
	}
	paths, forget, err := disk.Spread(filesOfMessage(item))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, forget()) }()
	with := map[string]bool{}
	for i, e := range entries {
		if !with[e.Request] {
			entries[i].Attach, with[e.Request] = paths, true
		}
	}
	would, err := r.Book.WouldRecordEach(a.ctx, entries)
	if err != nil {
		return err
	}
	recorded, err := r.Book.RecordEach(a.ctx, entries, would)
	if err != nil {
		return err
	}
	for _, refused := range recorded.Refused {
		return refused.Err
	}
	return nil
}

// filesOfMessage are the files that a message is kept as.
func filesOfMessage(item *inbox.Item) (files []disk.Named) {
	if item.Message == nil {
		return []disk.Named{{Name: filepath.Base(item.File), Data: item.Data}}
	}
	files = []disk.Named{{Name: "message.eml", Data: item.Data}}
	for _, p := range item.Message.Parts {
		files = append(files, disk.Named{Name: p.Name, Data: p.Data})
	}
	return files
}
