package reply

import (
	"slices"
	"strings"

	"foia/internal/docket"
)

// outcomes are what a letter can have decided, by the sign that says so; the first that is found counts.
var outcomes = []string{"glomar", "duplicate", "not-agency-record", "fee-related", "not-described", "no-records", "withdrawn"}

// determination is the decision of a message, or the release of a part; nil if there is none.
func (c *composer) determination() *Proposal {
	outcome, ground := "", sign{}
	for _, o := range outcomes {
		if g := c.signs(o); len(g) > 0 {
			outcome, ground = o, g[0]
			break
		}
	}
	counts := c.counts()
	codes, where := c.codes()
	full, part, kept := c.signs("released-in-full", "granted"), c.signs("released-in-part"), c.signs("denied", "withheld-in-full")
	released := counts.released > 0 || len(full) > 0 || len(part) > 0
	if outcome == "" || outcome == "no-records" && released {
		switch {
		case released && (len(part) > 0 || len(kept) > 0 || len(codes) > 0 || counts.withheld > 0):
			outcome = "partial"
		case released:
			outcome = "granted"
		case len(kept) > 0:
			outcome = "denied"
		}
		all := slices.Concat(full, part, kept)
		if counts.at != nil {
			all = append(all, *counts.at)
		}
		if len(all) > 0 {
			ground = all[0]
		}
	}
	interim := len(c.signs("interim")) > 0 && len(c.signs("final")) == 0
	if outcome == "" || ground.sentence == nil && where == nil {
		return nil
	}
	if interim {
		if counts.released == 0 && len(full) == 0 && len(part) == 0 {
			return nil
		}
		p := c.propose(docket.InterimRelease)
		p.rests(c.signs("interim")[0])
		c.tellCounts(&p, counts)
		tellCodes(&p, codes, where, c.underFOIA)
		c.appealBy(&p)
		if p.Data["appeal-by"] != "" {
			c.tellAppealTo(&p)
		}
		c.out = append(c.out, p)
		return nil
	}
	p := c.propose(docket.Determination)
	if ground.sentence != nil {
		p.rests(ground)
		p.tell("outcome", outcome, ground)
	} else {
		p.Data["outcome"], p.Words["outcome"] = outcome, where.passage(where.text)
	}
	switch outcome {
	case "denied":
		if counts.released == 0 && counts.withheld == 0 && counts.reviewed > 0 {
			counts.withheld, counts.atWithheld, counts.howWithheld = counts.reviewed, counts.at, "all that was found"
		}
		c.tellCounts(&p, counts)
	case "partial", "granted":
		c.tellCounts(&p, counts)
	}
	if outcome == "partial" || outcome == "denied" || outcome == "glomar" {
		tellCodes(&p, codes, where, c.underFOIA)
	}
	if outcome != "duplicate" {
		c.appealBy(&p)
		c.tellAppealTo(&p)
	}
	return &p
}

func (c *composer) tellAppealTo(p *Proposal) {
	if to, s := c.appealTo(); s != nil {
		p.Data["appeal-to"], p.Words["appeal-to"] = to, s.passage(s.text)
	}
}

// codes are the exemptions under which something is withheld.
func (c *composer) codes() (codes []string, where *sentence) {
	for i := range c.text.sentences {
		s := &c.text.sentences[i]
		begun := i > 0 && !strings.HasSuffix(c.text.sentences[i-1].text, ".") && c.text.sentences[i-1].part == s.part &&
			codeForms.withheld.RE().MatchString(c.text.sentences[i-1].text) // a list whose head says that something was withheld
		found, ok := exemptions(s, begun, c.underFOIA)
		if !ok {
			continue
		}
		if where == nil {
			where = s
		}
		codes = append(codes, found...)
	}
	if c.underFOIA {
		codes = settled(codes)
	}
	return codes, where
}

func tellCodes(p *Proposal, codes []string, where *sentence, federal bool) {
	if len(codes) == 0 {
		return
	}
	by := ","
	if !federal {
		by = "; "
	}
	p.Data["exemptions"], p.Words["exemptions"] = strings.Join(codes, by), where.passage(where.text)
}
