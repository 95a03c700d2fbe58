package law

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"foia/internal/lazy"
)

// sentenceKeys are where in a law's file the sentences on each topic stand.
var sentenceKeys = map[string]string{TopicWho: "use.who", TopicDeadline: "use.deadline", TopicExtension: "use.extension",
	TopicFees: "use.fees", TopicWaiver: "use.waiver", TopicAppeal: "use.appeal",
	TopicDenial: "use.denial", TopicStatement: "use.statement", TopicPreserve: "use.preservation"}

// eachSentence goes through the sentences that are there, by their place in the file.
func (c *checking) eachSentence(look func(at string, s *Sentence)) {
	all := c.p.Sentences()
	for _, topic := range slices.Sorted(maps.Keys(all)) {
		if s := all[topic]; s != nil {
			look(sentenceKeys[topic], s)
		}
	}
}

// sentences finds a law that says nothing of the time, and a sentence without words or
// facts.
func sentences(c *checking) {
	if c.p.Use.Deadline == nil {
		c.fault("use", "the letter says nothing of the time: use.deadline is missing",
			"say what the law asks for in time, if only “Please answer promptly”, and which fields that rests on")
	}
	c.eachSentence(func(at string, s *Sentence) {
		if strings.TrimSpace(s.Says) == "" {
			c.fault(at, at+".says is missing", "write the sentence, or delete "+at)
		}
		if len(s.Rests) == 0 {
			c.fault(at, at+".rests is missing", "name the fields that the sentence is taken from, such as response.text")
		}
	})
}

// sentenceFields finds a sentence that rests on a field that is not there, or unverified.
func sentenceFields(c *checking) {
	c.eachSentence(func(at string, s *Sentence) {
		for i, field := range s.Rests {
			where := fmt.Sprintf("%s.rests[%d]", at, i)
			if _, ok := c.facts.field(field); !ok {
				c.fault(where, fmt.Sprintf("%s rests on %s, which this law does not have", at, field),
					"name a field that the file has, such as response.stages[0]")
			} else if !c.p.Verified(field) {
				c.fault(where, fmt.Sprintf("%s rests on %s, which is unverified", at, field),
					"read it, add the source and take it off unverified_fields, or leave the sentence out")
			}
		}
	})
}

// sentenceSlots finds a slot that no number fills.
func sentenceSlots(c *checking) {
	c.eachSentence(func(at string, s *Sentence) {
		if said := c.p.Fill(s); strings.ContainsAny(said, "{}") {
			c.fault(at+".says", at+" has a slot that nothing fills: "+said,
				"use {stages[0].days}, {appeals[0].deadline_days} or {extension.days}, of a field that has a number")
		}
	})
}

// ordinals and cardinals are numbers as a sentence or a law writes them out.
var cardinals = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen",
	"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"}

var ordinals = []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
	"twelfth",
	"thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"}

// numberWords are the numbers by their words.
var numberWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{"thirty": "30", "thirtieth": "30", "forty-five": "45", "sixty": "60", "ninety": "90"}
	for _, list := range [][]string{cardinals, ordinals} {
		for n, word := range list {
			if word != "" {
				out[word] = strconv.Itoa(n)
			}
		}
	}
	return out
})

var (
	digits   = lazy.Pattern(`\d+`)
	lettered = lazy.Pattern(`[a-z]+(-[a-z]+)?`)
	timed    = lazy.Pattern(`\b([a-z]+(?:-[a-z]+)?) (?:more |additional |full )?` +
		`(?:business |working |calendar )?(?:day|week|month|year)s?\b`)
)

// sentenceNumbers finds a number or a section in a sentence that is in no field that it
// rests on.
func sentenceNumbers(c *checking) {
	c.eachSentence(func(at string, s *Sentence) {
		facts := c.p.Citation + " " + c.p.Short
		for _, field := range s.Rests {
			text, _ := c.facts.field(field)
			facts += " " + text
		}
		known := digits.RE().FindAllString(facts, -1)
		for _, word := range lettered.RE().FindAllString(strings.ToLower(facts), -1) {
			if n, ok := numberWords()[word]; ok {
				known = append(known, n)
			}
		}
		said := c.p.Fill(s)
		for _, n := range digits.RE().FindAllString(said, -1) {
			if !slices.Contains(known, n) {
				c.fault(at+".says", fmt.Sprintf("%s says %s, which is in no field that it rests on: %s", at, n, said),
					"name the field that has it under rests, or leave it out")
			}
		}
		for _, m := range timed.RE().FindAllStringSubmatch(strings.ToLower(said), -1) {
			if n, ok := numberWords()[m[1]]; ok && !slices.Contains(known, n) {
				c.fault(at+".says", fmt.Sprintf("%s says “%s”, which is in no field that it rests on: %s", at, m[0], said),
					"name the field that has it under rests, or leave it out")
			}
		}
	})
}
