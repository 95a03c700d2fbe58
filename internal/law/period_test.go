package law

import (
	"fmt"
	"strings"
	"testing"

	"foia/internal/workday"
)

// The law at other times. Sources: Pub. L. 93-502 (1974); Pub. L. 104-231, §§ 7, 8 and
// 12(b), in force on October 2, 1997; Pub. L. 110-175, §§ 6(a)(2), 6(b)(2) and 7(b), for
// requests filed on or after December 31, 2008 (OIP, FOIA Post 2008); Pub. L. 114-185,
// for requests made after June 30, 2016; 81 FR 83625 (DHS, December 22, 2016); 84 FR 6324
// (Treasury, March 29, 2019); 80 FR 18099 (Justice, May 4, 2015), 82 FR 725 (February 3,
// 2017), and 28 C.F.R. 16.9(a) as of 2005, 2008 and 2014; 81 FR 92692 (Interior, January
// 19, 2017); 67 FR 69675 (IRS, November 19, 2002).
func TestLawThen(t *testing.T) {
	for _, row := range []struct{ office, made, decided, topic, limit, cite string }{
		{"epa-hq", "1997-10-01", "", "time-limit", "10 working days", "5 U.S.C. § 552(a)(6)(A)(i)"},
		{"epa-hq", "1997-10-02", "", "time-limit", "20 working days", "5 U.S.C. § 552(a)(6)(A)(i)"},
		{"epa-hq", "1975-02-18", "", "time-limit", "", ""},
		{"epa-hq", "1975-02-19", "", "time-limit", "10 working days", "5 U.S.C. § 552(a)(6)(A)(i)"},
		{"epa-hq", "1990-01-02", "", "extension", "10 working days", "5 U.S.C. § 552(a)(6)(B)(i)"},
		{"epa-hq", "1990-01-02", "", "expedition", "", ""},
		{"epa-hq", "1997-10-02", "", "expedition-decision", "10 calendar days", "5 U.S.C. § 552(a)(6)(E)(ii)(I)"},
		{"epa-hq", "2008-12-30", "", "tolling-information", "", ""},
		{"epa-hq", "2008-12-31", "", "tolling-information", "", "5 U.S.C. § 552(a)(6)(A)"},
		{"epa-hq", "2008-12-30", "", "forwarding", "", ""},
		{"epa-hq", "2008-12-31", "", "forwarding", "10 working days", "5 U.S.C. § 552(a)(6)(A)"},
		{"epa-hq", "2008-12-30", "", "tracking", "", ""},
		{"epa-hq", "2008-12-31", "", "tracking", "10 working days", "5 U.S.C. § 552(a)(7)"},
		{"epa-hq", "2008-12-30", "", "late-fees", "", ""},
		{"epa-hq", "2016-06-30", "", "late-fees", "", "5 U.S.C. § 552(a)(4)(A)(viii)"},
		{"epa-hq", "2016-07-01", "", "late-fees", "", "5 U.S.C. § 552(a)(4)(A)(viii)(I)"},
		{"epa-hq", "2016-06-30", "", "late-fees-extension", "", ""},
		{"epa-hq", "2016-06-30", "2018-01-05", "appeal", "", ""}, // the day of the request decides
		{"epa-hq", "2016-07-01", "2018-01-05", "appeal", "90 calendar days", "5 U.S.C. § 552(a)(6)(A)(i)(III)(aa)"},
		{"epa-hq", "2016-06-30", "", "foreseeable-harm", "", ""},
		{"epa-hq", "2016-07-01", "", "foreseeable-harm", "", "5 U.S.C. § 552(a)(8)(A)(i)"},
		{"epa-hq", "2016-06-30", "", "deliberative-age", "", ""},
		{"epa-hq", "2005-01-03", "2007-12-30", "mediation", "", ""},
		{"epa-hq", "2005-01-03", "2012-05-01", "mediation", "", "5 U.S.C. § 552(h)(3)"}, // OGIS mediates in old requests too
		{"epa-hq", "2005-01-03", "", "suit", "6 years", "28 U.S.C. § 2401(a)"},
		{"doj-olc", "2013-01-02", "2014-04-17", "appeal", "60 calendar days", "28 C.F.R. § 16.9(a)"},
		{"doj-olc", "2013-01-02", "2015-05-03", "appeal", "60 calendar days", "28 C.F.R. § 16.9(a)"},
		{"doj-olc", "2013-01-02", "2015-05-04", "appeal", "", ""}, // § 16.8(a) as it was then could not be read
		{"doj-olc", "2013-01-02", "2017-02-02", "appeal", "", ""},
		{"doj-olc", "2013-01-02", "2017-02-03", "appeal", "90 calendar days", "28 C.F.R. § 16.8(a)"},
		{"dhs-ice", "2015-01-05", "2016-12-21", "appeal", "", ""},
		{"dhs-ice", "2015-01-05", "2016-12-22", "appeal", "90 working days", "6 C.F.R. § 5.8(a)(1)"},
		{"treasury-do", "2015-01-05", "2019-03-28", "appeal", "", ""},
		{"treasury-do", "2015-01-05", "2019-03-29", "appeal", "90 calendar days", "31 C.F.R. § 1.6(a)"},
		{"treasury-irs", "2015-01-05", "2015-03-02", "appeal", "35 calendar days", "26 C.F.R. § 601.702(c)(10)(i)"},
		{"treasury-irs", "2002-01-07", "2002-11-18", "appeal", "", ""},
		{"doi-blm", "2015-01-05", "2017-01-18", "appeal", "", ""},
		{"doi-blm", "2015-01-05", "2017-01-19", "appeal", "90 working days", "43 C.F.R. § 2.58(a)"},
		{"ssa", "2024-06-03", "2025-01-16", "appeal", "90 calendar days", "5 U.S.C. § 552(a)(6)(A)(i)(III)(aa)"},
		// § 402.105 took effect on January 17, 2025 (89 FR 102704)
		{"ssa", "2024-06-03", "2025-01-17", "appeal", "90 calendar days", "20 C.F.R. § 402.105(a)(2)"},
		{"dhs-ice", "2025-04-08", "", "preservation", "", "6 C.F.R. § 5.9"},
		{"dhs-ice", "2015-04-08", "", "preservation", "", ""},
		{"dhs-ice", "2015-04-08", "2026-11-23", "preservation", "", "6 C.F.R. § 5.9"},
		{"office", "2015-04-08", "", "act", "", "N.Y. Pub. Off. Law §§ 84-90"}, // only the federal law has periods
	} {
		lawID := ""
		if row.office == "office" {
			lawID = "us-ny"
		}
		regime := book(t).For(row.office, lawID).At(workday.MustDate(row.made))
		if row.decided != "" {
			regime = regime.Decided(workday.MustDate(row.decided))
		}
		r, ok := regime.Rule(row.topic)
		got := ""
		if ok && r.Limit != nil {
			got = fmt.Sprintf("%d %s", r.Limit.Days, r.Limit.Unit)
		}
		if got != row.limit || r.Cite != row.cite {
			t.Errorf("%s, made %s, decided %s, %s: %q by %s; want %q by %s", row.office, row.made, row.decided, row.topic, got, r.Cite,
				row.limit, row.cite)
		}
		if ok && r.Topic != row.topic || ok && r.Read == "" && lawID == "" {
			t.Errorf("%s, %s: %+v", row.office, row.topic, r)
		}
	}
}

// What is unknown says for when the law is known; what no text has says nothing.
func TestUnknownThen(t *testing.T) {
	for _, row := range []struct{ office, made, decided, topic, why string }{
		{"epa-hq", "2010-03-01", "2010-05-03", "appeal",
			"foia knows the law on this only for requests made after June 30, 2016 (5 U.S.C. § 552(a)(6)(A)(i)(III)(aa))"},
		{"doj-olc", "2013-01-02", "2016-01-04", "appeal",
			"foia knows the law on this only for decisions after February 2, 2017 (28 C.F.R. § 16.8(a)), decisions from July 1, 2005 to " +
				"May 3, 2015 (28 C.F.R. § 16.9(a)), requests made after June 30, 2016 (5 U.S.C."},
		{"epa-hq", "1970-01-05", "", "time-limit", "requests made after October 1, 1997 (5 U.S.C. § 552(a)(6)(A)(i)), requests made from " +
			"February 19, 1975 to October 1, 1997"},
		{"epa-hq", "2010-03-01", "", "time-limit", ""},
		{"epa-hq", "2010-03-01", "", "perfection", ""},
		{"epa-hq", "2010-03-01", "", "no such topic", ""},
	} {
		regime := book(t).For(row.office, Federal).At(workday.MustDate(row.made))
		if row.decided != "" {
			regime = regime.Decided(workday.MustDate(row.decided))
		}
		if got := regime.Unknown(row.topic); !strings.Contains(got, row.why) || row.why == "" && got != "" {
			t.Errorf("%s, %s, %s: %q; want %q", row.office, row.made, row.topic, got, row.why)
		}
	}
}

// A copy that is later than what it is applied to is named, unless it is known since
// when the rule holds.
func TestLaterCopy(t *testing.T) {
	b := book(t)
	regime := b.For("epa-hq", Federal).At(workday.MustDate("2012-01-03"))
	guidance, _ := regime.Rule("still-interested")
	if got := regime.Caution(guidance); !strings.Contains(got, "was read in a copy of 2024-09-19, which is later than January 3, 2012") {
		t.Errorf("guidance: %q", got)
	}
	if got := regime.Decided(workday.MustDate("2025-01-03")).Caution(guidance); !strings.Contains(got, "later than January 3, 2012") {
		t.Errorf("the day of the request decides: %q", got)
	}
	limit, _ := regime.Rule("time-limit")
	suit, _ := regime.Rule("suit")
	if regime.Caution(limit) != "" || regime.Caution(suit) != "" {
		t.Error("their beginning is known")
	}
	if now := b.For("epa-hq", Federal); now.Caution(guidance) != "" || now.At(workday.MustDate("2025-02-03")).Caution(guidance) != "" {
		t.Error("a copy is not later than today")
	}
}

// Today each text and each topic has its rule: only what has ended is gone.
func TestToday(t *testing.T) {
	for _, text := range book(t).Texts {
		for topic, rule := range text.Rules {
			got, ok := Regime{Texts: []Text{text}}.Rule(topic)
			if !ok || got.Cite != rule.Cite || !rule.Until.IsZero() {
				t.Errorf("%s, %s: %v", text.ID, topic, got.Cite)
			}
		}
	}
}

// Forms of a rule that overlap or are not whole are not taken.
func TestPeriodsRefused(t *testing.T) {
	rule := func(more string) string {
		return "topics: {a: x}\ntexts: [{id: t, rules: {a: {cite: c, says: s, " + more + "}}}]"
	}
	for more, why := range map[string]string{
		"by: chance":                                                                                       "decided by",
		"from: 2016-07-01, until: 2016-06-30":                                                              "ends before it begins",
		"from: 2016-07-01, before: [{cite: c, says: s}]":                                                   "does not end before",
		"from: 2016-07-01, before: [{cite: c, says: s, until: 2016-07-01}]":                                "does not end before",
		"before: [{cite: c, says: s, until: 2016-06-30}]":                                                  "does not end before",
		"from: 2016-07-01, before: [{cite: c, until: 2016-06-30}]":                                         "lacks its citation",
		"from: 2016-07-01, before: [{cite: c, says: s, until: 2016-06-30, limit: {days: 0, unit: years}}]": "has a limit",
		"from: 2016-07-01, before: [{cite: c, says: s, until: 2016-06-30, " +
			"before: [{cite: c, says: s, until: 2015-01-01}]}]": "does not end before",
		"from: yesterday": "yesterday",
	} {
		if _, err := parse([]byte(rule(more))); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v; want %q", more, err, why)
		}
	}
	if _, err := parse([]byte(rule("from: 2016-07-01, before: [{cite: c, says: s, from: 2009-01-01, until: 2016-06-30}, {cite: c, says: " +
		"s, until: 2008-12-31}]"))); err != nil {
		t.Errorf("three forms: %v", err)
	}
}
