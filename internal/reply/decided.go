package reply

import (
	"fmt"
	"strconv"
	"strings"

	"foia/internal/docket"
)

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
		if d, how := c.after(g.values["window"], c.underFOIA); !d.IsZero() && p.Data["appeal-by"] == "" {
			p.tellDay("appeal-by", d, g)
			p.Derived["appeal-by"] = how
		}
	}
}
