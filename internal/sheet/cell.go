package sheet

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// cell writes a cell of the row; nothing, if its value is unknown.
func (b *Book) cell(i int, value any) error {
	switch v := value.(type) {
	case nil:
	case string:
		b.text(i, styleText, v)
	case workday.Date:
		if n, ok := serial(v); ok {
			b.number(i, styleDay, strconv.Itoa(n))
		} else {
			b.text(i, styleText, v.String())
		}
	case time.Time:
		b.moment(i, v.UTC())
	case int:
		b.number(i, styleNumber, strconv.Itoa(v))
	case docket.Cents:
		if v >= mostExact {
			b.text(i, styleText, v.String())
		} else {
			b.number(i, styleMoney, v.String())
		}
	case bool:
		b.putf(`<c r="%s%d" s="%d" t="b"><v>%d</v></c>`, column(i), b.row, styleNumber, map[bool]int{true: 1}[v])
	default:
		return fmt.Errorf("the sheet %s cannot hold a %T", b.list.Name, value)
	}
	return nil
}

// mostExact is from how many cents on Excel, which keeps 15 digits, would round an amount.
const mostExact docket.Cents = 1e15

func (b *Book) number(i int, style styleOf, digits string) {
	b.putf(`<c r="%s%d" s="%d"><v>%s</v></c>`, column(i), b.row, style, digits)
}

// moment writes a time to the second.
func (b *Book) moment(i int, t time.Time) {
	n, ok := serial(workday.DateOf(t))
	if !ok {
		b.text(i, styleText, t.Format(time.DateTime))
		return
	}
	seconds := t.Hour()*3600 + t.Minute()*60 + t.Second()
	b.number(i, styleMoment, strconv.FormatFloat(float64(n)+float64(seconds)/86400, 'f', 10, 64))
}

// text writes a text, which stays one whatever it looks like: it is neither a formula, nor a number
// that would lose its zeros, nor a day.
func (b *Book) text(i int, style styleOf, s string) {
	s = legible(s)
	if short, cut := fitting(s); cut {
		if s = short; len(b.tooBig) < namedCuts {
			b.tooBig = append(b.tooBig, fmt.Sprintf("%s %s%d", b.list.Name, column(i), b.row))
		}
		b.cut++
	}
	if s == "" {
		return
	}
	b.putf(`<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, column(i), b.row, style, escaped(marked(s)))
}

// legible is a text with what a cell can show: lines end as in Excel, and other control characters
// are spaces, as in the CSV.
func legible(s string) string {
	if plain(s) {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r):
			return ' '
		case r == 0xFFFE || r == 0xFFFF: // XML has none of these
			return utf8.RuneError
		}
		return r // what is not UTF-8 comes as U+FFFD
	}, s)
}

// plain tells whether a text has nothing but letters of ASCII: most cells of a long list.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// fitting is as much of a text as a cell holds, with … at its end if it was cut.
func fitting(s string) (short string, cut bool) {
	if len(s) <= mostText {
		return s, false
	}
	units, end := 0, 0
	for i, r := range s {
		if units < mostText {
			end = i
		}
		units++
		if r > math.MaxUint16 {
			units++
		}
	}
	if units <= mostText {
		return s, false
	}
	return s[:end] + "…", true
}

// marked is a text in which an underscore is written as a code where Excel would take it for the
// beginning of one, such as _x000A_ (ECMA-376, part 1, 22.9.2.19).
func marked(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := range len(s) {
		if s[i] == '_' && isCode(s[i:]) {
			out.WriteString("_x005F")
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// isCode tells whether a text begins with the code of a character.
func isCode(s string) bool {
	const digits = "0123456789abcdefABCDEF"
	return len(s) >= len("_x0000_") && s[1] == 'x' && s[6] == '_' && strings.Trim(s[2:6], digits) == ""
}

func escaped(s string) string {
	if !strings.ContainsAny(s, `&<>"`) {
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// serial is the number of a day as Excel counts. Its calendar has a February 29, 1900, so that days
// before March of that year have none that all programs agree on.
func serial(d workday.Date) (n int, ok bool) {
	n = epoch().DaysUntil(d)
	return n, n >= firstAgreed && n <= lastDay
}

func epoch() workday.Date { return workday.DateOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) }

const (
	firstAgreed = 61        // March 1, 1900
	lastDay     = 2_958_465 // December 31, 9999
)

// column is the name of a column, from 0.
func column(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return column(i/26-1) + string(rune('A'+i%26))
}

// heading is the name of a column at its head.
func heading(c export.Column) string {
	if c.Name == "id" {
		return "ID"
	}
	return remedy.Capital(c.Name)
}

// width is how wide a column is shown, in characters.
func width(c export.Column) int {
	least := len(heading(c)) + 3 // and the button of the filter
	switch c.Kind {
	case export.Day:
		least = max(least, 14) // bold, where it is overdue
	case export.Moment:
		least = max(least, 20)
	case export.Money:
		least = max(least, 12)
	case export.Text, export.Number, export.YesNo:
	}
	return max(least, c.Wide)
}
