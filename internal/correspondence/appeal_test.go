package correspondence

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/templates"
)

// everyFact answers every question of an appeal from a determination.
var everyFact = letter.Answers{
	"b1_released":           "The Department described the program in a press release of May 1, 2025.",
	"b3_facts":              "The records are training slides.",
	"b3_not_taxpayer":       "They are the contract for scanning equipment and the monthly totals of returns scanned.",
	"b3_tax_advice":         "The memorandum of June 3, 2024, to field offices on the credit for electric vans.",
	"b4_own":                "The evaluation of the bids was drawn up by the agency.",
	"b4_public":             "The company published these terms in its annual report of March 2025.",
	"b5_adopted":            "The director’s notice of May 2, 2025, orders all offices to follow the memorandum.",
	"b5_outsider":           "The company that bid for the contract wrote the first draft.",
	"b5_congress":           "They are the messages of March 2025 with the staff of the House committee on its bill.",
	"b5_facts":              "Pages 3 to 9 are tables of inspections by month.",
	"b5_old":                "One is the memorandum of June 3, 1998.",
	"public_interest":       "The records would show which officials approved transfers after the inspector had warned against them.",
	"public_interest_shown": "The Inspector General’s report of June 8, 2024, found that three warnings were passed over.",
	"privacy_misconduct":    "The court found on May 5, 2024, that the deputy director had altered the log.",
	"privacy_each":          "Two are heads of office and were warned twice; the others are clerks.",
	"b7_purpose":            "The contract was drawn up by the procurement office to lease copiers.",
	"b7a_over":              "The last defendant was sentenced on March 3, 2024; no appeal was filed.",
	"b7d_source":            "The witness testified in open court on March 3, 2024.",
	"b7e_public":            "Chapter 4 of the agency’s handbook, on its website, describes the checkpoint.",
	"harm_facts":            "The decision was announced on May 2, 2024, with the reasons for it.",
	"segregable_parts":      "Pages 4 to 20 were withheld whole, though the table of contents lists dates and headings for each.",
	"linked_rows":           "It is the subject number, by which the agency’s own reports join arrests and removals.",
	"search_gaps":           []any{"The invoice of February 21, 2024, which the newsletter of March 2024 shows"},
	"search_private":        "The director’s letter of May 3, 2024, gives a private address for replies.",
	"format_facts":          "The table came as a scan; the agency publishes the same table as a CSV file each year.",
	"unanswered":            []any{"Item 1, the amendments"}, "reasons": "The request names the office, the dates and the contract.",
}

// only are some of the facts.
func only(names ...string) letter.Answers {
	out := letter.Answers{}
	for _, name := range names {
		out[name] = everyFact[name]
	}
	return out
}

// Appeals as they are: few grounds, and few facts.
func init() {
	cases = append(cases,
		aCase{name: "appeal-privacy-techniques", address: "500 12th Street SW, Washington, DC 20536", kind: "appeal", to: "dhs-ice",
			day: "2025-06-02", events: portalSent + "\n2025-05-15 determination outcome=partial exemptions=b6,b7C,b7E pages=40 withheld=12",
			answers: only("public_interest", "public_interest_shown", "b7e_public", "segregable_parts")},
		aCase{name: "appeal-taxes", kind: "appeal", to: "treasury-irs", day: "2025-06-02",
			events: mailed + "\n2025-05-15 determination outcome=denied exemptions=b3", answers: only("b3_not_taxpayer")},
		aCase{name: "appeal-business", address: "500 12th Street SW, Washington, DC 20536", kind: "appeal", to: "dhs-ice",
			day: "2025-06-02", events: portalSent + "\n2025-05-15 determination outcome=partial exemptions=b4 pages=8 withheld=4",
			answers: only("b4_public", "harm_facts")},
		aCase{name: "appeal-form", kind: "appeal", to: "treasury-do", day: "2025-06-02",
			events: portalSent + "\n2025-05-05 determination outcome=granted pages=12", answers: only("format_facts")},
		aCase{name: "appeal-expedition-media", address: "500 12th Street SW, Washington, DC 20536", kind: "appeal-expedition",
			to: "dhs-priv", asks: map[string]any{"expedite": true, "expedite_ground": "media-interest",
				"urgency_facts": "Twenty newspapers have reported on the contract since March.",
				"articles":      []any{"The Courier, “Calls to cost more”, January 5, 2025"}},
			day: "2025-05-05", events: portalSent + "\n2025-04-28 expedited-denied",
			answers: letter.Answers{"errors": "It says that no article was named; the request names one."}},
		aCase{name: "appeal-fee-category-student", kind: "appeal-fee-category", to: "treasury-do",
			asks: map[string]any{"fee_category": "educational"}, day: "2025-05-05",
			events: portalSent + "\n2025-04-28 category-assigned category=other",
			answers: letter.Answers{"category_facts": "I am a student of the graduate program in journalism at Example University.",
				"use_statement": "For my thesis.", "coursework": "The thesis is supervised in the seminar of fall 2025."}},
	)
}

// bare are the cases in which the user says nothing, so that the warning is right.
var bare = map[string]string{"appeal-b5-dhs": "A01", "appeal-glomar": "A02"}

// ownWarnings finds the warnings of a letter that are of foia's own making: its letters
// do not trip its own rules. How old the directory's record of an office is (C02) is not
// the letter's fault.
func ownWarnings(t *testing.T, c aCase, findings []preflight.Finding) {
	t.Helper()
	expected := bare[c.name] == ""
	for _, f := range findings {
		switch {
		case f.Rule == bare[c.name]:
			expected = true
		case f.Severity != preflight.Advice && f.Rule != "C02":
			t.Errorf("%s %s: %s, saw %s", f.Severity, f.Rule, f.Title, f.Saw)
		}
	}
	if !expected {
		t.Errorf("%s did not warn", bare[c.name])
	}
}

// Every built-in follow-up letter is among the cases, so that its text and its warnings
// are looked at.
func TestEveryLetterIsACase(t *testing.T) {
	library := letter.NewLibrary(templates.Files)
	for _, id := range library.Templates() {
		tmpl, err := library.Template(id)
		if err != nil {
			t.Fatal(err)
		}
		there := slices.ContainsFunc(slices.Concat(cases, stateCases),
			func(c aCase) bool { return c.kind == tmpl.Common() && tmpl.MadeFor(cmp.Or(c.law, law.Federal)) })
		if tmpl.Kind != letter.RequestKind && !there {
			t.Errorf("no case makes the letter %s", id)
		}
	}
}

// A template that is an appeal is one of the letters whose sending is an appeal.
func TestWhichLettersAreAppeals(t *testing.T) {
	library := letter.NewLibrary(templates.Files)
	for _, id := range library.Templates() {
		tmpl, err := library.Template(id)
		if err != nil {
			t.Fatal(err)
		}
		matter := Matter(tmpl.Common())
		if tmpl.Kind == "appeal" && matter == "" || matter != "" && !slices.Contains(docket.Matters, matter) {
			t.Errorf("%s is a letter of the kind %s and appeals %q", id, tmpl.Kind, matter)
		}
	}
	for _, kind := range []string{"appeal-status", "remand-status", "status", "notice", "comments"} {
		if matter := Matter(kind); matter != "" {
			t.Errorf("%s is an appeal against %q", kind, matter)
		}
	}
}

// A terminal asks for the facts about what the agency asserted and decided, and for
// nothing that was answered; a letter that may not go out is refused before that.
func TestQuestions(t *testing.T) {
	for _, row := range []struct {
		kind, to, events, day string
		answers               letter.Answers
		want                  string
	}{
		{"appeal", "dhs-ice", portalSent + "\n2025-05-15 determination outcome=denied exemptions=b5", "2025-06-02", nil,
			"search_gaps unanswered b5_adopted b5_outsider b5_congress b5_facts harm_facts segregable_parts"},
		{"appeal", "dhs-ice", portalSent + "\n2025-05-15 determination outcome=partial exemptions=b7C,b7E", "2025-06-02",
			letter.Answers{"public_interest": "Who decided."},
			"search_gaps unanswered public_interest_shown privacy_each b7_purpose b7e_public harm_facts segregable_parts"},
		{"appeal", "treasury-irs", mailed + "\n2025-05-15 determination outcome=denied exemptions=b3", "2025-06-02", nil,
			"search_gaps unanswered b3_facts b3_not_taxpayer b3_tax_advice segregable_parts"},
		{"appeal", "treasury-irs", mailed + "\n2025-05-15 determination outcome=no-records", "2025-06-02", nil, "search_gaps"},
		{"appeal", "treasury-tigta", "2025-04-08 sent by=email\n2025-05-05 determination outcome=glomar exemptions=b1", "2025-06-02", nil,
			"b1_released harm_facts glomar_facts"},
		{"appeal", "treasury-do", portalSent + "\n2025-05-05 determination outcome=duplicate", "2025-06-02", nil, "reasons"},
		{"clarification", "dhs-ice", portalSent + "\n2025-04-17 clarification-requested", "2025-05-01", nil, "answer"},
		{"status", "dhs-ice", portalSent, "2025-05-12", nil, ""},
	} {
		d := desk(t)
		c := aCase{kind: row.kind, to: row.to, events: row.events, day: row.day, answers: row.answers,
			address: "1 Example Street, Washington, DC 20000"}
		c.live(t, d)
		fields, _, err := d.Questions(t.Context(), c.followUp(d))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range fields {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != row.want {
			t.Errorf("%s, %s: asks\n%s, want\n%s", row.kind, row.events, got, row.want)
		}
	}
	d := desk(t)
	c := aCase{kind: "appeal", to: "dhs-ice", events: portalSent, day: "2025-06-02"}
	c.live(t, d)
	var not *docket.NotReady
	if _, _, err := d.Questions(t.Context(), c.followUp(d)); !errors.As(err, &not) {
		t.Errorf("an appeal from silence: %v", err)
	}
}
