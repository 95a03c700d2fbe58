package correspondence

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/logbook"
	"foia/internal/post"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Word is what a person says of a letter that may have gone out.
type Word struct {
	Request, Letter string
	Went            bool
	On              workday.Date // of one that went: the day; unknown: that on which it was begun
	Proof           string       // how that is known
	After           int          // the last event of the request that the person has seen; 0: all there are
}

// FindUnclear is the letter of a request of which nobody knows whether it went out; without a name, the only one.
func FindUnclear(r docket.Request, events []docket.Event, letter string) (docket.Unclear, error) {
	all := docket.UnclearOf(events)
	for i := len(all) - 1; i >= 0; i-- {
		u := all[i]
		if letter == "" || u.Kind == letter || letter == strconv.Itoa(u.Letter) && u.Letter > 0 {
			return u, nil
		}
	}
	return docket.Unclear{}, remedy.Misuse("of "+r.ID+" no letter is known that may have gone out or not", "see: "+
		remedy.To(remedy.Show, r.ID).String())
}

// Say logs what a person says became of a letter. What happened meanwhile, such as that somebody sends it again, is not settled by it.
func (s *Sender) Say(ctx context.Context, w Word) (out Sent, err error) {
	u, r, last, err := s.unclear(ctx, w)
	if err != nil {
		return out, err
	}
	if s.tick(); w.After == 0 {
		w.After = last
	}
	out = Sent{Request: r.ID, Letter: u.Letter, Kind: u.Kind, To: u.To}
	if w.Went {
		on, proof := w.On, w.Proof
		if on.IsZero() {
			on = u.On
		}
		if proof == "" {
			proof = fmt.Sprintf("%s says so of the e-mail in event %d", s.By, u.Event)
		}
		entry := sentEntry(r.ID, u.Letter, on, proof)
		entry.After = w.After
		return out, s.recordSent(ctx, &out, entry)
	}
	if err := (docket.Proposed{Event: docket.Event{Kind: docket.NotSent}}).CheckDetail(docket.Detail{Name: "proof"}, w.Proof); err != nil {
		return out, err
	}
	reason := entered.Line(w.Proof)
	if reason == "" {
		reason = s.By + " says so"
	}
	return out, s.Holding(ctx, false, func() error {
		return s.Write(ctx, func(t *logbook.Turn) error {
			_, events, err := logbook.Request(t, r.ID)
			if err = cmp.Or(err, logbook.Seen(events, w.After)); err != nil {
				return err
			}
			for _, other := range docket.UnclearOf(events) {
				if other.Letter != u.Letter {
					continue
				}
				e, err := t.AddEvent(notSent(r.ID, other.Event, reason, s.Today))
				if err != nil {
					return err
				}
				out.Event = e.Seq
			}
			return nil
		})
	})
}

// unclear is a letter of which nobody knows whether it went out, and which no program is sending any more, with the last event of
// its request.
func (s *Sender) unclear(ctx context.Context, w Word) (u docket.Unclear, r docket.Request, last int, err error) {
	log, err := s.Log(ctx)
	if err != nil {
		return u, r, 0, err
	}
	r, events, err := logbook.Request(logbook.Within(ctx, log), w.Request)
	if err = cmp.Or(err, logbook.Seen(events, w.After)); err != nil {
		return u, r, 0, err
	}
	if u, err = FindUnclear(r, events, w.Letter); err != nil {
		return u, r, 0, err
	}
	for _, e := range events {
		if e.Seq == u.Event {
			err = s.over(e)
		}
	}
	return u, r, events[len(events)-1].Seq, err
}

// over makes sure that whoever began a sending is at it no longer.
func (s *Sender) over(e docket.Event) error {
	began, err := time.Parse(time.RFC3339, e.Recorded)
	if err != nil {
		return fmt.Errorf("the time of event %d of %s cannot be read: %w", e.Seq, e.Request, err)
	}
	until := began.Add(post.Longest)
	if !s.Now().Before(until) {
		return nil
	}
	if busy, err := s.Workspace.SomebodySends(); err != nil || !busy {
		return err
	}
	return remedy.Misuse(fmt.Sprintf("%s may be on its way right now: %s began to send it at %s", e.Request, e.Hand(),
		began.Local().Format("15:04")), "wait until that command has ended; after "+until.Local().Format("15:04")+" it is over in any case")
}

// Again sends a letter once more of which nobody knows whether it went out: the same message, byte for byte, by which many mail
// servers know that they have it already.
func (s *Sender) Again(ctx context.Context, id, letter string) (Sent, error) {
	u, _, last, err := s.unclear(ctx, Word{Request: id, Letter: letter})
	if err != nil {
		return Sent{}, err
	}
	return s.under(ctx, func(ctx context.Context) (*begun, error) { return s.beginAgain(ctx, id, u, last) })
}

func (s *Sender) beginAgain(ctx context.Context, id string, u docket.Unclear, last int) (out *begun, err error) {
	err = s.Holding(ctx, false, func() error {
		log, err := s.Log(ctx)
		if err != nil {
			return err
		}
		r, events, err := logbook.Request(logbook.Within(ctx, log), id)
		if err != nil {
			return err
		}
		var first docket.Event
		for _, e := range events {
			if e.Seq == u.Event {
				first = e
			}
		}
		files, err := first.Files()
		if err != nil || len(files) != 1 {
			return fmt.Errorf("the message of event %d of %s is not in the log: %w", u.Event, id, err)
		}
		in := Kept{Context: ctx, Workspace: s.Workspace, Log: log}
		message, err := in.read(r, files, files[0].Name, largestSheet)
		if err != nil {
			return err
		}
		envelope, err := envelopeOf(first)
		if err != nil {
			return err
		}
		data := map[string]string{}
		for _, name := range []string{"sender", "recipient", "copies", "message-id"} {
			data[name] = first.Data[name]
		}
		s.tick()
		out = &begun{kind: u.Kind, letter: u.Letter, envelope: envelope, message: message}
		return s.Write(ctx, func(t *logbook.Turn) error { return s.log(t, out, id, last, data) })
	})
	return out, err
}

// envelopeOf is the envelope of a message that was begun to be sent.
func envelopeOf(e docket.Event) (post.Envelope, error) {
	m := post.Message{From: post.Address{Address: e.Data["sender"]}, To: []post.Address{{Address: e.Data["recipient"]}}}
	for one := range strings.SplitSeq(e.Data["copies"], ", ") {
		if one != "" {
			m.Cc = append(m.Cc, post.Address{Address: one})
		}
	}
	return post.EnvelopeOf(m)
}
