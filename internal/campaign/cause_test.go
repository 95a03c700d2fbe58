package campaign

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/filing"
)

// A fault that many rows have is told once, whatever each row says of itself.
func TestOneCause(t *testing.T) {
	const rows = 40
	months := []string{"3/4/2025", "5/6/2025", "7/8/2025", "1/2/2025"}
	for _, c := range []struct {
		kind, header string
		row          func(i int) string
		via          agency.Channel
		want         string
	}{
		{"two readings of a date", "name,email,law,date_from",
			func(i int) string { return fmt.Sprintf("Police %d,a%d@b.example,us-nv,%s", i, i, months[i%4]) }, "",
			`cannot answer date_from, as in line 2: "3/4/2025" may be March 4, 2025 or April 3, 2025`},
		{"a way that the office does not take", "name,email,law",
			func(i int) string { return fmt.Sprintf("Police of Town %d,a%d@b.example,us-nv", i, i) }, agency.Fax,
			"do not pass the preflight, as in line 2: C01 Police of Town 0 does not accept requests by fax"},
		{"an e-mail address", "name,email,law", func(i int) string { return fmt.Sprintf("Police %d,see page %d,us-nv", i, i) }, "",
			"do not have a single valid e-mail address"},
		{"a character", "name,email,law,custodians",
			func(i int) string { return fmt.Sprintf("Police %d,a%d@b.example,us-nv,Office %d of 山", i, i, i) }, "",
			"cannot become letters, as in line 2: the character 山 U+5C71 (<CJK Ideograph>) cannot be printed"},
		{"the preflight", "name,email,law,records", func(i int) string {
			return fmt.Sprintf("Police %d,a%d@b.example,us-nv,Any and "+
				"all records", i, i)
		}, "", "do not pass the preflight, as in line 2: F08"},
		{"an office that is not known", "office", func(i int) string { return fmt.Sprintf("Moon Office %d", i) }, "",
			"name an office that the directory does not have"},
		{"a ZIP Code of another state", "name,address,city,state,zip",
			func(i int) string { return fmt.Sprintf("Police,%d Main,Reno,NV,0213%d", i, i%10) }, "",
			"have a ZIP Code that is not in their state"},
	} {
		b := recordsBatch(t)
		b.Ask.Via = c.via
		list := c.header + "\n"
		for i := range rows {
			list += c.row(i) + "\n"
		}
		if err := os.WriteFile(b.File, []byte(list), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := b.Survey(t.Context(), func(plan []filing.Planned) []filing.Outcome { return b.Desk.Rehearse(plan, b.Options) })
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Causes) != 1 || s.Causes[0].Count != rows || !strings.HasPrefix(s.Causes[0].What, c.want) {
			t.Errorf("%s: %d rows rejected, %d causes: %+v", c.kind, s.Wrong, len(s.Causes), s.Causes[:min(3, len(s.Causes))])
		}
	}
}
