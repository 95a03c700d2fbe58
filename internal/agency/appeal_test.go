package agency

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Where appeals go, as the rule that is cited has it: in the eCFR of January 2025 unless
// the row says otherwise.
func TestAppealOf(t *testing.T) {
	for _, row := range []struct {
		office, cite string
		last, email  string // of the address
		window       string
		marking      string
	}{
		{"cncs", "45 C.F.R. § 2507.14", "Washington, DC 20525", "", "90 calendar days from the date of the adverse determination",
			"FOIA Appeal"},
		{"dhs-ice", "6 C.F.R. § 5.8(a)(1)", "", "", "90 working days from the date of the component’s response",
			"Freedom of Information Act Appeal"},
		{"doj-fbi", "28 C.F.R. § 16.8(a)", "Washington, DC 20530-0001", "", "90 calendar days from the date of the response",
			"Freedom of Information Act Appeal"},
		{"hhs-cms", "45 C.F.R. § 5.62(b)(2)", "Baltimore, MD 21244", "", "90 calendar days from the date of the determination",
			"FOIA Appeal"}, // CFR of November 8, 2024
		{"hhs-fda", "45 C.F.R. §§ 5.61, 5.62", "", "", "90 calendar days from the date of the determination", "FOIA Appeal"},
		// the same
		{"dos-ppt", "22 C.F.R. § 171.15(a)", "Washington, DC 20520", "FOIAAppeals@state.gov",
			"90 calendar days from the date of the adverse determination", "Freedom of Information Act Appeal"},
		{"dos-oig", "22 C.F.R. § 171.15(a)(3), (b)(1)", "Arlington, VA 22209", "",
			"90 calendar days from the date of the adverse determination", "Freedom of Information Act Appeal"},
		{"dol-osha", "29 C.F.R. § 70.22", "Washington, DC 20210", "foiaappeal@dol.gov", "90 days from the date of the action appealed",
			"Freedom of Information Act Appeal"}, // 82 FR 7666
		{"va-vha", "38 C.F.R. § 1.559(b)-(d)", "Washington, DC 20420", "", "90 calendar days from the date of the response letter", ""},
		// rule of 2019
		{"nsf-ogc", "45 C.F.R. § 612.9", "Arlington, VA 22230", "",
			"10 working days from the receipt of the denial (day of receipt excluded)", "Freedom of Information Act Appeal"},
		{"epa-region-05", "40 C.F.R. § 2.108", "Washington, DC 20460", "",
			"90 calendar days from the date of the letter with the determination", ""}, // November 27, 2024
		{"treasury-fincen", "31 C.F.R. part 1, subpart A, appendix G", "Vienna, VA 22183", "FinCENFOIA@fincen.gov", "",
			"Freedom of Information Act Appeal"},
	} {
		o := mustGet(t, embedded(t), row.office)
		a, ok := AppealOf(o)
		if !ok || a.Cite != row.cite || a.Email != row.email || a.Marking != row.marking {
			t.Errorf("%s: %+v", row.office, a)
			continue
		}
		if row.last != "" && (len(a.Address) == 0 || a.Address[len(a.Address)-1] != row.last) || row.last == "" && len(a.Address) > 0 {
			t.Errorf("%s: the address is %q", row.office, a.Address)
		}
		if w := a.WindowFor(""); (w == nil) != (row.window == "") || w != nil && !strings.HasPrefix(w.String(), row.window) {
			t.Errorf("%s: the window is %v, want %s", row.office, w, row.window)
		}
	}
}

// An inspector general whose appeals go elsewhere has a line of its own; offices of low
// confidence, and what is no component, have none.
func TestAppealOfOthers(t *testing.T) {
	d := embedded(t)
	if a, _ := AppealOf(mustGet(t, d, "va-ig")); a.ID != "va-ig" || a.Address[0] != "Office of Counselor (50)" { // 38 C.F.R. § 1.559
		t.Errorf("va-ig: %+v", a)
	}
	for _, id := range []string{"sec", "nrc", "fcc", "usps-oig"} {
		if a, ok := AppealOf(mustGet(t, d, id)); ok {
			t.Errorf("%s: %s", id, a.ID)
		}
	}
	for _, o := range []Office{{ID: "va-beach-police", UserAdded: true}, {ID: "dhs-ice", Parent: "dhs", Law: "us-va"}, {ID: ""}} {
		if a, ok := AppealOf(o); ok {
			t.Errorf("%+v: %s", o, a.ID)
		}
	}
}

// The short times of a rule stand beside the Act's ninety days, and the page beside the
// rule. Facts: appeals-contradictions, November 2026.
func TestAppealDiffers(t *testing.T) {
	for _, row := range []struct{ office, matter, says string }{
		{"nsf", "", "5 U.S.C. § 552(a)(6)(A)(i)(III)(aa): an appeal may be made at least 90 days"},
		{"ferc", "", "ferc.gov, Administrative Appeals (undated): received within 45 days"},
		{"hhs-nih", "", "30 days from receipt"},
		{"cia", FeeWaiver, "45 business days for fee waivers"},
		{"cia", "", ""},
		{"cfpb", Expedition, "ten days"},
		{"fec", "", "the rule gives no time"},
		{"cncs", "", ""},
	} {
		a, _ := AppealOf(mustGet(t, embedded(t), row.office))
		var all []string
		for _, d := range a.DiffersOn(row.matter) {
			all = append(all, d.String())
		}
		if got := strings.Join(all, "; "); !strings.Contains(got, row.says) || row.says == "" && got != "" {
			t.Errorf("%s %s: %q", row.office, row.matter, got)
		}
	}
	cfpb, _ := AppealOf(mustGet(t, embedded(t), "cfpb"))
	if w := cfpb.WindowFor(Expedition); w == nil || w.Days != 10 || w.Cite != "12 C.F.R. §§ 1070.21(b), 1070.17(e)" {
		t.Errorf("expedition at the CFPB: %v", w)
	}
	if m := cfpb.MarkingFor(FeeWaiver); m != "Appeal for Fee Reduction/Waiver" { // 12 C.F.R. § 1070.22(b)(3)
		t.Errorf("the marking at the CFPB is %q", m)
	}
}

// Every line can be read, has a source, and names offices that exist; what is short of
// the Act's ninety days says so.
func TestAppealsData(t *testing.T) {
	d := embedded(t)
	place := regexp.MustCompile(`, [A-Z]{2} \d{5}(-\d{4})?$`)
	days := map[string]float64{"days": 1, "calendar days": 1, "working days": 7. / 5, "workdays": 7. / 5, "business days": 7. / 5}
	lines := 0
	for line := range bytes.Lines(appealsJSONL) {
		lines++
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.DisallowUnknownFields()
		var a Appeal
		if err := decoder.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if a.Cite == "" || a.Source == "" || a.Dated == "" || a.Confidence != "high" && a.Confidence != "medium" || a.To == "" &&
			a.Address == nil && a.Window == nil {
			t.Errorf("%s says too little, or not how it is known", a.ID)
		}
		if n := len(a.Address); n > 0 && (!place.MatchString(a.Address[n-1]) || n > maxAddressLines) {
			t.Errorf("%s: the address is %q", a.ID, a.Address)
		}
		mustGet(t, d, a.ID)
		for _, pattern := range a.Offices {
			found := slices.ContainsFunc(d.All(), func(o Office) bool { ok, _ := path.Match(pattern, o.ID); return ok })
			if !found {
				t.Errorf("%s is for %s, which is no office", a.ID, pattern)
			}
		}
		for _, matter := range []string{"", FeeWaiver, Expedition} {
			w := a.WindowFor(matter)
			if w == nil {
				continue
			}
			if days[w.Unit] == 0 {
				t.Errorf("%s counts in %q", a.ID, w.Unit)
			}
			act := func(d Differing) bool { return strings.HasPrefix(d.Where, "5 U.S.C. § 552(a)(6)") }
			if float64(w.Days)*days[w.Unit] < 90 && !slices.ContainsFunc(a.DiffersOn(matter), act) {
				t.Errorf("%s gives %s, less than the Act, and does not say so", a.ID, w)
			}
		}
	}
	if lines != len(loadAppeals()) || lines < 120 {
		t.Errorf("%d lines, %d appeals", lines, len(loadAppeals()))
	}
}

func TestAgeWords(t *testing.T) {
	for date, want := range map[string]string{"2025-01": "as of January 2025", "2026-01-11": "as of January 2026", "2017": "as of 2017",
		"after 2019": "later than 2019", "undated": "undated", "": "undated"} {
		if got := ageWords(date); got != want {
			t.Errorf("%q: %q, want %q", date, got, want)
		}
	}
}
