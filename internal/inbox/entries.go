package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/reply"
	"foia/internal/store"
	"foia/internal/workday"
)

// letter reads what agencies write, finds the request, and makes entries of it.
func (r *Reader) letter(ctx context.Context, item *Item) error {
	item.bound()
	item.Reading = reply.Read(*item.read, reply.Known{Calendar: r.calendar, Today: r.Book.Today})
	if err := r.match(ctx, item); err != nil {
		return err
	}
	return r.propose(ctx, item)
}

// asYouSaid is how a request is known that a person named.
const asYouSaid = "as you said"

// offerNumber offers to record the number that a message has for a request that a person named: by it the next message
// is matched.
func (r *Reader) offerNumber(item *Item) {
	n := item.Reading.Hint.Tracking
	if item.Match.How != asYouSaid || n == "" || len(r.known.numbers[reply.Folded(n)]) > 0 || item.Kind == Bounce {
		return
	}
	for _, e := range item.Entries {
		if e.Data["tracking"] != "" {
			return
		}
	}
	data := map[string]string{"tracking": n}
	p := reply.Proposal{Kind: docket.Renumbered, On: item.day(r.on(item.path)), Data: data}
	item.Entries = append(item.Entries, Entry{Proposal: p, Offered: true,
		Entry: logbook.Entry{Request: item.Match.Request, Event: docket.Event{Kind: p.Kind, On: p.On, Data: data}}})
}

// Assign reads a message again as one about a request that a person named.
func (r *Reader) Assign(ctx context.Context, item *Item, id string) error {
	item.Match = Match{Request: id, Law: r.known.requests[id].law, How: asYouSaid}
	item.Entries, item.Recorded, item.kinds = nil, "", nil
	if err := r.kept(ctx, item); err != nil {
		return err
	}
	if item.read == nil {
		return nil
	}
	return r.propose(ctx, item)
}

// propose makes entries of a message. Where its request is known, it is known which letters it may quote, and which
// law applies.
func (r *Reader) propose(ctx context.Context, item *Item) error {
	if item.Kind == AutoReply || item.Kind == Suspicious {
		return nil
	}
	if id := item.Match.Request; id != "" && item.Kind != Bounce {
		own, err := r.ownLetters(ctx, item, id)
		if err != nil {
			return err
		}
		item.Reading = reply.Read(*item.read, reply.Known{Calendar: r.calendar, Today: r.Book.Today, Own: own, Law: item.Match.Law})
	}
	if item.Kind != Bounce {
		r.takeReading(item)
	}
	r.offer(item)
	r.offerNumber(item)
	return r.check(ctx, item)
}

// takeReading takes what was read as entries and notes.
func (r *Reader) takeReading(item *Item) {
	for _, n := range item.Reading.Notes {
		item.note(n)
	}
	if item.Reading.Portal && !item.unread {
		item.Kind = Portal
		note := "something waits for you in the agency's portal"
		if f := item.Reading.Fetch; !f.IsZero() {
			note += ": fetch it by " + f.Letter()
		}
		item.note(note)
	}
	for _, p := range item.Reading.Proposals {
		item.Entries = append(item.Entries, Entry{Proposal: p, Entry: logbook.Entry{Request: r.requestOf(item, p),
			Event: docket.Event{Kind: p.Kind, On: p.On, Data: p.Data}}})
	}
}

// note adds a note, once.
func (i *Item) note(text string) {
	if !slices.Contains(i.Notes, text) {
		i.Notes = append(i.Notes, text)
	}
}

// offer adds what follows from what the message is: files that wait in a portal are to be fetched, and what could not
// be delivered was not received.
func (r *Reader) offer(item *Item) {
	if item.Match.Request == "" {
		return
	}
	p := reply.Proposal{On: item.day(r.on(item.path)), Data: map[string]string{}}
	switch {
	case item.Kind == Portal:
		if p.Kind = docket.MessageWaiting; !item.Reading.Fetch.IsZero() {
			p.Data["until"] = item.Reading.Fetch.String()
		}
	case item.Kind == Bounce && !item.Message.Letter().Bounce.Delayed:
		p.Kind = docket.Undelivered
		if b := item.Message.Letter().Bounce; b.Status != "" || b.Address != "" {
			p.Data["reason"] = strings.TrimSpace(b.Status + " " + b.Address)
		}
	default:
		return
	}
	item.Entries = append(item.Entries, Entry{Proposal: p, Offered: true,
		Entry: logbook.Entry{Request: item.Match.Request, Event: docket.Event{Kind: p.Kind, On: p.On, Data: p.Data}}})
}

// day is the day of a message, else one that is given.
func (i *Item) day(otherwise workday.Date) workday.Date {
	if !i.Reading.Date.IsZero() {
		return i.Reading.Date
	}
	if i.Message != nil {
		if d := dayOf(i.Message.Letter().Date); !d.IsZero() {
			return d
		}
	}
	return otherwise
}

// check checks the entries against the log, each with those before it.
func (r *Reader) check(ctx context.Context, item *Item) error {
	var entries []logbook.Entry
	at := []int{}
	for i := range item.Entries {
		e := &item.Entries[i]
		e.Why, e.Before = nil, item.kinds[e.Entry.Event.Kind] && e.Entry.Request == item.Match.Request
		why, err := r.refer(e)
		if err != nil {
			return err
		}
		if e.Why = why; why == nil && e.Entry.Request != "" && !e.Before && !e.Left {
			entries, at = append(entries, e.Entry), append(at, i)
		}
	}
	if len(entries) == 0 {
		return nil
	}
	would, err := r.Book.WouldRecordEach(ctx, entries)
	if err != nil {
		return err
	}
	for _, refused := range would.Refused {
		item.Entries[at[refused.Index]].Why = refused.Err
	}
	for _, i := range would.Before {
		item.Entries[at[i]].Before = true
	}
	return nil
}

// requestOf is the request that a proposal is about: that of the message, or, where it speaks of several, the one
// whose number it names.
func (r *Reader) requestOf(item *Item, p reply.Proposal) string {
	if p.Request == "" {
		return item.Match.Request
	}
	if ids := r.known.numbers[reply.Folded(p.Request)]; len(ids) == 1 {
		return ids[0]
	}
	return ""
}

// largestOwn is how many bytes of a letter of ours are read.
const largestOwn = 1 << 20

// ownLetters are the texts of the letters of a request, of which a reply may quote. One that cannot be read is told:
// its words could be taken for the agency's.
func (r *Reader) ownLetters(ctx context.Context, item *Item, id string) ([]string, error) {
	if texts, ok := r.own[id]; ok {
		return texts, nil
	}
	log, err := r.Book.Log(ctx)
	if errors.Is(err, store.ErrNoLog) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	request, events, err := logbook.Request(logbook.Within(ctx, log), id)
	if err != nil {
		return nil, err
	}
	documents := slices.Clone(request.Documents)
	for _, e := range events {
		if e.Kind == docket.LetterMade || e.Kind == docket.Redrafted {
			files, err := e.Files()
			if err != nil {
				return nil, err
			}
			documents = append(documents, files...)
		}
	}
	var texts []string
	for _, d := range documents {
		if !strings.HasSuffix(d.Name, ".md") || d.Size > largestOwn {
			continue
		}
		text, err := r.document(ctx, log, request, d)
		if err != nil {
			item.note("our own letter " + d.Name + " cannot be read, so words that the reply quotes of it may be taken for the agency's: " +
				err.Error())
			continue
		}
		texts = append(texts, text)
	}
	if r.own == nil {
		r.own = map[string][]string{}
	}
	r.own[id] = texts
	return texts, nil
}

// Day is the day of a message, as its letter has it; zero: it says none.
func (i *Item) Day() workday.Date { return i.day(workday.Date{}) }
