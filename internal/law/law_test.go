package law

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
	"foia/internal/yamltext/yamltest"
)

func book(t *testing.T) *Book {
	t.Helper()
	b, err := LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The quick forms and docs/public-records.md say what the YAML says. To write them anew:
// go generate ./...
func TestQuickInStep(t *testing.T) {
	made, err := Quick(os.DirFS("."))
	if err != nil || len(made) != 3 {
		t.Fatal(len(made), err)
	}
	for name, want := range made {
		have, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(have, want) {
			t.Errorf("%s is out of step; run go generate ./... (%v)", name, err)
		}
	}
}

// Every rule has its citation in the form of its text, says something, and says
// where it was read and as of when.
func TestEveryRuleHasItsSource(t *testing.T) {
	form := regexp.MustCompile(`^\d+ (U\.S\.C\.|C\.F\.R\.) (§ [\dA-Za-z.]+(\([A-Za-z0-9]+\))*|part \d+.*)$`)
	for _, text := range book(t).Texts {
		if text.AsOf == "" || text.Read == "" || text.Name == "" || len(text.Offices) == 0 || len(text.Rules) == 0 {
			t.Errorf("%s: no date, source, name, offices or rules", text.ID)
		}
		if text.Advice {
			continue // is cited by its title, and never in a letter
		}
		if !form.MatchString(text.Cite) {
			t.Errorf("%s is cited as %q", text.ID, text.Cite)
		}
		base, _, _ := strings.Cut(text.Cite, " part ")
		base, _, _ = strings.Cut(base, " § ")
		for topic, r := range text.Rules {
			if !form.MatchString(r.Cite) || !strings.HasPrefix(r.Cite, base) || r.Says == "" || r.Read == "" || r.Topic != topic {
				t.Errorf("%s, %s: %+v", text.ID, topic, r)
			}
		}
	}
}

// The time limits, as the regulations and the Act give them.
func TestLimits(t *testing.T) {
	for _, row := range []struct{ office, topic, limit, cite string }{
		{"treasury-irs", "time-limit", "20 working days", "5 U.S.C. § 552(a)(6)(A)(i)"},
		{"treasury-irs", "appeal", "35 calendar days", "26 C.F.R. § 601.702(c)(10)(i)"},
		{"treasury-irs", "appeal-expedition", "10 calendar days", "26 C.F.R. § 601.702(c)(10)(i)"},
		{"treasury-irs", "appeal-fee-waiver", "35 calendar days", "26 C.F.R. § 601.702(f)(2)(v)"},
		{"treasury-irs", "perfection", "35 calendar days", "26 C.F.R. § 601.702(c)(1)(i)"},
		{"treasury-irs", "expedition-decision", "10 calendar days", "26 C.F.R. § 601.702(c)(6)(iv)"},
		{"treasury-irs", "forwarding", "10 working days", "31 C.F.R. § 1.4(a)"},
		{"treasury-do", "appeal", "90 calendar days", "31 C.F.R. § 1.6(a)"},
		{"treasury-do", "fee-commitment", "30 calendar days", "31 C.F.R. § 1.7(e)"},
		{"treasury-do", "perfection", "", ""},
		{"dhs-ice", "appeal", "90 working days", "6 C.F.R. § 5.8(a)(1)"},
		{"dhs-ice", "perfection", "30 working days", "6 C.F.R. § 5.3(c)"},
		{"doj-jmd", "appeal", "90 calendar days", "28 C.F.R. § 16.8(a)"},
		{"doj-jmd", "appeal-expedition", "", ""},
		{"epa-hq", "appeal", "90 calendar days", "5 U.S.C. § 552(a)(6)(A)(i)(III)(aa)"},
		{"epa-hq", "extension", "10 working days", "5 U.S.C. § 552(a)(6)(B)(i)"},
		{"epa-hq", "appeal-decision", "20 working days", "5 U.S.C. § 552(a)(6)(A)(ii)"},
		{"epa-hq", "suit", "6 years", "28 U.S.C. § 2401(a)"},
		{"epa-hq", "still-interested", "30 working days", "OIP guidance on still-interested inquiries (2010, 2015, 2021)"},
	} {
		r, ok := book(t).For(row.office, Federal).Rule(row.topic)
		got := ""
		if ok && r.Limit != nil {
			got = fmt.Sprintf("%d %s", r.Limit.Days, r.Limit.Unit)
		}
		if got != row.limit || r.Cite != row.cite {
			t.Errorf("%s, %s: %q by %s; want %q by %s", row.office, row.topic, got, r.Cite, row.limit, row.cite)
		}
	}
	if r, _ := book(t).For("treasury-irs", Federal).Rule("expedition-decision"); r.Floor == nil || r.Floor.Days != 5 ||
		r.Floor.Unit != workday.WorkingDays {
		t.Errorf("the IRS has five working days at least: %+v", r.Floor)
	}
	// All rules on a topic are there for the safe date, the closest first.
	if rules := book(t).For("treasury-irs", Federal).Rules("appeal"); len(rules) != 3 || rules[1].Cite != "31 C.F.R. § 1.6(a)" {
		t.Errorf("appeals to the IRS: %+v", rules)
	}
}

// An appendix names an officer; the regulation is what a letter cites.
func TestRegulations(t *testing.T) {
	for office, want := range map[string]string{"treasury-irs": "26 C.F.R. § 601.702, 31 C.F.R. part 1, subpart A",
		"treasury-tigta": "31 C.F.R. part 1, subpart A", "epa-hq": ""} {
		var got []string
		for _, text := range book(t).For(office, Federal).Regulations() {
			got = append(got, text.Cite)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %q, want %q", office, got, want)
		}
	}
}

// The nine exemptions, the seventh in its six parts, 5 U.S.C. 552(b); and those of the
// Privacy Act, 5 U.S.C. 552a(d)(5), (j)(1) and (2), (k)(1) to (7).
func TestExemptions(t *testing.T) {
	got := slices.Sorted(maps.Keys(book(t).Exemptions))
	want := []string{"b1", "b2", "b3", "b4", "b5", "b6", "b7A", "b7B", "b7C", "b7D", "b7E", "b7F", "b8", "b9",
		"d5", "j1", "j2", "k1", "k2", "k3", "k4", "k5", "k6", "k7"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	for code, e := range book(t).Exemptions {
		cite, name := "5 U.S.C. § 552(b)("+code[1:2]+")", "Exemption "+code[1:2]
		if code[0] != 'b' {
			cite, name = "5 U.S.C. § 552a("+code[:1]+")("+code[1:]+")", "Privacy Act exemption ("+code[:1]+")("+code[1:]+")"
		}
		if e.Code != code || e.Says == "" || code[0] == 'b' && (e.Text == "" || strings.ContainsAny(e.Text, "“”…\n")) ||
			!strings.HasPrefix(e.Cite, cite) || !strings.HasPrefix(e.Name, name) {
			t.Errorf("%s: %+v", code, e)
		}
	}
}

// For each office the closest text wins. The rows are what the regulations say;
// the copies that were read are named in us-federal.yaml.
func TestClosestTextWins(t *testing.T) {
	for _, row := range []struct{ office, topic, cite string }{
		{"treasury-irs", "preservation", "26 C.F.R. § 601.702(c)(14)"},
		{"treasury-do", "preservation", "31 C.F.R. § 1.0(e)"},
		{"treasury-tigta", "preservation", "31 C.F.R. § 1.0(e)"},
		{"dhs-ice", "preservation", "6 C.F.R. § 5.9"},
		{"doj-jmd", "preservation", "28 C.F.R. § 16.9"},
		{"epa-hq", "preservation", ""},
		{"treasury-irs", "signature", "26 C.F.R. § 601.702(c)(4)(i)(A)"},
		{"treasury-do", "signature", ""},
		{"treasury-irs", "taxpayer-confidentiality", "26 U.S.C. § 6103(a)"},
		{"dhs-ice", "taxpayer-confidentiality", ""},
		{"dhs-ice", "components", "6 C.F.R. § 5.4(c)"},
		{"treasury-irs", "expedition-media-interest", ""}, // three grounds only: (c)(6)(i), 31 CFR 1.4(e)(1)
		{"treasury-do", "expedition-media-interest", ""},
		{"dhs-ice", "expedition-media-interest", "6 C.F.R. § 5.5(e)(1)(iv)"},
		{"doj-olc", "expedition-media-interest", "28 C.F.R. § 16.5(e)(1)(iv)"},
		{"dhs-ice", "fee-consent", "6 C.F.R. § 5.11(a)"}, // only DHS presumes consent to $25
		{"doj-olc", "fee-consent", ""},
		{"dhs-ice", "submitter-notice", "6 C.F.R. § 5.7(i)"},
		{"dhs-cisa", "submitter-notice", "6 C.F.R. § 5.7(i)"},
		{"dhs-cbp", "submitter-notice", ""}, // has a rule of its own, § 5.12
		{"treasury-irs", "submitter-notice", ""},
		{"dhs-ice", "classified", "6 C.F.R. § 5.4(e)"},
		{"epa-hq", "destruction", "36 C.F.R. § 1230.3"},
		{"treasury-do", "fee-consent", ""},
		{"epa-hq", "act", "5 U.S.C. § 552"},
		{"epa-hq", "declaration", "28 U.S.C. § 1746"},
	} {
		r, ok := book(t).For(row.office, "").Rule(row.topic)
		if ok != (row.cite != "") || r.Cite != row.cite {
			t.Errorf("%s, %s: %q, want %q", row.office, row.topic, r.Cite, row.cite)
		}
	}
}

// An office under another law is bound by that law alone; by nothing, if foia does
// not know it.
func TestOtherLaw(t *testing.T) {
	r := book(t).For("albany-police", "us-ny")
	if act, _ := r.Rule("act"); act.Cite != "N.Y. Pub. Off. Law §§ 84-90" || !r.Known() || r.Under("foia") {
		t.Errorf("an office of New York is bound by %v", act)
	}
	if r := book(t).For("atlantis-police", "atlantis"); r.Known() {
		t.Error("an unknown law binds")
	}
	if r := book(t).For("treasury-irs", Federal); !r.Known() || !r.Under("irs") || !r.Under("treasury") || r.Under("dhs") {
		t.Errorf("the IRS is bound by %d texts", len(r.Texts))
	}
}

// A file of law with a fault is not taken.
func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"unknown topic": "topics: {a: x}\ntexts: [{id: t, rules: {b: {cite: c, says: s}}}]",
		"no citation":   "topics: {a: x}\ntexts: [{id: t, rules: {a: {says: s}}}]",
		"unknown key":   "topics: {a: x}\ntexts: [{id: t, ruless: {}}]",
		"no limit":      decisionYAML("limit: l", ""),
		"unknown mark":  decisionYAML("mark: pages", "mark: hearsay"),
		"unknown court": decisionYAML("court: U.S.", "court: 12th Cir."),
		"broken":        "topics: [",
	} {
		if _, err := parse([]byte(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Odd YAML in the law's own data is an error with the line, as it is for who corrects it.
func TestOddYAML(t *testing.T) {
	for name, odd := range yamltest.Odd {
		_, err := parse([]byte("topics: {}\n" + odd))
		_, errRecords := ParseRecords([]byte("id: us-xx\n"+odd), "us-xx.yaml")
		t.Run(name, func(t *testing.T) {
			yamltest.Refused(t, "us-federal.yaml", err)
			yamltest.Refused(t, "us-xx.yaml", errRecords)
		})
	}
}
