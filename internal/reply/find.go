package reply

import (
	"slices"
	"strings"

	"foia/internal/lazy"
	"foia/internal/workday"
)

// reader is a message while it is read.
type reader struct {
	message Message
	known   Known
	text    *text
	found   []sign
	date    workday.Date
	dateAt  *Passage

	underFOIA bool // it speaks under the federal law
	daysFirst bool // dates in figures begin with the day
}

// find looks for every sign in every sentence.
func (r *reader) find() {
	r.underFOIA, r.daysFirst = r.federal(), r.dayFirst()
	r.date, r.dateAt = r.letterDate()
	chain(r.text.sentences)
	for i := range r.text.sentences {
		r.found = append(r.found, rules().signsIn(&r.text.sentences[i])...)
	}
}

// chain tells each sentence which stands before it.
func chain(list []sentence) {
	for i := range list {
		if list[i].before = nil; i > 0 && list[i-1].part == list[i].part {
			list[i].before = &list[i-1]
		}
	}
}

// signs are those of some names, in the order of the message.
func (r *reader) signs(names ...string) (out []sign) {
	for _, g := range r.found {
		if slices.Contains(names, g.name) {
			out = append(out, g)
		}
	}
	return out
}

// letterDate is the date in the head of the letter; else the day of the message.
func (r *reader) letterDate() (workday.Date, *Passage) {
	for _, l := range r.text.head {
		if notTheDate.RE().MatchString(l.text) {
			continue
		}
		m := dateAlone.RE().FindStringSubmatch(l.raw)
		if m == nil {
			continue
		}
		if d := dateOf(m[1], workday.Date{}, r.daysFirst); !d.IsZero() {
			return d, &Passage{Words: m[1], Part: l.part, Line: l.number, Scanned: l.scanned}
		}
	}
	for _, l := range r.text.tail[:min(len(r.text.tail), 40)] { // a form has it in a cell
		if m := dateCell.RE().FindStringSubmatch(l.raw); m != nil && r.message.Sent.IsZero() && !notTheDate.RE().MatchString(l.text) {
			if d := dateOf(m[1], workday.Date{}, r.daysFirst); !d.IsZero() {
				return d, &Passage{Words: m[1], Part: l.part, Line: l.number, Scanned: l.scanned}
			}
		}
	}
	return r.message.Sent, nil
}

var (
	dateAlone = lazy.Pattern(`(?i)(?:^|dat(?:e|um)[d:]*\s+|date of (?:this |the )?\w+:\s+|(?:issued|mailed|sent|s` +
		`igned):?(?: on)?\s+|, den |\s\s|` +
		`^[A-Z][a-z]+(?: [A-Z][a-z]+)?(?:, [A-Z.]{2,4})?, |^(?:via|by) (?:e-?mail|mail|fax|electronic mail):?\s|^\()` +
		`\s*(` + datePattern + `)`)
	dateCell = lazy.Pattern(`(?i)(?:\bdate:\s*|\bdated:?\s+|^signed (?:at|in) [\w, .]{3,30} on\s+|/s/\s+|^\s*|\` +
		`s{3,})(` + datePattern + `)\s*$`)
	notTheDate = lazy.Pattern(`(?i)request(?:ed)? (?:dated|of)|your |receiv|appeal|filing|filed|effective|due date|\bto\b.*present|` +
		`subject`)
)

// dayFirst tells whether dates in figures begin with the day: where the law is not American.
func (r *reader) dayFirst() bool { return r.text.once("dayFirst", r.isDayFirst) }

func (r *reader) isDayFirst() bool {
	for _, tld := range []string{".uk", ".eu", ".de", ".ie", ".au"} {
		if strings.HasSuffix(strings.TrimRight(r.message.Sender, ">"), tld) {
			return true
		}
	}
	for _, s := range r.text.sentences {
		if dayFirstLaw.RE().MatchString(s.text) {
			return true
		}
	}
	return false
}

var dayFirstLaw = lazy.Pattern(`(?i)Freedom of Information Act 2000|FOIA? \(Scotland\)|Informationsfreiheitsgesetz|` +
	`\bIFG\b|Council|Regulation \(EC\)|Information Commissioner`)

// day is a date that a sign took.
func (r *reader) day(g sign, name string) workday.Date {
	if g.values[name] == "" {
		return workday.Date{}
	}
	before := r.date
	if before.IsZero() {
		before = r.known.Today
	}
	return dateOf(g.values[name], before, r.daysFirst)
}
