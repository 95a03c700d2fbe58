package docket

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

// aCase is one request and what the plain count makes of it.
type aCase struct {
	name   string
	events []Event
	due    *aCount
	want   string
	other  string // the reading by which the question of the office stops nothing
	anew   string // the end of all of the time counted again from the answer
	kind   string // the end with all the days on which the office may be closed
}

// receive is the request, sent or received with proof on a day, and the day from which its
// time runs.
func (p aPlace) receive(r *rand.Rand, day string) (events []Event, from string) {
	switch way := r.IntN(3); {
	case way == 0 || way == 1 && p.mail == 0 && p.law == "us-tx":
		c := aCount{place: p, off: p.counted()}
		return []Event{happens(Sent, day, "by", "email")}, c.run(day, p.email, false)
	case way == 1 && p.mail > 0:
		c := aCount{place: p, off: p.counted()}
		return []Event{happens(Sent, day, "by", "mail")}, c.run(day, p.mail, false)
	}
	return []Event{happens(Sent, step(day, -3), "by", "mail"), happens(Received, day, "proof", "return receipt")}, day
}

// draw makes the n-th request of a law.
func (p aPlace) draw(r *rand.Rand, n int) aCase {
	first := "2025-01-02"
	day := step(first, r.IntN(683)) // up to 2026-11-15
	events, from := p.receive(r, day)
	if p.from != "" {
		from = step(day, r.IntN(6))
		events = append(events, happens(p.from, from))
	}
	c := &aCount{place: p, off: p.counted(), from: from}
	k := &aCount{place: p, off: p.all(), from: from}
	t := aCase{name: "plain", events: events, due: c, want: c.end(0), kind: k.end(0)}
	open := c.between(from, t.want)
	switch n % 6 {
	case 1:
		t.name = "notice in time"
		t.extended(r, step(from, r.IntN(open+1)))
	case 2:
		t.name = "notice too late"
		t.events = append(t.events, happens(Extended, step(t.kind, 30+r.IntN(20)), "days", "3"))
	case 3:
		t.name = "notice of more than the law allows"
		t.tooLong(step(from, r.IntN(open+1)))
	case 4:
		t.name = "question answered"
		t.asked(r, from, ClarificationRequested, ClarificationAnswered, "")
	case 5:
		t.name = "fees answered"
		t.asked(r, from, FeeNotice, FeeAnswered, p.fees)
	}
	if p.what == DueAcknowledgment || p.answers && t.name == "question answered" {
		t.want, t.kind, t.other, t.anew = c.plainly(), k.end(0), "",
			"" // whatever the office says acknowledges the request, or is the answer
	}
	return t
}

// extended adds a notice in time: by days, or to a day of its own.
func (t *aCase) extended(r *rand.Rand, on string) {
	p := t.due.place
	if p.more == 0 { // a day of its own takes the place of the time, which stays what it is
		t.events = append(t.events, happens(Extended, on, "until", step(t.want, 20)))
		return
	}
	if days := 1 + r.IntN(p.more); r.IntN(2) == 0 {
		t.events = append(t.events, happens(Extended, on, "days", fmt.Sprint(days)))
		t.longer(days)
		return
	}
	until := step(t.want, 1+r.IntN(p.more))
	t.events = append(t.events, happens(Extended, on, "until", until))
	t.longer(min(t.due.between(t.want, until), p.more))
	if t.kind = until; p.moreDays { // by its own words, whatever its calendar
		all := aCount{place: p, off: p.all()}
		t.kind = all.next(until)
	}
}

// longer counts with so many days more.
func (t *aCase) longer(days int) {
	t.want = t.due.end(days)
	k := aCount{place: t.due.place, off: t.due.place.all(), from: t.due.from}
	t.kind = k.end(days)
}

func (t *aCase) tooLong(on string) {
	p := t.due.place
	t.events = append(t.events, happens(Extended, on, "days", fmt.Sprint(p.more+25)))
	if p.more > 0 {
		t.longer(p.more)
	}
}

// asked adds a question of the office, and its answer by e-mail.
func (t *aCase) asked(r *rand.Rand, from string, question, answer Kind, does string) {
	on := step(from, 1+r.IntN(max(1, t.due.place.days-1)))
	done := step(on, r.IntN(15))
	details := []string{"amount", "120"}
	if question == ClarificationRequested {
		details = nil
	}
	t.events = append(t.events, happens(question, on, details...), happens(answer, done, "by", "email", "answer", "paid"))
	plain := t.want
	t.due.pause = [2]string{on, done}
	t.want = t.due.end(0)
	k := aCount{place: t.due.place, off: t.due.place.all(), from: t.due.from, pause: t.due.pause}
	t.kind = k.end(0)
	if does != "" || on > plain {
		return
	}
	if plain != t.want {
		t.other = plain
	}
	again := aCount{place: t.due.place, off: t.due.off, from: done}
	t.anew = again.end(0)
}

// Sixty requests under each of ten laws, received on any day of two years: the program
// counts what a plain count by another's list of holidays gives.
func TestOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(2025, 2026))
	counted := 0
	for _, p := range oraclePlaces {
		for n := range 60 {
			c := p.draw(r, n)
			counted++
			if says := c.differs(t); says != "" {
				t.Errorf("%s, %s: %s\n%s\nplain count from %s to %s, skipped %s", p.law, c.name, says, tellEvents(c.events), c.due.from,
					c.want, strings.Join(c.due.skipped, "; "))
			}
		}
	}
	if counted < 600 {
		t.Errorf("only %d deadlines", counted)
	}
}

// differs says what the program has otherwise.
func (c aCase) differs(t *testing.T) string {
	p := c.due.place
	s := underLaw(t, p.law, slices.Clone(c.events)...)
	d, ok := s.Deadline(p.what)
	if !ok {
		return "no deadline: " + p.what
	}
	var says []string
	say := func(format string, args ...any) { says = append(says, fmt.Sprintf(format, args...)) }
	if d.Due.String() != c.want {
		say("due %s, not %s: %s", d.Due, c.want, d.Explain())
	}
	if !d.Lenient.IsZero() && (d.Lenient.Before(d.Due) || d.Lenient.String() < c.kind) {
		say("late for sure after %s; the office may be closed until %s", d.Lenient, c.kind)
	}
	if c.other != "" && !has(d.Other, c.other) {
		say("without the reading %s: %+v", c.other, d.Other)
	}
	if own, promised := s.Deadline(DuePromised); promised && p.more > 0 && own.Due != c.told() {
		say("a date of its own, %s, that it never gave", own.Due)
	}
	if c.anew == "" {
		return strings.Join(says, "\n")
	}
	if c.anew != c.want && p.surely && !has(d.Other, c.anew) {
		say("without the reading that all of it runs again, %s: %+v", c.anew, d.Other)
	}
	if p.surely != !d.Lenient.IsZero() || p.surely && d.Lenient.String() < c.anew {
		say("late for sure after %q, with all of the time again until %s", d.Lenient, c.anew)
	}
	if reminder, ok := s.Deadline(DueReminder); !p.surely && (!ok || reminder.Due.String() < c.anew) {
		say("asks on %s, before all of the time has run again on %s", reminder.Due, c.anew)
	}
	return strings.Join(says, "\n")
}

// told is the day that the office gives in a letter; unknown if it gives none.
func (c aCase) told() workday.Date {
	for _, e := range c.events {
		if day := e.day("until"); !day.IsZero() {
			return day
		}
	}
	return workday.Date{}
}

func has(readings []Reading, day string) bool {
	return slices.ContainsFunc(readings, func(r Reading) bool { return r.Due == workday.MustDate(day) })
}

func tellEvents(events []Event) string {
	var out []string
	for _, e := range events {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s (%s) %s %s", e.On, e.On.Weekday(), e.Kind, e.entered())))
	}
	return strings.Join(out, "\n")
}
