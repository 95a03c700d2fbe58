package agency

import (
	"slices"
	"strings"
	"testing"
)

// What cannot be seen in the user's offices is left out, with one note.
func TestWrittenOffices(t *testing.T) {
	text := "offices:\n  - {id: x, name: \"Al\u00adbany\", address: [\"1 Main\u200b St\"], city: Albany, state: New York, zip: " +
		"\"12207\", email: <foia@example.org>}\n"
	d, err := embedded(t).WithUser([]byte(text), "agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o, _ := d.Get("x")
	if o.Name != "Albany" || o.Address[0] != "1 Main St" || o.Email != "foia@example.org" {
		t.Errorf("%+v", o)
	}
	if got, want := d.Dropped(), "left out 2 characters that cannot be seen: 2 in the office x (agencies.yaml)"; got != want {
		t.Errorf("%q", got)
	}
	if got := embedded(t).Dropped(); got != "" {
		t.Error(got)
	}
	if o, _ := Described(Office{Name: "Al\u00adbany", Email: "mailto:foia@example.org"}); o.Name != "Albany" ||
		o.Email != "foia@example.org" {
		t.Errorf("%+v", o)
	}
}

// A state gets its postal abbreviation only where a ZIP Code follows it.
func TestPlaceLine(t *testing.T) {
	for _, row := range []struct{ city, state, zip, country, want string }{
		{"Austin", "Texas", "78701", "", "Austin, TX 78701"}, {"Austin", "tx", "78701", "USA", "Austin, TX 78701"},
		{"Washington", "D.C.", "20001", "", "Washington, DC 20001"},
		{"Berlin", "Berlin", "10115", "Germany", "Berlin, Berlin 10115"},
		{"Tbilisi", "Georgia", "0105", "Georgia", "Tbilisi, Georgia 0105"},
		{"Toronto", "ON", "M5H 2N2", "Canada", "Toronto, ON M5H 2N2"}, {"Springfield", "", "", "", "Springfield"},
		{"", "", "78701", "", "78701"}, {"", "", "", "", ""}, {"Albany ", " New  York", "12207", "", "Albany, NY 12207"},
	} {
		if got := PlaceLine(row.city, row.state, row.zip, row.country); got != row.want {
			t.Errorf("%+v: %q", row, got)
		}
	}
	o := Office{Name: "Police", Address: []string{"1 Main St"}, City: "Austin", State: "Texas", ZIP: "78701"}
	if got := o.AddressBlock(); !slices.Contains(got, "Austin, TX 78701") {
		t.Error(strings.Join(got, " / "))
	}
}

// Every e-mail address of the directory is one.
func TestDirectoryEmails(t *testing.T) {
	for _, o := range embedded(t).All() {
		written, err := o.Written("", nil)
		if err != nil || written.Email != o.Email || written.LiaisonEmail != o.LiaisonEmail {
			t.Errorf("%s: %v, %+v", o.ID, err, o)
		}
	}
}
