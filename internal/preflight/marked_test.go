package preflight

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/letter"
)

// Elements and slips that are asked for line by line, all at once, are those that are found
// when each is looked for in the whole letter, whatever letters came before.
func TestMarked(t *testing.T) {
	var rl *rule
	for _, one := range rules().Rules {
		if one.ID == "F30" {
			rl = one
		}
	}
	lines := rapid.OneOf(rapid.SampledFrom([]string{"", "1 Main Street", "My number is 123-45-6789.", "See A 123456789 and 12-3456789.",
		"My number is", "123-45-6789", "Date of birth: January 5, 1980.", "Date of birth:", "January 5, 1980, in Reno",
		"Please answer within ten working days.", "Within ten working days you may extend the time.", "The Act is 5 U.S.C. § 522, not 552.",
		"You give 35 days to appeal. I appeal within 35 days.", "245 Murray Lane, for expedited processing", "6377A Riverside Avenue",
		"44 C.F.R. § 5.22(f)", "31 CFR 1.8 and 5 CFR 5.5(e)"}), rapid.StringMatching(`[A-Za-z0-9 .,§-]{0,40}`))
	shown, slipped := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(lines, 0, 6).Draw(rt, "lines"), "\n")
		r := &reading{draft: &letter.Draft{Template: &letter.Template{}}, text: text}
		there := r.showing(rl.Elements)
		for i, e := range rl.Elements {
			text := r.text
			if e.Group == "number" {
				text = r.numbers()
			}
			_, want := findByLine(e.Pattern, text)
			if there(i) != want {
				rt.Fatalf("%s: %v, not %v", e.Name, there(i), want)
			}
			if want {
				shown++
			}
		}
		there = r.slipping(rl.Slips)
		for i, s := range rl.Slips {
			_, want := s.in(r.text)
			if there(i) != want {
				rt.Fatalf("%s: %v, not %v", s.Name, there(i), want)
			}
			if want {
				slipped++
			}
		}
	})
	if shown == 0 || slipped == 0 {
		t.Errorf("%d elements and %d slips were found", shown, slipped)
	}
}
