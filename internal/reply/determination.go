package reply

import (
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/lazy"
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
	if why, g := c.closedFor(); why != "" && (outcome == "" || outcome == "no-records") &&
		(why == "referred" && e.counts.released == 0 || !e.releases()) {
		outcome, ground = why, g
	}
	if outcome == "" || outcome == "no-records" && e.releases() {
		outcome, ground = e.outcome()
	}
	interim := len(c.signs("interim")) > 0 && len(c.signs("final", "closed-now")) == 0
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
	if outcome == "glomar" {
		codes, where = c.codesOfGlomar(codes, where)
	}
	if outcome == "partial" || outcome == "denied" || outcome == "glomar" {
		tellCodes(&p, codes, where, c.underFOIA)
	}
	c.appealBy(&p)
	c.tellAppealTo(&p)
	return &p
}

// closedFor is why a request was closed without a decision on records: it went to another agency as a whole, it was not
// paid for, not answered, withdrawn, or not described.
func (c *composer) closedFor() (why string, ground sign) {
	if g := c.signs("transferred"); len(g) > 0 && len(c.signs("not-ours")) > 0 {
		return "referred", g[0]
	}
	closed := c.signs("closed-now")
	if len(closed) == 0 {
		return "", sign{}
	}
	for _, reason := range [][2]string{{"your-withdrawal", "withdrawn"}, {"unpaid", "fee-related"}, {"unanswered", "withdrawn"},
		{"undescribed", "not-described"}} {
		for _, g := range c.signs(reason[0]) {
			if d := g.sentence.para - closed[0].sentence.para; d >= -2 && d <= 2 {
				return reason[1], g
			}
		}
	}
	return "", sign{}
}

// evidence is what a message says of what was released and what was kept.
type evidence struct {
	enclosed         []sign // something comes with it
	full, part, kept []sign
	counts           counted
	codes            []string
	where            *sentence // of the codes
	asks             bool      // it asks for something first: payment, or an answer
	decided          bool      // it is a letter in which codes alone say that something was withheld
	final            bool      // it says that it is a decision, or how to appeal from it
}

func (c *composer) evidence() (e evidence) {
	e.enclosed, e.full, e.part = c.signs("released-in-full"), c.signs("granted"), c.signs("released-in-part")
	e.kept, e.counts = c.signs("denied", "withheld-in-full"), c.counts()
	e.codes, e.where = c.codes()
	e.asks = len(c.signs("fee-total", "clarification-requested", "deficiency-notice", "extended")) > 0
	if !e.asks {
		e.kept = append(e.kept, c.signs("refused")...)
	}
	e.decided = len(c.signs("final")) > 0 || c.underFOIA
	e.final = len(c.signs("final", "interim", "appeal-days", "appeal-date", "appeal-days-received")) > 0
	return e
}

// releases tells whether something was released. That something is enclosed says so only in a decision.
func (e evidence) releases() bool {
	return e.counts.released > 0 && (e.final || !e.asks) || len(e.part) > 0 || len(e.enclosed) > 0 && e.final
}

func (e evidence) outcome() (outcome string, ground sign) {
	withheld := len(e.part) > 0 || len(e.kept) > 0 || len(e.codes) > 0 || e.counts.withheld > 0
	released := e.releases() || len(e.full) > 0
	switch {
	case released && withheld:
		outcome = "partial"
	case released:
		outcome = "granted"
	case len(e.kept) > 0, len(e.codes) > 0 && e.final && e.decided && e.counts.at == nil && !e.asks:
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

// codes are the exemptions under which something is withheld. A list goes on from its head; and what is explained of an
// exemption applies where the next sentence says that something was withheld.
func (c *composer) codes() (codes []string, where *sentence) {
	begun, list, refused := false, -1, -1 // the paragraphs of a list, and of a refusal without codes
	var explained []string
	for i := range c.text.sentences {
		s := &c.text.sentences[i]
		if s.head || s.recites() {
			continue
		}
		if i > 0 {
			before := c.text.sentences[i-1]
			applied := codeForms.withheld.RE().MatchString(before.text)
			if applied && strings.HasSuffix(before.text, ":") {
				list = s.para
			}
			begun = before.part == s.part && (s.para == list || begun && codeFirst.RE().MatchString(s.text) ||
				!strings.HasSuffix(before.text, ".") && (begun || applied))
			if before.para != s.para {
				explained = nil
			}
		}
		if refusal.RE().MatchString(s.text) {
			refused = s.para
		}
		if !strings.ContainsAny(s.text, "0123456789") && !strings.Contains(s.text, "xemption") && len(explained) == 0 {
			continue // it names no code
		}
		reason := refused == s.para && inParentheses.RE().MatchString(s.text)
		found, ok := exemptions(s, begun || reason, c.underFOIA)
		switch {
		case ok:
			explained = nil
		case codeForms.explains.RE().MatchString(s.text) && !codeForms.denies.RE().MatchString(s.text):
			explained = append(explained, codesIn(s, c.underFOIA)...)
		case len(explained) > 0 && codeForms.applied.RE().MatchString(s.text) && !codeForms.denies.RE().MatchString(s.text):
			found, explained = explained, nil
		}
		if len(found) == 0 {
			continue
		}
		if where == nil {
			where = s
		}
		for _, f := range found {
			if !slices.Contains(codes, f) {
				codes = append(codes, f)
			}
		}
	}
	if c.underFOIA {
		codes = settled(codes)
	}
	return codes, where
}

// codesOfGlomar adds the codes that a sentence only cites: nothing was withheld, so none says so.
func (c *composer) codesOfGlomar(codes []string, where *sentence) ([]string, *sentence) {
	for i := range c.text.sentences {
		s := &c.text.sentences[i]
		explains := codeForms.explains.RE().MatchString(s.text)
		if explains && i+1 < len(c.text.sentences) { // “the third exemption provides … The statutes that apply here are …”
			explains = !codeForms.applied.RE().MatchString(c.text.sentences[i+1].text)
		}
		if s.head || explains || codeForms.denies.RE().MatchString(s.text) || !cited.RE().MatchString(s.text) {
			continue
		}
		if found := codesIn(s, c.underFOIA); len(found) > 0 {
			if where == nil {
				where = s
			}
			codes = append(codes, found...)
		}
	}
	return settled(codes), where
}

var cited = lazy.Pattern(`(?i)^see\b|exempt|pursuant|under|properly classified`)

// A reason behind a refusal has its code in parentheses: “Its release would harm the company (5 U.S.C. 552(b)(4)).”
var (
	refusal = lazy.Pattern(`(?i)\b(?:cannot|can not|could not|must not|will not|not|unable to|decided against) (?` +
		`:\w+ )?(?:be )?(?:releas|disclos|` +
		`provid|made available|made public|giv|furnish|grant)\w*|\b(?:withh[eo]ld|withholding|den(?:y|ied|ying)|refus(?:e|ed|ing))\b`)
	inParentheses = lazy.Pattern(`(?i)\([^()]*(?:exemption|552|\(b\)|b\(\d|\bb\d|section)[^.;]*\)`)
)

// codeFirst is an item of a list of exemptions.
var codeFirst = lazy.Pattern(`(?i)^[(•*\d.)\s-]*(?:5 U\.S\.C\.|\(?b\)?\s?\(\d|b\d|exemption|section)`)

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
