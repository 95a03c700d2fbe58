package docket

import (
	"fmt"
	"strings"
	"testing"

	"foia/internal/workday"
)

// Every event that a user records has words, and so has every choice of its details: somebody who has
// a letter in hand is never shown a code.
func TestEverythingHasWords(t *testing.T) {
	for _, spec := range Specs {
		if spec.Own {
			continue
		}
		if spec.Kind.Words() == "" {
			t.Errorf("%s has no words", spec.Kind)
		}
		for _, d := range spec.Details {
			if d.Name == "child" {
				continue
			}
			if wordsOf(questions(), spec.Kind, d.Name).title == "" {
				t.Errorf("%s, %s: no question", spec.Kind, d.Name)
			}
			for _, c := range d.Choices {
				if d.Type == Choice && ChoiceWords(spec.Kind, d.Name, c) == c {
					t.Errorf("%s, %s: no words for %s", spec.Kind, d.Name, c)
				}
			}
		}
	}
	for k := range said() {
		if spec, ok := SpecOf(k); !ok || spec.Own {
			t.Errorf("there are words for %s, which nobody records", k)
		}
	}
}

// Of a draft, sending comes first, and what is impossible is not offered.
func TestMayCome(t *testing.T) {
	r, events := Request{ID: "2026-0001", OfficeID: "dhs-ice", Created: workday.MustDate("2026-06-01")},
		[]Event{{Request: "2026-0001", Seq: 1, Kind: Drafted, On: workday.MustDate("2026-06-01")}}
	p := Proposed{Request: r, Events: events, Today: workday.MustDate("2026-06-02")}
	fits, others := p.MayCome(Fold(r, events, basis(t)))
	if len(fits) == 0 || fits[0].Kind != Sent {
		t.Errorf("%v", fits)
	}
	for _, c := range append(fits, others...) {
		if c.Kind == AppealDecided || c.Kind == Correction && c.Words == "" {
			t.Errorf("%s is offered", c.Kind)
		}
	}
}

// What is told later takes with it what says nothing beside it, and nothing else.
func TestTell(t *testing.T) {
	p := Proposed{Request: Request{Law: "us-federal"}, Event: Event{Kind: Determination, Data: map[string]string{"outcome": "partial",
		"exemptions": "b5", "withheld": "3", "pages": "9", "records": "2"}}}
	for value, left := range map[string]string{
		"granted": "outcome:granted pages:9 records:2",
		"denied":  "exemptions:b5 outcome:denied records:2 withheld:3",
		"":        "exemptions:b5 pages:9 records:2 withheld:3",
	} {
		if got := strings.TrimSuffix(strings.TrimPrefix(fmt.Sprint(p.Tell("outcome", value).Event.Data), "map["), "]"); got != left {
			t.Errorf("outcome %q leaves %s, not %s", value, got, left)
		}
	}
	if p.Event.Data["outcome"] != "partial" || len(p.Event.Data) != 5 {
		t.Errorf("what was told before is %v", p.Event.Data)
	}
}
