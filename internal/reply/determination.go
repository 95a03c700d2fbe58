package reply

import (
	"fmt"
	"slices"
	"strconv"
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
		for _, g := range slices.Concat(full, part, kept, c.signs("counts")) {
			ground = g
			break
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

// counted is how much was released and withheld, in pages or in records.
type counted struct {
	full, part, kept   int
	released, withheld int
	records            bool
	at                 *sign
	how, howWithheld   string
}

// counts are the numbers of a release. Records are never pages.
func (c *composer) counts() (n counted) {
	for _, g := range c.signs("counts") {
		get := func(name string) int {
			v, _ := countOf(g.values[name])
			return v
		}
		n.at = &g
		if v := get("pages"); v > 0 {
			n.released = v
			if all := get("reviewed"); all > v {
				n.withheld, n.howWithheld = all-v, fmt.Sprintf("%d reviewed less %d released", all, v)
			}
			if v := get("withheld"); v > 0 {
				n.withheld, n.howWithheld = v, ""
			}
			for _, kept := range c.signs("count-kept") {
				if v, ok := countOf(kept.values["n"]); ok && n.withheld == 0 {
					n.withheld = v
				}
			}
			n.records = n.records || c.inRecords(g)
			return n
		}
	}
	for _, g := range c.signs("count-full", "count-part", "count-kept") {
		v, ok := countOf(g.values["n"])
		if !ok {
			continue
		}
		if n.at == nil {
			n.at, n.records = &g, c.inRecords(g)
		}
		switch g.name {
		case "count-full":
			n.full = max(n.full, v)
		case "count-part":
			n.part = max(n.part, v)
		default:
			n.kept = max(n.kept, v)
		}
	}
	n.released, n.withheld = n.full+n.part, n.kept
	if n.full > 0 && n.part > 0 {
		n.how = fmt.Sprintf("%d in full and %d in part", n.full, n.part)
	}
	return n
}

// inRecords tells whether a number counts records or documents, and not pages: by the words beside it, else by
// those of its paragraph.
func (c *composer) inRecords(g sign) bool {
	if pageWord.RE().MatchString(g.words) {
		return false
	}
	if recordWord.RE().MatchString(g.words) {
		return true
	}
	pages, records := false, false
	for _, s := range c.text.sentences {
		if s.para == g.sentence.para && s.part == g.sentence.part {
			pages = pages || pageWord.RE().MatchString(s.text)
			records = records || countedRecords.RE().MatchString(s.text)
		}
	}
	return records && !pages
}

var (
	pageWord       = lazy.Pattern(`(?i)\bpages?\b|Seiten?\b`)
	recordWord     = lazy.Pattern(`(?i)\b(?:records?|documents?|files?|e-?mails?)\b`)
	countedRecords = lazy.Pattern(`(?i)` + countPattern + ` (?:responsive )?(?:records|documents)`)
)

func (c *composer) tellCounts(p *Proposal, n counted) {
	if n.at == nil {
		return
	}
	released, withheld := "pages", "withheld"
	if n.records {
		released, withheld = "records", "withheld-records"
	}
	if n.released > 0 {
		p.tell(released, strconv.Itoa(n.released), *n.at)
		if n.how != "" {
			p.Derived[released] = n.how
		}
	}
	if n.withheld > 0 {
		p.tell(withheld, strconv.Itoa(n.withheld), *n.at)
		if n.howWithheld != "" {
			p.Derived[withheld] = n.howWithheld
		}
	}
}
