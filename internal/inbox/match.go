package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/reply"
	"foia/internal/store"
)

// Match is the request that a message is about, and how that is known.
type Match struct {
	Request    string
	Law        string
	How        string   // in words, such as “by its number 2026-ICFO-41877”
	Candidates []string // where several fit: their ids
}

// index is the log by what messages name.
type index struct {
	numbers  map[string][]string // ids, by the folded number of an agency's
	requests map[string]one
	files    map[string]string // where a file is kept, by its SHA-256
}

// one is a request as messages speak of it.
type one struct {
	id, law, subject string
	hosts            []string // of the office's addresses for mail
	open             bool
}

// readIndex reads the log once for all messages. Without a log, nothing matches.
func readIndex(ctx context.Context, b *logbook.Book) (*index, error) {
	x := &index{numbers: map[string][]string{}, requests: map[string]one{}, files: map[string]string{}}
	log, err := b.Log(ctx)
	if errors.Is(err, store.ErrNoLog) {
		return x, nil
	}
	if err != nil {
		return nil, err
	}
	return x, logbook.Find(ctx, log, logbook.Filter{}, func(s store.Standing) error {
		id := s.Request.ID
		for _, n := range s.State.Numbers {
			n = reply.Folded(n)
			if !slices.Contains(x.numbers[n], id) {
				x.numbers[n] = append(x.numbers[n], id)
			}
		}
		var office agency.Office
		o := one{id: id, law: s.Request.Law, subject: s.Request.Subject, open: s.State.Open()}
		if json.Unmarshal(s.Request.Office, &office) == nil { // an office of another form has no addresses to match by
			for _, address := range []string{office.Email, office.LiaisonEmail} {
				if _, host, ok := strings.Cut(address, "@"); ok {
					o.hosts = append(o.hosts, strings.ToLower(host))
				}
			}
		}
		x.requests[id] = o
		return nil
	})
}

// match finds the request that a message is about: by a number that the log knows, by our own number, by words of its
// subject from the office's own domain. More than one: it is not guessed.
func (r *Reader) match(ctx context.Context, item *Item, letter bool) error {
	h := item.Reading.Hint
	var ids []string
	how := ""
	for _, n := range item.Reading.Numbers {
		if found := r.known.numbers[reply.Folded(n)]; len(found) > 0 {
			ids, how = found, "by its number "+n
			break
		}
	}
	if len(ids) == 0 && h.OurRef != "" {
		if _, ok := r.known.requests[h.OurRef]; ok {
			ids, how = []string{h.OurRef}, "by our number "+h.OurRef
		}
	}
	if len(ids) == 0 && item.Message != nil {
		if id := r.plus(item); id != "" {
			ids, how = []string{id}, "by the address that it was sent to"
		}
	}
	if len(ids) == 0 {
		ids, how = r.bySubject(item), "by words of its subject and the sender"
	}
	switch len(ids) {
	case 0:
		return nil
	case 1:
		item.Match = Match{Request: ids[0], Law: r.known.requests[ids[0]].law, How: how}
	default:
		item.Match.Candidates = ids
		item.Notes = append(item.Notes, "several requests fit: "+strings.Join(ids, ", "))
		return nil
	}
	return r.kept(ctx, item)
}

// plus is the request that stands in an address such as ana+2026-0001@example.org.
func (r *Reader) plus(item *Item) string {
	for _, a := range append(slices.Clone(item.Message.To), item.Message.Cc...) {
		name, _, _ := strings.Cut(a.Address, "@")
		if _, tag, ok := strings.Cut(name, "+"); ok {
			if _, known := r.known.requests[tag]; known {
				return tag
			}
		}
	}
	return ""
}

// bySubject are the open requests to the office of the sender whose subject the message names.
func (r *Reader) bySubject(item *Item) (ids []string) {
	words := wordsOf(item.Reading.Hint.Subject)
	if len(words) == 0 || item.Message == nil {
		return nil
	}
	_, host, _ := strings.Cut(strings.ToLower(item.Message.Letter().From.Address), "@")
	for id, o := range r.known.requests {
		if !o.open || !slices.ContainsFunc(o.hosts, func(h string) bool { return h == host || strings.HasSuffix(host, "."+h) }) {
			continue
		}
		own, shared := wordsOf(o.subject), 0
		for _, w := range own {
			if slices.Contains(words, w) {
				shared++
			}
		}
		if len(own) > 0 && 2*shared > len(own) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func wordsOf(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r < 0x80
	}), func(w string) bool { return len(w) < 3 })
}

// kept tells whether the message is kept under an event of the request already.
func (r *Reader) kept(ctx context.Context, item *Item) error {
	log, err := r.Book.Log(ctx)
	if err != nil {
		return err
	}
	events, err := log.Events(ctx, item.Match.Request)
	if err != nil {
		return err
	}
	struck := docket.Corrected(events)
	for _, e := range events {
		files, err := e.Files()
		if err != nil {
			return err
		}
		for _, f := range files {
			if f.SHA256 == item.Hash && !struck[e.Seq] {
				item.Recorded = fmt.Sprintf("%s, event %d", item.Match.Request, e.Seq)
			}
		}
	}
	return nil
}
