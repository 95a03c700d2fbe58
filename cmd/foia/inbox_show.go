package main

import (
	"fmt"
	"strings"

	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/reply"
)

// showMessage prints what was read of a message.
func (a *app) showMessage(item *inbox.Item) {
	a.showHead(item)
	a.showTold(item)
}

// showHead prints who wrote a message, and about what.
func (a *app) showHead(item *inbox.Item) {
	a.wrapped("", clean(item.File)+": "+string(item.Kind))
	if m := item.Message; m != nil {
		letter := m.Letter()
		from := letter.From.Address
		if letter.From.Name != "" {
			from = letter.From.Name + " <" + from + ">"
		}
		a.wrappedAfter("  from ", "       ", clean(from))
		a.wrappedAfter("  subject ", "          ", clean(letter.Subject))
	}
	switch {
	case item.Match.Request != "":
		a.wrappedAfter("  about ", "        ", item.Match.Request+", "+clean(item.Match.How))
	case item.Kind != inbox.Unreadable:
		hint := "  about no request of this log"
		if n := item.Reading.Hint.Tracking; n != "" {
			hint += "; it names " + clean(n)
		}
		a.wrapped("", hint)
	}
	if item.Recorded != "" {
		a.wrapped("  ", "recorded already: "+item.Recorded)
	}
}

// showTold prints what a message tells, or the beginning of its text.
func (a *app) showTold(item *inbox.Item) {
	for _, e := range item.Entries {
		if !e.Left {
			a.showEntry(e)
		}
	}
	if len(item.Entries) == 0 && (item.Kind == inbox.Letter || item.Kind == inbox.Mail) {
		a.showText(item, mostShown)
	}
	for _, n := range item.Notes {
		a.wrappedAfter("  note: ", "        ", clean(n))
	}
}

// mostShown is how many lines are shown of a message of which nothing was understood.
const mostShown = 12

// showText prints the first lines of what was read of a message, with their numbers; most 0: all of them.
func (a *app) showText(item *inbox.Item, most int) {
	shown := 0
	for _, p := range item.Read() {
		name := "the message"
		if p.Name != "" {
			name = clean(p.Name)
		}
		a.wrapped("  ", "text of "+name+":")
		for i, line := range strings.Split(p.Text, "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			if shown++; most > 0 && shown > most {
				a.wrapped("    ", "…")
				return
			}
			number, line := fmt.Sprintf("%5d ", i+1), clean(strings.TrimRight(line, " \t\r"))
			if a.face().Fits(number + line) { // the columns of a table stay under each other
				fmt.Fprintln(a.out, number+line)
				continue
			}
			a.wrappedAfter(number, "      ", strings.TrimSpace(line))
		}
	}
}

// showEntry prints a proposal with the words that each of its details rests on.
func (a *app) showEntry(e inbox.Entry) {
	state := ""
	switch {
	case e.Before:
		state = " (in the log already)"
	case e.Offered:
		state = " (offered)"
	case e.Why != nil:
		state = " (cannot be recorded so)"
	}
	day := "on a day that is not known"
	if !e.On.IsZero() {
		day = "on " + e.On.Long()
	}
	what := string(e.Kind)
	if e.Yours["event"] {
		what += " (" + e.Basis("event") + ")"
	}
	if e.Yours["on"] {
		day += " (" + e.Basis("on") + ")"
	}
	a.wrapped("  ", what+" "+day+state)
	if p, ok := e.Words["event"]; ok {
		a.wrappedAfter("      ", "      ", where(p))
	}
	for _, name := range detailNames(e.Proposal) {
		a.wrappedAfter("    "+name+" ", "      ", clean(e.Data[name])+"  "+basisOf(e, name))
	}
	for _, open := range e.Open {
		a.wrappedAfter("    open: ", "      ", clean(open))
	}
	if e.Why != nil {
		a.wrappedAfter("    not so: ", "      ", a.words(e.Why.Error()))
	}
}

// basisOf says what a detail rests on: words of the message, a reckoning, or whoever changed it.
func basisOf(e inbox.Entry, name string) string {
	basis, passage := e.Basis(name), ""
	if words, ok := e.Words[name]; ok {
		if passage = where(words); basis != "" {
			return passage + ", " + basis
		}
		return passage
	}
	return "(" + basis + ")"
}

// detailNames are the details of a proposal, in the order that its kind has them.
func detailNames(p reply.Proposal) (out []string) {
	spec, _ := docket.SpecOf(p.Kind)
	for _, d := range spec.Details {
		if p.Data[d.Name] != "" {
			out = append(out, d.Name)
		}
	}
	return out
}

// where are words with their place.
func where(p reply.Passage) string {
	place := fmt.Sprintf("line %d", p.Line)
	if p.Part != "" {
		place += " of " + clean(p.Part)
	}
	if p.Scanned {
		place += ", read from a picture"
	}
	words := []rune(clean(p.Words))
	if len(words) > mostWords {
		words = append(words[:mostWords], '…')
	}
	return "“" + string(words) + "” (" + place + ")"
}

// mostWords is how many characters of a passage are shown.
const mostWords = 160

// messageAsJSON is a message for other programs.
func messageAsJSON(item inbox.Item, done []docket.Event) map[string]any {
	events, offered := []map[string]any{}, []map[string]any{}
	for _, e := range item.Entries {
		if e.Offered {
			offered = append(offered, entryAsJSON(e))
		} else {
			events = append(events, entryAsJSON(e))
		}
	}
	null := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	h := item.Reading.Hint
	return map[string]any{"file": item.File, "kind": item.Kind, "sha256": item.Hash, "request": null(item.Match.Request),
		"candidates": append([]string{}, item.Match.Candidates...),
		"hint":       map[string]any{"tracking": null(h.Tracking), "subject": null(h.Subject), "our_ref": null(h.OurRef)},
		"events":     events, "offered": offered, "notes": append([]string{}, item.Notes...),
		"recorded": append([]docket.Event{}, done...)}
}

func entryAsJSON(e inbox.Entry) map[string]any {
	words := e.Words
	if words == nil {
		words = map[string]reply.Passage{}
	}
	one := map[string]any{"event": string(e.Kind), "words": words, "certain": e.Certain()}
	if !e.On.IsZero() {
		one["on"] = e.On.String()
	}
	for k, v := range e.Data {
		one[k] = v
	}
	if e.Request != "" {
		one["request"] = e.Request
	}
	if len(e.Derived) > 0 {
		one["reckoned"] = e.Derived
	}
	if len(e.Open) > 0 {
		one["open"] = e.Open
	}
	if e.Why != nil {
		one["refused"] = e.Why.Error()
	}
	if e.Before {
		one["recorded_before"] = true
	}
	return one
}
