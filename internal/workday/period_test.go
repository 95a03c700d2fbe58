package workday

import (
	"strings"
	"testing"
)

// A period is read as people say it.
func TestReadPeriod(t *testing.T) {
	r := Reader{Today: MustDate("2026-11-29")}
	for typed, want := range map[string]string{
		"":                              "",
		"2024":                          "2024-01-01 to 2024-12-31",
		"last year":                     "2025-01-01 to 2025-12-31",
		"Last Year":                     "2025-01-01 to 2025-12-31",
		"this year":                     "2026-01-01 to 2026-12-31",
		"the last month":                "2026-10-01 to 2026-10-31",
		"Jan 2025 to now":               "2025-01-01 to now",
		"January 2025 to the present":   "2025-01-01 to now",
		"Jan. 2025 – Mar. 2025":         "2025-01-01 to 2025-03-31",
		"Jan 2025 - today":              "2025-01-01 to 2026-11-29",
		"Feb 2024":                      "2024-02-01 to 2024-02-29",
		"2024-02":                       "2024-02-01 to 2024-02-29",
		"since 2023":                    "2023-01-01 to now",
		"from May 6, 2025 on":           "2025-05-06 to now",
		"after May 2025":                "2025-06-01 to now",
		"until 2024":                    "until 2024-12-31",
		"before 2025":                   "until 2024-12-31",
		"before March 3, 2025":          "until 2025-03-02",
		"2025-01-20 to 2025-05-06":      "2025-01-20 to 2025-05-06",
		"2025-01-20..2025-05-06":        "2025-01-20 to 2025-05-06",
		"2025-01-20–2025-05-06":         "2025-01-20 to 2025-05-06",
		"between May 2024 and Feb 2025": "2024-05-01 to 2025-02-28",
		"from 2019 through 2021":        "2019-01-01 to 2021-12-31",
		"Jan 5 to Feb 3, 2025":          "2025-01-05 to 2025-02-03",
		"January to March 2025":         "2025-01-01 to 2025-03-31",
		"May 6 2025":                    "2025-05-06",
		"last 30 days":                  "2026-10-31 to 2026-11-29",
		"the past 6 months":             "2026-05-30 to 2026-11-29",
		"past 2 weeks":                  "2026-11-16 to 2026-11-29",
		"last 1 year":                   "2025-11-30 to 2026-11-29",
		"Q1 2025":                       "2025-01-01 to 2025-03-31",
		"fourth quarter of 2024":        "2024-10-01 to 2024-12-31",
		"Q4 2024 to now":                "2024-10-01 to now",
		"yesterday":                     "2026-11-28",
	} {
		p, err := r.ReadPeriod(typed)
		if err != nil || p.String() != want {
			t.Errorf("%q: %q, %v; want %q", typed, p, err, want)
		}
		again, err := r.ReadPeriod(p.String()) // what is kept is read again
		if err != nil || again != p {
			t.Errorf("%q is not read as it is written: %q, %v", typed, again, err)
		}
	}
}

// What is none, or has two readings, is refused with what to write.
func TestReadPeriodRefuses(t *testing.T) {
	r := Reader{Today: MustDate("2026-11-29")}
	for typed, says := range map[string]string{
		"FY2024":                       "fiscal years begin on different days",
		"fiscal year 2024":             "fiscal years begin on different days",
		"5/6/2025 to now":              "may be May 6, 2025 or June 5, 2025",
		"2025 to 2024":                 "ends (December 31, 2024) before it begins (January 1, 2025)",
		"soon":                         "is not a period",
		"2025-13":                      "is not a period",
		"last 0 days":                  "is not a period",
		"1 to 2 to 3":                  "is not a period",
		"to now":                       "is not a period",
		"last":                         "is not a period",
		"Feb 30, 2025 to now":          "is not a period",
		"early 2025":                   "is not a period",
		strings.Repeat("2025 to ", 50): "is not a period",
	} {
		if p, err := r.ReadPeriod(typed); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %q, %v", typed, p, err)
		}
	}
	if _, err := (Reader{}).ReadPeriod("last year"); err == nil {
		t.Error("last year, on no day")
	}
}

// Whatever is typed, a period that is read can be written and read again.
func FuzzReadPeriod(f *testing.F) {
	f.Add("Jan 2025 to now")
	f.Add("between 3 May 2024 and the last 30 days")
	f.Add("1000")
	f.Add("last 9999 years")
	f.Fuzz(func(t *testing.T, typed string) {
		r := Reader{Today: MustDate("2026-11-29"), Order: MonthFirst}
		p, err := r.ReadPeriod(typed)
		if err != nil {
			return
		}
		if again, err := r.ReadPeriod(p.String()); err != nil || again != p {
			t.Errorf("%q is %q, which is read as %q: %v", typed, p, again, err)
		}
	})
}
