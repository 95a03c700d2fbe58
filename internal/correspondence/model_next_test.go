package correspondence

import (
	"errors"
	"maps"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// compareNext: what foia proposes can be done.
func (c *compared) compareNext() {
	step := docket.Next(c.history.request, c.docket.State(), c.day)
	if !step.By.IsZero() && step.By.Before(c.day) {
		c.differ("next step by a day that has passed", "%+v", step)
	}
	if !step.Act.None() {
		c.proposed("next step", step.Act, step.Why)
	}
}

// compareHint: what the refusal of a letter proposes instead can be done.
func (c *compared) compareHint(t *letter.Template, not *docket.NotReady) {
	for _, act := range remedy.Acts(not.Do) {
		c.proposed("hint of "+t.Needs, act, not.Error())
	}
}

// proposed: an act that foia names can be done.
func (c *compared) proposed(where string, act remedy.Act, why string) {
	switch act.Verb {
	case remedy.Make:
		c.proposedLetter(where, act, why)
	case remedy.Record:
		c.proposedEvent(where, act, why)
	case remedy.Events, remedy.New, remedy.Show, remedy.Law, remedy.Next, remedy.Explain:
	default:
		c.differ(where+": odd act", "%s", remedy.Plain(act.String()))
	}
}

// proposedLetter: the letter may be written now, and can be.
func (c *compared) proposedLetter(where string, act remedy.Act, reason string) {
	kind, command := act.Words[1], remedy.Plain(act.String())
	if of := act.Detail("of"); of != "" && of != "determination" {
		kind += "-" + of
	}
	if c.broken[kind] != nil {
		return
	}
	t, ok := c.letters[kind]
	if !ok {
		c.differ(where+": no letter "+kind, "%s: there is no letter %s", command, kind)
		return
	}
	if err := (&Desk{Book: logbook.New(nil, logbook.Writer{Today: c.day})}).mayWrite(t,
		FollowUp{Request: c.history.request.ID, Kind: kind, Date: c.day},
		docket.Known(c.history.events, c.day), c.docket); err != nil {
		if c.alreadyThere(err) {
			return
		}
		why := ""
		if not := (*docket.NotReady)(nil); errors.As(err, &not) {
			why = ", not " + not.Fails
		}
		c.differ(where+": letter "+kind+why, "%s (%s): %v", command, reason, err)
		return
	}
	if c.counts.fills(c.number, t.ID) {
		c.fill(t)
	}
}

// alreadyThere: it was done on that day, in a history that docket would have refused, such
// as one of an answer that was entered before its question.
func (c *compared) alreadyThere(err error) bool {
	var repeated *docket.Repeated
	return errors.As(err, &repeated) && c.refusedAt(c.history) > 0
}

// placeholders are what a user puts in the place of those of a proposed command.
func (c *compared) placeholder(value string) string {
	word, open := remedy.IsOpen(value)
	if !open {
		return ""
	}
	return map[string]string{"DATE": c.day.String(), "NUMBER": "9407 1", "N": "5", "AMOUNT": "235", "TO": "treasury-irs"}[word]
}

// proposedEvent: the event can be recorded today.
func (c *compared) proposedEvent(where string, act remedy.Act, reason string) {
	e := docket.Event{Request: c.history.request.ID, Kind: docket.Kind(act.Words[1]), Data: map[string]string{}}
	for _, d := range act.Details {
		value := d.Value
		if with := c.placeholder(value); with != "" {
			value = with
		}
		e.Data[d.Name] = value
	}
	e.On = dayOf(e, "on")
	delete(e.Data, "on")
	known := docket.Known(c.history.events, c.day)
	p := docket.Proposed{Request: c.history.request, Events: known, Event: e, Today: c.day, Book: c.basis.Book}
	if _, _, err := p.Check(); err != nil && !c.alreadyThere(err) {
		c.differ(where+": record "+string(e.Kind), "%s (%s): %v", remedy.Plain(act.String()), reason, err)
	}
}

// settled is the history as docket would have recorded it: with what it fills in.
func (b *comparison) settled(h history) history {
	out := history{request: h.request}
	for _, e := range h.events {
		if e.Kind == docket.LetterSent {
			e.Kind = docket.Sent
		}
		p := docket.Proposed{Request: h.request, Events: out.events, Event: e, Today: h.events[len(h.events)-1].On.AddDays(1000),
			Book: b.basis.Book, Again: true}
		if now, _, err := p.Check(); err == nil {
			e = now
		}
		out.events = append(out.events, e)
	}
	return out
}

// refusedAt is the number of the first event that docket would not have recorded; 0 if
// it would have recorded them all. A letter is made if it may be.
func (b *comparison) refusedAt(h history) int {
	for i, e := range h.events {
		spec, ok := docket.SpecOf(e.Kind)
		switch {
		case e.Kind == docket.LetterSent:
			e.Kind = docket.Sent
		case e.Kind == docket.LetterMade:
			if l := b.letters[e.Data["letter"]]; l == nil || docket.At(h.request, h.events[:i], e.On, b.basis).Ready(l.Needs) != nil {
				return e.Seq
			}
			continue
		case ok && spec.Own:
			continue
		}
		e.Data = maps.Clone(e.Data)
		p := docket.Proposed{Request: h.request, Events: h.events[:i], Event: e, Today: h.events[len(h.events)-1].On.AddDays(1000),
			Book: b.basis.Book, Again: true}
		if _, _, err := p.Check(); err != nil {
			return e.Seq
		}
	}
	return 0
}
