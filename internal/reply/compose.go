package reply

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/lazy"
	"foia/internal/workday"
)

// compose makes proposals of the signs.
func (r *reader) compose() Reading {
	out := Reading{Date: r.date}
	numbers := r.numbers()
	for _, n := range numbers {
		out.Numbers = append(out.Numbers, n.number)
	}
	if len(numbers) > 0 {
		out.Hint.Tracking = numbers[0].number
		if numbers[0].hint != "" {
			out.Hint.Tracking = numbers[0].hint
		}
	}
	out.Hint.OurRef, out.Hint.Subject = r.ourRef(), r.subject()
	groups := r.divided(numbers)
	for _, g := range groups {
		part := *r
		part.found = g.found
		part.text = &text{head: r.text.head, sentences: g.sentences, tail: r.text.tail}
		c := composer{reader: &part, request: g.number, numbers: numbers, alone: len(groups) == 1}
		c.compose()
		out.Proposals = append(out.Proposals, c.out...)
		out.Notes = append(out.Notes, c.notes...)
	}
	if waits := r.signs("portal"); len(out.Proposals) == 0 && len(waits) > 0 {
		out.Portal = true
		for _, g := range r.signs("portal-days") {
			if s, ok := spanOf(g.values["days"]); ok && !r.message.Sent.IsZero() {
				out.Fetch = r.message.Sent.AddDays(s.days)
			}
			if d := r.day(g, "until"); !d.IsZero() {
				out.Fetch = d
			}
		}
	}
	if r.dateAt != nil && !r.message.Sent.IsZero() && r.message.Sent != r.date {
		out.Notes = append(out.Notes, fmt.Sprintf("the letter is dated %s, the message %s", r.date.Letter(), r.message.Sent.Letter()))
	}
	return out
}

// group is what a message says of one of several requests.
type group struct {
	number    string
	found     []sign
	sentences []sentence
}

// divided divides a message that is about several requests by the numbers with which its paragraphs begin.
func (r *reader) divided(numbers []foundNumber) []group {
	whole := []group{{found: r.found, sentences: r.text.sentences}}
	if len(numbers) < 2 {
		return whole
	}
	var groups []group
	now := map[int]int{} // the group of each paragraph
	for _, s := range r.text.sentences {
		if _, ok := now[s.para]; ok {
			continue
		}
		now[s.para] = -1
		begin := itemHead.RE().ReplaceAllString(listed.RE().ReplaceAllString(s.text, ""), "")
		for _, n := range numbers {
			if strings.HasPrefix(begin, n.number) {
				i := slices.IndexFunc(groups, func(g group) bool { return g.number == n.number })
				if i < 0 {
					i = len(groups)
					groups = append(groups, group{number: n.number})
				}
				now[s.para] = i
			}
		}
	}
	if len(groups) < 2 {
		return whole
	}
	last := -1
	in := func(para int) int {
		if i := now[para]; i >= 0 {
			last = i
		}
		return last
	}
	for _, s := range r.text.sentences {
		i := in(s.para)
		for j := range groups {
			if j == i || i >= 0 && ofAll.RE().MatchString(s.text) {
				groups[j].sentences = append(groups[j].sentences, s)
			}
		}
	}
	for i := range groups {
		g := &groups[i]
		chain(g.sentences)
		for j := range g.sentences {
			g.found = append(g.found, rules().signsIn(&g.sentences[j])...)
		}
	}
	return groups
}

// itemHead is what may stand before the number with which a paragraph on one of several requests begins.
var itemHead = lazy.Pattern(`(?i)^(?:(?:FOIA|FOIL|your|the|request|requests|case|file|no\.?|number|as to|as for|regarding|` +
	`concerning|re:?|in|#|` +
	`with (?:respect|regard) to|tracking|control)[\s:]*|#)+`)

// ofAll is a sentence at the end that speaks of all requests.
var ofAll = lazy.Pattern(`(?i)\b(?:any of (?:the above|these)|either (?:of|request|decision|determination|response)|both (?:of|` +
	`requests|decisions|responses)|` +
	`each of (?:these|the)|these (?:determinations|decisions|responses|requests)|the above (?:determinations|decisions|responses))\b`)

// listed is the sign of an item of a list.
var listed = lazy.Pattern(`^(?:\(?[A-Za-z0-9]{1,3}[.)]|[•*–-])\s+`)

func (r *reader) ourRef() string {
	for _, l := range slices.Concat([]line{{text: r.mailSubject()}}, r.text.head) {
		if m := numberForms.our.RE().FindStringSubmatch(l.text); m != nil {
			return m[1] + m[2]
		}
	}
	for _, s := range r.text.sentences {
		if m := numberForms.our.RE().FindStringSubmatch(s.text); m != nil && strings.Contains(strings.ToLower(m[0]), "your ref") {
			return m[1] + m[2]
		}
	}
	return ""
}

// mailSubject is the subject of the mail in one line.
func (r *reader) mailSubject() string {
	return strings.Join(strings.Fields(folded(r.message.Subject)), " ")
}

// composer makes the proposals of one request.
type composer struct {
	*reader
	request string
	numbers []foundNumber
	alone   bool
	out     []Proposal
	notes   []string
}

func (c *composer) compose() {
	appeal := len(c.signs("appeal-received", "appeal-decided")) > 0
	if appeal {
		c.appealMail()
		return
	}
	var decision *Proposal
	if len(c.signs("ruling")) == 0 { // somebody else decides
		decision = c.determination()
	}
	c.acknowledged(decision)
	if decision == nil {
		c.ruling()
	}
	if decision == nil { // a time that is named beside a decision is that of something else
		c.extended()
		c.estimated()
	}
	c.fee()
	c.question(decision)
	c.interested()
	for _, name := range []string{"expedited-denied", "expedited-granted", "fee-waiver-denied", "fee-waiver-granted"} {
		c.granted(name)
	}
	c.category()
	c.referred()
	if decision != nil {
		c.out = append(c.out, *decision)
	}
}

// propose begins a proposal that rests on a sign.
func (c *composer) propose(kind docket.Kind) Proposal {
	p := Proposal{Kind: kind, On: c.date, Data: map[string]string{}, Words: map[string]Passage{}, Derived: map[string]string{}}
	if !c.alone {
		p.Request = c.request
	}
	if c.dateAt != nil {
		p.Words["on"] = *c.dateAt
	}
	if p.On.IsZero() {
		p.Open = append(p.Open, "the day: neither the letter nor the message has a date")
	}
	return p
}

// tell tells a detail with the words that it rests on.
func (p *Proposal) tell(name, value string, g sign) {
	if value == "" || p.Data[name] != "" {
		return
	}
	p.Data[name] = value
	p.Words[name] = g.sentence.passage(g.words)
}

func (p *Proposal) tellDay(name string, d workday.Date, g sign) {
	if !d.IsZero() {
		p.tell(name, d.String(), g)
	}
}

// rests says on which words the event as such rests.
func (p *Proposal) rests(g sign) {
	if _, ok := p.Words["event"]; !ok {
		p.Words["event"] = g.sentence.passage(g.words)
	}
}

// A day of receipt that a letter names in passing (“your request, received on July 24, needs ten more days”) acknowledges
// nothing: the letter is about something else.
func (c *composer) acknowledged(decision *Proposal) {
	grounds := c.signs("acknowledges")
	if decision != nil { // it may tell that the request was acknowledged before
		grounds = slices.DeleteFunc(grounds, func(g sign) bool { return strings.Contains(strings.ToLower(g.words), "acknowledged") })
	}
	if decision == nil {
		grounds = append(grounds, c.signs("assigned")...)
	}
	if len(c.asksInterest()) > 0 {
		grounds = c.signs("acknowledges")
	} else if decision == nil && !c.has(docket.InterimRelease) {
		grounds = slices.Concat(grounds, c.signs("received-by-us", "thanks", "has-it"))
	}
	if len(grounds) == 0 && decision == nil && len(c.numbers) > 0 && len(c.asksInterest()) == 0 {
		about := len(c.signs("extended")) > 0 || decides(c.reader) && len(c.signs("track", "estimate", "expected-by")) == 0
		grounds = slices.DeleteFunc(c.signs("received"), func(g sign) bool {
			return c.day(g, "received").IsZero() || about && inPassing(g)
		})
	}
	if len(grounds) == 0 || c.has(docket.InterimRelease) && len(c.signs("acknowledges")) == 0 {
		return
	}
	p := c.propose(docket.Acknowledged)
	p.rests(grounds[0])
	if len(c.numbers) > 0 && (c.alone || c.request == c.numbers[0].number) {
		n := c.numbers[0]
		p.Data["tracking"], p.Words["tracking"] = n.number, n.where.passage(n.where.text)
	}
	for _, g := range c.signs("received-by-us", "received") {
		d := c.day(g, "received")
		if g.values["same"] != "" {
			d = c.day(sign{values: map[string]string{"received": g.values["same"]}}, "received")
		}
		if !d.IsZero() && p.Data["received"] != "" && p.Data["received"] != d.String() {
			p.Open = append(p.Open, "received: two days are given, "+p.Data["received"]+" and "+d.String())
			delete(p.Data, "received")
			break
		}
		p.tellDay("received", d, g)
	}
	c.track(&p)
	if p.Data["received"] == "" && len(p.Data) <= 1 && len(c.signs("acknowledges", "assigned", "thanks")) == 0 && decides(c.reader) {
		return // “has your request” begins what the letter is about
	}
	if len(c.signs("extended")) == 0 {
		for _, g := range c.signs("estimate", "expected-by") {
			p.tellDay("until", c.day(g, "until"), g)
		}
	}
	c.out = append(c.out, p)
}

func (c *composer) has(kind docket.Kind) bool {
	return slices.ContainsFunc(c.out, func(p Proposal) bool { return p.Kind == kind })
}

func (c *composer) question(decision *Proposal) {
	if decision != nil {
		return
	}
	for _, kind := range []docket.Kind{docket.DeficiencyNotice, docket.ClarificationRequested} {
		if signs := c.signs(string(kind)); len(signs) > 0 {
			p := c.propose(kind)
			p.rests(signs[0])
			c.answerBy(&p)
			c.out = append(c.out, p)
			return
		}
	}
}

// asksInterest are the signs that a letter asks whether the records are still wanted. What it will take silence for says
// so where it asks nothing else.
func (c *composer) asksInterest() []sign {
	if signs := c.signs("still-interested"); len(signs) > 0 {
		return signs
	}
	if len(c.signs("clarification-requested", "deficiency-notice", "fee-total", "acknowledges", "thanks", "track", "category",
		"extended", "expedited-denied", "fee-waiver-denied")) > 0 {
		return nil
	}
	if signs := c.signs("interest-presumed"); len(signs) > 0 {
		return signs
	}
	// A letter that wants an answer by a day, asks nothing else and will close the request otherwise.
	if len(c.signs("answer-date", "answer-days")) == 0 || len(c.signs("appeal-days", "appeal-date", "final", "interim", "estimate",
		"denied",
		"released-in-full", "released-in-part",
		"no-records", "portal", "ruling", "closed-now", "referred", "assigned")) > 0 {
		return nil
	}
	return c.signs("closing-threat")
}

func (c *composer) interested() {
	signs := c.asksInterest()
	if len(signs) == 0 {
		return
	}
	p := c.propose(docket.StillInterestedAsked)
	p.rests(signs[0])
	c.answerBy(&p)
	c.out = append(c.out, p)
}

// inPassing tells whether a receipt stands in a clause that only describes the request.
func inPassing(g sign) bool {
	before, _, _ := strings.Cut(g.sentence.text, g.words)
	return describes.RE().MatchString(g.words) && (!saysSo.RE().MatchString(before) || which.RE().MatchString(before))
}

const (
	describes = lazy.Pattern(`^(?:(?i:that|which)\b|received (?:on )?[A-Z0-9])`)
	saysSo    = lazy.Pattern(`(?i)\b(?:was|is|been|we|have|has|had|office|I) $`)
	which     = lazy.Pattern(`(?i)\b(?:that|which) (?:was|is|has been|had been) $`)
)

// decides tells whether a letter is about something else than the receipt of a request.
func decides(r *reader) bool {
	return len(r.signs("extended", "fee-total", "fee-advance", "clarification-requested", "deficiency-notice", "duplicate", "final",
		"interim")) > 0
}
