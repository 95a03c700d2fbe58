package law

import (
	"fmt"
	"slices"
	"strconv"

	"foia/internal/lazy"
)

// span is a number of days, months or years in a law's file, with its unit.
type span struct {
	in, days, unit string // the part that it is in, and its two keys
	n              int
	of             string // the unit
	needed         bool   // the part is nothing without it
	zero           bool   // none at all is a time too: the same day
}

// spans are all times that a law gives.
func (p *PublicRecords) spans() []span {
	var out []span
	for i, s := range p.Response.Stages {
		out = append(out, span{fmt.Sprintf("response.stages[%d]", i), "days", "unit", s.Days, s.Unit, true, false})
	}
	for i, a := range p.Arrivals {
		out = append(out, span{fmt.Sprintf("arrivals[%d]", i), "days", "unit", a.Days, a.Unit, true, true})
	}
	out = append(out, span{"extension", "days", "unit", p.Extension.Days, p.Extension.Unit, false, false})
	for i, d := range p.Duties {
		out = append(out, span{fmt.Sprintf("duties[%d]", i), "days", "unit", d.Days, d.Unit, false, false})
	}
	for i, r := range p.Appeals {
		at := fmt.Sprintf("appeals[%d]", i)
		out = append(out, span{at, "deadline_days", "deadline_unit", r.Days, r.Unit, false, false},
			span{at, "decision_days", "decision_unit", r.DecisionDays, r.DecisionUnit, false, false})
		if l := r.Longer; l != nil {
			out = append(out, span{at + ".longer", "days", "unit", l.Days, l.Unit, true, false})
		}
		for j, w := range r.Windows {
			out = append(out, span{fmt.Sprintf("%s.windows[%d]", at, j), "days", "unit", w.Days, w.Unit, true, false})
		}
	}
	return out
}

// most is the largest number of each unit that is no slip of the hand: ten years.
var most = map[string]int{"business": 2500, "calendar": 3660, "month": 120, "year": 10}

var unitNames = []string{"business", "calendar", "month", "year"}

// numbers finds a number without a unit, a unit without a number, and a number that is
// no time.
func numbers(c *checking) {
	for _, s := range c.p.spans() {
		days, unit := s.in+"."+s.days, s.in+"."+s.unit
		given := s.n != 0 || c.lines.Has(days)
		switch {
		case s.n < 0 || s.n == 0 && given && !s.zero:
			c.fault(days, fmt.Sprintf("%s is %d, which cannot be a time limit", days, s.n),
				"write the number that the law gives, or leave it out if it gives none")
		case !given && (s.of != "" || s.needed && !s.zero):
			c.fault(s.in, days+" is missing", "add the number, or delete what stands for its time")
		case !given && s.needed:
			c.fault(s.in, days+" is missing", "add the number; 0 is the same day")
		}
		switch {
		case s.of == "" && slices.Contains(c.p.Unverified, unit): // nobody read it, which is said
		case s.of == "" && s.n != 0:
			c.fault(s.in, unit+" is missing", "add it: "+orList(unitNames)+"; foia does not suppose one")
		case s.of != "" && !slices.Contains(unitNames, s.of):
			c.fault(unit, fmt.Sprintf("%s is “%s”, which foia does not know", unit, s.of), "use "+orList(unitNames))
		case s.of != "" && s.n > most[s.of]:
			c.fault(days, fmt.Sprintf("%s is %d, more than ten years", days, s.n), "check the number")
		}
	}
}

var duties = []string{"acknowledge", "respond", "decide", "produce"}

// stageFields finds a stage whose duty is unknown.
func stageFields(c *checking) {
	for i, s := range c.p.Response.Stages {
		c.oneOf(fmt.Sprintf("response.stages[%d].duty", i), s.Duty, duties...)
	}
	for i, t := range c.p.Use.Clock {
		c.oneOf(fmt.Sprintf("use.clock[%d].duty", i), t.Duty, append([]string{""}, duties...)...)
	}
}

// stage is the stage of a tick, if it is there.
func (p *PublicRecords) stage(t Tick) (Stage, bool) {
	if t.Stage < 0 || t.Stage >= len(p.Response.Stages) {
		return Stage{}, false
	}
	return p.Response.Stages[t.Stage], true
}

// duty is what the stage of a tick asks for.
func (p *PublicRecords) duty(t Tick) string {
	s, _ := p.stage(t)
	if t.Duty != "" {
		return t.Duty
	}
	return s.Duty
}

// clock finds a stage that is counted and not there, or counted twice, and a law with a
// number of which nothing is counted.
func clock(c *checking) {
	counted := map[int]bool{}
	for i, t := range c.p.Use.Clock {
		at := fmt.Sprintf("use.clock[%d].stage", i)
		switch _, ok := c.p.stage(t); {
		case !ok:
			c.fault(at, fmt.Sprintf("use.clock counts stage %d, which is not there", t.Stage),
				"name an entry of response.stages; the first is 0")
		case counted[t.Stage]:
			c.fault(at, fmt.Sprintf("use.clock counts stage %d twice", t.Stage), "delete one of the two")
		}
		counted[t.Stage] = true
	}
	if len(c.p.Use.Clock) == 0 && c.p.Response.Standard == "number" && c.p.Verified("response.stages") {
		c.fault("use", "the law gives a number, and nothing is counted", "add use.clock, or list response.stages under unverified_fields")
	}
}

// starts are what a stage can be counted from.
var starts = []string{string(FromReceipt), string(FromAcknowledgment), string(FromAcknowledgmentDue), string(FromDetermination)}

// notReceipt are the beginnings of words that say that a stage runs from something else.
const notReceipt = lazy.Pattern(`^(acknowledgment|final|the date)`)

// clockStarts finds a stage that is counted from something that does not happen, or from
// something else than the law says.
func clockStarts(c *checking) {
	has := func(duties ...string) bool {
		return slices.ContainsFunc(c.p.Use.Clock, func(t Tick) bool { return slices.Contains(duties, c.p.duty(t)) })
	}
	for i, t := range c.p.Use.Clock {
		at := fmt.Sprintf("use.clock[%d].from", i)
		c.oneOf(at, string(t.From), starts...)
		s, _ := c.p.stage(t)
		switch {
		case t.From == FromAcknowledgmentDue && !has("acknowledge"):
			c.fault(at, at+" is the day on which the acknowledgment was due, but no acknowledgment is counted",
				"count a stage whose duty is acknowledge, or count from something else")
		case t.From == FromDetermination && !has("decide", "respond"):
			c.fault(at, at+" is the determination, but no decision is counted",
				"count a stage whose duty is decide or respond, or count from something else")
		case t.From == FromReceipt && notReceipt.RE().MatchString(s.From):
			c.fault(at, fmt.Sprintf("%s is receipt, but the stage runs from %s", at, s.From), "count it from what the law says")
		}
	}
}

// clockFacts finds a stage that is counted and unverified, or cannot be counted.
func clockFacts(c *checking) {
	for i, t := range c.p.Use.Clock {
		s, ok := c.p.stage(t)
		if !ok {
			continue // clock says so
		}
		at, field := fmt.Sprintf("use.clock[%d]", i), fmt.Sprintf("response.stages[%d]", t.Stage)
		if !c.p.Verified(field) {
			c.fault(at, "use.clock counts stage "+strconv.Itoa(t.Stage)+", which is unverified",
				"read it, add the source and take "+field+" off unverified_fields, or do not count it")
		}
		if _, ok := Span(s.Days, s.Unit); !ok {
			c.fault(at, "use.clock counts stage "+strconv.Itoa(t.Stage)+", which has no number with a unit",
				"give "+field+" both, or do not count it")
		}
	}
}

// extensions finds an extension that is counted and unverified, or has no number.
func extensions(c *checking) {
	e := c.p.Extension
	if !e.Allowed && e.Days != 0 {
		c.fault("extension.days", "the extension has a number and is not allowed", "set extension.allowed to true, or delete the number")
	}
	if c.p.Use.Total && e.Days == 0 {
		c.fault("use.total", "use.total says how the extension is counted, but it has no number",
			"add extension.days and extension.unit, or delete use.total")
	}
	for i, t := range c.p.Use.Clock {
		at := fmt.Sprintf("use.clock[%d].extend", i)
		switch {
		case !t.Extend:
		case !e.Allowed || e.Days == 0:
			c.fault(at, at+" moves a stage by an extension that has no number", "add extension.days and extension.unit, or delete extend")
		case !c.p.Verified("extension"):
			c.fault(at, at+" moves a stage by an extension that is unverified",
				"read it, add the source and take extension off unverified_fields, or delete extend")
		}
	}
}

// stops finds a stop or a duty that foia does not know.
func stops(c *checking) {
	by := map[string]bool{}
	for i, s := range c.p.Stops {
		at := fmt.Sprintf("stops[%d]", i)
		c.oneOf(at+".by", s.By, "question", "fees", "deposit")
		c.oneOf(at+".does", s.Does, "pauses", "restarts", "runs")
		if s.Most < 0 {
			c.fault(at+".most", fmt.Sprintf("%s.most is %d", at, s.Most),
				"write how often it may happen, or leave it out if as often as you like")
		}
		if by[s.By] && s.By != "" {
			c.fault(at+".by", "two stops are by "+s.By, "say in one of them what it does to the time")
		}
		by[s.By] = true
	}
	for i, d := range c.p.Duties {
		at := fmt.Sprintf("duties[%d]", i)
		c.oneOf(at+".on", d.On, "question", "fees", "deposit", "available", "voluminous", "website")
		c.oneOf(at+".from", d.From, "", "sent", "receipt")
	}
}

func lastDay(c *checking) {
	if l := c.p.LastDay; l != nil && l.Cite == "" {
		c.fault("last_day", "last_day.cite is missing", "name the provision that moves a last day, or says that it stays; leave last_day "+
			"out if nobody read it")
	}
}

func arrivals(c *checking) {
	for i, a := range c.p.Arrivals {
		at := fmt.Sprintf("arrivals[%d].by", i)
		if len(a.By) == 0 {
			c.fault(at, at+" is missing", "say how it was sent: mail, email, fax, portal or hand")
		}
		c.eachOf(at, a.By, "mail", "email", "fax", "portal", "hand")
	}
}
