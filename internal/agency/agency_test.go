package agency

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

func embedded(t testing.TB) *Directory {
	t.Helper()
	d, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The directory is whole: a record for each entry of the departments' files, unique ids,
// parents and default components that exist, and a contact for each channel.
func TestDirectoryIsWhole(t *testing.T) {
	d := embedded(t)
	files, err := readDepartments(os.DirFS("."))
	if err != nil || len(d.All()) != len(files) || len(files) < 100 { // cabinet departments alone have more components
		t.Errorf("%d records, %d in the files, %v", len(d.All()), len(files), err)
	}
	for _, o := range d.All() {
		if o.Parent != "" && o.ParentName == "" {
			t.Errorf("%s: its parent %s is not in the directory", o.ID, o.Parent)
		}
		if _, ok := d.Get(o.DefaultComponent); o.DefaultComponent != "" && !ok {
			t.Errorf("%s: its default component %s is not in the directory", o.ID, o.DefaultComponent)
		}
		if o.Source == "" || o.Dated == "" {
			t.Errorf("%s: no source or date", o.ID)
		}
		for _, c := range o.ReceivesBy {
			if c != Mail && o.ContactFor(c) == "" {
				t.Errorf("%s takes %s, but has no contact for it", o.ID, c)
			}
		}
	}
}

// The quick forms of the directory say what the files of the departments say. To write
// them anew: go generate ./...
func TestQuickInStep(t *testing.T) {
	made, err := Quick(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for name, have := range map[string][]byte{quickOffices: officesJSONL, quickSources: sourcesJSONL} {
		if !bytes.Equal(made[name], have) {
			t.Errorf("%s is out of step with %s; run go generate ./...", name, departmentsDir)
		}
	}
	sources, err := embedded(t).Sources("dhs-ice")
	if err != nil || len(sources) < 4 || sources[0].Ref == "" {
		t.Errorf("the sources of dhs-ice: %v, %v", sources, err)
	}
}

// What is wrong with a department's file is named with its line.
func TestDepartmentErrors(t *testing.T) {
	known := []citable{{Name: "a page", Ref: "https://example.org", Date: "2026-11-20"}}
	for _, row := range []struct{ text, want string }{
		{"    fax:\n      is: 1-2\n      by: [another page]\n", `x.yaml:2: the source "another page" is not in`},
		{"    fax:\n      is: 1-2\n", "x.yaml:3: fax: by names no source"},
		{"    fax:\n      was: 1-2\n", "a fact has is and by, not was"},
		{"    fax:\n      is: 1-2\n      by: a page\n", "x.yaml:3: fax: sources are a list"},
		{"    zip: 12345\n", "x.yaml:3: zip cannot be a number (a text of digits needs quotation marks)"},
		{"    nme: X\n", `x.yaml:3: nme: json: unknown field "nme"`},
		{"    main_source: a book\n", `x.yaml:3: the source "a book" is not in`},
		{"    name: X\nother: 1\n", "there is no other in such a file"},
		{"    name: X\n  - id: y-z\n    parent: y\n", "x.yaml:5: y-z is no component of x"},
	} {
		_, err := readDepartment([]byte("offices:\n  - id: x\n"+row.text), "data/departments/x.yaml", known)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: %v", row.text, err)
		}
	}
	text := "offices:\n  - id: x\n    fax:\n      is: 1-2  # seen\n      by: [a page]\n    email:\n      by: [a page]\n"
	o, err := readDepartment([]byte(text), "data/departments/x.yaml", known)
	if err != nil || o[0].Fax != "1-2" || len(o[0].Sources) != 1 || !slices.Equal(o[0].Sources[0].Fields, []string{"email", "fax"}) {
		t.Errorf("%+v, %v", o, err)
	}
}

// People name offices in many ways; none of them is a guess.
func TestFind(t *testing.T) {
	d := embedded(t)
	for query, want := range map[string]string{
		"treasury-irs": "treasury-irs", "IRS": "treasury-irs", "irs": "treasury-irs", " Internal  Revenue Service ": "treasury-irs",
		"ICE": "dhs-ice", "dhs-ice": "dhs-ice", "Immigration and Customs Enforcement": "dhs-ice",
		"TIGTA": "treasury-tigta", "Treasury DO": "treasury-do", "dhs hq": "dhs-priv", "OLC": "doj-olc", "MRU": "doj-jmd", "OMB": "omb",
		// grouping records lead to their default component
		"DHS": "dhs-priv", "Treasury": "treasury-do", "Department of Justice": "doj-jmd",
	} {
		m, err := d.Find(query)
		if err != nil || m.Office.ID != want {
			t.Errorf("%q: got %s, %v; want %s", query, m.Office.ID, err, want)
		}
	}
	m, err := d.Find("dhs")
	if err != nil || m.Asked.ID != "dhs" || len(m.Notes) != 1 {
		t.Errorf("the way from a department to its component is not told: %+v, %v", m, err)
	}
}

// What several offices answer to is no office; what none answers to has
// neighbours.
func TestFindRefuses(t *testing.T) {
	d := embedded(t)
	_, err := d.Find("OIG")
	var many *Ambiguous
	if !errors.As(err, &many) || len(many.Candidates) < 10 || !strings.Contains(many.Hint(), "dhs-oig") || !many.Usage() {
		t.Errorf("OIG: %v", err)
	}
	for _, query := range []string{"", "   ", "irz", "Internal Revenu Service", strings.Repeat("x", 1_000_000), "../..", "\x00\x1b[2J",
		"{{.}}"} {
		_, err := d.Find(query)
		var none *NotFound
		if !errors.As(err, &none) || !none.Usage() || len(err.Error()) > 400 {
			t.Errorf("%.20q: %v", query, err)
		}
	}
	_, err = d.Find("irz")
	if !strings.Contains(err.(*NotFound).Hint(), "treasury-irs") {
		t.Errorf("the hint for irz is %q", err.(*NotFound).Hint())
	}
}

// Every record is found by its id; every abbreviation, alias and name finds its
// record, or is ambiguous and names it.
func TestFindEvery(t *testing.T) {
	d := embedded(t)
	for _, o := range d.All() {
		m, err := d.Find(o.ID)
		if err != nil || m.Asked.ID != o.ID {
			t.Errorf("%s is not found by its id: %v", o.ID, err)
		}
		for _, name := range append([]string{o.Abbreviation, o.Name}, o.Aliases...) {
			if name == "" {
				continue
			}
			m, err := d.Find(name)
			var many *Ambiguous
			found := err == nil && (m.Asked.ID == o.ID || m.Office.ID == o.ID) ||
				errors.As(err, &many) && slices.ContainsFunc(many.Candidates, func(c Office) bool { return c.ID == o.ID })
			if byID, taken := d.Get(normal(name)); !found && !(taken && byID.ID != o.ID) {
				t.Errorf("%s is not found by %q: %v, %v", o.ID, name, m.Asked.ID, err)
			}
		}
	}
}

// Channels are rules. Sources: FR Doc. 2025-23783 for DHS; irs.gov's guidelines
// for the IRS; 31 CFR part 1, appendices A and I, for Treasury and TIGTA.
func TestChannels(t *testing.T) {
	d := embedded(t)
	for _, row := range []struct {
		office  string
		channel Channel
		takes   bool
		why     string
	}{
		{"dhs-ice", Portal, true, ""}, {"dhs-ice", Mail, false, "January 22, 2026"}, {"dhs-ice", Email, false, "6 C.F.R. § 5.3(a)(2)"},
		{"dhs-priv", Fax, false, "web portal"}, {"dhs-cbp", Mail, false, "January 22, 2026"},
		{"treasury-irs", Email, false, "no e-mail address"}, {"treasury-irs", Fax, true, ""}, {"treasury-irs", Mail, true, ""},
		{"treasury-do", Email, true, ""}, {"treasury-tigta", Email, true, ""}, {"doj-olc", Fax, false, ""},
	} {
		o, ok := d.Get(row.office)
		if !ok {
			t.Fatal(row.office)
		}
		err := o.CheckChannel(row.channel)
		if row.takes {
			if err != nil {
				t.Errorf("%s by %s: %v", row.office, row.channel, err)
			}
			continue
		}
		var refused *ChannelRefused
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), row.why) || !strings.Contains(refused.Hint(), "portal") {
			t.Errorf("%s by %s: %v", row.office, row.channel, err)
		}
	}
	for _, o := range d.All() {
		if strings.HasPrefix(o.ID, "dhs-") && !slices.Equal(o.ReceivesBy, []Channel{Portal}) {
			t.Errorf("%s takes %v, not only a portal", o.ID, o.ReceivesBy)
		}
	}
}

// Address blocks fit the window of an envelope and say nothing twice.
func TestAddressBlocks(t *testing.T) {
	d := embedded(t)
	for _, o := range d.All() {
		lines := o.AddressBlock()
		if len(lines) == 0 || len(lines) > maxAddressLines {
			t.Errorf("%s: %d lines: %q", o.ID, len(lines), lines)
		}
		for i, l := range lines {
			if l != strings.TrimSpace(l) || l == "" || strings.HasSuffix(l, ",") || slices.Contains(lines[:i], l) {
				t.Errorf("%s: line %q of %q", o.ID, l, lines)
			}
		}
		if o.City != "" && !strings.HasPrefix(lines[len(lines)-1], o.City) {
			t.Errorf("%s: the city is not in the last line: %q", o.ID, lines)
		}
	}
	irs, _ := d.Get("treasury-irs")
	want := []string{"Internal Revenue Service", "GLDS Support Services, Stop 211", "PO Box 621506", "Atlanta, GA 30362-3006"}
	if got := irs.AddressBlock(); !slices.Equal(got, want) {
		t.Errorf("the IRS's block is %q", got)
	}
}

// Old and doubtful contacts say so, each with its own age and a place to check: the age is
// that of the channel that is used. Sources and dates of each field: data/departments.
func TestCautions(t *testing.T) {
	d := embedded(t)
	today := workday.MustDate("2026-11-28")
	for _, row := range []struct {
		office  string
		channel Channel
		want    string // empty: nothing to say
	}{
		{"doj-fbi", Email, "its e-mail address is as of July 2017; foia has low confidence in its e-mail address"},
		{"doj-fbi", Mail, "its postal address is as of July 2017; foia has low confidence in its postal address"},
		{"doj-fbi", Portal, ""}, // FOIA.gov, January 11, 2026
		{"dhs-ice", Email, ""},  // FOIA.gov, January 11, 2026
		{"dhs-ice", Portal, ""}, // the same
		{"dhs-ice", Mail, "its postal address is as of January 2025"}, // 6 C.F.R. part 5, appendix A
		{"treasury-irs", Fax, "its fax number is as of July 2017"},
		{"treasury-irs", Email, "the directory has no e-mail address of this office"},
		{"treasury-do", Mail, "the source of its postal address is undated"},  // 31 C.F.R. part 1, not the other address of 2017
		{"treasury-do", Email, "the source of its e-mail address is undated"}, // FOIA.gov has another
		{"dhs-priv", Portal, "its portal is as of January 2025"},
		{"dhs-ice", "", ""}, // the channel that foia would choose
		{"cia", "", ""},
	} {
		o, ok := d.Get(row.office)
		if !ok {
			t.Fatalf("there is no %s", row.office)
		}
		var texts []string
		for _, c := range o.Cautions(row.channel, today, 365) {
			texts = append(texts, c.What)
			if c.Where == "" {
				t.Errorf("%s: %q without a place to check", row.office, c.What)
			}
		}
		if got := strings.Join(texts, "; "); got != row.want {
			t.Errorf("%s by %s: %q, want %q", row.office, row.channel, got, row.want)
		}
	}
}

// What a record is to be compared with is neither a link of 2017 nor the old record.
func TestWhereToCheck(t *testing.T) {
	for _, o := range embedded(t).All() {
		where := o.whereToCheck()
		if strings.Contains(where, "http://") || where == "" && (o.onFOIAGov() || strings.HasPrefix(o.Website, "https://")) {
			t.Errorf("%s is to be compared with %q", o.ID, where)
		}
	}
}

// Each contact has its age, and nothing else has one.
func TestDates(t *testing.T) {
	dated := 0
	for _, o := range embedded(t).All() {
		for _, c := range preference {
			if o.reachedBy(c) != (o.Age(c) != "") {
				t.Errorf("%s: the age of its %s is %q", o.ID, channelNames[c], o.Age(c))
			}
			if _, ok := o.DateOf(c); ok {
				dated++
			}
		}
	}
	if dated < 1000 { // 460 portals, some 430 mailboxes, addresses and fax numbers
		t.Errorf("only %d contacts are dated", dated)
	}
}

func TestNewestDate(t *testing.T) {
	for s, want := range map[string]string{
		"2017-07": "2017-07-01", "eCFR as of 2025-01": "2025-01-01", "undated stored copy; 2017-07": "2017-07-01",
		"2024-01-25": "2024-01-25", "FY2024, published 2025-06-09": "2025-06-09", "84 FR 6324 (2019) text, copy undated": "2019-01-01",
		"no idea": "",
	} {
		if got, _ := newestDate(s); got.String() != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// FOIA.gov's forms: what the facts say of our case, and none of the 33 wrong
// citations.
func TestForms(t *testing.T) {
	d := embedded(t)
	irs, _ := d.Get("treasury-irs")
	form, ok := FormFor(irs)
	if !ok || !slices.Contains(form.Required, "address_line1") || !slices.Contains(form.Required, "request_category") {
		t.Errorf("the IRS's form: %+v", form)
	}
	ice, _ := d.Get("dhs-ice")
	form, ok = FormFor(ice)
	if !ok || !slices.Equal(form.Required, []string{"request_description"}) || form.Citations["expedited"] != "6 C.F.R. § 5.5(e)" {
		t.Errorf("ICE's form: %+v", form)
	}
	all, err := forms()
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := wrongCitations()
	if err != nil || len(wrong) == 0 {
		t.Fatal(err)
	}
	for id, cites := range wrong {
		if all.byID[id].ID == "" {
			t.Errorf("the form %s of the wrong citations is unknown", id)
		}
		for about, c := range all.byID[id].Citations {
			for _, w := range cites {
				if strings.Contains(plainCitation(c), plainCitation(w)) && !strings.Contains(plainCitation(c), "4"+plainCitation(w)) {
					t.Errorf("%s: the wrong citation %s comes out for %s", id, c, about)
				}
			}
		}
	}
	n := 0
	for _, o := range d.All() {
		if _, ok := FormFor(o); ok {
			n++
		}
	}
	if n < 300 {
		t.Errorf("only %d offices have a form", n)
	}
}

const own = `# my offices
offices:
  - id: albany-police   # ours
    name: Albany Police Department
    address: [165 Henry Johnson Blvd]
    city: Albany
    state: NY
    zip: "12210"
    email: foil@example.org
    receives_by: [email, mail]
    law: us-ny
`

// The user's offices are added, and win over built-in ones.
func TestWithUser(t *testing.T) {
	d, err := embedded(t).WithUser([]byte(own+"  - id: treasury-irs\n    name: My IRS\n"), "agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := d.Find("Albany Police Department")
	if err != nil || m.Office.Law != "us-ny" || !m.Office.UserAdded || m.Office.Preferred() != Email {
		t.Errorf("got %+v, %v", m, err)
	}
	if o, _ := d.Get("treasury-irs"); o.Name != "My IRS" {
		t.Errorf("the user's record does not win: %+v", o)
	}
	if o, _ := embedded(t).Get("treasury-irs"); o.Name == "My IRS" {
		t.Error("the built-in directory was changed")
	}
	if _, ok := FormFor(m.Office); ok {
		t.Error("a user's office has a form of FOIA.gov")
	}
}

// Mistakes in agencies.yaml are named with their place.
func TestWithUserErrors(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"offices: [", "agencies.yaml:1"},
		{"offices:\n  - id: x\n    nme: y\n", "agencies.yaml:3"},
		{"offices:\n  - name: y\n", "field id"},
		{"offices:\n  - {id: ../../etc, name: y}\n", "field id"},
		{"offices:\n  - {id: x}\n", "field name"},
		{"offices:\n  - {id: x, name: y, email: nobody}\n", "not an e-mail"},
		{"offices:\n  - {id: x, name: y, receives_by: [fax]}\n", "field fax"},
		{"offices:\n  - {id: x, name: y, receives_by: [pigeon]}\n", "unknown filing method"},
		{"offices:\n  - {id: x, name: y}\n  - {id: x, name: z}\n", "same id"},
		{"offices:\n  - {id: x, name: \"a\\e[2Jb\"}\n", "control characters"},
		{"offices:\n  - {id: x, name: y, email: a@example.org; b@example.org}\n", "more than one e-mail"},
		{"offices:\n  - {id: x, name: y, email: foia@localhost}\n", "no dot"},
		{"offices:\n  - {id: x, name: y, liaison_email: nobody}\n", "not an e-mail"},
		{"offices:\n  - {id: x, name: " + strings.Repeat("n", 1_000_000) + "}\n", "too long"},
		{"\xffx", "not valid UTF-8"},
	} {
		_, err := embedded(t).WithUser([]byte(row.text), "agencies.yaml")
		var bad interface{ Hint() string } // a FileError, or an error of YAML
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), row.want) || bad.Hint() == "" {
			t.Errorf("%.40q: %v", row.text, err)
		}
	}
}

// Adding an office keeps what the user wrote.
func TestAppendUser(t *testing.T) {
	o := Office{ID: "troy-police", Name: "Troy: Police #1", Email: "a@example.org", ReceivesBy: []Channel{Email}}
	text, err := embedded(t).AppendUser([]byte(own), o, "agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, keep := range []string{"# my offices", "# ours", "albany-police"} {
		if !strings.Contains(string(text), keep) {
			t.Errorf("%q is gone:\n%s", keep, text)
		}
	}
	d, err := embedded(t).WithUser(text, "agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := d.Get("troy-police"); got.Name != o.Name {
		t.Errorf("got %+v", got)
	}
	if _, err := embedded(t).AppendUser(text, o, "agencies.yaml"); err == nil {
		t.Error("the same id is taken twice")
	}
	if text, err := embedded(t).AppendUser(nil, o, "agencies.yaml"); err != nil || !strings.HasPrefix(string(text), "#") {
		t.Errorf("a first office: %s, %v", text, err)
	}
}

func FuzzWithUser(f *testing.F) {
	f.Add(own)
	f.Add("offices:\n  - {id: x, name: \"=cmd()\"}\n")
	f.Add("offices:\n  - {id: dhs-ice, fax: none, address: [none], source: x, retrieved_or_dated: 2026-11-20}\n")
	d := embedded(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := d.WithUser([]byte(text), "agencies.yaml")
		if err != nil {
			return
		}
		for _, o := range got.All() {
			if o.UserAdded && (!validID(o.ID) || clean(o.Name) != o.Name || len(o.AddressBlock()) > maxLines+maxAddressLines) {
				t.Errorf("taken: %+v", o)
			}
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"irs", "OIG", "", "treasury do", "\xff"} {
		f.Add(s)
	}
	d := embedded(f)
	f.Fuzz(func(t *testing.T, q string) {
		m, err := d.Find(q)
		if (err == nil) == (m.Office.ID == "") {
			t.Errorf("%q: %+v, %v", q, m, err)
		}
	})
}

// What a command pays that writes to one office: the directory read, and the
// office found by its abbreviation.
func BenchmarkFindFirst(b *testing.B) {
	for b.Loop() {
		d, err := readLines(officesJSONL)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.Find("irs"); err != nil {
			b.Fatal(err)
		}
	}
}
