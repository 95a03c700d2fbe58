package law

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"foia/internal/workday"
)

// Clock is a time that runs for an office: what it owes, how long it has, and from what.
type Clock struct {
	Owes      string `yaml:"owes" json:"owes"`                               // acknowledge, respond, decide or produce
	Topic     string `yaml:"topic" json:"topic"`                             // of the rule that gives the time
	From      Start  `yaml:"from" json:"from"`                               // what it is counted from
	Only      string `yaml:"only,omitempty" json:"only,omitempty"`           // the condition under which it holds; empty: always
	Extension string `yaml:"extension,omitempty" json:"extension,omitempty"` // the topic of the rule by which a notice moves its end
	Undated   bool   `yaml:"undated,omitempty" json:"undated,omitempty"`     // a notice without a date takes all that the law allows
	// what is an answer besides a decision: acknowledgment, question or fees
	Answers []string `yaml:"answers,omitempty" json:"answers,omitempty"`
	// the office may set a later day, for as long as foia does not know
	Put bool `yaml:"put_off,omitempty" json:"put_off,omitempty"`
	// letters argue from this time and from what stopped or extended it
	Argued bool `yaml:"argued,omitempty" json:"argued,omitempty"`
}

// What stops a time.
const (
	ByQuestion   = "question"   // the office asks what is meant
	ByFees       = "fees"       // it estimates or demands fees
	ByDeficiency = "deficiency" // it calls the request deficient
)

// What a stop does.
const (
	Pauses   = "pauses"   // the rest of the time runs after the answer
	Restarts = "restarts" // all of it does
	Runs     = "runs"     // nothing stops
)

// Clocks are the times that the law gives the office for its answer.
func (r Regime) Clocks() []Clock {
	for _, t := range r.Texts {
		if len(t.Clocks) > 0 {
			return t.Clocks
		}
	}
	return nil
}

// Stop is what an event does to the time; ok is false if no law that was read says.
func (r Regime) Stop(by string) (Stop, bool) {
	for _, t := range r.Texts {
		for _, s := range t.Stops {
			if s.By == by {
				return s, true
			}
		}
	}
	return Stop{By: by}, false
}

// LastDay is what becomes of a last day of the calendar on which the office is closed;
// nil if nothing was read.
func (r Regime) LastDay() *LastDay {
	if r.Records == nil || r.Records.LastDay == nil || !r.Records.Verified("last_day") {
		return nil
	}
	return r.Records.LastDay
}

// Arrival is when what is sent some way counts as received, if the law says.
func (r Regime) Arrival(by string) (Arrival, bool) {
	if r.Records == nil {
		return Arrival{}, false
	}
	for i, a := range r.Records.Arrivals {
		if slices.Contains(a.By, by) && r.Records.Verified(fmt.Sprintf("arrivals[%d]", i)) {
			return a, true
		}
	}
	return Arrival{}, false
}

// stageTopic is the topic of the rule of a stage.
func stageTopic(i int) string { return fmt.Sprintf("stage-%d", i) }

// TopicTerm is the topic of the rule by which a notice extends the time.
const TopicTerm = "extension"

// clocks puts the stages that are counted into a text: as clocks, and as rules that give
// their times.
func (p *PublicRecords) clocks(t *Text) {
	for _, tick := range p.Use.Clock {
		stage, there := p.stage(tick)
		if !there {
			continue // a fault of the file, which Check tells
		}
		limit, ok := Span(stage.Days, stage.Unit)
		if !ok {
			continue
		}
		k := Clock{Owes: cmp.Or(tick.Duty, stage.Duty), Topic: stageTopic(tick.Stage), From: tick.From, Only: tick.Only,
			Answers: tick.Answers}
		if tick.Answered {
			k.Answers = append(k.Answers, "acknowledgment")
		}
		says := fmt.Sprintf("the office has %s to %s, from %s", limit.Words(), k.Owes, stage.From)
		if stage.Note != "" {
			says += " (" + stage.Note + ")"
		}
		t.Rules[k.Topic] = Rule{Topic: k.Topic, Cite: cmp.Or(stage.Cite, p.Cite()), Says: says, Limit: &limit}
		switch more, known := p.more(limit); {
		case tick.Extend && known:
			k.Extension, k.Undated = TopicTerm, true
			t.Rules[TopicTerm] = Rule{Topic: TopicTerm, Cite: cmp.Or(p.Extension.Cite, p.Cite()), Says: p.Extension.Text, Limit: &more}
		case p.Extension.Allowed && k.Owes != "acknowledge":
			k.Put = true
		}
		t.Clocks = append(t.Clocks, k)
	}
	for i, s := range p.Stops {
		if p.Verified(fmt.Sprintf("stops[%d]", i)) {
			t.Stops = append(t.Stops, s)
		}
	}
}

// more is what a notice of extension adds to a time at most. Where the law counts the
// whole of it from receipt, it is the difference.
func (p *PublicRecords) more(base Limit) (Limit, bool) {
	more, ok := Span(p.Extension.Days, p.Extension.Unit)
	if !ok || !p.Extension.Allowed || !p.Verified("extension") {
		return Limit{}, false
	}
	if p.Use.Total {
		if more.Unit != base.Unit || more.Days <= base.Days {
			return Limit{}, false
		}
		more.Days -= base.Days
	}
	return more, true
}

// topicsOfDuties are the rules of what a requester must do in time, as the federal ones
// are called.
var topicsOfDuties = map[string]string{ByQuestion: "perfection", ByFees: "fee-commitment"}

// duties puts what the requester must do in time into a text.
func (p *PublicRecords) duties(t *Text) {
	for i, d := range p.Duties {
		topic, known := topicsOfDuties[d.On]
		limit, counted := Span(d.Days, d.Unit)
		if !known || !counted || !p.Verified(fmt.Sprintf("duties[%d]", i)) {
			continue
		}
		t.Rules[topic] = Rule{Topic: topic, Cite: cmp.Or(d.Cite, p.Cite()), Says: d.Says, Limit: &limit, Closes: d.Lapses}
	}
}

// Words are a time in words: 10 working days, 1 month.
func (l Limit) Words() string {
	unit := string(l.Unit)
	if l.Unit == workday.CalendarDays {
		unit = "days"
	}
	if l.Days == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return fmt.Sprintf("%d %s", l.Days, unit)
}
