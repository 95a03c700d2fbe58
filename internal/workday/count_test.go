package workday

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"foia/internal/longtest"
)

func federal(t testing.TB) *Calendar {
	t.Helper()
	c, err := Federal()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The worked dates 1 to 19: received on the day, due after 20 working days under
// each policy, and after 30 in unusual circumstances. Counted by hand as four
// weeks plus a day for each holiday within, and again by another program;
// 5 U.S.C. 552(a)(6)(A)(i), (B)(i), and 6103(a).
func TestReceived(t *testing.T) {
	c := federal(t)
	for _, row := range []struct {
		number                              int
		received, observed, strict, lenient string // strict, lenient: empty if as observed
		thirty                              string
		why                                 string
	}{
		{1, "2025-04-08", "2025-05-06", "", "", "2025-05-20", "four weeks, no holiday; Good Friday is no federal one"},
		{2, "2025-05-20", "2025-06-18", "", "", "2025-07-03", "Memorial Day"},
		{3, "2025-06-02", "2025-07-01", "", "", "2025-07-16", "Juneteenth"},
		{4, "2025-06-23", "2025-07-22", "", "", "2025-08-05", "Independence Day"},
		{5, "2025-09-22", "2025-10-21", "", "", "", "Columbus Day; the days of the lapse in funding count (OIP)"},
		{6, "2025-10-31", "2025-12-02", "", "", "2025-12-16", "Veterans Day, Thanksgiving; the Friday after counts"},
		{7, "2024-11-01", "2024-12-03", "", "", "", "Veterans Day, Thanksgiving"},
		{8, "2024-12-09", "2025-01-08", "", "2025-01-10", "", "Christmas, New Year; lenient skips Dec 24 and Jan 9"},
		{9, "2025-12-10", "2026-01-09", "", "2026-01-13", "2026-01-26", "lenient skips Dec 24 and 26"},
		{10, "2025-01-06", "2025-02-04", "", "2025-02-05", "", "King's birthday and Inauguration Day are one day; lenient skips Jan 9"},
		{11, "2021-01-04", "2021-02-02", "", "2021-02-03", "", "Inauguration Day counts"},
		{12, "2026-06-08", "2026-07-08", "2026-07-07", "", "", "July 4 is a Saturday"},
		{13, "2027-06-07", "2027-07-07", "2027-07-05", "", "", "June 19 is a Saturday, July 4 a Sunday"},
		{14, "2027-12-06", "2028-01-05", "2028-01-03", "", "", "New Year's Day of 2028 is observed on the last day of 2027"},
		{15, "2022-12-12", "2023-01-11", "2023-01-09", "", "", "Christmas and New Year are Sundays"},
		{16, "2023-10-30", "2023-11-29", "2023-11-28", "", "", "Veterans Day is a Saturday"},
		{17, "2026-11-02", "2026-12-02", "", "", "2026-12-16", "Veterans Day, Thanksgiving"},
		{18, "2026-12-07", "2027-01-06", "", "", "", "Christmas, New Year"},
		{19, "2025-04-12", "2025-05-12", "", "", "", "received on a Saturday: Monday is day 0"},
		// Beyond the worked dates: before and after Juneteenth became a holiday on
		// June 17, 2021 (Pub. L. 117-17), and across a leap day.
		{27, "2020-06-01", "2020-06-29", "", "", "", "no Juneteenth yet"},
		{28, "2021-06-01", "2021-06-30", "2021-06-29", "", "", "Juneteenth, a Saturday, is observed on Friday"},
		{29, "2024-02-01", "2024-03-01", "", "", "", "Washington's Birthday; February 29 counts"},
	} {
		from := MustDate(row.received)
		for p, want := range map[Policy]string{Observed: row.observed, Strict: row.strict, Lenient: row.lenient} {
			if want == "" {
				want = row.observed
			}
			n, err := c.FromReceipt(from, 20, p)
			if err != nil || n.Due.String() != want {
				t.Errorf("%d, %s: %s, %v; want %s (%s)", row.number, p, n.Due, err, want, row.why)
			}
			if p == Observed && (row.strict != "" && n.Others[Strict].String() != row.strict || row.lenient != "" &&
				n.Others[Lenient].String() != row.lenient) {
				t.Errorf("%d: the other policies give %v", row.number, n.Others)
			}
		}
		if row.thirty != "" {
			if n, err := c.FromReceipt(from, 30, Observed); err != nil || n.Due.String() != row.thirty {
				t.Errorf("%d: 30 days end on %s, %v; want %s", row.number, n.Due, err, row.thirty)
			}
		}
	}
	n, err := c.FromReceipt(MustDate("2025-04-12"), 20, Observed)
	if err != nil || n.Literal.String() != "2025-05-09" || n.Day0.String() != "2025-04-14" {
		t.Errorf("19: %+v, %v", n, err)
	}
	// 18: a user who knows of an order that closes December 24, 2026, adds it.
	own, err := c.With([]byte("days: [{date: 2026-12-24, name: an order}]"), "holidays.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := own.FromReceipt(MustDate("2026-12-07"), 20, Lenient); err != nil || n.Due.String() != "2027-01-07" {
		t.Errorf("18: %s, %v", n.Due, err)
	}
	if n, err := own.FromReceipt(MustDate("2026-12-07"), 20, Observed); err != nil || n.Due.String() != "2027-01-06" {
		t.Errorf("18, observed: %s, %v", n.Due, err)
	}
}

// The worked dates 20 to 26: other clocks that are made of the same counts.
func TestOtherClocks(t *testing.T) {
	c := federal(t)
	working := func(from string, n int) Date {
		count, err := c.FromEvent(MustDate(from), n, Observed)
		if err != nil {
			t.Fatal(err)
		}
		return count.Due
	}
	calendar := func(from string, n int) Date {
		count, err := c.CalendarCount(MustDate(from), n, Observed, false)
		if err != nil {
			t.Fatal(err)
		}
		return count.Due
	}
	paused := func(from, to string) Count {
		end, _ := ParseDate(to)
		count, err := c.FromReceipt(MustDate("2025-04-08"), 20, Observed, Pause{MustDate(from), end, "clarification was asked for"})
		if err != nil {
			t.Fatal(err)
		}
		return count
	}
	if n := paused("2025-04-17", ""); !n.Due.IsZero() || n.Left != 14 ||
		!strings.Contains(n.Explain(), "14 are left: the clock is stopped") {
		t.Errorf("21, unanswered: %+v: %s", n, n.Explain())
	}
	later := func(a, b Date) Date {
		if a.After(b) {
			return a
		}
		return b
	}
	for _, row := range []struct {
		what string
		got  Date
		want string
	}{
		{"20: never forwarded, ten working days and twenty; 552(a)(6)(A), 6 CFR 5.5(a)", working(working("2025-04-08", 10).String(), 20),
			"2025-05-20"},
		{"20: ten calendar days and twenty", working(calendar("2025-04-08", 10).String(), 20), "2025-05-16"},
		{"21: six days gone when clarification is asked, fourteen left from the answer; 552(a)(6)(A)(ii)(I)",
			paused("2025-04-17", "2025-05-01").Due, "2025-05-21"},
		{"21: if the day of the agency's letter is counted", paused("2025-04-18", "2025-05-01").Due, "2025-05-20"},
		{"22: expedition, ten calendar days; 552(a)(6)(E)(ii)(I)", calendar("2025-04-08", 10), "2025-04-18"},
		{"22: at the IRS not less than five working days from receipt; 26 CFR 601.702(c)(6)(iv)",
			later(calendar("2025-04-08", 10), working("2025-04-16", 5)), "2025-04-23"},
		{"23: appeal, 90 calendar days; 552(a)(6)(A)(i)(III)(aa)", calendar("2025-05-06", 90), "2025-08-04"},
		{"23: appeal at DHS, 90 working days; 6 CFR 5.8(a)(1)", working("2025-05-06", 90), "2025-09-15"},
		{"23: appeal by the IRS's regulation; 26 CFR 601.702(c)(10)(i)", calendar("2025-05-06", 35), "2025-06-10"},
		{"23: appeal of an expedition denied by the IRS; (c)(6)(v)", calendar("2025-05-06", 10), "2025-05-16"},
		{"24: decision on an appeal; 552(a)(6)(A)(ii)", working("2025-08-04", 20), "2025-09-02"},
		{"25: still interested, 30 working days; OIP", working("2025-11-03", 30), "2025-12-17"},
		{"26: six years to sue; 28 U.S.C. 2401(a)", working("2025-04-08", 20).AddYears(6), "2031-05-06"},
	} {
		if row.got.String() != row.want {
			t.Errorf("%s: %s, want %s", row.what, row.got, row.want)
		}
	}
}

// naive decides by itself, without the library, whether a day counts.
func naive(d Date, p Policy) bool {
	t := d.Midnight()
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return false
	}
	legal := func(t time.Time) bool {
		y, m, day := t.Date()
		nth, last := (day-1)/7+1, time.Date(y, m, day+7, 0, 0, 0, 0, time.UTC).Month() != m
		w := t.Weekday()
		switch {
		case m == time.January && day == 1, m == time.July && day == 4, m == time.November && day == 11, m == time.December && day == 25,
			m == time.June && day == 19 && y >= 2021,
			m == time.January && w == time.Monday && nth == 3, m == time.February && w == time.Monday && nth == 3,
			m == time.May && w == time.Monday && last, m == time.September && w == time.Monday && nth == 1,
			m == time.October && w == time.Monday && nth == 2, m == time.November && w == time.Thursday && nth == 4:
			return true
		}
		return false
	}
	if legal(t) {
		return false
	}
	if p == Strict {
		return true
	}
	if t.Weekday() == time.Friday && legal(t.AddDate(0, 0, 1)) || t.Weekday() == time.Monday && legal(t.AddDate(0, 0, -1)) {
		return false
	}
	if p == Lenient {
		switch d.String() {
		case "2024-12-24", "2025-01-09", "2025-12-24", "2025-12-26":
			return false
		}
		y, m, day := t.Date()
		jan20 := time.Date(y, 1, 20, 0, 0, 0, 0, time.UTC)
		if (y-1965)%4 == 0 && m == 1 && (day == 20 && jan20.Weekday() != time.Sunday || day == 21 && jan20.Weekday() == time.Sunday) {
			return false
		}
	}
	return true
}

// 100,000 random counts agree with a count that goes day by day with rules of
// its own.
func TestAgainstNaive(t *testing.T) {
	c := federal(t)
	r := rand.New(rand.NewPCG(1, 2))
	start := MustDate("1990-01-01")
	off := map[Policy]map[Date]bool{}
	for _, p := range Policies {
		off[p] = map[Date]bool{}
		for d := start; d.Year() < 2042; d = d.AddDays(1) {
			off[p][d] = !naive(d, p)
			if got := c.Off(d, p) != ""; got != off[p][d] {
				t.Fatalf("%s, %s: %q", d.Long(), p, c.Off(d, p))
			}
		}
	}
	for range longtest.Count(20_000, 100_000) {
		from, days, p := start.AddDays(r.IntN(365*45)), r.IntN(100), Policies[r.IntN(3)]
		want, left := from, days
		for off[p][want] {
			want = want.AddDays(1)
		}
		day0 := want
		for left > 0 {
			if want = want.AddDays(1); !off[p][want] {
				left--
			}
		}
		n, err := c.FromReceipt(from, days, p)
		if err != nil || n.Due != want || n.Day0 != day0 {
			t.Fatalf("%d days from %s by %s: %s, %v; want %s", days, from, p, n.Due, err, want)
		}
		if days > 0 && from.DaysUntil(n.Due) != days+len(n.Skipped) {
			t.Fatalf("%d days from %s: %d skipped do not explain %s", days, from, len(n.Skipped), n.Due)
		}
	}
}

// The explanation reads like a sentence of a complaint, and leaves nothing out.
func TestExplain(t *testing.T) {
	c := federal(t)
	n, err := c.FromReceipt(MustDate("2026-06-08"), 20, Observed)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"20 working days from Monday, June 8, 2026, end on Wednesday, July 8, 2026.", "June 8, 2026 is day 0.",
		"8 weekend days",
		"Friday, June 19, 2026 (Juneteenth National Independence Day)", "Friday, July 3, 2026 (Independence Day (observed))",
		"Under the policy strict, the last day is Tuesday, July 7, 2026."} {
		if !strings.Contains(n.Explain(), part) {
			t.Errorf("no %q in: %s", part, n.Explain())
		}
	}
	n, err = c.FromReceipt(MustDate("2025-04-12"), 20, Observed)
	if err != nil || !strings.Contains(n.Explain(), "April 12, 2025 is not a working day, so April 14, 2025 counts as day 0; counted "+
		"from the day itself, the last day would be May 9, 2025.") {
		t.Errorf("%s, %v", n.Explain(), err)
	}
}

// A pause is told with its days, which are not holidays.
func TestExplainPause(t *testing.T) {
	n, err := federal(t).FromReceipt(MustDate("2025-04-08"), 20, Observed,
		Pause{MustDate("2025-04-17"), MustDate("2025-05-01"), "clarification was asked for"})
	want := "20 working days from Tuesday, April 8, 2025, end on Wednesday, May 21, 2025. April 8, 2025 is day 0. " +
		"Left out: 8 weekend days; no holiday falls within. The clock was stopped from Thursday, April 17, 2025 to Thursday, May 1, 2025 " +
		"(clarification was asked for); the next day to count is the day after."
	if err != nil || n.Explain() != want {
		t.Errorf("%s\n%v", n.Explain(), err)
	}
}

// A rule that rolls forward ends on a working day.
func TestRoll(t *testing.T) {
	c := federal(t)
	n, err := c.CalendarCount(MustDate("2025-06-25"), 9, Observed, true) // July 4, a Friday
	if err != nil || n.Due.String() != "2025-07-07" || len(n.Skipped) != 3 {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestRefused(t *testing.T) {
	c := federal(t)
	if _, err := c.FromReceipt(Date{}, 20, Observed); err == nil {
		t.Error("no day to count from, and no error")
	}
	for _, days := range []int{-1, maxCount + 1} {
		if _, err := c.FromEvent(MustDate("2025-04-08"), days, Observed); err == nil {
			t.Errorf("%d days are counted", days)
		}
	}
	if _, err := c.FromEvent(MustDate("1985-12-31"), 20, Observed); err == nil {
		t.Error("a year whose holidays are not known")
	}
	if _, err := ParsePolicy("loose"); err == nil {
		t.Error("loose is a policy")
	}
	for _, text := range []string{"days: [{date: 2026-12-24}]", "days: [{name: x}]", "days: [{date: never, name: x}]", "dais: []",
		"days: ["} {
		if _, err := c.With([]byte(text), "holidays.yaml"); err == nil || !strings.Contains(err.Error(), "holidays.yaml") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A leap day lives on as the last of February.
func TestAddYears(t *testing.T) {
	for from, want := range map[string]string{"2024-02-29": "2030-02-28", "2025-05-06": "2031-05-06", "2022-02-28": "2028-02-28"} {
		if got := MustDate(from).AddYears(6).String(); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}

func FuzzWith(f *testing.F) {
	f.Add(string(daysYAML))
	f.Fuzz(func(t *testing.T, text string) {
		if c, err := (&Calendar{}).With([]byte(text), "holidays.yaml"); err == nil {
			if _, err := c.FromReceipt(MustDate("2025-04-08"), 20, Lenient); err != nil {
				t.Error(err)
			}
		}
	})
}
