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

// The laws whose sentences were read against the statutes once more, in November 2026.
var readAgain = []string{"us-ca", "us-ct", "us-de", "us-fl", "us-ga", "us-il", "us-in", "us-ma", "us-md", "us-mi", "us-nj", "us-ny", "us-oh",
	"us-or", "us-pa", "us-tx", "us-va", "us-wa"}

// A duty that the statute imposes is no favor, and no letter tells a clerk that doing
// nothing is an answer too.
func TestSentencesBind(t *testing.T) {
	weak := regexp.MustCompile(`(?i)\b(the (act|law) asks|asks you|silence|counts as (a )?deni|no answer is|deemed)\b`)
	for _, id := range readAgain {
		p, _ := records(t).Law(id)
		for topic, s := range p.Sentences() {
			if said := p.Fill(s); weak.MatchString(said) {
				t.Errorf("%s, %s: %s", id, topic, said)
			}
		}
	}
}

// Routes, duties and stops use the words that the fold knows, and name only routes that
// are there.
func TestRoutesAreWhole(t *testing.T) {
	within := func(at string, have []string, known ...string) {
		for _, h := range have {
			if !slices.Contains(known, h) {
				t.Errorf("%s: %q is none of %v", at, h, known)
			}
		}
	}
	against := []string{Denial, Partial, Silence, Fees, Delay}
	starts := []string{"", FromDecision, FromMailing, FromItsReceipt, FromRequest, FromAnswerDue, FromLastReviewer, FromCharges}
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		var ids []string
		for _, r := range p.Appeals {
			if r.ID != "" && slices.Contains(ids, r.ID) {
				t.Errorf("%s has two routes %s", id, r.ID)
			}
			ids = append(ids, r.ID)
		}
		for i, r := range p.Appeals {
			at := fmt.Sprintf("%s, appeals[%d]", id, i)
			within(at, r.Against, against...)
			within(at, []string{r.From}, starts...)
			within(at, append(slices.Clone(r.First), r.Excludes...), ids...)
			within(at, r.Encloses, "request", "answer", "charges", "correspondence", "proof")
			for _, days := range []struct {
				n    int
				unit string
			}{{r.Days, r.Unit}, {r.DecisionDays, r.DecisionUnit}} {
				if _, ok := Span(days.n, days.unit); !ok && days.unit != "" { // a number without its unit is one that nobody read whole
					t.Errorf("%s: %d %s cannot be counted", at, days.n, days.unit)
				}
			}
			for _, w := range r.Windows {
				within(at, w.Against, against...)
				within(at, w.Against, r.Against...)
				within(at, []string{w.From}, starts...)
				if _, ok := Span(w.Days, w.Unit); !ok {
					t.Errorf("%s: the window %+v cannot be counted", at, w)
				}
			}
		}
		for i, d := range p.Duties {
			at := fmt.Sprintf("%s, duties[%d]", id, i)
			within(at, []string{d.On}, "question", "fees", "deposit", "available", "voluminous", "website")
			within(at, []string{d.From}, "", "sent", "receipt")
			if _, ok := Span(d.Days, d.Unit); !ok && (d.Days != 0 || d.Unit != "") || d.Says == "" {
				t.Errorf("%s: %+v cannot be counted, or says nothing", at, d)
			}
		}
		for i, s := range p.Stops {
			at := fmt.Sprintf("%s, stops[%d]", id, i)
			within(at, []string{s.By}, "question", "fees", "deposit")
			within(at, []string{s.Does}, "pauses", "restarts", "runs")
		}
		for i, a := range p.Arrivals {
			within(fmt.Sprintf("%s, arrivals[%d]", id, i), a.By, "mail", "email", "fax", "portal", "hand")
		}
	}
}
