package letter

import (
	"reflect"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/workday"
)

// Every language has every word, and the places that the program fills.
func TestWords(t *testing.T) {
	for _, language := range append(Languages(), otherEnglish) {
		w := mustWords(language)
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if empty := v.Field(i).IsZero(); empty && name != "LastComma" && name != "american" && (name != "Subject" || language != "de") {
				t.Errorf("%s has no %s", language, name)
			}
		}
		for form, places := range map[string]string{w.Date: "day month year", w.Reference: "id", w.Page: "n all", w.RequestTo: "office",
			w.Money["other"]: "n currency", w.Between: "from to", w.Until: "to",
			w.Via[agency.Email]: "contact", w.Via[agency.Fax]: "contact", w.Via[agency.Portal]: "contact"} {
			for place := range strings.FieldsSeq(places) {
				if !strings.Contains(form, "{"+place+"}") {
					t.Errorf("%s: %q has no place for the %s", language, form, place)
				}
			}
		}
		if len(w.Months) != 12 || len(w.Quotes) != 2 || w.Via[agency.Mail] == "" {
			t.Errorf("%s: %d months, %d marks, by mail %q", language, len(w.Months), len(w.Quotes), w.Via[agency.Mail])
		}
	}
}

// Days, amounts and lists as each language writes them.
func TestWordsInUse(t *testing.T) {
	day := workday.MustDate("2026-03-05")
	three := []typed{"a", "b", "c"}
	for language, want := range map[string][4]string{
		american:     {"March 5, 2026", "$1,250.50", "EUR: €1,250.50", "a, b, and c"},
		otherEnglish: {"5 March 2026", "US$1,250.50", "EUR: €1,250.50", "a, b and c"},
		"de":         {"5. März 2026", "1.250,50 US-Dollar", "EUR: 1.250,50 Euro", "a, b und c"},
		"es":         {"5 de marzo de 2026", "$1,250.50", "EUR: 1,250.50 euros", "a, b y c"},
	} {
		w := mustWords(language)
		got := [4]string{w.day(day), w.money("1250.50", law.Dollars), "EUR: " + w.money("1250.50", "EUR"), string(w.list(three))}
		if got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
		if dated := w.dated("March 5, 2026"); dated != want[0] {
			t.Errorf("%s: a day of the log is %s", language, dated)
		}
		if kept := w.dated("Number 12, 3456"); kept != "Number 12, 3456" {
			t.Errorf("%s: what is no day became %s", language, kept)
		}
	}
	if got := mustWords(otherEnglish).money("5", "CAD"); got != "CAD 5" {
		t.Errorf("Canadian dollars are %s", got)
	}
}

// A template names a language, form and laws that foia knows.
func TestTemplateLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"language: fr":          "no words for letters in the language",
		"language: en-abroad":   "no words for letters in the language",
		"language: ../words/de": "no words for letters in the language",
		"form: oral":            "unknown form",
	} {
		s, err := parseSource("letters/x.md",
			[]byte("---\nid: x\ntitle: X\nkind: request\nlaw: us-federal\nsubject: X\n"+text+"\n---\nText.\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := compile(s, nil, nil, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := (Field{Name: "a", Label: "A", Type: Line, Laws: []string{"us-zz"}}).check("x.md", 1); err == nil {
		t.Error("a question under a law that nobody knows")
	}
}

// What is asked under some laws only is neither needed nor printed under others, even if a
// standing answer has it.
func TestFieldUnderLaw(t *testing.T) {
	s, err := parseSource("letters/x.md", []byte("---\nid: x\ntitle: X\nkind: request\nlaw: public-records\nsubject: X\nfields:\n  - "+
		"{name: fee, label: Fee, type: money, required: true, laws: [ca]}\n---\nText.\n"))
	if err != nil {
		t.Fatal(err)
	}
	tmpl, err := compile(s, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	layer := []Layer{{Answers: Answers{"fee": "5"}, File: "test"}}
	if got, err := tmpl.complete(layer, Typing{Law: "us-tx"}, Life{}); err != nil || len(got) > 0 {
		t.Errorf("Texas: %v, %v", got, err)
	}
	if _, err := tmpl.complete(nil, Typing{Law: "ca"}, Life{}); err == nil || !strings.Contains(err.Error(), "no answer for fee") {
		t.Errorf("Canada, not answered: %v", err)
	}
	for typed, wrong := range map[string]bool{"5": false, "$5": false, "CAD 5": false, "US$5": true, "5 EUR": true} {
		if _, err := tmpl.complete([]Layer{{Answers: Answers{"fee": typed}, File: "test"}}, Typing{Law: "ca", Currency: "CAD"},
			Life{}); (err != nil) != wrong {
			t.Errorf("Canada, %s: %v", typed, err)
		}
	}
}
