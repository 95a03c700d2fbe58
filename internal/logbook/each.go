package logbook

import (
	"context"
	"errors"
	"slices"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// RecordedEach is what came of several entries. Places are those of the entries, from 0.
type RecordedEach struct {
	Events  []RecordedOne
	Before  []int          // entries that were in the log already
	Twice   map[int]int    // entries that say the same as an earlier one, with its place
	Refused []RefusedEntry // then nothing was written
	Unusual map[string]int // by what is said
}

// RecordedOne is an event that was recorded, or would be.
type RecordedOne struct {
	Place   int
	Event   docket.Event
	Request docket.Request
}

// RefusedEntry is an entry that cannot be recorded.
type RefusedEntry struct {
	Index int // its place among the entries, from 0
	Err   error
}

// errNotWritten takes back what was written within a turn.
var errNotWritten = errors.New("nothing is to be written")

// WouldRecordEach checks entries one after another, each against the log and the entries before it, and
// says what RecordEach would record. It writes nothing, and waits for nobody.
func (b *Book) WouldRecordEach(ctx context.Context, entries []Entry) (out RecordedEach, err error) {
	basis, err := b.Workspace.Basis()
	if err != nil {
		return out, err
	}
	log, err := b.Log(ctx)
	if err != nil {
		return out, err
	}
	return b.each(ctx, Within(ctx, log), entries, basis, func(i int, p docket.Proposed, e docket.Event) (docket.Event, error) {
		for _, name := range entries[i].Attach {
			if err := Attachable(name); err != nil {
				return e, err
			}
		}
		return e.Chain(&p.Events[len(p.Events)-1])
	})
}

// RecordEach records entries one after another, all of them or none: if one is refused, nothing is
// written. What is in the log already is left alone, also if it was struck out since: the same entries
// again record nothing twice. would is what WouldRecordEach said of them: files are copied only of what is
// to be recorded.
func (b *Book) RecordEach(ctx context.Context, entries []Entry, would RecordedEach) (out RecordedEach, err error) {
	if len(would.Refused) > 0 || len(would.Events) == 0 {
		return would, nil
	}
	basis, err := b.Workspace.Basis()
	if err != nil {
		return out, err
	}
	files := make([][]*workspace.Incoming, len(entries))
	defer func() {
		for _, f := range files {
			err = errors.Join(err, discard(f))
		}
	}()
	for _, one := range would.Events {
		if files[one.Place], err = b.copyOf(ctx, entries[one.Place].Attach); err != nil {
			return out, err
		}
	}
	err = b.Holding(ctx, false, func() error {
		return b.Write(ctx, func(t *Turn) (err error) {
			out, err = b.each(ctx, t, entries, basis, func(i int, p docket.Proposed, e docket.Event) (docket.Event, error) {
				if len(files[i]) < len(entries[i].Attach) {
					return e, remedy.Misuse("somebody changed the log of "+p.Request.ID+" meanwhile", "try the same again")
				}
				recorded, err := t.keep(entries[i], files[i], p, e, basis)
				return recorded.Event, err
			})
			if err == nil && len(out.Refused) > 0 {
				err = errNotWritten
			}
			return err
		})
	})
	if errors.Is(err, errNotWritten) {
		err = nil
	}
	return out, err
}

// lived is a request with its events, and those of the entries so far.
type lived struct {
	request docket.Request
	events  []docket.Event
	first   int // the number of the first event of an entry
}

// each checks entries one after another and has each kept; what is kept counts for those after it.
func (b *Book) each(ctx context.Context, in Reader, entries []Entry, basis docket.Basis,
	keep func(int, docket.Proposed, docket.Event) (docket.Event, error)) (RecordedEach, error) {
	out := RecordedEach{Twice: map[int]int{}, Unusual: map[string]int{}}
	lives, places := map[string]*lived{}, map[string]map[int]int{} // places of entries, by request and number of the event
	for i, entry := range entries {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		l, ok := lives[entry.Request]
		if !ok {
			r, events, err := Request(in, entry.Request)
			if err != nil {
				return out, err
			}
			if err := movedOn(events, entry.After); err != nil {
				return out, err
			}
			l = &lived{r, events, events[len(events)-1].Seq + 1}
			lives[entry.Request], places[entry.Request] = l, map[int]int{}
		}
		p := b.proposed(entry, basis)
		p.Request, p.Events, p.Listed = l.request, l.events, true
		e, unusual, err := p.Check()
		if err == nil {
			err = asMade(b.Workspace, p, e)
		}
		if err == nil {
			e, err = keep(i, p, e)
		}
		var repeated *docket.Repeated
		switch {
		case errors.As(err, &repeated) && repeated.Event.Seq >= l.first:
			out.Twice[i] = places[entry.Request][repeated.Event.Seq]
		case errors.As(err, &repeated):
			out.Before = append(out.Before, i)
		case remedy.IsMisuse(err):
			out.Refused = append(out.Refused, RefusedEntry{i, err})
		case err != nil:
			return out, err
		default:
			l.events = append(l.events, e)
			places[entry.Request][e.Seq] = i
			out.Events = append(out.Events, RecordedOne{i, e, l.request})
			for _, u := range slices.Concat(unusual, linked(entry.Attach)) {
				out.Unusual[u]++
			}
		}
	}
	return out, nil
}

// Changes is what the events that WouldRecordEach found would change, for each request, in the order of the entries.
// The event of each is the last of its request.
func (b *Book) Changes(ctx context.Context, would RecordedEach) (out []Would, err error) {
	basis, err := b.Workspace.Basis()
	if err != nil {
		return nil, err
	}
	log, err := b.Log(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	added := map[string][]docket.Event{}
	for _, one := range would.Events {
		id := one.Request.ID
		if added[id] == nil {
			ids = append(ids, id)
		}
		added[id] = append(added[id], one.Event)
	}
	for _, id := range ids {
		r, events, err := Request(Within(ctx, log), id)
		if err != nil {
			return nil, err
		}
		w := Would{Event: added[id][len(added[id])-1], Request: r, Before: docket.Fold(r, events, basis),
			After: docket.Fold(r, append(events, added[id]...), basis)}
		w.Dates = append([]docket.DateChange{}, docket.DateChanges(w.Before, w.After)...)
		w.Next = docket.Next(r, w.After, b.Today)
		w.Before, w.After = w.Before.On(b.Today), w.After.On(b.Today)
		out = append(out, w)
	}
	return out, nil
}
