package reply

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/lazy"
	"foia/internal/workday"
)

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
	for _, g := range c.signs("extended-until", "expected-by") {
		p.tellDay("until", c.day(g, "until"), g)
	}
	if p.Data["until"] == "" { // “it will take 20 more days, and we plan to answer by …”
		for _, g := range c.signs("estimate") {
			near := func(s sign) bool {
				return s.sentence.part == g.sentence.part && s.sentence.line <= g.sentence.line &&
					s.sentence.para >= g.sentence.para-1 && s.sentence.para <= g.sentence.para
			}
			same := func(s sign) bool { return s.sentence == g.sentence }
			if slices.ContainsFunc(signs, same) || slices.ContainsFunc(signs, near) && !c.daysGiven(signs) {
				p.tellDay("until", c.day(g, "until"), g)
			}
		}
	}
	for _, g := range slices.Concat(signs, c.signs("extended-days")) {
		given := g.values["days"]
		if given == "" && g.values["more"] != "" {
			given = g.values["more"] + " working days"
		}
		if s, ok := spanOf(given); ok && p.Data["until"] == "" && (s.working || c.underFOIA) {
			p.tell("days", strconv.Itoa(s.days), g)
		}
	}
	c.grounds(&p, signs)
	if p.Data["until"] == "" && p.Data["days"] == "" {
		p.Open = append(p.Open, "the letter gives neither days nor a date, though 5 U.S.C. § 552(a)(6)(B)(i) wants one")
	}
	c.out = append(c.out, p)
}

// daysGiven tells whether an extension is one of some days; then a date beside it is an estimate.
func (c *composer) daysGiven(signs []sign) bool {
	return slices.ContainsFunc(slices.Concat(signs, c.signs("extended-days")), func(g sign) bool {
		s, ok := spanOf(g.values["days"])
		return ok && (s.working || c.underFOIA) || g.values["more"] != ""
	})
}

// grounds are those of the paragraph of an extension, and of the one beside it. A definition names none.
func (c *composer) grounds(p *Proposal, signs []sign) {
	var named []string
	near := func(g sign) bool {
		if g.sentence.ticked {
			return true
		}
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
		if definition.RE().MatchString(s.text) {
			p.Open = append(p.Open, "grounds: the letter recites the law's three and names none")
			return
		}
	}
}

var definition = lazy.Pattern(`(?i)defin\w+ .{0,30}unusual circumstances|unusual circumstances.{0,40}defin`)

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
			if c.extendedUntil(d) { // the same said twice
				return
			}
			p := c.propose(docket.Estimated)
			p.rests(g)
			p.tellDay("until", d, g)
			c.out = append(c.out, p)
			return
		}
	}
}

func (c *composer) extendedUntil(d workday.Date) bool {
	return slices.ContainsFunc(c.out, func(p Proposal) bool { return p.Kind == docket.Extended && p.Data["until"] == d.String() })
}

func (c *composer) fee() {
	p := c.propose(docket.FeeNotice)
	totals := c.signs("fee-total")
	inRow := func(g sign) bool { return totalRow.RE().MatchString(g.sentence.text) }
	if rows := slices.DeleteFunc(slices.Clone(totals), func(g sign) bool { return !inRow(g) }); len(rows) > 0 {
		totals = rows // what a table comes to goes before what is said beside it
	}
	for _, g := range totals {
		amount := moneyOf(g.values["amount"])
		p.rests(g)
		if p.Data["amount"] != "" && amount != p.Data["amount"] {
			p.Open = append(p.Open, "amount: two are given, "+p.Data["amount"]+" and "+amount)
			delete(p.Data, "amount")
			delete(p.Words, "amount")
			break
		}
		p.tell("amount", amount, g)
	}
	if len(totals) == 0 {
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

// totalRow is the row of a table that says what it comes to.
var totalRow = lazy.Pattern(`(?i)^\W*(?:\w+ )?(?:total|amount due|balance due|(?:estimated )?(?:fees?|costs?|` +
	`charges?))\b[^.;]{0,40}[$£€] ?[\d,.]+$`)

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
		if d, how := c.after(g.values["window"], !c.daysFirst); !d.IsZero() && p.Data["answer-by"] == "" {
			p.tellDay("answer-by", d, g)
			p.Derived["answer-by"] = how
		}
	}
}

// after is a day some days after the date of the letter, and how it was reckoned. Working days are counted by the federal
// calendar: of an appeal under the federal law alone.
func (c *composer) after(window string, countable bool) (workday.Date, string) {
	s, ok := spanOf(window)
	if !ok || c.date.IsZero() {
		return workday.Date{}, ""
	}
	if !s.working {
		return c.date.AddDays(s.days), fmt.Sprintf("%d calendar days from %s", s.days, c.date.Letter())
	}
	if !countable || c.known.Calendar == nil {
		return workday.Date{}, ""
	}
	count, err := c.known.Calendar.FromEvent(c.date, s.days, "")
	if err != nil {
		return workday.Date{}, ""
	}
	return count.Due, fmt.Sprintf("%d working days from %s", s.days, c.date.Letter())
}
