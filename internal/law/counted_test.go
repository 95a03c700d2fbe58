package law

import (
	"strings"
	"testing"

	"foia/internal/remedy"
)

// The time in a few words, as the facts of each law have it (laws/*.yaml).
func TestInShort(t *testing.T) {
	for id, want := range map[string]string{
		"us-ny": "5 working days to acknowledge, 20 more after that",
		"us-tx": "10 working days to respond",
		"us-oh": "no number of days: promptly",
		"us-mn": "no number of days: a reasonable time",
		"us-in": "7 days to respond", // the day of a request in person is not counted
		"us-pr": "not verified: see law us-pr",
		"us-mt": "5 working days to acknowledge (only: an executive-branch agency), 5 more after that (only: an executive-branch agency, " +
			"and a single, specific, identifiable and readily available record), 90 days after that (only: an executive-branch agency, " +
			"and other records)",
		"us-ak": "10 working days to produce the records (only: an agency of the state's executive)",
		"us-az": "no number of days: promptly; 5 working days to acknowledge (only: an office whose online portal gives no receipt)",
		"us-sc": "10 working days to decide, 30 days after the decision to produce the records (only: records of the last 24 months)",
		"us-al": "10 days to acknowledge, 15 working days after that (only: a standard request, of fewer than 8 staff hours)",
		"de":    "1 month to produce the records",
		"eu":    "15 working days from registration of the application to decide",
	} {
		p, _ := records(t).Law(id)
		if got := remedy.Plain(p.InShort()); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		said := p.InShort()
		if said == "" || strings.Contains(said, "  ") || strings.Count(said, "to respond") > 1 || strings.Contains(said, "unknown") {
			t.Errorf("%s: %q", id, said)
		}
	}
}

// What is counted, what is not and why, of the example.
func TestCounted(t *testing.T) {
	text := strings.Replace(zenith(t), "    - {stage: 1, from: acknowledgment, extend: true}\n", "", 1)
	p, faults := Check([]byte(text), "us-zz.yaml", nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got []string
	for _, s := range append(p.Counted(), p.NotCounted()...) {
		got = append(got, s.Text+" | "+s.Cite)
	}
	want := "5 working days to acknowledge, from receipt | § 1-104(a)\n" +
		"20 working days to decide, from acknowledgment: use.clock leaves it out | § 1-104(b)\n" +
		"an extension of 10 working days: no stage in use.clock is moved by it | § 1-106"
	if strings.Join(got, "\n") != want {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if p.Read() != "on 2026-11-28: 1 statute (text of: 2026)" {
		t.Error(p.Read())
	}
	all, _ := Check([]byte(zenith(t)), "us-zz.yaml", nil)
	if c := all.Counted(); len(c) != 2 || c[1].Text != "20 working days to decide, from the acknowledgment; 10 working days more with a "+
		"notice of extension" || len(all.NotCounted()) != 0 {
		t.Errorf("%+v", c)
	}
}

// A unit that nobody found out is not taken for calendar days.
func TestTimeWithoutUnit(t *testing.T) {
	for _, row := range []struct {
		days       int
		unit, want string
	}{{1, "business", "1 working day"}, {3, "calendar", "3 days"}, {6, "month", "6 months"}, {1, "year", "1 year"},
		{60, "", "60 days (working or calendar days: unknown)"}} {
		if got := Time(row.days, row.unit); got != row.want {
			t.Errorf("%v: %s", row, got)
		}
	}
}
