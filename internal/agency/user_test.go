package agency

import (
	"errors"
	"strings"
	"testing"
)

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
