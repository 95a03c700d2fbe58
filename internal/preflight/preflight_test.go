package preflight

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/longtest"
)

// The built-in letters have no error and no warning, neither as drafts nor when
// they are read as text. That a record of the directory is doubtful is true of the
// office, whatever the letter says: Social Security's contacts are those of 2017.
func TestBuiltInLetters(t *testing.T) {
	for name, d := range packLetters(t) {
		text := FromText(d.Document.Markdown(), d.Office, d.Regime, d.Channel, d.Date)
		for way, draft := range map[string]*letter.Draft{"draft": d, "text": text} {
			for _, f := range Check(draft, Surroundings{StaleAfterDays: 100_000}) {
				doubtful := f.Rule == "C02" && f.Severity == Warning && d.Office.ID == "ssa"
				if f.Severity != Advice && !doubtful {
					t.Errorf("%s, as %s: %s %s: %s, saw %s", name, way, f.Severity, f.Rule, f.Title, f.Saw)
				}
			}
		}
		if len(text.Records) != len(d.Records) {
			t.Errorf("%s: %d items were read of %d", name, len(text.Records), len(d.Records))
		}
	}
}

// The letters of the pack are not near-identical to each other.
func TestBuiltInLettersTogether(t *testing.T) {
	var batch []Similar
	letters := packLetters(t)
	for name, d := range letters {
		batch = append(batch, Similar{ID: name, OfficeID: d.Office.ID, Parent: d.Office.Parent, Text: itemsOf(d.Records), On: d.Date})
	}
	for name, d := range letters {
		others := slices.DeleteFunc(slices.Clone(batch), func(s Similar) bool { return s.ID == name })
		for _, f := range Check(d, Surroundings{Similar: others}) {
			if f.Rule == "F29" {
				t.Errorf("%s: %s", name, f.Title)
			}
		}
	}
}

// An office of a law that is not known is checked for what holds anywhere, and
// no federal citation is held against it.
func TestUnknownLaw(t *testing.T) {
	o := agency.Office{ID: "tx-records", Name: "Records Office", Law: "us-tx", ReceivesBy: []agency.Channel{agency.Email},
		Email: "r@example.org", UserAdded: true}
	d := FromText("Dear Officer:\n\nI request all records.\n\nMy number is 123-45-6789.\n\nSincerely,\nAna Ruiz\nana@example.org\n", o,
		law.Regime{}, agency.Email, date)
	var got []string
	for _, f := range Check(d, Surroundings{}) {
		got = append(got, f.Rule)
		if citation.MatchString(f.Why) {
			t.Errorf("%s cites %q", f.Rule, f.Why)
		}
	}
	if want := []string{"F08", "F09", "F11", "F30"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

// A later letter, such as an appeal, is not held to what a first request needs.
func TestLaterLetter(t *testing.T) {
	d := scene{}.fill(t, office(t, "treasury-irs"))
	later := *d.Template
	later.Kind = "appeal"
	d.Template, d.Records, d.Document.Body = &later, nil, nil
	for _, f := range Check(d, Surroundings{}) {
		if f.Rule != "C02" {
			t.Errorf("found %+v", f)
		}
	}
}

func TestOrder(t *testing.T) {
	findings := Check(FromText("All records?", office(t, "treasury-irs"), regime(t, "treasury-irs"), agency.Email, date), Surroundings{})
	if !slices.IsSortedFunc(findings, func(a, b Finding) int {
		if a.Severity != b.Severity {
			return a.Severity.rank() - b.Severity.rank()
		}
		return strings.Compare(a.Rule, b.Rule)
	}) || len(findings) < 8 {
		t.Errorf("not sorted, or few: %+v", findings)
	}
	if Worst(findings) != Error || Worst(nil) != "" || Worst([]Finding{{Severity: Advice}, {Severity: Warning}}) != Warning {
		t.Error("the worst severity is wrong")
	}
}

func TestJSON(t *testing.T) {
	b, err := json.Marshal(Finding{"F01", Error, "title", "saw", "why", "fix", "field"})
	want := `{"id":"F01","severity":"error","message":"title","saw":"saw","why":"why","fix":"fix","field":"field"}`
	if err != nil || string(b) != want {
		t.Errorf("got %s, %v", b, err)
	}
}

// Citations are those that bind the office, each once; what is only for want of
// another is left out where there is another.
func TestCitations(t *testing.T) {
	list := []cite{{Topic: "names-act"}, {Topic: "act", Else: true}, {Cite: "A", Under: "irs"}, {Topic: "names-act"}}
	for id, want := range map[string]string{
		"treasury-irs": "26 C.F.R. § 601.702(c)(4)(i)(B); A",
		"dhs-ice":      "5 U.S.C. § 552",
	} {
		if got := citations(list, regime(t, id)); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
	if got := citations(list, law.Regime{}); got != "" {
		t.Errorf("an unknown law cites %q", got)
	}
}

// Every pattern compiles, every topic and text that rules.yaml names is one of
// the law, and a literal citation says where it was read.
func TestRulesFile(t *testing.T) {
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	topic := func(id, name string) {
		if _, ok := book.Topics[name]; name != "" && !ok {
			t.Errorf("%s: unknown topic %s", id, name)
		}
	}
	cites := func(id string, list []cite) {
		for _, c := range list {
			topic(id, c.Topic)
			if (c.Topic == "") == (c.Cite == "") || c.Cite != "" && c.Read == "" {
				t.Errorf("%s: a citation is incomplete: %+v", id, c)
			}
			if c.Under != "" && !slices.ContainsFunc(book.Texts, func(x law.Text) bool { return x.ID == c.Under }) {
				t.Errorf("%s: unknown text %s", id, c.Under)
			}
		}
	}
	for _, r := range rules().Rules {
		topic(r.ID, r.ErrorIf)
		topic(r.ID, r.OnlyIf)
		cites(r.ID, r.Cites)
		for _, c := range r.Cases {
			topic(r.ID, c.ErrorIf)
			cites(r.ID, c.Cites)
			if c.Severity != "" && c.Severity.rank() < 0 {
				t.Errorf("%s: unknown severity %s", r.ID, c.Severity)
			}
		}
		for _, s := range r.Slips {
			cites(r.ID, s.Cites)
		}
	}
	for name, p := range allPatterns() {
		for _, e := range p.expressions() {
			if _, err := regexp.Compile("(?i)" + e.source); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if _, err := parseRules([]byte("rules: [{id: F99, severity: fatal}]")); err == nil {
		t.Error("an unknown severity is taken")
	}
	if _, err := parseRules([]byte("rules: [{id: F99, sevrity: error}]")); err == nil {
		t.Error("an unknown key is taken")
	}
}

func allPatterns() map[string]*pattern {
	all := map[string]*pattern{}
	for name, p := range rules().Phrases {
		all[name] = p
	}
	for _, r := range rules().Rules {
		for name, p := range r.Patterns {
			all[r.ID+" "+name] = p
		}
		for _, e := range r.Elements {
			all[r.ID+" "+e.Name] = e.Pattern
		}
		for _, s := range r.Slips {
			all[r.ID+" "+s.Name] = s.Pattern
		}
		for _, h := range r.Holders {
			all[r.ID+" "+h.Name] = h.Pattern
		}
	}
	return all
}

// Looking for needles first changes nothing: each pattern finds what its
// expressions find without them. The texts are the letters, in pieces and in
// other cases of letters.
func TestNeedles(t *testing.T) {
	var texts []string
	for _, name := range []string{"agreement", "opinions"} {
		d := packLetters(t)[name]
		texts = append(texts, d.Document.Text(), strings.ToUpper(d.Document.BodyText(func(letter.Block) bool { return true })))
	}
	for _, row := range rows {
		if row.scene.text != nil {
			texts = append(texts, row.rule+" "+row.name)
		}
	}
	texts = append(texts, "See 5 C.F.R. § 5.5(e), 44 CFR 5.22(F), SSN 123-45-6789, A 123 456 789; DoB: 1/5/1980; 6377A RIVERSIDE", "")
	for name, p := range allPatterns() {
		if p == nil {
			continue
		}
		for _, text := range texts {
			var want []int
			for _, e := range p.expressions() {
				if loc := e.compiled().FindStringIndex(text); loc != nil && (want == nil || loc[0] < want[0]) {
					want = loc
				}
			}
			if got := p.find(text); !slices.Equal(got, want) {
				t.Fatalf("%s: found %v, want %v in %.60q", name, got, want, text)
			}
			if p.in(text) != (want != nil) {
				t.Fatalf("%s: in and find differ", name)
			}
		}
	}
}

// A finding is short, printable and shows no number by which a person is known.
func checkFindings(t *testing.T, findings []Finding) {
	t.Helper()
	for _, f := range findings {
		if f.Title == "" || f.Saw == "" || f.Why == "" || f.Fix == "" {
			t.Errorf("a part is empty: %+v", f)
		}
		for _, s := range []string{f.Title, f.Saw} {
			bad := func(c rune) bool { return c == unicode.ReplacementChar || !unicode.IsPrint(c) }
			if !utf8.ValidString(s) || strings.ContainsFunc(s, bad) {
				t.Errorf("%s cannot be printed: %q", f.Rule, s)
			}
		}
		if n := utf8.RuneCountInString(f.Saw); n > 400 {
			t.Errorf("%s quotes %d characters", f.Rule, n)
		}
		if ssn.MatchString(f.Saw) {
			t.Errorf("%s shows a number: %s", f.Rule, f.Saw)
		}
	}
}

var ssn = regexp.MustCompile(`\b\d{3}-\d{2}-\d{4}\b`)

// 500 items and long texts without sense are checked like any other letter; the
// benchmark has them in the full length of 200,000 characters.
func TestHostile(t *testing.T) {
	o, law := office(t, "dhs-ice"), regime(t, "dhs-ice")
	for name, word := range hostileWords {
		size := 5_000
		if name == "sentences" {
			size = 40_000
		}
		d := FromText(strings.Repeat(word, size/len(word)), o, law, agency.Portal, date)
		t.Run(name, func(t *testing.T) { checkFindings(t, Check(d, Surroundings{})) })
	}
	many := FromText("Dear X:\n\n"+strings.Repeat("1. All records\n", 500)+"\nSincerely,\nA B\n", o, law, agency.Portal, date)
	if len(many.Records) != 500 {
		t.Errorf("%d items were read of 500", len(many.Records))
	}
	for _, f := range Check(many, Surroundings{}) {
		if f.Rule == "F08" && f.Title != "items 1, 2, 3, 4 and 496 more: no subject, only words such as “all records”" {
			t.Errorf("got %q", f.Title)
		}
	}
}

// Whatever the text is, it is read and checked without a panic, and what is
// found can be shown.
func FuzzCheck(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add(plainLetter)
	for word := range hostileWords {
		f.Add(word)
	}
	for _, s := range []string{"", "\x00\xff", "Dear", "Sincerely,", "1.", "#", "- ", "*", "\\", "Re:", "123-45-6789 Dear A 123456789",
		"a?\n\n  b", "İ\u202e{items}"} {
		f.Add(s)
	}
	irs, ice := office(f, "treasury-irs"), office(f, "dhs-ice")
	f.Fuzz(func(t *testing.T, text string) {
		o := irs
		if len(text)%2 == 1 {
			o = ice
		}
		d := FromText(text, o, regime(t, o.ID), agency.Portal, date)
		checkFindings(t, Check(d, Surroundings{}))
	})
}
