package roster

import (
	"testing"
)

// Numbers as a list means them, by the format of their cell. The formats are those of
// ECMA-376 Part 1, 18.8.30 and 18.8.31, and those that programs offer for ZIP Codes,
// phone numbers and dates; 45783 is May 6, 2025, and 44321 that day counted from 1904.
func TestFormats(t *testing.T) {
	for _, c := range []struct {
		code, raw string
		from1904  bool
		want      string
	}{
		// Days.
		{"yyyy-mm-dd", "45783", false, "2025-05-06"},
		{"yyyy-mm-dd", "44321", true, "2025-05-06"},
		{"mm-dd-yy", "45783", false, "2025-05-06"},
		{"m/d/yy h:mm", "45783.6041666667", false, "2025-05-06 14:30"},
		{"m/d/yy h:mm", "45783.60417824074", false, "2025-05-06 14:30:01"},
		{`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, "45783", false, "2025-05-06"},
		{"[$-409]d-mmm-yy;@", "45783", false, "2025-05-06"},
		{`dd\.mm\.yyyy`, "45783", false, "2025-05-06"},
		{`yyyy"年"m"月"d"日"`, "45783", false, "2025-05-06"},
		{"[Red]d/m/yyyy", "45783", false, "2025-05-06"},
		{"DD/MM/YYYY", "45783", false, "2025-05-06"},
		{"mmm-yy", "45783", false, "2025-05-06"},
		{"yyyy-mm-dd", "45783.9999999", false, "2025-05-07"}, // less than a second before midnight
		{"yyyy-mm-dd", "1", false, "1900-01-01"},
		{"yyyy-mm-dd", "59", false, "1900-02-28"},
		{"yyyy-mm-dd", "60", false, "1900-02-29"}, // there was none: refused wherever a day is expected
		{"yyyy-mm-dd", "61", false, "1900-03-01"},
		{"yyyy-mm-dd", "0", true, "1904-01-01"},
		{"yyyy-mm-dd", "60", true, "1904-03-01"},
		{"yyyy-mm-dd", "2958465", false, "9999-12-31"},
		{"yyyy-mm-dd", "2958467", false, "2958467"}, // Excel shows ####
		{"yyyy-mm-dd", "-1", false, "-1"},
		{"h:mm", "0.5", false, "12:00:00"},
		{"[h]:mm", "1.5", false, "1.5"}, // a duration
		{"[mm]:ss", "1.5", false, "1.5"},
		{"yyyy-mm-dd", "1e999", false, "1e999"},
		{"yyyy-mm-dd", "no number", false, "no number"},

		// ZIP Codes and the like.
		{"00000", "2139", false, "02139"},
		{"00000", "12345678", false, "12345678"},
		{`00000\-0000`, "21394307", false, "02139-4307"},
		{"00000-0000", "895015005", false, "89501-5005"},
		{`[<=99999]00000;00000\-0000`, "2139", false, "02139"},
		{`[<=99999]00000;00000\-0000`, "895015005", false, "89501-5005"},
		{`[<=9999999]###\-####;\(###\)\ ###\-####`, "7755550100", false, "(775) 555-0100"},
		{`000\-00\-0000`, "1234567", false, "001-23-4567"},
		{"00000", "2139.5", false, "2139.5"},
		{"00000", "-5", false, "-5"},
		{"00000;[Red]-00000", "907", false, "00907"},

		// All else is the number.
		{"General", "89501", false, "89501"},
		{"0", "89501", false, "89501"},
		{"#,##0.00", "1234.5", false, "1234.5"},
		{`"$"#,##0`, "1234", false, "1234"},
		{"0%", "0.5", false, "0.5"},
		{"0.00E+00", "123456", false, "123456"},
		{"# ?/?", "0.5", false, "0.5"},
		{"@", "2139", false, "2139"},
		{"General", "0.30000000000000004", false, "0.3"},
		{"General", "1.2345678E7", false, "12345678"},
		{"General", "", false, ""},
		{`"day "0`, "5", false, "5"},
		{"[", "5", false, "5"},
		{`"`, "5", false, "5"},
	} {
		if got := readFormat(c.code).show(c.raw, c.from1904); got != c.want {
			t.Errorf("%s in the format %s: %s, not %s", c.raw, c.code, got, c.want)
		}
	}
}

// The number formats that a file does not spell out show days, times or numbers.
func TestBuiltIn(t *testing.T) {
	days := map[int]bool{45: true, 47: true, 80: true, 81: true}
	for _, r := range [][2]int{{14, 22}, {27, 36}, {50, 58}, {71, 78}} {
		for id := r[0]; id <= r[1]; id++ {
			days[id] = true
		}
	}
	for id := range 100 {
		if got := builtIn(id).kind == date; got != days[id] {
			t.Errorf("%d: %v", id, got)
		}
	}
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		lines []int
		want  string
	}{
		{[]int{3}, "line 3"}, {[]int{3, 3}, "line 3"}, {[]int{3, 4}, "lines 3, 4"}, {[]int{3, 7, 8, 9, 12}, "lines 3, 7-9, 12"},
		{[]int{2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44},
			"lines 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40 and 2 more"},
	} {
		var l Lines
		for _, n := range c.lines {
			l.Add(n)
		}
		if got := l.String(); got != c.want {
			t.Errorf("%v: %s", c.lines, got)
		}
	}
}
