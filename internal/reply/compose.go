package reply

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
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
		s.text = listed.re().ReplaceAllString(s.text, "")
		for _, n := range numbers {
			if slices.ContainsFunc([]string{"", "Request ", "As to ", "Regarding "}, func(begin string) bool {
				return strings.HasPrefix(s.text, begin+n.number)
			}) {
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
		if i := in(s.para); i >= 0 {
			groups[i].sentences = append(groups[i].sentences, s)
		}
	}
	for i := range groups {
		g := &groups[i]
		for j := range g.sentences {
			for k := range rules() {
				g.found = append(g.found, rules()[k].in(&g.sentences[j])...)
			}
		}
	}
	return groups
}

// listed is the sign of an item of a list.
var listed = pattern(`^(?:\(?[A-Za-z0-9]{1,3}[.)]|[•*–-])\s+`)

func (r *reader) ourRef() string {
	for _, l := range slices.Concat([]line{{text: folded(r.message.Subject)}}, r.text.head) {
		if m := numberForms.our.re().FindStringSubmatch(l.text); m != nil {
			return m[1] + m[2]
		}
	}
	for _, s := range r.text.sentences {
		if m := numberForms.our.re().FindStringSubmatch(s.text); m != nil && strings.Contains(strings.ToLower(m[0]), "your ref") {
			return m[1] + m[2]
		}
	}
	return ""
}

func (r *reader) subject() string {
	for _, l := range r.text.tail {
		m := subjectLine.re().FindStringSubmatch(l.text)
		if m != nil && !slices.ContainsFunc(numberForms.token.re().FindAllString(m[1], -1), isNumber) {
			return strings.TrimSpace(m[1])
		}
	}
	for _, g := range r.signs("subject") {
		return strings.Trim(strings.TrimSpace(subjectEnd.re().ReplaceAllString(g.values["subject"], "")), `."“”`)
	}
	if m := mailSubject.re().FindStringSubmatch(folded(r.message.Subject)); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

var (
	subjectLine = pattern(`^(?:Subject(?: of Request)?|Subject Matter|RE|Records requested):\s+([^:]{8,160}?)(?: \(.*)?$`)
	subjectEnd  = pattern(`(?i)(?:,? (?:on|dated|dating|from|received) (?:since )?` + datePattern + `)?\.?$`)
	mailSubject = pattern(`(?i)FOIA request: (.{5,120}?)(?: \((?:our|your) ref.*)?$`)
)

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
	decision := c.determination()
	c.acknowledged(decision)
	if decision == nil {
		c.ruling()
	}
	c.extended()
	c.estimated()
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

func (c *composer) acknowledged(decision *Proposal) {
	grounds := c.signs("acknowledges")
	if decision == nil {
		grounds = append(grounds, c.signs("assigned")...)
	}
	if len(c.signs("still-interested")) > 0 {
		grounds = c.signs("acknowledges")
	} else if decision == nil && !c.has(docket.InterimRelease) {
		grounds = slices.Concat(grounds, c.signs("received-by-us"))
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
	for _, g := range c.signs("track") {
		p.tell("track", strings.ToLower(g.values["track"]), g)
	}
	if len(c.signs("extended")) == 0 {
		for _, g := range c.signs("estimate") {
			p.tellDay("until", c.day(g, "until"), g)
		}
	}
	c.out = append(c.out, p)
}

func (c *composer) has(kind docket.Kind) bool {
	return slices.ContainsFunc(c.out, func(p Proposal) bool { return p.Kind == kind })
}

func (c *composer) extended() {
	signs := c.signs("extended")
	if len(signs) == 0 {
		return
	}
	p := c.propose(docket.Extended)
	p.rests(signs[0])
	for _, g := range signs {
		p.tellDay("until", c.day(g, "until"), g)
	}
	for _, g := range c.signs("expected-by") {
		p.tellDay("until", c.day(g, "until"), g)
	}
	for _, g := range signs {
		if s, ok := spanOf(g.values["days"]); ok && p.Data["until"] == "" && (s.working || c.federal()) {
			p.tell("days", strconv.Itoa(s.days), g)
		}
	}
	c.grounds(&p, signs)
	if p.Data["until"] == "" && p.Data["days"] == "" {
		p.Open = append(p.Open, "the letter gives neither days nor a date, though 5 U.S.C. § 552(a)(6)(B)(i) wants one")
	}
	c.out = append(c.out, p)
}

// grounds are those of the paragraph of an extension, and of the one beside it. A definition names none.
func (c *composer) grounds(p *Proposal, signs []sign) {
	var named []string
	near := func(g sign) bool {
		for _, s := range signs {
			if d := s.sentence.para - g.sentence.para; s.sentence.part == g.sentence.part && d >= -1 && d <= 1 {
				return true
			}
		}
		return false
	}
	for _, g := range c.signs("ground") {
		if ground := g.sets["grounds"]; near(g) && !slices.Contains(named, ground) {
			named = append(named, ground)
			if _, ok := p.Words["grounds"]; !ok {
				p.Words["grounds"] = g.sentence.passage(g.sentence.text)
			}
		}
	}
	slices.SortFunc(named, func(a, b string) int { return slices.Index(docket.Grounds, a) - slices.Index(docket.Grounds, b) })
	if len(named) > 0 {
		p.Data["grounds"] = strings.Join(named, ",")
		return
	}
	for _, s := range c.text.sentences {
		if definition.re().MatchString(s.text) {
			p.Open = append(p.Open, "grounds: the letter recites the law's three and names none")
			return
		}
	}
}

var definition = pattern(`(?i)defin\w+ .{0,30}unusual circumstances|unusual circumstances.{0,40}defin`)

func (c *composer) estimated() {
	told := func(p Proposal) bool { return p.Kind == docket.Acknowledged && p.Data["until"] != "" }
	if slices.ContainsFunc(c.out, told) {
		return
	}
	signs := c.signs("estimate")
	if !c.has(docket.Extended) {
		signs = append(signs, c.signs("expected-by")...)
	}
	for _, g := range signs {
		if d := c.day(g, "until"); !d.IsZero() {
			p := c.propose(docket.Estimated)
			p.rests(g)
			p.tellDay("until", d, g)
			c.out = append(c.out, p)
			return
		}
	}
}

func (c *composer) fee() {
	p := c.propose(docket.FeeNotice)
	for _, g := range c.signs("fee-total") {
		amount := moneyOf(g.values["amount"])
		if p.Data["amount"] != "" && amount != p.Data["amount"] {
			p.Open = append(p.Open, "amount: two are given, "+p.Data["amount"]+" and "+amount)
			continue
		}
		p.rests(g)
		p.tell("amount", amount, g)
	}
	if p.Data["amount"] == "" {
		return
	}
	c.search(&p)
	for _, g := range c.signs("fee-deposit") {
		p.tell("deposit", moneyOf(g.values["deposit"]), g)
	}
	for _, g := range c.signs("fee-advance") {
		p.tell("advance", "yes", g)
	}
	c.answerBy(&p)
	c.out = append(c.out, p)
}

// search tells what is for search: one sum, or those of several rows.
func (c *composer) search(p *Proposal) {
	cents := 0
	var rows []sign
	for _, g := range c.signs("fee-search") {
		if slices.ContainsFunc(rows, func(r sign) bool { return r.sentence.line == g.sentence.line }) {
			continue
		}
		amount := moneyOf(g.values["search"])
		whole, part, _ := strings.Cut(amount, ".")
		n, err := strconv.Atoi(whole + part)
		if err != nil { // an amount in another currency is told as it stands
			p.tell("search", amount, g)
			return
		}
		cents, rows = cents+n, append(rows, g)
	}
	if len(rows) == 0 {
		return
	}
	p.tell("search", fmt.Sprintf("%d.%02d", cents/100, cents%100), rows[0])
	if len(rows) > 1 {
		p.Derived["search"] = fmt.Sprintf("the sum of %d rows", len(rows))
	}
}

// answerBy tells until when an answer is wanted, as a date or reckoned from the date of the letter.
func (c *composer) answerBy(p *Proposal) {
	for _, g := range c.signs("answer-date") {
		p.tellDay("answer-by", c.day(g, "by"), g)
	}
	for _, g := range c.signs("answer-days") {
		if d, how := c.after(g.values["window"]); !d.IsZero() && p.Data["answer-by"] == "" {
			p.tellDay("answer-by", d, g)
			p.Derived["answer-by"] = how
		}
	}
}

// after is a day some days after the date of the letter, and how it was reckoned. Working days are counted
// under the federal law alone.
func (c *composer) after(window string) (workday.Date, string) {
	s, ok := spanOf(window)
	if !ok || c.date.IsZero() {
		return workday.Date{}, ""
	}
	if !s.working {
		return c.date.AddDays(s.days), fmt.Sprintf("%d calendar days from %s", s.days, c.date.Letter())
	}
	if !c.federal() || c.known.Calendar == nil {
		return workday.Date{}, ""
	}
	count, err := c.known.Calendar.FromEvent(c.date, s.days, "")
	if err != nil {
		return workday.Date{}, ""
	}
	return count.Due, fmt.Sprintf("%d working days from %s", s.days, c.date.Letter())
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

func (c *composer) interested() {
	signs := c.signs("still-interested")
	if len(signs) == 0 {
		return
	}
	p := c.propose(docket.StillInterestedAsked)
	p.rests(signs[0])
	c.answerBy(&p)
	c.out = append(c.out, p)
}

// granted proposes what was granted or denied beside the request itself.
func (c *composer) granted(name string) {
	signs := c.signs(name)
	if len(signs) == 0 {
		return
	}
	p := c.propose(docket.Kind(name))
	p.rests(signs[0])
	if strings.HasSuffix(name, "denied") {
		c.appealBy(&p)
	}
	c.out = append(c.out, p)
}

func (c *composer) category() {
	for _, g := range c.signs("category") {
		p := c.propose(docket.CategoryAssigned)
		p.rests(g)
		low := strings.ToLower(g.values["category"])
		for _, pair := range [][2]string{{"media", "media"}, {"educat", "educational"}, {"scien", "scientific"},
			{"commercial", "commercial"},
			{"other", "other"}} {
			if strings.Contains(low, pair[0]) && !(pair[0] == "commercial" && strings.Contains(low, "noncommercial")) {
				p.tell("category", pair[1], g)
				break
			}
		}
		if p.Data["category"] != "" {
			c.out = append(c.out, p)
			return
		}
	}
}

func (c *composer) ruling() {
	for _, g := range c.signs("ruling") {
		p := c.propose(docket.RulingRequested)
		p.rests(g)
		p.tell("authority", g.sets["authority"], g)
		c.out = append(c.out, p)
		return
	}
}

func (c *composer) referred() {
	for _, g := range c.signs("consulted") {
		p := c.propose(docket.Consulted)
		p.rests(g)
		p.tell("with", strings.TrimSpace(strings.TrimPrefix(g.values["with"], "the ")), g)
		c.out = append(c.out, p)
		break
	}
	all := c.signs("referred")
	if len(c.signs("referred-these")) > 0 {
		all = c.signs("originated")
	}
	for _, g := range all {
		p := c.propose(docket.Referred)
		p.rests(g)
		p.tell("to", strings.TrimRight(strings.TrimSpace(g.values["to"]), " ,."), g)
		if n, ok := countOf(g.values["pages"]); ok {
			p.tell("pages", strconv.Itoa(n), g)
		}
		if p.Data["to"] != "" {
			c.out = append(c.out, p)
		}
	}
}

func (c *composer) appealMail() {
	for _, g := range c.signs("appeal-decided") {
		p := c.propose(docket.AppealDecided)
		p.rests(g)
		p.tell("outcome", g.sets["outcome"], g)
		c.out = append(c.out, p)
		return
	}
	received := c.signs("appeal-received")
	if len(received) == 0 {
		return
	}
	g := received[0]
	p := c.propose(docket.AppealReceived)
	p.rests(g)
	if d := c.day(g, "received"); !d.IsZero() {
		p.On = d
		p.Words["on"] = g.sentence.passage(g.words)
	}
	if len(c.numbers) > 0 {
		n := c.numbers[0]
		p.Data["tracking"], p.Words["tracking"] = n.number, n.where.passage(n.where.text)
	}
	c.out = append(c.out, p)
}

// appealBy tells until when an appeal is to be made, and where it goes.
func (c *composer) appealBy(p *Proposal) {
	for _, g := range c.signs("appeal-date") {
		p.tellDay("appeal-by", c.day(g, "by"), g)
	}
	for _, g := range c.signs("appeal-days-received") {
		came := c.message.Sent
		if s, ok := spanOf(g.values["window"]); ok && !s.working && !came.IsZero() && p.Data["appeal-by"] == "" {
			p.tellDay("appeal-by", came.AddDays(s.days), g)
			p.Derived["appeal-by"] = fmt.Sprintf("%d calendar days from %s, when the message came", s.days, came.Letter())
		}
	}
	for _, g := range c.signs("appeal-days") {
		if len(c.signs("appeal-days-received")) > 0 {
			break
		}
		if d, how := c.after(g.values["window"]); !d.IsZero() && p.Data["appeal-by"] == "" {
			p.tellDay("appeal-by", d, g)
			p.Derived["appeal-by"] = how
		}
	}
}
