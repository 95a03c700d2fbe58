package law

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
	"foia/internal/yamltext"
)

func records(t testing.TB) *RecordsBook {
	t.Helper()
	b, err := LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lawFiles are the files of the laws of states and countries.
func lawFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("laws/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(files, func(f string) bool { return f == "laws/us-federal.yaml" || f == "laws/reminder.yaml" })
}

// The quick form says what the files say. Write it anew with:
// go test ./internal/law -update
func TestRecordsInStep(t *testing.T) {
	var want recordsFile
	raw, err := os.ReadFile("laws/reminder.yaml")
	if err == nil {
		err = yamltext.Decode(yamltext.Source{File: "reminder.yaml", Text: raw}, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range lawFiles(t) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := ParseRecords(raw, file)
		if err != nil {
			t.Fatal(err)
		}
		if p.ID+".yaml" != filepath.Base(file) {
			t.Errorf("%s holds the law %s", file, p.ID)
		}
		want.Laws = append(want.Laws, p)
	}
	if len(want.Laws) != 58 {
		t.Errorf("%d laws, not 58", len(want.Laws))
	}
	inStep(t, want, "laws/laws.json", recordsJSON)
}

// Nothing is verified that the facts call unverified, be it as a whole or in part.
func TestVerified(t *testing.T) {
	p := &PublicRecords{Unverified: []string{"appeals[0].deadline_days", "fees", "response.stages[1]"}, OneSource: []string{"purpose"}}
	for field, want := range map[string]bool{
		"appeals[0].deadline_days": false, "appeals[0]": false, "appeals": false, "appeals[0].to": true, "appeals[1]": true,
		"fees": false, "fees.search": false, "response.stages[0]": true, "response.stages[1]": false, "response.stages[1].days": false,
		"response.stages[10]": true, "response.text": true, "purpose": false, "purpose.text": false, "requester": true,
	} {
		if p.Verified(field) != want {
			t.Errorf("%s: %v", field, !want)
		}
	}
}

// numberWords are numbers that a sentence writes out.
var numberWords = map[string]string{"third": "3", "fifth": "5", "twentieth": "20", "one": "1"}

// A sentence rests on verified fields, and says no number and no section that does
// not be in them.
func TestSentencesRestOnFacts(t *testing.T) {
	number := regexp.MustCompile(`\d+`)
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		if p.Use.Deadline == nil {
			t.Errorf("%s says nothing of the time", id)
		}
		for topic, s := range p.Sentences() {
			if s == nil {
				continue
			}
			facts := p.Citation + " " + p.Short
			for _, field := range s.Rests {
				text, ok := p.Field(field)
				switch {
				case !ok:
					t.Errorf("%s, %s rests on %s, which is none of the facts", id, topic, field)
				case !p.Verified(field):
					t.Errorf("%s, %s rests on %s, which is unverified", id, topic, field)
				}
				facts += " " + text
			}
			said := p.Fill(s)
			if strings.ContainsAny(said, "{}") {
				t.Errorf("%s, %s: a number was not filled: %s", id, topic, said)
			}
			known := number.FindAllString(facts, -1)
			for word, n := range numberWords {
				if strings.Contains(strings.ToLower(facts), word) {
					known = append(known, n)
				}
			}
			for _, n := range number.FindAllString(said, -1) {
				if !slices.Contains(known, n) {
					t.Errorf("%s, %s: %s is in no fact that it rests on: %s", id, topic, n, said)
				}
			}
			for word, n := range numberWords {
				if regexp.MustCompile(`\b`+word+` (business|working) day`).MatchString(said) && !slices.Contains(known, n) {
					t.Errorf("%s, %s: “%s” is in no fact that it rests on", id, topic, word)
				}
			}
		}
	}
}

// What is counted is a verified stage or route with a number and a unit that foia
// can count.
func TestClocksRestOnFacts(t *testing.T) {
	starts := []Start{FromReceipt, FromAcknowledgment, FromAcknowledgmentDue, FromDetermination}
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		counted := map[int]bool{}
		for _, tick := range p.Use.Clock {
			if tick.Stage >= len(p.Response.Stages) || counted[tick.Stage] {
				t.Errorf("%s counts a stage that is not there, or twice: %d", id, tick.Stage)
				continue
			}
			counted[tick.Stage] = true
			s := p.Response.Stages[tick.Stage]
			if _, ok := Span(s.Days, s.Unit); !ok || !slices.Contains(starts, tick.From) || !p.Verified(fmt.Sprintf("response.stages[%d]", tick.Stage)) {
				t.Errorf("%s: stage %d is unverified, or cannot be counted", id, tick.Stage)
			}
			if tick.Extend && (!p.Extension.Allowed || p.Extension.Days == 0 || !p.Verified("extension")) {
				t.Errorf("%s: the extension of stage %d is unverified, or has no number", id, tick.Stage)
			}
			if tick.From == FromReceipt && regexp.MustCompile(`^(acknowledgment|final|the date)`).MatchString(s.From) {
				t.Errorf("%s: stage %d runs from %s", id, tick.Stage, s.From)
			}
		}
		for _, use := range p.Use.Routes {
			r := p.Appeals[use.Appeal]
			if _, ok := Span(r.Days, r.Unit); !ok || !p.Verified(fmt.Sprintf("appeals[%d]", use.Appeal)) {
				t.Errorf("%s: the route %d is unverified, or has no time", id, use.Appeal)
			}
		}
		if len(p.Use.Clock) == 0 && p.Response.Standard == "number" && p.Verified("response.stages") {
			t.Errorf("%s gives a number, and nothing is counted", id)
		}
	}
	oh, _ := records(t).Law("us-oh")
	if r := oh.Reminder; r.Days < 1 || r.Unit != workday.WorkingDays {
		t.Errorf("the reminder is %v", r)
	}
}

// docs/public-records.md shows which sentence rests on what. Write it anew with:
// go test ./internal/law -update
func TestTableOfSentences(t *testing.T) {
	const file = "../../docs/public-records.md"
	want := SentenceTable(records(t))
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(file)
	if err != nil || string(have) != want {
		t.Errorf("docs/public-records.md is not what the data say; run with -update (%v)", err)
	}
}

// Which laws say in days when the answer is due, and not only an acknowledgment: Tex. Gov't
// Code § 552.221(d), FOIA 2000 s. 10(1); A.R.S. 39-171(A) is on acknowledging; R.C. 149.43(B)(1)
// and Fla. Stat. 119.07(1)(c) have no number.
func TestAnswerNumber(t *testing.T) {
	for id, want := range map[string]bool{"us-tx": true, "gb": true, "us-il": true, "us-az": false, "us-oh": false, "us-fl": false} {
		p, _ := mustRecords().Law(id)
		if _, got := p.Regime().Rule(TopicNumber); got != want {
			t.Errorf("%s answers by a number of days: %v", id, got)
		}
	}
}

// Countries whose file names no currency have that of the country (ISO 4217).
func TestCurrency(t *testing.T) {
	for id, want := range map[string]string{"gb": "GBP", "ca": "CAD", "au": "AUD", "de": "EUR", "eu": "EUR", "ie": "EUR", "us-tx": "USD", "us-federal": "USD", "": "USD"} {
		if got := Currency(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}
