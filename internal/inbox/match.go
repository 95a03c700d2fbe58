package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/remedy"
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
	hosts    map[string]bool // of the addresses for mail of the offices that were asked
}

// one is a request as messages speak of it.
type one struct {
	id, law, subject string
	hosts            []string // of the office's addresses for mail
	open             bool
	unclear          bool // nobody knows whether an e-mail with a letter of it went out
}

// readIndex reads the log once for all messages. Without a log, nothing matches.
func readIndex(ctx context.Context, b *logbook.Book) (*index, error) {
	x := &index{numbers: map[string][]string{}, requests: map[string]one{}, hosts: map[string]bool{}}
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
		o := one{id: id, law: s.Request.Law, subject: s.Request.Subject, open: s.State.Open(),
			unclear: len(s.State.Unclear) > 0}
		if json.Unmarshal(s.Request.Office, &office) == nil { // an office of another form has no addresses to match by
			for _, address := range []string{office.Email, office.LiaisonEmail} {
				if _, host, ok := strings.Cut(address, "@"); ok {
					host = strings.ToLower(host)
					o.hosts, x.hosts[host] = append(o.hosts, host), true
				}
			}
		}
		x.requests[id] = o
		return nil
	})
}

// match finds the request that a message is about: by our own message that it answers, by a number that the log
// knows, by our own number, by the address that it was sent to, by words of its subject from the office's own domain.
// More than one: it is not guessed.
func (r *Reader) match(ctx context.Context, item *Item) error {
	h := item.Reading.Hint
	ids, how := r.answered(item), "by our message that it answers"
	for _, n := range item.Reading.Numbers {
		if len(ids) > 0 {
			break
		}
		if found := r.known.numbers[reply.Folded(n)]; len(found) > 0 {
			ids, how = found, "by its number "+n
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

// ownID is the form of the Message-ID of what foia sends: the number of the request stands in it, so that the answer
// is known by what it answers.
const ownID = lazy.Pattern(`^foia\.(\d{4}-\d+)\.`)

// ours tells whether the message is a letter that foia sent, such as a copy to oneself: it tells nothing of the agency. Of a letter
// of which nobody knew whether it went out, it shows that it did.
func (r *Reader) ours(item *Item) bool {
	of := ownID.RE().FindStringSubmatch(item.Message.ID)
	if of == nil {
		return false
	}
	o, known := r.known.requests[of[1]]
	if !known {
		return false
	}
	item.Kind = Mail
	item.note("it is a letter of yours, sent about " + o.id)
	if o.unclear {
		item.Match = Match{Request: o.id, Law: o.law, How: "by its own Message-ID"}
		item.note("so it went out: " + remedy.To(remedy.Send, o.id).Saying("it-went").String())
	}
	return true
}

// answered is the request of the message of ours that this one answers, or returns.
func (r *Reader) answered(item *Item) []string {
	if item.Message == nil {
		return nil
	}
	m := item.Message.Letter()
	answers := m.References
	if m.Bounce != nil {
		answers = append([]string{m.Bounce.OriginalID}, answers...)
	}
	for _, id := range answers {
		if of := ownID.RE().FindStringSubmatch(id); of != nil {
			if _, ok := r.known.requests[of[1]]; ok {
				return of[1:]
			}
		}
	}
	return nil
}

// official tells whether an address is one of an office that was asked.
func (x *index) official(address string) bool {
	_, host, ok := strings.Cut(strings.ToLower(address), "@")
	return ok && x.hosts[host]
}

// document is the text of a file of a request.
func (r *Reader) document(ctx context.Context, log *store.Log, request docket.Request, d docket.Document) (text string, err error) {
	f, err := r.Book.Workspace.OpenDocument(ctx, log, request, d)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	raw, err := io.ReadAll(io.LimitReader(f, largestOwn))
	return string(raw), err
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

// kept tells whether the message is kept under an event of the request already, and under which kinds of events.
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
				if item.kinds == nil {
					item.Recorded = fmt.Sprintf("%s, event %d", item.Match.Request, e.Seq)
					item.kinds = map[docket.Kind]bool{}
				}
				item.kinds[e.Kind] = true
			}
		}
	}
	return nil
}
