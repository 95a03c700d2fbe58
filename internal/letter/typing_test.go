package letter

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"foia/internal/agency"
	"foia/internal/workday"
	"foia/templates"
)

// Answers come in the spellings of people and programs. Those of money and dates that
// other rooms know are tested there; here, that fields take them.
func TestCleanAsPasted(t *testing.T) {
	in := Typing{Dates: workday.Reader{Today: workday.MustDate("2026-11-23")}}
	for _, row := range []struct {
		kind FieldType
		in   any
		want any
	}{
		{Money, "$ 25", "25"}, {Money, "25 USD", "25"}, {Money, "25.-", "25"}, {Money, "$1,461.50", "1461.50"},
		{Money, "1 234,56", "1234.56"}, {Money, 25.5, "25.50"}, {Money, 1461.0, "1461"}, {Money, 1000000.0, "1000000"},
		{Money, "25,00", errRefused}, {Money, "25 EUR", errRefused}, {Money, "€25", errRefused}, {Money, 1e300, errRefused},
		{Money, "25-30", errRefused},
		{Day, "2026/10/11", "2026-10-11"}, {Day, "October 11, 2026", "2026-10-11"}, {Day, "11 Oct 2026", "2026-10-11"},
		{Day, "2026-10-11T14:30:00Z", "2026-10-11"}, {Day, "yesterday", "2026-11-22"}, {Day, "5/6/2026", errRefused},
		{Days, "January 20, 2025 to May 6, 2025", [2]string{"2025-01-20", "2025-05-06"}},
		{Days, "2025/01/20 – 2025/05/06", [2]string{"2025-01-20", "2025-05-06"}},
		{Days, "2025.01.20..2025.05.06", [2]string{"2025-01-20", "2025-05-06"}},
		{Days, "2025-01-20..2025-05-06..2025-06-01", errRefused},
		{Line, "a\u00ad\u200bb ﬁle", "ab file"}, {Line, "non\u2011stop", "non-stop"}, {Line, "\u200b", nil},
		{Choice, "media\u200b", "media"}, {YesNo, "Ｙｅｓ", true},
	} {
		got, err := Field{Name: "f", Type: row.kind, Choices: []string{"media", "other"}}.Clean(row.in, "x.yaml", in)
		if row.want == errRefused {
			if err == nil {
				t.Errorf("%s %v: taken as %v", row.kind, row.in, got)
			}
			continue
		}
		if err != nil || !equal(got, row.want) {
			t.Errorf("%s %v: got %v, %v; want %v", row.kind, row.in, got, err, row.want)
		}
	}
	in.Dates.Order = workday.DayFirst
	if got, err := (Field{Name: "f", Type: Day}).Clean("5/6/2026", "x.yaml", in); err != nil || got != "2026-06-05" {
		t.Errorf("%v, %v", got, err)
	}
}

// What is ambiguous is refused with both readings and a way out.
func TestCleanAmbiguous(t *testing.T) {
	for value, want := range map[FieldType][3]string{
		Money: {"25,00", "\"25,00\" may be 25.00 or 2,500 (x.yaml, field f)", "write 25.00 or 2500"},
		Day:   {"5/6/2026", "May 6, 2026 or June 5, 2026", "dates: us"}} {
		_, err := Field{Name: "f", Type: value}.Clean(want[0], "x.yaml", Typing{})
		var p *Problem
		if !errors.As(err, &p) || !strings.Contains(err.Error(), want[1]) || !strings.Contains(p.Hint(), want[2]) {
			t.Errorf("%s: %v", value, err)
		}
	}
}

// Everything that cannot be printed is said at once: of all answers and of the
// requester, each character with its neighbors, its place and its line.
func TestUnprintableAll(t *testing.T) {
	lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(head + "{{.topic}}")}}, templates.Files)
	tmpl, err := lib.Template("own")
	if err != nil {
		t.Fatal(err)
	}
	o := orderFor(t, tmpl, nil)
	o.Layers = []Layer{{File: "a.yaml", Lines: map[string]int{"topic": 3, "names": 5},
		Answers: Answers{"topic": "the firm 山田 and its 山", "names": []any{"fine", "smile 😀"}}}}
	o.Requester.Title = "Editor שלום"
	_, err = Fill(o)
	var all *Unprintable
	if !errors.As(err, &all) || all.Hint() == "" {
		t.Fatal(err)
	}
	for _, want := range []string{"8 characters cannot be printed",
		"山 U+5C71 (<CJK Ideograph>), 2 times, in “the firm 山田 and its” (a.yaml:3, field topic)", "田 U+7530",
		"😀 U+1F600 (GRINNING FACE), in “smile 😀” (a.yaml:5, field names)", "(foia.yaml, field requester.title)"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing: %v", want, err)
		}
	}
	if _, _, err := o.Complete(); !errors.As(err, &all) || len(all.Found.List) < 6 {
		t.Errorf("before the letter is filled: %v", err)
	}
	if _, err := tmpl.Questions(o.Layers, Typing{Charset: o.Charset}, Life{}); err == nil {
		t.Error("questions are asked although an answer cannot be printed")
	}
}

// A text of nothing but such characters makes a short error.
func TestUnprintableHuge(t *testing.T) {
	var b strings.Builder
	for i := range maxText {
		b.WriteRune(rune(0x4E00 + i%20_000))
	}
	_, err := Field{Name: "f", Type: Text}.Clean(b.String(), "x.yaml", Typing{Charset: func(rune) bool { return false }})
	if err == nil || len(err.Error()) > 3000 || !strings.Contains(err.Error(), "250000 characters cannot be printed") {
		t.Errorf("%.300v", err)
	}
}

// What cannot be seen is left out, and said in one note, however often the answers are
// read.
func TestDropped(t *testing.T) {
	lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(head + "{{.topic}}")}}, templates.Files)
	tmpl, err := lib.Template("own")
	if err != nil {
		t.Fatal(err)
	}
	o := orderFor(t, tmpl, nil)
	o.Layers = []Layer{{File: "a.yaml", Answers: Answers{"topic": "a\u200bb\u00ad"}}}
	o.Requester.City = "Al\u00adbany"
	const want = "left out 3 characters that cannot be seen: 2 in topic (a.yaml), 1 in requester.city (foia.yaml)"
	for range 2 {
		d, err := Fill(o)
		if err != nil || d.Dropped != want || d.Answers.Text("topic") != "ab" || d.Requester.City != "Albany" {
			t.Errorf("%v, %+v", err, d)
		}
		if o.Answers, o.Dropped, err = o.Complete(); err != nil { // as a filing does it
			t.Fatal(err)
		}
	}
}

// The last line of an address is the country where the letter goes abroad.
func TestCountryLine(t *testing.T) {
	lib := NewLibrary(fstest.MapFS{"letters/own.md": {Data: []byte(head + "{{.topic}}")}}, templates.Files)
	tmpl, err := lib.Template("own")
	if err != nil {
		t.Fatal(err)
	}
	german := []string{"Menzelstrasse 30", "53117 Bonn"}
	for _, row := range []struct {
		name, from, to string
		given          []string
		want           string
	}{
		{"at home", "", "", nil, "Washington, DC 20001"},
		{"named all the same", "USA", "United States", nil, "Washington, DC 20001"},
		{"from abroad", "Germany", "", nil, "United States of America"},
		{"to abroad", "", "Germany", nil, "Germany"},
		{"at home abroad", "Germany", "Germany", nil, "Washington, DC 20001"},
		{"an address of the law, from abroad", "Germany", "", []string{"OGIS", "College Park, MD 20740"}, "United States of America"},
		{"an address of the law", "", "", []string{"OGIS", "College Park, MD 20740"}, "College Park, MD 20740"},
		{"another place", "France", "", append(german, "Germany"), "Germany"},
	} {
		o := orderFor(t, tmpl, Answers{"topic": "t"})
		o.Office = agency.Office{Name: "Office", Address: []string{"1 Main St"}, City: "Washington", State: "District of Columbia",
			ZIP: "20001", Country: row.to}
		o.Requester.Country, o.Addressee = row.from, row.given
		d, err := Fill(o)
		if err != nil {
			t.Fatal(err)
		}
		lines := d.Document.Addressee
		got := lines[len(lines)-1]
		if row.to == "Germany" && row.from == "Germany" {
			got = strings.ReplaceAll(got, "District of Columbia", "DC") // a state of that name there is left as it is
		}
		if got != row.want {
			t.Errorf("%s: %q", row.name, lines)
		}
	}
}

// Amounts are printed with separators.
func TestDollars(t *testing.T) {
	d, err := fillWith(t, strings.Replace(head, "type: text}", "type: money}", 1)+"I agree to pay up to {{dollars .more}}.",
		Answers{"topic": "t", "more": "1000000"})
	if err != nil || !strings.Contains(d.Document.Text(), "$1,000,000.") {
		t.Errorf("%v", err)
	}
}

// Who names the United States as the country is not abroad: the declaration of 28 U.S.C.
// § 1746 has another form outside of it.
func TestRequesterAbroad(t *testing.T) {
	for country, want := range map[string]bool{"": false, "USA": false, "U.S.": false, "United States of America": false, "Germany": true,
		"Mexico": true} {
		if got := (Requester{Country: country}).data()["abroad"]; got != want {
			t.Errorf("%q: %v", country, got)
		}
	}
}
