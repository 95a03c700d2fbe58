package inbox

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// Change takes an entry as a person changed it: another event, day or details. What they changed rests on them, and no
// longer on words of the message.
func (r *Reader) Change(ctx context.Context, item *Item, i int, now docket.Event) error {
	e := &item.Entries[i]
	yours := maps.Clone(e.Yours)
	if yours == nil {
		yours = map[string]bool{}
	}
	for name, value := range now.Data {
		yours[name] = yours[name] || e.Data[name] != value
	}
	yours["on"], yours["event"] = yours["on"] || now.On != e.On, yours["event"] || now.Kind != e.Kind
	e.Yours, e.reads = yours, e.Reads()
	e.Words, e.Derived = changedWords(e.Words, e.Data, now.Data), changedWords(e.Derived, e.Data, now.Data)
	if now.Kind != e.Kind {
		delete(e.Words, "event")
	}
	if now.On != e.On {
		delete(e.Words, "on")
		delete(e.Derived, "on")
		e.Open = slices.Clone(e.Open)
		for _, name := range slices.Sorted(maps.Keys(e.Derived)) {
			if open := name + " was reckoned before you changed the day: check it"; !slices.Contains(e.Open, open) {
				e.Open = append(e.Open, open)
			}
		}
	}
	if now.On != e.On || now.Kind != e.Kind || !maps.Equal(now.Data, e.Data) {
		e.Offered = false
	}
	e.Kind, e.On, e.Data = now.Kind, now.On, now.Data
	e.Entry.Event = docket.Event{Kind: now.Kind, On: now.On, Data: maps.Clone(now.Data)}
	return r.check(ctx, item)
}

// Move puts an entry to another request of the log, and leaves the others where they are.
func (r *Reader) Move(ctx context.Context, item *Item, i int, id string) error {
	log, err := r.Book.Log(ctx)
	if err != nil {
		return err
	}
	if _, err := log.Request(ctx, id); err != nil {
		return err
	}
	item.Entries[i].Entry.Request = id
	return r.check(ctx, item)
}

// Leave leaves an entry out: it is not recorded, and the others are judged without it.
func (r *Reader) Leave(ctx context.Context, item *Item, i int) error {
	item.Entries[i].Left = true
	return r.check(ctx, item)
}

// Reads is the event that was read of the message, whatever a person made of it.
func (e Entry) Reads() docket.Kind { return cmp.Or(e.reads, e.Kind) }

// Basis says what a detail of an entry rests on besides words of the message: a reckoning, what the message is, or the
// person who told it. Empty: on the words alone.
func (e Entry) Basis(name string) string {
	_, worded := e.Words[name]
	switch {
	case e.Yours[name]:
		return asYouSaid
	case e.Derived[name] != "":
		return "reckoned: " + e.Derived[name]
	case worded:
		return ""
	case e.Offered:
		return "as the message says"
	}
	return asYouSaid
}

// changedWords are the entries of a map whose details stayed as they were.
func changedWords[V any](words map[string]V, before, now map[string]string) map[string]V {
	out := map[string]V{}
	for name, v := range words {
		if before[name] == now[name] {
			out[name] = v
		}
	}
	return out
}

// refer looks up the office to which a letter refers a request. One that cannot be found is why the entry cannot be
// recorded so.
func (r *Reader) refer(e *Entry) (why, err error) {
	e.Entry.To = nil
	if r.Offices == nil {
		return nil, nil
	}
	office, err := logbook.ReferredTo(e.Entry.Event, r.Offices)
	if err != nil && remedy.IsMisuse(err) {
		return err, nil
	}
	e.Entry.To = office
	return nil, err
}
