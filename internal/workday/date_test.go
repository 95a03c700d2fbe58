package workday

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for s, ok := range map[string]bool{
		"2025-05-06": true, "2024-02-29": true, "2000-02-29": true, "1776-07-04": true,
		"2025-02-29": false, "1900-02-29": false, "2025-13-01": false, "2025-00-10": false, "2025-04-31": false,
		"2025-5-6": false, "05/06/2025": false, "2025-05-06T00:00": false, "": false, "2025-05-0x": false, "2824-01-01": false,
		"0001-01-01": false, "２０２５-05-06": false, "2025-05-6 ": false, "-025-05-06": false,
	} {
		d, err := ParseDate(s)
		if (err == nil) != ok || ok && d.String() != s {
			t.Errorf("%q: %v, %v", s, d, err)
		}
	}
}

// The forms in which letters print a day. May 6, 2025 was a Tuesday.
func TestForms(t *testing.T) {
	d := MustDate("2025-05-06")
	if d.Long() != "Tuesday, May 6, 2025" || d.Letter() != "May 6, 2025" || d.Weekday() != time.Tuesday || d.Year() != 2025 {
		t.Errorf("%s, %s, %s", d.Long(), d.Letter(), d.Weekday())
	}
	var zero Date
	if !zero.IsZero() || zero.String() != "" || zero.Long() != "" || zero.Letter() != "" {
		t.Error("the unknown date prints as something")
	}
	b, err := json.Marshal(struct{ D, Z Date }{D: d})
	if err != nil || string(b) != `{"D":"2025-05-06","Z":""}` {
		t.Errorf("%s, %v", b, err)
	}
	var back struct{ D, Z Date }
	if err := json.Unmarshal(b, &back); err != nil || back.D != d || !back.Z.IsZero() {
		t.Errorf("%+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"D":"tomorrow"}`), &back); err == nil {
		t.Error("tomorrow is taken as a date")
	}
}

// Days add up, whatever the month and the year.
func TestArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := MustDate("1990-01-01").AddDays(rapid.IntRange(0, 40_000).Draw(t, "start"))
		n := rapid.IntRange(-5_000, 5_000).Draw(t, "days")
		e := d.AddDays(n)
		if d.DaysUntil(e) != n || e.AddDays(-n) != d || (n > 0) != e.After(d) || (n < 0) != e.Before(d) {
			t.Fatalf("%s + %d = %s", d, n, e)
		}
		if back, err := ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%s reads back as %s, %v", d, back, err)
		}
		if (int(d.Weekday())+n%7+7)%7 != int(e.Weekday()) {
			t.Fatalf("%s is a %s, %s a %s", d, d.Weekday(), e, e.Weekday())
		}
	})
}

// All days that foia knows are counted, also where a time.Duration ends.
func TestDaysUntilFar(t *testing.T) {
	first, last := MustDate("1776-07-04"), MustDate("2200-12-31")
	if n := first.DaysUntil(last); n != 155042 || last.DaysUntil(first) != -n || first.AddDays(n) != last {
		t.Errorf("%d days from %s to %s", n, first, last)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2025-05-06", "2025-02-30", "", "9999-99-99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q reads as %s", s, d)
		}
	})
}
