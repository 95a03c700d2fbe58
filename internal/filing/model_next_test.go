package filing

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/letter"
)

// compareNext: what foia proposes can be done.
func (c *compared) compareNext() {
	step := docket.Next(c.history.request, c.docket.State(), c.day)
	if !step.By.IsZero() && step.By.Before(c.day) {
		c.differ("next step by a day that has passed", "%+v", step)
	}
	if step.Command != "" {
		c.proposed("next step", step.Command, step.Why)
	}
}

// compareHint: what the refusal of a letter proposes instead can be done.
func (c *compared) compareHint(t *letter.Template, not *docket.NotReady) {
	if _, command, ok := strings.Cut(not.Do, "foia "); ok {
		c.proposed("hint of "+t.Needs, "foia "+strings.TrimSuffix(command, ")"), not.Error())
	}
}

// proposed: a command that foia names runs.
func (c *compared) proposed(where, command, why string) {
	words := strings.Fields(command)
	switch {
	case command == "foia record --help":
	case len(words) < 3 || words[0] != "foia":
		c.differ(where+": odd command", "%s", command)
	case words[1] == "letter":
		c.proposedLetter(where, command, why, words[3:])
	case words[1] == "record":
		c.proposedEvent(where, command, why, words[3:])
	case !slices.Contains([]string{"new", "show", "law", "next", "explain"}, words[1]):
		c.differ(where+": odd command", "%s", command)
	}
}

// proposedLetter: the letter may be written now, and can be.
func (c *compared) proposedLetter(where, command, reason string, words []string) {
	kind := words[0]
	if len(words) == 3 && words[1] == "--of" && words[2] != "determination" {
		kind += "-" + words[2]
	}
	if c.broken[kind] != nil {
		return
	}
	t, ok := c.letters[kind]
	if !ok {
		c.differ(where+": no letter "+kind, "%s: there is no letter %s", command, kind)
		return
	}
	if err := (&Desk{Today: c.day}).mayWrite(t, FollowUp{Request: c.history.request.ID, Kind: kind, Date: c.day},
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
func (c *compared) placeholder(word string) string {
	return map[string]string{"DATE": c.day.String(), "NUMBER": "9407 1", "N": "5", "AMOUNT": "235", "TO": "treasury-irs"}[word]
}

// proposedEvent: the event can be recorded today.
func (c *compared) proposedEvent(where, command, reason string, words []string) {
	e := docket.Event{Request: c.history.request.ID, Kind: docket.Kind(words[0]), Data: map[string]string{}}
	for i := 1; i+1 < len(words); i += 2 {
		value := words[i+1]
		if with := c.placeholder(value); with != "" {
			value = with
		}
		e.Data[strings.TrimPrefix(words[i], "--")] = value
	}
	e.On = dayOf(e, "on")
	delete(e.Data, "on")
	known := docket.Known(c.history.events, c.day)
	p := docket.Proposed{Request: c.history.request, Events: known, Event: e, Today: c.day, Book: c.basis.Book}
	if _, _, err := p.Check(); err != nil && !c.alreadyThere(err) {
		c.differ(where+": record "+string(e.Kind), "%s (%s): %v", command, reason, err)
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
