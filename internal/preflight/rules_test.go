package preflight

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/letter"
)

// rows hold for each rule letters that trip it, with the severity, and letters
// that must not (severity none). The rules are those of 5 U.S.C. § 552 and of the
// regulations that rules.yaml cites.
var rows = slices.Concat(appealRows, channelRows, recordsRows, requestRows, feeRows, destroyedRows)

type row struct {
	rule, name string
	want       Severity
	scene      scene
}

var citation = regexp.MustCompile(`\d+ (?:U\.S\.C\.|C\.F\.R\.)`)

// without takes the sentences that have some words out of a letter.
func without(words string) func(*letter.Draft) {
	return func(d *letter.Draft) {
		d.Document.Body = slices.Clone(d.Document.Body) // letters share what they have in common
		for i := range d.Document.Body {
			b := &d.Document.Body[i]
			var kept []string
			for sentence := range strings.SplitSeq(letter.Plain(b.Text), ". ") {
				if !strings.Contains(sentence, words) {
					kept = append(kept, sentence)
				}
			}
			if b.Kind == letter.Paragraph {
				b.Text = []letter.Span{{Text: strings.Join(kept, ". ")}}
			}
		}
	}
}

// demandCited tells whether a finding cites what the rule says that the law demands.
func demandCited(rule, under, why string) bool {
	for _, r := range rules().Rules {
		for _, d := range r.Demands {
			if r.ID == rule && d.Law == under && d.Cite != "" && strings.HasSuffix(why, "("+d.Cite+")") {
				return true
			}
		}
		if r.ID == rule && strings.HasSuffix(why, "(Access to Information Regulations, section 7)") && under == "ca" {
			return true
		}
	}
	return false
}

func TestRules(t *testing.T) {
	titles := map[string][]string{}
	for _, row := range rows {
		t.Run(row.rule+" "+row.name, func(t *testing.T) {
			var got []Finding
			for _, f := range row.scene.findings(t) {
				titles[f.Rule] = append(titles[f.Rule], f.Title)
				if f.Rule == row.rule {
					got = append(got, f)
				}
			}
			if row.want == "" {
				if len(got) > 0 {
					t.Fatalf("the rule trips: %+v", got[0])
				}
				return
			}
			if len(got) == 0 {
				t.Fatal("the rule does not trip")
			}
			f := got[0]
			if f.Severity != row.want {
				t.Errorf("severity is %s, want %s: %+v", f.Severity, row.want, f)
			}
			if f.Title == "" || f.Saw == "" || f.Why == "" || f.Fix == "" {
				t.Errorf("a part is empty: %+v", f)
			}
			if row.scene.law != "" {
				if p := stateLaw(t, row.scene.law); row.rule[0] == 'S' && !strings.Contains(f.Why, "("+p.Cite()+")") &&
					!demandCited(row.rule, row.scene.law, f.Why) || citation.MatchString(f.Why) {
					t.Errorf("not the citation of %s in %q", p.Name, f.Why)
				}
			} else if !citation.MatchString(f.Why) {
				t.Errorf("no citation in %q", f.Why)
			}
			if strings.ContainsAny(f.Title+f.Why+f.Fix, "{}\n") {
				t.Errorf("a value is not filled in: %+v", f)
			}
		})
	}
	if !t.Failed() {
		casesAreReached(t, titles)
	}
}

// Every rule of rules.yaml has its function and the other way round, and a row
// that trips it and one that does not.
func TestRulesAreWhole(t *testing.T) {
	var ids []string
	for _, r := range rules().Rules {
		ids = append(ids, r.ID)
	}
	if want := slices.Sorted(maps.Keys(checks)); !slices.Equal(ids, want) {
		t.Errorf("rules.yaml has %v, code has %v", ids, want)
	}
	for _, id := range ids {
		var trips, spares bool
		for _, row := range rows {
			trips = trips || row.rule == id && row.want != ""
			spares = spares || row.rule == id && row.want == ""
		}
		if !trips || !spares {
			t.Errorf("%s lacks a row that trips it or one that does not", id)
		}
	}
}

// casesAreReached checks that the rows, whose findings have these titles, reach
// every case of every rule, and every slip.
func casesAreReached(t *testing.T, titles map[string][]string) {
	reached := func(id, title string) bool {
		parts := regexp.MustCompile(`\\{\w+\\}`).ReplaceAllString(regexp.QuoteMeta(title), ".*")
		return slices.ContainsFunc(titles[id], regexp.MustCompile("^"+parts+"$").MatchString)
	}
	for _, r := range rules().Rules {
		if len(r.Slips) == 0 && !reached(r.ID, r.Title) {
			t.Errorf("%s: no row reaches %q", r.ID, r.Title)
		}
		for name, c := range r.Cases {
			if c.Title != "" && !reached(r.ID, c.Title) {
				t.Errorf("%s: no row reaches the case %s", r.ID, name)
			}
		}
		for _, s := range r.Slips {
			if !reached(r.ID, s.Says) {
				t.Errorf("%s: no row reaches the slip %s", r.ID, s.Name)
			}
		}
	}
}

// A letter under another law trips over nothing that is wrong of the federal Act only, such
// as ten days to answer, which Texas has.
func TestNoFederalSlipElsewhere(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range book.IDs() {
		for _, f := range (scene{law: id, answers: letter.Answers{"eligibility": "I am one of those who may ask."}}).findings(t) {
			if f.Rule == "F30" {
				t.Errorf("%s: %s, saw %s", id, f.Title, f.Saw)
			}
		}
	}
}
