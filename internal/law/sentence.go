package law

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"foia/internal/lazy"
)

// Sentence is what a letter says of a law, with the fields of the facts that it is
// taken from.
type Sentence struct {
	Says  string   `yaml:"says" json:"says"`
	Rests []string `yaml:"rests" json:"rests"`
}

// slot is a number of the facts in a sentence.
const slot = lazy.Pattern(`\{(stages|appeals)\[(\d+)\]\.(days|deadline_days)\}|\{extension\.days\}`)

// Fill puts the numbers of the facts into a sentence; empty for none. A slot for a number
// that is not there stays, for Check to find.
func (p *PublicRecords) Fill(s *Sentence) string {
	if s == nil {
		return ""
	}
	return slot.RE().ReplaceAllStringFunc(s.Says, func(name string) string {
		m := slot.RE().FindStringSubmatch(name)
		i, _ := strconv.Atoi(m[2]) // digits, or empty for the extension
		n := 0
		switch {
		case m[1] == "stages" && i < len(p.Response.Stages):
			n = p.Response.Stages[i].Days
		case m[1] == "appeals" && i < len(p.Appeals):
			n = p.Appeals[i].Days
		case m[1] == "":
			n = p.Extension.Days
		}
		if n == 0 {
			return name
		}
		return strconv.Itoa(n)
	})
}

// The topics of the sentences, as templates ask for them with binds and rule.
const (
	TopicRequest   = "request-name"
	TopicLaw       = "law-name"
	TopicRecords   = "records-word"
	TopicNoWaiver  = "no-waiver"
	TopicAsksWho   = "asks-who" // it matters, or may matter, who the requester is
	TopicWho       = "who-may-ask"
	TopicDeadline  = "deadline-sentence"
	TopicExtension = "extension-sentence"
	TopicFees      = "fee-sentence"
	TopicWaiver    = "waiver-sentence"
	TopicDenial    = "denial-sentence"
	TopicAppeal    = "appeal-sentence"
	TopicStatement = "statement-sentence"
	TopicPreserve  = "preservation-sentence"
	TopicNumber    = "answer-number" // the law says in days when the answer itself is due
)

// SentenceTopics are the topics of the sentences, in the order of a letter.
var SentenceTopics = []string{TopicWho, TopicDeadline, TopicExtension, TopicFees, TopicWaiver, TopicDenial, TopicAppeal, TopicStatement,
	TopicPreserve}

// Sentences are what letters say of the law, by topic.
func (p *PublicRecords) Sentences() map[string]*Sentence {
	return map[string]*Sentence{TopicWho: p.Use.Who, TopicDeadline: p.Use.Deadline, TopicExtension: p.Use.Extension,
		TopicFees: p.Use.Fees, TopicWaiver: p.Use.Waiver, TopicDenial: p.Use.Denial, TopicAppeal: p.Use.Appeal,
		TopicStatement: p.Use.Statement, TopicPreserve: p.Use.Preservation}
}

// text is the law as a text with rules, so that letters and checks ask it as they
// ask the federal one.
func (p *PublicRecords) text() Text {
	t := Text{ID: p.ID, Name: p.Name, Cite: p.Cite(), Statute: true, Rules: map[string]Rule{
		"act":        {Topic: "act", Cite: p.Cite(), Says: p.Name, Value: p.Name},
		TopicLaw:     {Topic: TopicLaw, Cite: p.Cite(), Says: "the name of the law", Value: p.LawName()},
		TopicRequest: {Topic: TopicRequest, Cite: p.Cite(), Says: "what a request is called", Value: p.RequestName()},
		TopicRecords: {Topic: TopicRecords, Cite: p.Cite(), Says: "what the request asks for",
			Value: cmp.Or(p.Use.Records, "public records")},
		"right-office": {Topic: "right-office", Cite: p.Cite(), Says: "who the request is addressed to", Value: p.attention()},
	}}
	for topic, s := range p.Sentences() {
		if said := p.Fill(s); said != "" {
			t.Rules[topic] = Rule{Topic: topic, Cite: p.Cite(), Says: said, Value: said}
		}
	}
	p.clocks(&t)
	p.duties(&t)
	p.decides(&t)
	if p.Fees.Waiver == "none" && p.Abroad() {
		t.Rules[TopicNoWaiver] = Rule{Topic: TopicNoWaiver, Cite: p.Cite(), Says: p.Fees.WaiverText}
	}
	if p.Requester.Residency != NoResidency || p.Use.Who != nil || !p.Verified("requester") {
		t.Rules[TopicAsksWho] = Rule{Topic: TopicAsksWho, Cite: p.Cite(), Says: p.Requester.Text}
	}
	if p.Response.Standard == "number" {
		t.Rules[TopicNumber] = Rule{Topic: TopicNumber, Cite: p.Cite(), Says: p.Response.Text}
	}
	return t
}

// attention is the title for the address; none for a mere form of greeting.
func (p *PublicRecords) attention() string {
	if p.Title() == "Sir or Madam" {
		return ""
	}
	return p.Title()
}

// Field returns a field of the facts by its path, such as response.stages[0], as
// JSON text; false if there is none.
func (p *PublicRecords) Field(path string) (string, bool) { return p.facts().field(path) }

// facts are the fields of a law, by name.
type facts struct{ all any }

func (p *PublicRecords) facts() facts {
	var f facts
	raw, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(raw, &f.all)
	}
	if err != nil {
		panic("law: a law cannot be written as JSON: " + err.Error()) // it has texts, numbers and lists alone
	}
	return f
}

func (f facts) field(path string) (string, bool) {
	at := f.all
	for step := range strings.SplitSeq(strings.NewReplacer("[", ".", "]", "").Replace(path), ".") {
		switch node := at.(type) {
		case map[string]any:
			next, ok := node[step]
			if !ok {
				return "", false
			}
			at = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(node) {
				return "", false
			}
			at = node[i]
		default:
			return "", false
		}
	}
	out, err := json.Marshal(at)
	return string(out), err == nil
}

// Regime is the law as it binds an office.
func (p *PublicRecords) Regime() Regime { return p.regime }
