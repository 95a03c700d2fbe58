package agency

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

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
				t.Errorf("%s: the age of its %s is %q", o.ID, c.Contact(), o.Age(c))
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
