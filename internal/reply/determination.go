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
	e := c.evidence()
	if outcome == "" || outcome == "no-records" && e.releases() {
		outcome, ground = e.outcome()
	}
	interim := len(c.signs("interim")) > 0 && len(c.signs("final")) == 0
	if outcome == "" || ground.sentence == nil && e.where == nil {
		return nil
	}
	counts, codes, where := e.counts, e.codes, e.where
	if interim {
		if !e.releases() {
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

// evidence is what a message says of what was released and what was kept.
type evidence struct {
	enclosed         []sign // something comes with it
	full, part, kept []sign
	counts           counted
	codes            []string
	where            *sentence // of the codes
	asks             bool      // it asks for something first: payment, or an answer
	final            bool      // it says that it is a decision, or how to appeal from it
}

func (c *composer) evidence() (e evidence) {
	e.enclosed, e.full, e.part = c.signs("released-in-full"), c.signs("granted"), c.signs("released-in-part")
	e.kept, e.counts = c.signs("denied", "withheld-in-full"), c.counts()
	e.codes, e.where = c.codes()
	e.asks = len(c.signs("fee-total", "clarification-requested", "deficiency-notice", "extended")) > 0
	e.final = len(c.signs("final", "interim", "appeal-days", "appeal-date", "appeal-days-received")) > 0
	return e
}

// releases tells whether something was released. That something is enclosed says so only in a decision.
func (e evidence) releases() bool {
	return e.counts.released > 0 || len(e.part) > 0 || len(e.enclosed) > 0 && e.final
}

func (e evidence) outcome() (outcome string, ground sign) {
	withheld := len(e.part) > 0 || len(e.kept) > 0 || len(e.codes) > 0 || e.counts.withheld > 0
	released := e.releases() || len(e.full) > 0
	switch {
	case released && withheld:
		outcome = "partial"
	case released:
		outcome = "granted"
	case len(e.kept) > 0, len(e.codes) > 0 && e.final && e.counts.at == nil && !e.asks:
		outcome = "denied"
	}
	all := slices.Concat(e.full, e.enclosed, e.part, e.kept)
	if e.counts.at != nil {
		all = append(all, *e.counts.at)
	}
	if len(all) > 0 {
		ground = all[0]
	}
	return outcome, ground
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
