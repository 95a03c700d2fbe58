package agency

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"foia/internal/remedy"
	"foia/internal/workday"
)

func withUser(t testing.TB, text string) *Directory {
	t.Helper()
	d, err := embedded(t).WithUser([]byte(text), "agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A field that the user gives wins, and everything else stays: ways of filing, portal,
// department, form, appeals.
func TestOverlay(t *testing.T) {
	d := withUser(t, `offices:
  - id: dhs-ice
    fax: 202-555-0100
    sources:
      - {ref: "their letter", date: 2026-11-20, fields: [fax]}
`)
	built, _ := embedded(t).Get("dhs-ice")
	got, _ := d.Get("dhs-ice")
	if got.Fax != "202-555-0100" || got.UserAdded || !slices.Equal(got.Corrected, []string{"fax"}) {
		t.Errorf("the correction: %+v", got)
	}
	for _, f := range facts() {
		if f.key != "fax" && got.Value(f.key) != built.Value(f.key) {
			t.Errorf("%s is %q, was %q", f.key, got.Value(f.key), built.Value(f.key))
		}
	}
	if _, ok := FormFor(got); !ok {
		t.Error("its form is gone")
	}
	if a, ok := AppealOf(got); !ok || a.ID == "" {
		t.Error("its appeals are gone")
	}
	if m, err := d.Find("ICE"); err != nil || m.Office.Fax != got.Fax || m.Office.ParentName != built.ParentName {
		t.Errorf("found: %+v, %v", m, err)
	}
	if got.Age(Fax) != "yours, as of November 2026" || got.Age(Portal) != built.Age(Portal) {
		t.Errorf("ages: %q, %q", got.Age(Fax), got.Age(Portal))
	}
	sources, err := d.Sources("dhs-ice")
	if err != nil || !sources[len(sources)-1].Yours || len(sources) < 5 {
		t.Fatalf("sources: %+v, %v", sources, err)
	}
	for _, s := range sources {
		if slices.Contains(s.Fields, "fax") != s.Yours {
			t.Errorf("the fax is by %+v", s)
		}
	}
	if again, _ := d.BuiltIn("dhs-ice"); again.Fax != built.Fax {
		t.Error("the built-in record was changed")
	}
}

// The age of a correction is that of the user's source, and is warned of as any other.
func TestOverlayAges(t *testing.T) {
	today := workday.MustDate("2026-11-28")
	for _, row := range []struct{ date, age, caution string }{
		{"2026-11-20", "yours, as of November 2026", ""},
		{"2024-03-01", "yours, as of March 2024", "its fax number is yours, as of March 2024"},
		{"", "yours, undated", ""},
	} {
		text := "offices:\n  - {id: treasury-irs, fax: 202-555-0100"
		if row.date != "" {
			text += ", retrieved_or_dated: " + row.date
		}
		o, _ := withUser(t, text+"}\n").Get("treasury-irs")
		var says []string
		for _, c := range o.Cautions(Fax, today, 365) {
			says = append(says, c.What)
		}
		if o.Age(Fax) != row.age || strings.Join(says, "; ") != row.caution || o.Fresh(Fax, today, 365) != (row.caution == "") {
			t.Errorf("%q: %q, %q", row.date, o.Age(Fax), says)
		}
	}
	// The FBI's mailbox is of 2017 and of low confidence; the user's own is neither.
	o, _ := withUser(t, "offices:\n  - {id: doj-fbi, email: foia@example.gov, retrieved_or_dated: 2026-11-20}\n").Get("doj-fbi")
	if c := o.Cautions(Email, today, 365); len(c) > 0 || o.Doubtful(Email) || !o.Doubtful(Mail) {
		t.Errorf("cautions: %+v", c)
	}
}

// What an office does not have is said with a word; what is merely left empty is a
// mistake, and neither is taken for the other.
func TestOverlayNone(t *testing.T) {
	o, _ := withUser(t, "offices:\n  - {id: treasury-irs, phone: None, aliases: [none], address: [none], receives_by: [portal, fax]}\n").
		Get("treasury-irs")
	if o.Phone != "" || len(o.Aliases) > 0 || o.ZIP != "" || o.City != "" || len(o.Address) > 0 || o.Takes(Mail) || o.Fax == "" {
		t.Errorf("got %+v", o)
	}
	if _, there := o.Dates[Mail]; there {
		t.Error("an address that is not there has an age")
	}
	if !slices.Contains(o.Corrected, "phone") {
		t.Errorf("corrected: %v", o.Corrected)
	}
}

// A postal address is replaced as a whole: a new street gets no old city.
func TestOverlayAddress(t *testing.T) {
	o, _ := withUser(t, "offices:\n  - {id: treasury-irs, address: [1 Example Sq], city: Berlin, country: Germany}\n").Get("treasury-irs")
	if o.ZIP != "" || o.State != "" || o.Country != "Germany" || len(o.Address) != 1 {
		t.Errorf("the new address is mixed with the old one: %+v", o)
	}
}

// Mistakes in a correction are named with file and line.
func TestOverlayErrors(t *testing.T) {
	for _, row := range []struct{ text, want, hint string }{
		{"fax:", "agencies.yaml:3", "delete the line to keep what is built in, or write none"},
		{"fax: ''", "the field has no value", "write none"},
		{"aliases: []", "the field has no value", "write [none]"},
		{"address: [1 New St]", "is corrected as a whole", "add city, state, zip"},
		{"zip: \"30301\"", "agencies.yaml:3, office treasury-irs, field zip", "add address, city, state"},
		{"address: [none]\n    zip: \"30301\"", "no postal address, and yet", "delete those"},
		{"address: 1 New St", "expected a list", "[none]"},
		{"fax: none", "agencies.yaml:3", "receives_by: [portal, mail]"},
		{"receives_by: [portal, email]", "accepts requests by email, but", "add email"},
		{"receives_by: [pigeon]", "unknown filing method", "use portal"},
		{"law: us-ny", "agencies.yaml:3", "an id of its own"},
		{"name: none", "the office has no name", ""},
		{"sources: [{ref: x, date: 2026-11-20, fields: [phone]}]\n    fax: 202-555-0100", "the field phone, which is not given", "fax"},
		{"email: nobody", "not an e-mail", ""},
		{"nme: x", "agencies.yaml:3", ""},
	} {
		_, err := embedded(t).WithUser([]byte("offices:\n  - id: treasury-irs\n    "+row.text+"\n"), "agencies.yaml")
		var bad interface{ Hint() string }
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), row.want) || !strings.Contains(bad.Hint(), row.hint) {
			t.Errorf("%s: %v", row.text, err)
		}
	}
}

// What a rule says against a correction is told, with its citation.
func TestOverlayAgainstRule(t *testing.T) {
	o, _ := withUser(t, "offices:\n  - {id: dhs-ice, receives_by: [portal, email], retrieved_or_dated: 2026-11-20}\n").Get("dhs-ice")
	c := o.Cautions(Email, workday.MustDate("2026-11-28"), 365)
	if len(c) != 1 || !strings.Contains(c[0].What, "6 C.F.R. § 5.3(a)(2)") || o.CheckChannel(Email) != nil {
		t.Errorf("cautions: %+v", c)
	}
}

// No built-in record is refused for what is not the user's: a phone number can be
// corrected in all of them.
func TestOverlayEvery(t *testing.T) {
	for _, o := range embedded(t).All() {
		text := "offices:\n  - {id: " + o.ID + ", phone: 202-555-0100}\n"
		if _, err := embedded(t).WithUser([]byte(text), "agencies.yaml"); err != nil {
			t.Errorf("%s: %v", o.ID, err)
		}
	}
}

const handWritten = `# our offices

offices:
# the good one
- id: treasury-irs  # see ticket
  fax: 202-555-0100   # by phone
  # checked twice
  receives_by:
  - portal  # always
  - fax
  - mail

# of the town
- id: albany-police
  name: Albany Police Department
  email: a@example.org
  receives_by: [email]

# the end
`

// A correction changes what it says and nothing else: comments, order and the form of the
// list stay.
func TestCorrect(t *testing.T) {
	d := embedded(t)
	irs := func(o Office) Office { o.ID = "treasury-irs"; return o }
	for _, row := range []struct {
		name, text string
		c          Correction
		want       string // in the new text
		gone       string
	}{
		{"a new file", "", Correction{Office: irs(Office{Fax: "1"})}, "offices:\n  - id: treasury-irs\n    fax: \"1\"\n", ""},
		{"another value", handWritten, Correction{Office: irs(Office{Fax: "202-555-0199"})}, "  fax: 202-555-0199  # by phone\n", "0100"},
		{"a list", handWritten, Correction{Office: irs(Office{ReceivesBy: []Channel{Portal, Fax}})},
			"  # checked twice\n  # always\n  receives_by:\n  - portal\n  - fax\n", ""},
		{"a new field", handWritten, Correction{Office: irs(Office{Phone: "202-555-0111"})},
			"  - mail\n  phone: 202-555-0111\n  sources:\n", ""},
		{"none", handWritten, Correction{Office: irs(Office{}), None: []string{"phone"}}, "  phone: none\n", ""},
		{"no address", handWritten, Correction{Office: irs(Office{ReceivesBy: []Channel{Portal, Fax}}), None: []string{"address"}},
			"  address:\n  - none\n", ""},
		{"undone", handWritten, Correction{Office: irs(Office{}), Undo: []string{"receives_by"}},
			"  # checked twice\n  # always\n\n# of the town", "receives_by:\n"},
		{"all undone", handWritten, Correction{Office: irs(Office{}), Undo: []string{"fax", "receives_by"}},
			"# the good one\n# see ticket\n# by phone\n# checked twice\n# always\n\n# of the town", "treasury-irs"},
		{"one's own", handWritten, Correction{Office: Office{ID: "albany-police", Email: "b@example.org"}},
			"  email: b@example.org\n", "a@example"},
		{"Windows", strings.ReplaceAll(handWritten, "\n", "\r\n"), Correction{Office: irs(Office{Fax: "202-555-0199"})},
			"  fax: 202-555-0199  # by phone\r\n", "0100"},
	} {
		row.c.Ref, row.c.Date = "their site", "2026-11-20"
		out, err := d.Correct([]byte(row.text), row.c, "agencies.yaml")
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		if !strings.Contains(string(out), row.want) || row.gone != "" && strings.Contains(string(out), row.gone) {
			t.Errorf("%s: no %q, or still %q:\n%s", row.name, row.want, row.gone, out)
		}
		for l := range strings.Lines(row.text) {
			if _, comment, ok := strings.Cut(strings.TrimSpace(l), "#"); ok && !strings.Contains(string(out), "#"+comment) {
				t.Errorf("%s: the comment %q is gone:\n%s", row.name, comment, out)
			}
		}
		if _, err := d.WithUser(out, "agencies.yaml"); err != nil {
			t.Errorf("%s: %v\n%s", row.name, err, out)
		}
	}
}

// One correction after another: each fact has its own source, and all can be undone.
func TestCorrectAgain(t *testing.T) {
	d := embedded(t)
	text := []byte("offices:\n")
	for _, c := range []Correction{
		{Office: Office{ID: "dhs-ice", Fax: "202-555-0100"}, Ref: "a call", Date: "2026-11-01"},
		{Office: Office{ID: "dhs-ice", Phone: "202-555-0111", Fax: "202-555-0102"}, Ref: "a letter", Date: "2026-11-20"},
		{Office: Office{ID: "dhs-ice", Fax: "202-555-0103"}, Ref: "their site", Date: "2026-11-21"},
	} {
		var err error
		if text, err = d.Correct(text, c, "agencies.yaml"); err != nil {
			t.Fatal(err)
		}
	}
	got, _ := withUser(t, string(text)).Get("dhs-ice")
	want := []Source{{Ref: "a letter", Date: "2026-11-20", Fields: []string{"phone"}, Yours: true},
		{Ref: "their site", Date: "2026-11-21", Fields: []string{"fax"}, Yours: true}}
	if got.Fax != "202-555-0103" || len(got.Sources) != 2 || got.Sources[0].Ref != want[0].Ref || got.Sources[1].Date != want[1].Date {
		t.Errorf("got %+v from\n%s", got, text)
	}
	diffs, err := withUser(t, string(text)).Differences("dhs-ice")
	if err != nil || len(diffs) != 2 || diffs[1].Field != "fax" || diffs[1].BuiltIn != "202-732-4265" ||
		diffs[1].From[0].Ref != "their site" || len(diffs[1].Sources) < 2 {
		t.Errorf("the differences: %+v, %v", diffs, err)
	}
	text, err = d.Correct(text, Correction{Office: Office{ID: "dhs-ice"}, Undo: []string{"fax", "phone"}}, "agencies.yaml")
	if err != nil || string(text) != "offices:\n" {
		t.Errorf("undone: %q, %v", text, err)
	}
}

// What cannot be written as the file stands is refused, and never half done.
func TestCorrectRefuses(t *testing.T) {
	d := embedded(t)
	for _, row := range []struct {
		text string
		c    Correction
		want string
	}{
		{"offices: [{id: dhs-ice, fax: '1'}]\n", Correction{Office: Office{ID: "dhs-ice", Fax: "2"}}, "one key a line"},
		{"offices: []\n", Correction{Office: Office{ID: "dhs-ice", Fax: "2"}}, "no line “offices:”"},
		{"", Correction{Office: Office{ID: "dhs-ice", Address: []string{"1 New St"}}}, "as a whole"},
		{"", Correction{Office: Office{ID: "treasury-irs"}, None: []string{"fax"}}, "contact information is missing"},
		{"", Correction{Office: Office{ID: "dhs-ice"}, Undo: []string{"fax"}}, "no correction of this field"},
		{own, Correction{Office: Office{ID: "albany-police"}, Undo: []string{"email"}}, "your own"},
		{"offices:\n  - nme: x\n", Correction{Office: Office{ID: "dhs-ice", Fax: "2"}}, "agencies.yaml:2"},
	} {
		if out, err := d.Correct([]byte(row.text), row.c, "agencies.yaml"); err == nil || out != nil ||
			!strings.Contains(err.Error(), row.want) {
			t.Errorf("%+v: %s, %v", row.c, out, err)
		}
	}
}

// An office that is built in is corrected, not added.
func TestAppendBuiltIn(t *testing.T) {
	_, err := embedded(t).AppendUser(nil, Office{ID: "dhs-ice", Name: "ICE", Fax: "1"}, "agencies.yaml")
	var bad *FileError
	if !errors.As(err, &bad) || !strings.Contains(remedy.Plain(bad.Hint()), "correct dhs-ice") {
		t.Errorf("%v", err)
	}
}
