package letter

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/templates"
)

// ofTheCase are words that belong to the matter of one pack. A letter that any requester
// may sign has none of them.
var ofTheCase = regexp.MustCompile(`(?i)memorand(?:um|a) of understanding|\bMOU\b|` +
	`agreements? between (?:the )?(?:agencies|departments)|numbers of requests and answers|data[- ]sharing|April 7, 2025|` +
	`\btaxpayer|\btax returns?\b|return information|\b6103\b|\bdeport|Kiteworks|Bessent|Noem|Krause|O.Donnell`)

// aboutTaxes are the files that speak of taxes, since a rule on taxes is what they are
// about. TestTaxesOnlyWhereTheyBind looks at who gets them.
var aboutTaxes = map[string]bool{"clauses/taxpayers.md": true, "arguments/b3-taxpayer.md": true, "arguments/b3-tax-advice.md": true,
	"arguments/b3-statute.md": true, "arguments/segregable.md": true}

var onlyTaxes = regexp.MustCompile(`(?i)^(?:taxpayer|tax returns?|return information|6103)$`)

// namesOfFiles are where a template names others.
var namesOfFiles = regexp.MustCompile(`(?m)\{\{template "[^"]*"|^(?:clauses|arguments): .*$|^  - [a-z-]+$`)

// No letter or clause has the words of a case.
func TestNoWordsOfTheCase(t *testing.T) {
	for file, s := range sources(t) {
		for _, found := range ofTheCase.FindAllString(namesOfFiles.ReplaceAllString(string(s.raw), ""), -1) {
			if !aboutTaxes[file] || !onlyTaxes.MatchString(found) {
				t.Errorf("%s: %q", file, found)
			}
		}
	}
}

// shared is what a pack and a letter may both say: the words of the Act, of forms, and
// names of offices.
var shared = []string{
	"under the freedom of information act", "office of the secretary office of the general counsel",
	"a suit under the administrative procedure act", "no 1 25 cv",
	"any taxpayer s return information", "taxpayer s return or return information", "keeps confidential with or without the names",
	"beside other matter please withhold",
	"26 u s c 6103", "this is a matter of", "i do not ask for", "s authorization is therefore needed", "i do not seek any taxpayer s",
	"where a record holds",
}

// run is how many words in a row two texts may share without having one source.
const run = 5

// No sentence of a pack is in a letter or clause: not five words in a row.
func TestNoSentenceOfThePack(t *testing.T) {
	packs, err := fs.Glob(templates.Files, "packs/*.yaml")
	if err != nil || len(packs) == 0 {
		t.Fatal(err)
	}
	of := map[string]string{}
	for _, file := range packs {
		raw, err := fs.ReadFile(templates.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		words := wordsOf(regexp.MustCompile(`(?m)^#.*$`).ReplaceAllString(string(raw), ""))
		for i := range len(words) - run + 1 {
			of[strings.Join(words[i:i+run], " ")] = file
		}
	}
	allowed := " " + strings.Join(shared, " | ") + " "
	for file, s := range sources(t) {
		words := wordsOf(string(s.raw))
		for i := range max(0, len(words)-run+1) {
			phrase := strings.Join(words[i:i+run], " ")
			if pack, ok := of[phrase]; ok && !strings.Contains(allowed, " "+phrase+" ") {
				t.Errorf("%s and %s both say “%s”", file, pack, phrase)
			}
		}
	}
}

func wordsOf(text string) []string {
	return regexp.MustCompile(`[a-z0-9]+`).FindAllString(strings.ToLower(text), -1)
}

// An office that no rule on taxes binds gets no word about taxpayers, unless the
// requester says it.
func TestTaxesOnlyWhereTheyBind(t *testing.T) {
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	lib := NewLibrary(templates.Files)
	for _, row := range []struct {
		letter, office string
		answers        Answers
		asserted       []string
		want           bool
	}{
		{"request", "dhs-ice", Answers{"subject": "Leases", "records": []any{"The lease of 2024"}, "fee_category": "other"}, nil, false},
		{"request", "treasury-irs", Answers{"subject": "Leases", "records": []any{"The lease of 2024"}, "fee_category": "other"}, nil,
			true},
		{"appeal", "dhs-ice", nil, []string{"b3", "b5", "b7E"}, false},
		{"appeal", "treasury-irs", nil, []string{"b3"}, false},
		{"appeal", "treasury-irs", Answers{"b3_not_taxpayer": "The lease."}, []string{"b3"}, true},
	} {
		tmpl, err := lib.Template(row.letter)
		if err != nil {
			t.Fatal(err)
		}
		o := orderFor(t, tmpl, row.answers)
		o.Regime, o.Office = book.For(row.office, ""), agency.Office{ID: row.office, Name: "Office"}
		o.Life = decidedLife("denied", row.asserted...)
		d, err := Fill(o)
		if err != nil {
			t.Fatal(err)
		}
		if got := regexp.MustCompile(`(?i)taxpayer|6103`).MatchString(d.Document.Text()); got != row.want {
			t.Errorf("%s to %s, %v: speaks of taxpayers: %v", row.letter, row.office, row.answers, got)
		}
	}
}

// decidedLife is what the log says of a request that was decided.
func decidedLife(outcome string, asserted ...string) Life {
	l := Life{Known: map[string]string{"subject": "Leases", "request_date": "April 7, 2025"}, Asserted: asserted, Outcome: outcome,
		Claims: map[string]Values{"decision": {"dated": "May 5, 2025"}, "decision-" + outcome: {}}}
	if len(asserted) > 0 {
		l.Claims["decision-asserts"] = Values{"names": asserted}
	}
	return l
}
