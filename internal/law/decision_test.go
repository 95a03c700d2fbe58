package law

import (
	"regexp"
	"strings"
	"testing"
)

// decisionYAML is a book with one decision, in which one part is another.
func decisionYAML(from, to string) string {
	return strings.Replace("courts: {U.S.: the Supreme Court}\ndecisions:\n d: {name: n, at: a, court: U.S., date: '2001', held: h, "+
		"limit: l, mark: pages, read: r}\n", from, to, 1)
}

// Each decision is cited in a form that can be looked up, and says where it was read.
func TestDecisions(t *testing.T) {
	if _, err := parse([]byte(decisionYAML("", ""))); err != nil {
		t.Fatal(err)
	}
	form := regexp.MustCompile(`^(` +
		`\d+ (U\.S\.|S\. Ct\.|F\.[23]d|F\.4th|F\. Supp\. [23]d) \d+ \((?:(?:D\.C\.|2d|9th) Cir\. |D\.D\.C\. )?(?:19|20)\d\d\)|` +
		`No\. \d\d-\d+ \(D\.C\. Cir\. [A-Z][a-z]+\.? \d+, 20\d\d\))$`)
	read := regexp.MustCompile(`\(2026-\d\d-\d\d( and \d\d)?\)$`)
	if len(book(t).Decisions) < 30 {
		t.Fatalf("%d decisions", len(book(t).Decisions))
	}
	for id, d := range book(t).Decisions {
		if d.ID != id || !form.MatchString(d.Cite()) || !read.MatchString(d.Read) || !strings.Contains(d.Name, " v. ") {
			t.Errorf("%s: %s, %s; read: %s", id, d.Name, d.Cite(), d.Read)
		}
		if d.Mark == ReadSecondary != strings.Contains(d.Limit, "known from a") {
			t.Errorf("%s was read as %s, and its limit says %q", id, d.Mark, d.Limit)
		}
	}
	if ReadSecondary.Supports() || Mark("").Supports() || !ReadOpening.Supports() {
		t.Error("what supports an argument")
	}
}

// Well-known decisions that were not read are not there, so that no letter can cite
// them: to add one, read it, and take it off this list.
func TestNotRead(t *testing.T) {
	for _, name := range []string{"Sussman", "Fitzgibbon", "Sims", "321 F. Supp. 2d 24", "La Raza", "Brennan Center", "Sealed Case",
		"Pratt", "Milner", "Office of Personnel Management",
		"Common Cause", "Wilbur", "Hidalgo", "Spannaus", "Morley", "Nation Magazine", "Vaughn", "Knight Institute", "880 F.3d 473",
		"543 F.3d 59", "Day Laborer", "Bensman", "Sears"} {
		for id, d := range book(t).Decisions {
			if strings.Contains(d.Name+d.At, name) {
				t.Errorf("%s: %s was not read", id, name)
			}
		}
	}
}
