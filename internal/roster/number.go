package roster

import (
	"math"
	"strconv"
	"strings"
	"time"

	"foia/internal/lazy"
)

// kind is how a number format shows a number, as far as that matters to a list.
type kind byte

const (
	plain  kind = iota
	date        // a day, perhaps with a time
	digits      // zeros in front or signs between, as ZIP Codes and phone numbers have
)

// format is a number format of a workbook.
type format struct {
	kind  kind
	parts []digitsPart // of digits
}

// digitsPart is a part of a number format of digits, such as 00000 or
// [<=99999]00000.
type digitsPart struct {
	holds   func(n int64) bool
	pattern string // 0, #, ? and the signs between
}

// builtIn are the number formats that a file does not spell out. ECMA-376 Part 1,
// 18.8.30 (numFmt) lists 14 to 22 and 45 to 47, and as those of East Asian languages
// 27 to 36 and 50 to 58, all of which show dates or times; 46 shows a duration. Of the
// Thai ones, 71 to 78, 80 and 81 do.
func builtIn(id int) format {
	switch {
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id == 45, id == 47, id >= 50 && id <= 58, id >= 71 && id <= 78, id == 80, id == 81:
		return format{kind: date}
	}
	return format{}
}

// isBuiltIn tells whether a number means the same format in every file, whatever the
// file says of it: the numbers of ECMA-376 Part 1, 18.8.30.
func isBuiltIn(id int) bool {
	return id >= 0 && id <= 4 || id >= 9 && id <= 22 || id >= 27 && id <= 62 || id >= 67 && id <= 81
}

// readFormat reads the code of a number format. Its parts are separated by
// semicolons, the first is for positive numbers.
func readFormat(code string) format {
	parts := sections(code)
	switch shown, elapsed := bare(parts[0]); {
	case elapsed: // [h]:mm is a duration
		return format{}
	case strings.EqualFold(strings.TrimSpace(shown), "general"):
		return format{}
	case strings.ContainsAny(strings.ToLower(shown), "ymdhs"):
		return format{kind: date}
	}
	f := format{kind: digits}
	for _, p := range parts {
		part, ok := readDigits(p)
		if !ok {
			return format{}
		}
		if f.parts = append(f.parts, part); part.holds == nil {
			break // what follows is for negative numbers and text
		}
	}
	return f
}

// sections are the parts of a number format.
func sections(code string) []string {
	var out []string
	begin, quoted := 0, false
	for i := 0; i < len(code); i++ {
		switch {
		case code[i] == '"':
			quoted = !quoted
		case code[i] == '\\' && !quoted:
			i++
		case code[i] == ';' && !quoted:
			out, begin = append(out, code[begin:i]), i+1
		}
	}
	return append(out, code[begin:])
}

// bare is a part of a number format without what is printed as it is, and without
// colors, languages and conditions; elapsed, if it shows hours beyond 24.
func bare(part string) (shown string, elapsed bool) {
	var b strings.Builder
	for i := 0; i < len(part); i++ {
		switch part[i] {
		case '"':
			if end := strings.IndexByte(part[i+1:], '"'); end >= 0 {
				i += end + 1
			} else {
				i = len(part)
			}
		case '\\', '_', '*': // the next character is a sign, or as wide as one
			i++
		case '[':
			end := strings.IndexByte(part[i:], ']')
			if end < 0 {
				return b.String(), elapsed
			}
			inside := strings.ToLower(part[i+1 : i+end])
			elapsed = elapsed || inside != "" && strings.Trim(inside, "hms") == ""
			i += end
		default:
			b.WriteByte(part[i])
		}
	}
	return b.String(), elapsed
}

// readDigits reads a part that shows whole numbers by their digits, with at least
// two zeros in front or signs between them. Others (amounts, decimals, fractions)
// leave the number as it is.
func readDigits(part string) (digitsPart, bool) {
	d := digitsPart{}
	if condition, rest, ok := strings.Cut(part, "]"); ok && strings.HasPrefix(condition, "[") {
		limit, isLimit := condition[1:], false
		for _, op := range []string{"<=", ">=", "<>", "<", ">", "="} {
			if text, found := strings.CutPrefix(limit, op); found {
				n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
				if err != nil {
					return d, false
				}
				d.holds, isLimit = compare(op, n), true
				break
			}
		}
		if isLimit {
			part = rest
		}
	}
	var b strings.Builder
	zeros, signs, quoted := 0, 0, false
	for i := 0; i < len(part); i++ {
		c := part[i]
		escaped := false
		switch {
		case c == '"':
			quoted = !quoted
			continue
		case c == '\\' && !quoted && i+1 < len(part):
			i++
			c, escaped = part[i], true
		case c == '[' && !quoted:
			end := strings.IndexByte(part[i:], ']')
			if end < 0 {
				return d, false
			}
			i += end
			continue
		case (c == '_' || c == '*') && !quoted:
			i++
			continue
		}
		switch {
		case !quoted && !escaped && (c == '0' || c == '#' || c == '?'):
			if c == '0' {
				zeros++
			}
		case strings.IndexByte("-()+ ", c) >= 0:
			signs++
		default:
			return d, false
		}
		b.WriteByte(c)
	}
	d.pattern = b.String()
	inside := strings.Trim(d.pattern, "-+ ")
	return d, zeros > 1 || signs > 0 && strings.ContainsAny(inside, "-() ")
}

func compare(op string, limit int64) func(int64) bool {
	switch op {
	case "<=":
		return func(n int64) bool { return n <= limit }
	case ">=":
		return func(n int64) bool { return n >= limit }
	case "<":
		return func(n int64) bool { return n < limit }
	case ">":
		return func(n int64) bool { return n > limit }
	case "=":
		return func(n int64) bool { return n == limit }
	}
	return func(n int64) bool { return n != limit }
}

// show is a number as a list means it: a day as 2025-05-06, a ZIP Code with its
// zeros, all else as the number, however it is rounded on the screen.
func (f format) show(raw string, from1904 bool) string {
	if f.kind == plain && len(raw) <= 15 && strings.Trim(raw, "0123456789") == "" {
		return raw // a short whole number
	}
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return raw
	}
	switch f.kind {
	case date:
		if day, ok := dayOf(v, from1904); ok {
			return day
		}
	case digits:
		if v >= 0 && v < 1e15 && v == math.Trunc(v) {
			for _, p := range f.parts {
				if p.holds == nil || p.holds(int64(v)) {
					return p.fill(int64(v))
				}
			}
		}
	}
	return number(v, raw)
}

// number writes a number with the 15 digits that a spreadsheet shows at most: files
// hold 1.1 as 1.1000000000000001.
func number(v float64, raw string) string {
	if math.Abs(v) >= 1e15 || v != 0 && math.Abs(v) < 1e-9 {
		return raw
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// fill sets the digits of a number into the pattern, from the right.
func (p digitsPart) fill(n int64) string {
	left := strconv.FormatInt(n, 10)
	places := strings.Count(p.pattern, "0") + strings.Count(p.pattern, "#") + strings.Count(p.pattern, "?")
	out := make([]byte, 0, len(p.pattern)+len(left))
	for i := len(p.pattern) - 1; i >= 0; i-- {
		switch c := p.pattern[i]; c {
		case '0', '#', '?':
			places--
			switch {
			case left != "":
				out, left = append(out, left[len(left)-1]), left[:len(left)-1]
			case c == '0':
				out = append(out, '0')
			}
			if places == 0 { // what is left over goes before the first place
				for ; left != ""; left = left[:len(left)-1] {
					out = append(out, left[len(left)-1])
				}
			}
		default:
			out = append(out, c)
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return strings.TrimSpace(string(out))
}

// excelDay matches the number of a day from 1927 to 2173. Nobody writes a date in five
// digits.
const excelDay = lazy.Pattern(`^[1-9]\d{4}(\.\d{1,17})?$`)

// Day is a cell that ought to hold a day, of which the file does not say that it is one:
// as a day, if it is a number in an Excel file, else as it is.
func (r *Roster) Day(cell string) string {
	sheet, excel := r.rows.(*sheetSource)
	if !excel || !excelDay.RE().MatchString(cell) {
		return cell
	}
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return cell
	}
	if day, ok := dayOf(math.Floor(v), sheet.book.from1904); ok {
		return day
	}
	return cell
}

// lastDay is December 31, 9999, in days since 1900: the last that Excel has.
const lastDay = 2958465

// dayOf is the day that a number means, and the time if it has one. ECMA-376 Part 1,
// 18.17.4.1: days are counted from 1900, whose day 60 is February 29, which was not,
// or from January 1, 1904, as Excel for the Macintosh used to.
func dayOf(v float64, from1904 bool) (string, bool) {
	if v < 0 || v > lastDay+1 {
		return "", false
	}
	if !from1904 && math.Floor(v) == 60 {
		return "1900-02-29", true // refused wherever a day is expected
	}
	days := math.Floor(v)
	t := firstDay(days, from1904).AddDate(0, 0, int(days)).Add(time.Duration(math.Round((v-days)*86400)) * time.Second)
	switch text := t.Format(time.TimeOnly); {
	case v < 1 && !from1904:
		return text, true
	case text == "00:00:00":
		return t.Format(time.DateOnly), true
	}
	return strings.TrimSuffix(t.Format(time.DateTime), ":00"), true
}

// firstDay is day 0 of the days that numbers mean.
func firstDay(days float64, from1904 bool) time.Time {
	switch {
	case from1904:
		return time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60:
		return time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC) // day 60 was none
}
