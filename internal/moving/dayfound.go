package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/workday"
)

// within is a day within a text: ISO, in figures, or with the name of a month and a year.
const within = lazy.Pattern(`(?i)\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d\d)|` +
	`(?:` + monthWord + `)\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|` +
	`\d{1,2}(?:st|nd|rd|th)?\.?[ -](?:` + monthWord + `)\.?,?[ -](?:\d{4}|\d\d))\b`)

const monthWord = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|` +
	`nov(?:ember)?|dec(?:ember)?`

// daysIn are the days that stand in a text.
func daysIn(text string) []string { return within.RE().FindAllString(dayInEnglish(text), -1) }

// withoutDays is a text without the days in it.
func withoutDays(text string) string { return within.RE().ReplaceAllString(dayInEnglish(text), " ") }

// unsure are words by which a cell does not say that something happened on the day that it names.
const unsure = lazy.Pattern(`(?i)\b(or|week of|month of|early|late|mid|between|through|due|before|` +
	`after|until|est\.|estimated?|expected?|expects?|promised|around|about|` +
	`approx\w*|circa|ca|maybe|probably|possibly|likely|no later than|deadline|not|no|never|will|should|plan\w*|` +
	`extended to|by (?:` + monthWord + `|\d))\b|[?~]|\d/\d`)

// dayBesideWords reads a cell that has words besides its one day: “3/2/2026 (certified mail)”. It is a reading of prose. A cell
// with several days names none.
func dayBesideWords(cell string, shown func(string) string) cellDay {
	found := daysIn(cell)
	if len(found) == 0 || len(cell) > 200 {
		return cellDay{}
	}
	d := readDay(found[0], shown)
	rest := strings.Replace(dayInEnglish(cell), found[0], " ", 1)
	switch {
	case len(found) > 1 || unsure.RE().MatchString(rest):
		return cellDay{form: vague}
	case d.form == written || d.form == inFigures:
		d.prose = strings.Trim(rest, " .,:;-–—") != "" && !isWeekday(rest)
	}
	return d
}

// weekday is the name of a day of the week.
const weekday = lazy.Pattern(`(?i)^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?$`)

func isWeekday(s string) bool { return weekday.RE().MatchString(strings.Trim(s, " .,")) }

// noDays are days that programs write where there is none: the zero of Excel, of Access, and of Unix.
var noDays = []string{"1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "0001-01-01", "1904-01-01", "1970-01-01", "1969-12-31",
	"1/0/1900", "1/0/00", "1/1/1900", "12/30/1899", "12/31/1969", "1/1/1970", "1/1/0001", "00/00/0000", "0/0/0000", "00:00", "00:00:00"}

// isNoDay tells whether a cell in a column of days says that there is none.
func isNoDay(cell string) bool {
	day, _, _ := strings.Cut(cell, " 00:00")
	return slices.Contains(noDays, day) || isEmpty(cell) || cell == "0"
}

// serials tells whether the cells of a column of days are days as Excel counts them, as text or in a file that says nothing of
// formats: all are whole numbers of this century, and nothing else is there.
func (t *table) serials(index int) bool {
	n := 0
	for i := range t.rows {
		cell := t.rows[i].cells[index]
		switch {
		case t.rows[i].err != nil || isNoDay(cell):
		case serial.RE().MatchString(cell):
			n++
		default:
			return false
		}
	}
	return n > 0
}

// serial is a number of days from 1900 that is a day from 1986 to 2036; a FOIA request before or after is no case of a tracker.
const serial = lazy.Pattern(`^(3[2-9]|4\d)\d{3}(\.\d+)?$`)

// daySerial is the day of Excel's number.
func daySerial(cell string) string {
	whole, _, _ := strings.Cut(entered.Line(cell), ".")
	if !serial.RE().MatchString(whole) {
		return cell
	}
	n := 0
	for _, r := range whole {
		n = n*10 + int(r-'0')
	}
	return workday.MustDate("1899-12-30").AddDays(n).String()
}

// shows is how a number in a column is a day: as the workbook says, or as Excel counts where all of a column is such numbers.
func (t *table) shows(index int) func(string) string {
	if t.counted[index] {
		return daySerial
	}
	return t.day
}

// countedColumns finds the columns whose days are Excel's numbers.
func (t *table) countedColumns() {
	t.counted = make([]bool, len(t.heads))
	if t.reading.Sheet != "" {
		return // a workbook says from when it counts
	}
	for i, head := range t.heads {
		if t.counted[i] = ofDays(heading(head)) && t.serials(i); t.counted[i] {
			t.notes = append(t.notes, fmt.Sprintf("%s: numbers of days were read as Excel counts them from 1900", head))
		}
	}
}

// ofDays tells whether a heading is of days.
func ofDays(head string) bool {
	for i := range columnRules() {
		if r := &columnRules()[i]; r.fits(head, dayCells) {
			return slices.Contains(dayMeans, r.Means)
		}
	}
	return dated.RE().MatchString(head)
}
