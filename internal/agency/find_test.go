package agency

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

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

// What an office is called, and which law it follows.
func TestNames(t *testing.T) {
	for _, x := range []struct {
		office            Office
		full, agency, law string
	}{
		{Office{Name: "Internal Revenue Service", ParentName: "Department of the Treasury"},
			"Internal Revenue Service, Department of the Treasury", "Department of the Treasury", "us-federal"},
		{Office{Name: "Peace Corps"}, "Peace Corps", "Peace Corps", "us-federal"},
		{Office{Name: "Austin Police Department", Law: "us-tx"}, "Austin Police Department", "Austin Police Department", "us-tx"},
	} {
		if o := x.office; o.FullName() != x.full || o.AgencyName() != x.agency || o.UnderLaw() != x.law {
			t.Errorf("%q, %q, %q; want %q, %q, %q", o.FullName(), o.AgencyName(), o.UnderLaw(), x.full, x.agency, x.law)
		}
	}
}

// Each contact is that of one channel, has a name, and no other field is one.
func TestContacts(t *testing.T) {
	for _, c := range preference {
		if in, ok := ContactIn(contactFields[c]); !ok || in != c || c.Contact() == "" {
			t.Errorf("%s: %q, %t, %q", c, in, ok, c.Contact())
		}
	}
	if c, ok := ContactIn("city"); ok {
		t.Errorf("city is the contact of %s", c)
	}
}
