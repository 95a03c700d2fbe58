package reply

import (
	"strconv"
	"strings"
	"sync"

	"foia/internal/lazy"
	"foia/internal/workday"
)

// spelled are months and numbers in words.
type spelled struct {
	months  map[string]string // their numbers, by names of months
	numbers map[string]int

	notTheEnd map[string]bool // words after which a full stop ends no sentence
}

var inWords = sync.OnceValue(func() spelled { return spelled{monthNumbers(), numberWords(), notTheEnd()} })

func monthNumbers() map[string]string {
	out := map[string]string{}
	for i, names := range []string{"january jan januar jänner", "february feb februar", "march mar märz maerz", "april apr", "may mai",
		"june jun juni", "july jul juli", "august aug", "september sept sep", "october oct oktober okt", "november nov",
		"december dec dezember dez"} {
		for n := range strings.FieldsSeq(names) {
			out[n] = strconv.Itoa(i + 1)
		}
	}
	return out
}

const monthNames = `(?:january|february|march|april|may|june|july|august|september|october|november|december|j` +
	`anuar|jänner|februar|märz|` +
	`maerz|mai|juni|juli|oktober|dezember|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|okt|nov|dec|dez)\.?`

const (
	datePattern = `(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)?(?:` + monthNames + ` [0-3] \d,? (?:19|` +
		`20)\d\d|` + monthNames + ` \d{1,2}(?:st|nd|rd|th)` +
		`?(?:,? (?:19|20)\d\d)?|` +
		`\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?` + monthNames + `(?:,? (?:19|20)\d\d)?|\d{1,2}[/.]\d{1,2}[/.](?:19|20)` +
		`\d\d|\d{1,2}/\d{1,2}/\d\d|\d{1,2}-\d{1,2}-(?:19|20)\d\d|\d{1,2}-(?:` + monthNames + `)-(?:19|20)\d\d|` +
		`(?:19|20)\d\d-\d\d-\d\d)`
	numberWord = `(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|s` +
		`ixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)`
	countPattern = `(?:(?:` + numberWord + `(?:(?: and |[ -])` + numberWord + `)*\s*)?\(\d[\d,]*\)|\d[\d,]*|` + numberWord +
		`(?:(?: and |[ -])` +
		numberWord + `)*)`
	daysPattern  = countPattern + `[ -](?:(?:calendar|business|working|work)[ -]?)?(?:days?|workdays?|weeks?)`
	moneyPattern = `(?:(?:us|can|cad|aud) ?)?[$£€] ?\d[\d,]*(?:\.\d\d)?|\d[\d.,]* ?(?:eur|euro|gbp|cad|dollars)`
)

var dateForms = struct{ named, dayFirst, figures, iso lazy.Pattern }{
	named:    lazy.Pattern(`(?i)(` + monthNames + `) (\d{1,2})(?:st|nd|rd|th)?(?:,? ((?:19|20)\d\d))?`),
	dayFirst: lazy.Pattern(`(?i)(\d{1,2})(?:st|nd|rd|th)?\.?[ -](?:of )?(` + monthNames + `)(?:(?:,? |-)((?:19|20)\d\d))?`),
	figures:  lazy.Pattern(`(\d{1,2})([/.-])(\d{1,2})[/.-]((?:19|20)?\d\d)$`),
	iso:      lazy.Pattern(`((?:19|20)\d\d)-(\d\d)-(\d\d)`),
}

// dateOf reads a date of a letter. Without a year it is the nearest one before the letter; in figures the
// day stands first where the law is not American.
func dateOf(s string, before workday.Date, dayFirst bool) workday.Date {
	year, month, day := "", "", ""
	s = splitDay.RE().ReplaceAllString(strings.ToLower(s), " $1$2")
	switch {
	case dateForms.iso.RE().MatchString(s):
		m := dateForms.iso.RE().FindStringSubmatch(s)
		year, month, day = m[1], m[2], m[3]
	case dateForms.figures.RE().MatchString(s):
		m := dateForms.figures.RE().FindStringSubmatch(s)
		month, day, year = m[1], m[3], m[4]
		if dayFirst || m[2] == "." {
			month, day = day, month
		}
	case dateForms.dayFirst.RE().MatchString(s):
		m := dateForms.dayFirst.RE().FindStringSubmatch(s)
		day, month, year = m[1], inWords().months[strings.TrimSuffix(m[2], ".")], m[3]
	case dateForms.named.RE().MatchString(s):
		m := dateForms.named.RE().FindStringSubmatch(s)
		month, day, year = inWords().months[strings.TrimSuffix(m[1], ".")], m[2], m[3]
	}
	if len(year) == 2 {
		year = "20" + year
	}
	if year != "" {
		return assembled(year, month, day)
	}
	if before.IsZero() {
		return workday.Date{}
	}
	d := assembled(strconv.Itoa(before.Year()), month, day)
	if d.After(before) {
		d = assembled(strconv.Itoa(before.Year()-1), month, day)
	}
	return d
}

// splitDay is a day of which the figures were read from a picture one by one: JUL 0 8 2026.
var splitDay = lazy.Pattern(` ([0-3]) (\d)\b`)

func assembled(year, month, day string) workday.Date {
	pad := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	d, err := workday.ParseDate(year + "-" + pad(month) + "-" + pad(day))
	if err != nil {
		return workday.Date{}
	}
	return d
}

var figure = lazy.Pattern(`\d[\d,]*`)

// countOf reads a number in figures or words; a figure in parentheses goes before the words.
func countOf(s string) (int, bool) {
	if low := strings.TrimSpace(strings.ToLower(s)); low == "thousand" || low == "hundred" { // “several thousand”
		return 0, false
	}
	if f := figure.RE().FindString(s); f != "" {
		n, err := strconv.Atoi(strings.ReplaceAll(f, ",", ""))
		return n, err == nil
	}
	total, now, found := 0, 0, false
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' }) {
		n, ok := inWords().numbers[w]
		if !ok {
			continue
		}
		found = true
		switch {
		case n == 100:
			now = max(now, 1) * 100
		case n == 1000:
			total, now = total+max(now, 1)*1000, 0
		default:
			now += n
		}
	}
	return total + now, found
}

func numberWords() map[string]int {
	out := map[string]int{"hundred": 100, "thousand": 1000}
	for i, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
		"seventeen eighteen nineteen") {
		out[w] = i + 1
	}
	for i, w := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		out[w] = (i + 2) * 10
	}
	return out
}

// span is a number of days as a letter gives it.
type span struct {
	days    int
	working bool
}

func spanOf(s string) (span, bool) {
	n, ok := countOf(s)
	low := strings.ToLower(s)
	if strings.Contains(low, "week") {
		n *= 7
	}
	return span{n, strings.Contains(low, "business") || strings.Contains(low, "work")}, ok && n > 0
}

// moneyOf is an amount as the log has it: in another currency than dollars with its name.
func moneyOf(s string) string {
	low := strings.ToLower(s)
	f := moneyFigure.RE().FindString(low)
	if f == "" {
		return ""
	}
	currency := ""
	switch {
	case strings.ContainsAny(low, "€") || strings.Contains(low, "eur"):
		currency = " EUR"
		if i := strings.LastIndexByte(f, ','); i >= 0 && len(f)-i == 3 { // 235,00 as in German
			f = strings.ReplaceAll(f[:i], ".", "") + "." + f[i+1:]
		}
	case strings.ContainsAny(low, "£") || strings.Contains(low, "gbp"):
		currency = " GBP"
	case strings.Contains(low, "cad"):
		currency = " CAD"
	}
	f = strings.TrimRight(strings.ReplaceAll(f, ",", ""), ".")
	if !strings.Contains(f, ".") {
		f += ".00"
	}
	return f + currency
}

var moneyFigure = lazy.Pattern(`\d[\d.,]*`)
