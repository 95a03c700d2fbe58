package reply

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"foia/internal/lazy"

	"foia/internal/docket"
)

// granted proposes what was granted or denied beside the request itself.
func (c *composer) granted(name string) {
	signs := c.signs(name)
	if what, yes := strings.CutSuffix(name, "-granted"); yes && c.has(docket.Kind(what+"-denied")) {
		return // the sentence that seems to grant it tells when an office does
	}
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

// category proposes in which category for fees the requester was put. What only speaks of the requester beside a category
// says so where it names no other one.
func (c *composer) category() {
	told := slices.DeleteFunc(c.signs("category-told"), func(g sign) bool {
		return categoriesIn(g.sentence.text) != 1 || strings.EqualFold(g.values["category"], "other") // “any other fee”
	})
	all := slices.Concat(c.signs("category", "category-ticked"), told)
	if ticked := slices.DeleteFunc(slices.Clone(all), func(g sign) bool { return !g.sentence.ticked }); len(ticked) > 0 {
		all = ticked
	}
	named := map[string]bool{}
	for _, g := range all {
		named[categoryOf(g.values["category"])] = true
	}
	if len(named) > 1 {
		c.notes = append(c.notes, "several categories for fees are named: see in which one you were put")
		return
	}
	for _, g := range all {
		p := c.propose(docket.CategoryAssigned)
		p.rests(g)
		p.tell("category", categoryOf(g.values["category"]), g)
		if p.Data["category"] != "" {
			c.out = append(c.out, p)
			return
		}
	}
}

// categoryOf is a category by the log's name for it.
func categoryOf(words string) string {
	low := strings.ReplaceAll(strings.ToLower(words), "-", "")
	for _, pair := range [][2]string{{"media", "media"}, {"educat", "educational"}, {"scien", "scientific"},
		{"commercial", "commercial"}, {"other", "other"}} {
		if strings.Contains(low, pair[0]) && !(pair[0] == "commercial" && strings.Contains(low, "noncommercial")) {
			return pair[1]
		}
	}
	return ""
}

// categoriesIn is how many categories a text names.
func categoriesIn(text string) int {
	found := map[string]bool{}
	for _, w := range aCategory().FindAllString(text, -1) {
		found[categoryOf(w)] = true
	}
	return len(found)
}

var aCategory = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\b` + categoryPattern) })

func (c *composer) ruling() {
	for _, g := range c.signs("ruling") {
		p := c.propose(docket.RulingRequested)
		p.rests(g)
		p.tell("authority", g.values["authority"], g)
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
	if len(all) == 0 && len(c.signs("not-ours")) > 0 {
		all = c.signs("transferred")
	}
	for _, g := range all {
		p := c.propose(docket.Referred)
		p.rests(g)
		to := officeOf(g.values["to"])
		if c.ours(to) {
			continue
		}
		p.tell("to", to, g)
		if n, ok := countOf(g.values["pages"]); ok {
			p.tell("pages", strconv.Itoa(n), g)
		}
		if p.Data["to"] == "" || slices.ContainsFunc(c.out, func(o Proposal) bool { // said twice
			return o.Kind == docket.Referred && (o.Data["to"] == p.Data["to"] || o.Words["to"] == p.Words["to"])
		}) {
			continue
		}
		if n := pagesBeside(g.sentence); n > 0 && p.Data["pages"] == "" {
			p.tell("pages", strconv.Itoa(n), g)
		}
		c.out = append(c.out, p)
	}
}

// pagesBeside is how many pages were referred: the only number of pages of the sentence, or else of the one before, where
// it tells whose they are.
func pagesBeside(s *sentence) int {
	for _, one := range []*sentence{s, s.before} {
		if one == nil || one == s.before && !whose.RE().MatchString(one.text) {
			continue
		}
		all := pagesOf().FindAllStringSubmatch(one.text, -1)
		if len(all) == 1 {
			n, _ := countOf(all[0][1])
			return n
		}
		if len(all) > 1 {
			return 0
		}
	}
	return 0
}

var (
	whose   = lazy.Pattern(`(?i)originat|belong|created|authored|generated|prepared|came from|furnished`)
	pagesOf = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(expanded(`({count})(?: [\w-]+){0,3}? pages?\b`))
	})
)

// officeOf is the name of an office without the clause behind it: “…, where it will be answered”.
func officeOf(s string) string {
	if at := officeEnd.RE().FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	return strings.TrimRight(strings.TrimSpace(strings.TrimPrefix(s, "The ")), " ,.")
}

var officeEnd = lazy.Pattern(`,? (?:where|which|who|whose|that|because|since|so|as|on|in order|with|and (?:it|` +
	`they|we|you|will|asked|have|has|that|` +
	`the (?:office|agency))|(?:the|an?|its) (?:agency|office|component|bureau|department|originat\w+)|for (?:a |a` +
	`n |its |their |direct|review|processing|any|further|re|consideration))\b`)

// ours tells whether an office is the one that writes: a request that reached it by way of another one was not referred.
func (c *composer) ours(office string) bool {
	return len(office) > 8 && slices.ContainsFunc(c.text.head, func(l line) bool {
		return strings.EqualFold(strings.Trim(l.text, " ,."), office)
	})
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
		if d, how := c.after(g.values["window"], c.underFOIA); !d.IsZero() && p.Data["appeal-by"] == "" {
			p.tellDay("appeal-by", d, g)
			p.Derived["appeal-by"] = how
		}
	}
}
