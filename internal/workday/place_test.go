package workday

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
)

// The quick form says what places.yaml says. To write it anew: go generate ./...
func TestPlacesInStep(t *testing.T) {
	made, err := Quick(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made["places.json"], placesJSON) {
		t.Error("places.json is out of step with places.yaml; run go generate ./...")
	}
}

// Every calendar names where it was read, and each day can be counted.
func TestPlaces(t *testing.T) {
	rules := []string{"friday", "monday", "none", "unknown"}
	for law, p := range places() {
		if p.Name == "" || p.Cite == "" || p.Source == "" || p.AsOf == "" || p.Read == "" || len(p.Days) < 5 {
			t.Errorf("%s lacks its name, statute, source, date or days", law)
		}
		if !slices.Contains(rules, p.Saturday) || !slices.Contains(rules, p.Sunday) {
			t.Errorf("%s: %s, %s", law, p.Saturday, p.Sunday)
		}
		for year := 2020; year < 2040; year++ {
			if n := len(p.of(year)); n < 5 || n > 30 {
				t.Errorf("%s has %d holidays in %d", law, n, year)
			}
		}
	}
}

// Days off, as the statute of the place has them.
func TestOffUnder(t *testing.T) {
	for _, row := range []struct {
		law, day string
		policy   Policy
		want     string
	}{
		{"us-ca", "2026-03-31", Observed, "Cesar Chavez Day"},       // Cal. Gov. Code § 19853(a)
		{"us-ca", "2026-11-27", Observed, "Day after Thanksgiving"}, // the same
		{"us-ca", "2023-11-10", Observed, "Veterans Day (observed)"},
		// § 19853(b): November 11 on a Saturday, the Friday before
		{"us-ca", "2023-11-10", Strict, ""},                              // the words name the day itself
		{"us-ca", "2026-07-03", Observed, ""},                            // no other holiday of a Saturday moves
		{"us-ca", "2026-10-12", Observed, ""},                            // Columbus Day is none of § 19853
		{"us-ca", "2026-10-12", Lenient, "Columbus Day"},                 // but of § 6700
		{"us-ca", "2027-07-05", Observed, "Independence Day (observed)"}, // § 19853(b): Sunday, the Monday after
		{"us-fl", "2026-07-03", Observed, "Independence Day (observed)"},
		// Fla. Stat. § 110.117(1): Saturday, the Friday before
		{"gb", "2026-04-03", Observed, "Good Friday"},                                 // section 10(6) of the Act of 2000
		{"gb", "2026-12-28", Observed, ""},                                            // see below: Boxing Day 2026 is a Saturday
		{"us-il", "2025-11-28", Observed, "Day after Thanksgiving"},                   // CMS list of 2019/2020: Thursday and Friday
		{"us-nj", "2026-06-19", Observed, "Juneteenth Day"},                           // N.J.S.A. 11A:6-24.1(6): the third Friday of June
		{"us-nj", "2027-06-18", Observed, "Juneteenth Day"},                           // the same: not June 19, a Saturday
		{"us-nj", "2026-11-03", Observed, "Election Day"},                             // N.J.S.A. 11A:6-24.1
		{"us-mi", "2026-06-19", Observed, "Juneteenth"},                               // MCL 435.101(1)(f)
		{"us-mi", "2026-02-12", Observed, ""},                                         // a holiday for bills and courts
		{"us-mi", "2027-07-05", Observed, "Independence Day (observed)"},              // MCL 435.102: a Sunday, the Monday after
		{"us-ga", "2025-04-18", Observed, "State Holiday (Good Friday)"},              // georgia.gov, 2025
		{"us-ga", "2025-12-26", Observed, "Washington's Birthday (kept in December)"}, // the same
		{"us-ga", "2024-12-24", Observed, "Washington's Birthday (kept in December)"}, // team.georgia.gov, 2024
		{"us-ga", "2024-12-26", Observed, ""},                                         // of 2025 only
		{"us-ga", "2026-02-16", Observed, ""},                                         // not kept in February
		{"us-md", "2026-11-27", Observed, "American Indian Heritage Day"},             // Md. Code, Gen. Prov. § 1-111(a)(15)
		{"us-md", "2026-07-03", Observed, "Independence Day (observed)"},              // Md. Code, State Pers. & Pens. § 9-204(b)(1)
		{"us-md", "2026-03-25", Observed, ""},                                         // Maryland Day: offices are open
		{"us-la", "2024-02-13", Observed, "Mardi Gras Day"},                           // La. R.S. 1:55; Caddo Parish clerk, 2024
		{"us-la", "2026-07-03", Observed, "Independence Day (observed)"},              // the same: a Saturday, the Friday before
		{"us-la", "2026-10-12", Observed, ""},                                         // Columbus Day: legal holiday, but no day off
		{"us-pa", "2026-10-12", Observed, "Columbus Day / Indigenous Peoples' Day"},   // 36 Pa.B. 192; list of 2026
		{"us-pa", "2026-11-27", Observed, "Day after Thanksgiving"},                   // 37 Pa.B. 314
		{"us-ar", "2026-12-24", Observed, "Christmas Eve"},                            // Ark. Code § 1-5-101(a)(9)
		{"us-ar", "2026-06-19", Observed, ""},                                         // not among the sole official holidays
		{"us-hi", "2026-08-21", Observed, "Statehood Day"},                            // HRS § 8-1
		{"us-hi", "2026-10-12", Observed, ""},                                         // HRS § 8-1.5: no state holiday
		{"us-zz", "2026-12-25", Observed, ""},                                         // not known, so not counted
		{"us-zz", "2026-12-25", Lenient, "Christmas Day (federal)"},                   //
		{"us-ca", "2026-09-09", Observed, ""},                                         // Admission Day, the same
		{"us-ca", "2026-09-09", Lenient, "Admission Day"},                             // the same
		{"us-wa", "2026-09-09", Lenient, ""},                                          // it is none elsewhere
		{"us-tx", "2026-09-21", Observed, ""},                                         // § 552.0031: Yom Kippur, an optional holiday
		{"us-tx", "2026-09-21", Lenient, "Yom Kippur"},                                // the same
		{"us-zz", "2026-12-26", Observed, "Saturday"},
	} {
		c := federal(t).Under(row.law)
		got := c.Off(MustDate(row.day), row.policy)
		if row.law == "gb" && row.day == "2026-12-28" {
			if !strings.Contains(got, "Boxing Day") {
				t.Errorf("%s %s: %q", row.law, row.day, got)
			}
			continue
		}
		if got != row.want {
			t.Errorf("%s %s %s: %q, not %q", row.law, row.day, row.policy, got, row.want)
		}
	}
}

// A day that the user adds holds under the law that it names.
func TestOwnDayUnder(t *testing.T) {
	c, err := federal(t).With([]byte("days: [{date: 2026-06-11, name: Founders Day, law: us-nc, observed: true}]"), "holidays.yaml")
	if err != nil {
		t.Fatal(err)
	}
	day := MustDate("2026-06-11")
	if c.Off(day, Observed) != "" || c.Under("us-nc").Off(day, Observed) != "Founders Day" || c.Under("us-ca").Off(day, Observed) != "" {
		t.Error("the day is off in the wrong place")
	}
	if c.Under("us-federal") != c || !c.HolidaysKnown() || c.Under("us-zz").HolidaysKnown() || !c.Under("us-ca").HolidaysKnown() {
		t.Error("which calendar is known?")
	}
}

// A law may give a month.
func TestCountMonths(t *testing.T) {
	n, err := federal(t).Under("de").CountUnder(MustDate("2026-01-31"), Span{N: 1, Unit: Months}, Observed)
	if err != nil || n.Due.String() != "2026-02-28" || len(n.Others) != 0 {
		t.Errorf("%+v, %v", n, err)
	}
}

// A file of holidays with a fault is not taken.
func TestPlacesRefused(t *testing.T) {
	for _, on := range []string{"13-01", "02-30", "third funday of may", "third monday of smarch", "whenever", "easter x"} {
		if _, err := parsePlaces([]byte("calendars: [{law: us-xx, days: [{name: X, on: " + on + "}]}]")); err == nil {
			t.Errorf("%s is taken", on)
		}
	}
}
