package law

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"foia/internal/lazy"
	"foia/internal/remedy"
)

// Said is something of a law in words, with where it stands.
type Said struct {
	Field    string // its path in the file
	Text     string
	Cite     string // in the law; empty: as the law itself
	Verified bool
}

func (p *PublicRecords) said(field, text, cite string) Said {
	return Said{Field: field, Text: text, Cite: cite, Verified: p.Verified(field)}
}

// Time is a number of days as people say it: 10 working days, 1 month. A unit that nobody
// found out is said so.
func Time(days int, unit string) string {
	word, ok := map[string]string{"business": "working day", "calendar": "day", "month": "month", "year": "year"}[unit]
	if !ok {
		return fmt.Sprintf("%d days (working or calendar days: unknown)", days)
	}
	if days != 1 {
		word += "s"
	}
	return fmt.Sprintf("%d %s", days, word)
}

// duties in words.
var toDo = map[string]string{"acknowledge": "to acknowledge", "respond": "to respond", "decide": "to decide",
	"produce": "to produce the records"}

// inBrackets is what stands in brackets at the end of a condition, such as a citation.
const inEndBrackets = lazy.Pattern(` \([^()]*(\([^()]*\))*[^()]*\)$`)

// InShort is the time that a law gives an office, in a few words: 5 working days to
// acknowledge, 20 more after that.
func (p *PublicRecords) InShort() string {
	parts := p.ticksInShort()
	switch {
	case p.Response.Standard == "promptly" || p.Response.Standard == "reasonable":
		said := "no number of days: promptly"
		if p.Response.Standard == "reasonable" {
			said = "no number of days: a reasonable time"
		}
		return strings.Join(append([]string{said}, parts...), "; ")
	case len(parts) == 0:
		return "not verified: see " + remedy.To(remedy.Law, p.ID).String()
	}
	return strings.Join(parts, ", ")
}

// ticksInShort are the stages that are counted. A condition that all of them have is said
// once, at the end.
func (p *PublicRecords) ticksInShort() []string {
	var parts []string
	shared := len(p.Use.Clock) > 0
	for _, t := range p.Use.Clock {
		shared = shared && t.Only != "" && t.Only == p.Use.Clock[0].Only
	}
	acknowledged, unit := false, ""
	for i, t := range p.Use.Clock {
		s, _ := p.stage(t)
		time := Time(s.Days, s.Unit)
		if s.Unit == unit {
			time = fmt.Sprint(s.Days)
		}
		duty := toDo[p.duty(t)]
		switch after := t.From == FromAcknowledgment || t.From == FromAcknowledgmentDue; {
		case after && acknowledged && s.Unit == unit:
			time += " more after that"
		case after && acknowledged:
			time += " after that"
		case t.From == FromDetermination:
			time = Time(s.Days, s.Unit) + " after the decision " + duty
		case after:
			time = Time(s.Days, s.Unit) + " from " + s.From + " " + duty
		default:
			time += " " + duty
		}
		if t.Only != "" && (!shared || i == len(p.Use.Clock)-1) {
			time += " (only: " + inEndBrackets.RE().ReplaceAllString(t.Only, "") + ")"
		}
		parts = append(parts, time)
		acknowledged, unit = acknowledged || p.duty(t) == "acknowledge", s.Unit
	}
	return parts
}

// Counted are the stages that are counted, from what, and where that stands.
func (p *PublicRecords) Counted() []Said {
	var out []Said
	for _, t := range p.Use.Clock {
		s, _ := p.stage(t)
		text := Time(s.Days, s.Unit) + " " + toDo[p.duty(t)] + ", from " + p.startOf(t)
		if t.Only != "" {
			text += "; only: " + t.Only
		}
		if t.Extend {
			text += "; " + p.extendWords() + " with a notice of extension"
		}
		out = append(out, p.said(fmt.Sprintf("response.stages[%d]", t.Stage), text, s.Cite))
	}
	return out
}

// startOf is what a stage is counted from. Where the file's own words say more than the
// event by which foia counts, both are said.
func (p *PublicRecords) startOf(t Tick) string {
	s, _ := p.stage(t)
	start := map[Start]string{FromReceipt: "receipt", FromAcknowledgment: "the acknowledgment",
		FromAcknowledgmentDue: "the day the acknowledgment was due", FromDetermination: "the determination"}[t.From]
	if s.From == "" || strings.HasSuffix(start, strings.TrimPrefix(s.From, "the date ")) {
		return start
	}
	return start + " (in the law: " + s.From + ")"
}

func (p *PublicRecords) extendWords() string {
	if p.Use.Total {
		return Time(p.Extension.Days, p.Extension.Unit) + " in all"
	}
	return Time(p.Extension.Days, p.Extension.Unit) + " more"
}

// NotCounted are the times of a law that are not counted, and why.
func (p *PublicRecords) NotCounted() []Said {
	var out []Said
	for i, s := range p.Response.Stages {
		if slices.ContainsFunc(p.Use.Clock, func(t Tick) bool { return t.Stage == i }) {
			continue
		}
		text := Time(s.Days, s.Unit) + " " + toDo[s.Duty] + ", from " + cmp.Or(s.From, "receipt")
		if s.Note != "" {
			text += " (" + s.Note + ")"
		}
		out = append(out, p.left(fmt.Sprintf("response.stages[%d]", i), text, "use.clock leaves it out", s.Cite))
	}
	if e := p.Extension; e.Days > 0 && !slices.ContainsFunc(p.Use.Clock, func(t Tick) bool { return t.Extend }) {
		out = append(out, p.left("extension", "an extension of "+Time(e.Days, e.Unit), "no stage in use.clock is moved by it", e.Cite))
	}
	if len(p.Use.Clock) == 0 && p.Response.Standard != "number" {
		out = append(out, p.said("response", "the law gives no number of days; foia suggests a day to ask, and calls it a suggestion", ""))
	}
	return out
}

// left is a time that is not counted, with the reason.
func (p *PublicRecords) left(field, text, why, cite string) Said {
	if !p.Verified(field) {
		why = "not verified"
	}
	return p.said(field, text+": "+why, cite)
}

// Reading is what was read of a law in sources of one grade.
type Reading struct {
	Grade   string
	Sources []Source
}

// Readings are the sources by grade, the nearest to the law first.
func (p *PublicRecords) Readings() []Reading {
	var out []Reading
	for _, grade := range sourceGrades {
		r := Reading{Grade: grade}
		for _, s := range p.Sources {
			if s.Grade == grade {
				r.Sources = append(r.Sources, s)
			}
		}
		if len(r.Sources) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// Read is when and in what a law was read, in one line: on 2026-11-28: 1 statute (text
// of: 2026).
func (p *PublicRecords) Read() string {
	var parts []string
	for _, r := range p.Readings() {
		var dates []string
		for _, s := range r.Sources {
			if !slices.Contains(dates, s.AsOf) {
				dates = append(dates, s.AsOf)
			}
		}
		parts = append(parts, fmt.Sprintf("%d %s (text of: %s)", len(r.Sources), r.Grade, strings.Join(dates, "; ")))
	}
	return p.readOn() + ": " + strings.Join(parts, ", ")
}

// readOn is the day on which the sources were read, or the first and the last.
func (p *PublicRecords) readOn() string {
	var days []string
	for _, s := range p.Sources {
		days = append(days, s.Accessed)
	}
	if len(days) == 0 {
		return "on no known day"
	}
	first, last := slices.Min(days), slices.Max(days)
	if first == last {
		return "on " + first
	}
	return "from " + first + " to " + last
}

// NotStated are the fields that no letter states and nothing is counted by.
func (p *PublicRecords) NotStated() []string {
	return slices.Concat(p.Unverified, p.OneSource, p.Use.Doubted)
}
