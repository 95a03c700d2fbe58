package letter

import (
	"regexp"
	"strings"
	"testing"

	"foia/templates"
)

// The days that sentences of claims print.
const claimDays = `acknowledged|answered|appealed|asked|begun|by|complained|dated|decided|determined|due|ended|` +
	`estimate|extended|filed|first|given|last|made|promised|received|referred|sent|shown|told|until`

var (
	dayAndComma = regexp.MustCompile(`\{\{\.(?:` + claimDays + `)\}\}, (.{0,24})`)
	dayAlone    = regexp.MustCompile(`\{\{\.(` + claimDays + `)\}\} ([a-z]+)`)
)

// goesOn are the ways in which a sentence goes on after a day and a comma, wherever the
// letter goes: with another clause, or with what the day is.
var goesOn = regexp.MustCompile(`^(I |you |the (agency|governmental) |that period |and |so |before |is not |when |` +
	`\{\{(count|if)|\{\{\.search\}\} of)`)

// In American style the year is followed by a comma of its own where the sentence goes on:
// “your notice of April 14, 2026, puts”. Elsewhere there is none: “your notice of 14 April
// 2026 puts”. So the sentences leave that comma to mid.
func TestCommaAfterYear(t *testing.T) {
	book, err := readClaims(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	mids := 0
	for name, c := range book {
		for _, s := range []string{c.Says, c.Tells} {
			for _, m := range dayAndComma.FindAllStringSubmatch(s, -1) {
				if !goesOn.MatchString(m[1]) {
					t.Errorf("%s: write {{mid …}} for the comma before %q: %s", name, m[1], s)
				}
			}
			for _, m := range dayAlone.FindAllStringSubmatch(s, -1) {
				t.Errorf("%s: no comma in American style between {{.%s}} and %q; write {{mid .%s}}: %s", name, m[1], m[2], m[1], s)
			}
			mids += strings.Count(s, "{{mid ")
		}
	}
	if mids < 10 {
		t.Errorf("only %d sentences go on after a day", mids)
	}
}

// A letter to an office of another country calls it an authority, and has its days as that
// country writes them, those of copies that go with it included.
func TestClaimsAbroad(t *testing.T) {
	book, err := readClaims(templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	v := Values{"decided": "June 8, 2026", "asked": "May 11, 2026", "outcome": "affirmed", "dated": "May 4, 2026"}
	for _, row := range []struct{ claim, language, want string }{
		{"reviewed-before", american, "I asked the authority for a review on May 11, 2026. Its answer of June 8, 2026, " +
			"upheld the decision."},
		{"reviewed-before", otherEnglish, "I asked the authority for a review on 11 May 2026. Its answer of 8 June 2026 upheld " +
			"the decision."},
		{"determined", american, "The agency decided on May 4, 2026."},
		{"determined", otherEnglish, "The authority decided on 4 May 2026."},
	} {
		w := mustWords(row.language)
		if s, err := book[row.claim].sentence(v.dated(w), true, w); err != nil || strings.ReplaceAll(string(s), `\`, "") != row.want {
			t.Errorf("%s in %s: %q, %v; want %q", row.claim, row.language, s, err, row.want)
		}
	}
	copies := []string{"Copy of my request of April 6, 2026", "Press card"}
	if got := mustWords(otherEnglish).datedEnds(copies); got[0] != "Copy of my request of 6 April 2026" || got[1] != copies[1] {
		t.Error(got)
	}
}
