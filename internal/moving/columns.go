package moving

import (
	"slices"
	"strings"

	"foia/internal/lazy"
)

// Means is what a column means.
type Means string

// What columns mean. Those that are a kind of event are days, or check marks, on which that happened.
const (
	isSubject       Means = "subject"
	isDetail        Means = "detail"
	isAgency        Means = "agency"
	isAgencyID      Means = "agency-id"
	isState         Means = "state"
	isLevel         Means = "level"
	isLaw           Means = "law"
	isOwner         Means = "owner"
	isPerson        Means = "person"
	isTags          Means = "tags"
	isStatus        Means = "status"
	isAppealOutcome Means = "appeal-outcome"
	isReason        Means = "reason"
	isNote          Means = "note"
	isKey           Means = "key"
	isTracking      Means = "tracking"
	isURL           Means = "url"
	isBy            Means = "by"
	isFeeNotice     Means = "fee-notice"
	isFeeCharged    Means = "fee-charged"
	isFeePaid       Means = "fee-paid"
	isFeeMethod     Means = "fee-method"
	isCost          Means = "cost"
	isFeeWaiver     Means = "fee-waiver"
	isExpedited     Means = "expedited"
	isDeleted       Means = "deleted"
	isPrivate       Means = "private"
	isContact       Means = "contact"
	isIgnored       Means = "ignored"
	isDue           Means = "due"
	isDay           Means = "day"
	isProse         Means = "prose"
	isUnknown       Means = "unknown"
	isZIP           Means = "zip"
	isJurisdiction  Means = "jurisdiction"
	isPages         Means = "pages"
	isWithheld      Means = "withheld"

	onSent          Means = "sent"
	onReceived      Means = "received"
	onAcknowledged  Means = "acknowledged"
	onExtended      Means = "extended"
	onFeeNotice     Means = "fee-notice-day"
	onFeePaid       Means = "fee-paid-day"
	onDetermination Means = "determination"
	onRecords       Means = "records"
	onDenied        Means = "denied"
	onClosed        Means = "closed"
	onStatus        Means = "status-day"
	onWithdrawn     Means = "withdrawn"
	onAppealed      Means = "appealed"
	onAppealDecided Means = "appeal-decided"
	onSuit          Means = "suit-filed"
	onReminded      Means = "reminded"
)

// dayMeans are the columns of days.
var dayMeans = []Means{onSent, onReceived, onAcknowledged, onExtended, onFeeNotice, onFeePaid, onDetermination, onRecords, onDenied,
	onClosed,
	onWithdrawn, onAppealed, onAppealDecided, onSuit, onReminded, onStatus, isDay}

// cells are what the cells of a column are.
type cells int

const (
	textCells cells = iota
	dayCells
	flagCells
	noCells  // all are empty
	anyCells // not looked at
)

// fits tells whether a rule is about a heading with such cells.
func (r *columnRule) fits(head string, c cells) bool {
	if !r.name.MatchString(head) || r.unless != nil && r.unless.MatchString(head) {
		return false
	}
	if c == anyCells || r.Cells == "any" {
		return true
	}
	kinds := strings.Split(r.Cells, ",")
	switch c {
	case dayCells:
		return slices.Contains(kinds, "day")
	case flagCells:
		return slices.Contains(kinds, "flag") || slices.Contains(kinds, "text")
	case noCells:
		return slices.Contains(kinds, "none") || slices.Contains(kinds, "text") || strings.Contains(head, "date")
	}
	return slices.Contains(kinds, "text")
}

// dated is a heading that says that its cells are days.
const dated = lazy.Pattern(`\b(dates?|day|when|on)\b`)

// sampled is how many cells are looked at to see what a column holds.
const sampled = 2000

// cellsOf looks at the cells of a column.
func (t *table) cellsOf(index int) (c cells, samples []string) {
	days, flags, filled, zero := 0, 0, 0, 0
	seen := map[string]bool{}
	for i := range t.rows {
		if t.rows[i].err != nil {
			continue
		}
		cell := t.rows[i].cells[index]
		if cell == "" {
			continue
		}
		if len(samples) < 3 && !seen[cell] {
			seen[cell] = true
			samples = append(samples, cell)
		}
		if filled++; filled > sampled {
			break
		}
		_, isFlag := checkMark(cell)
		switch d := readDay(cell, t.day); {
		case cell == "0" || isEmpty(cell):
			zero++
		case d.form != noDay && d.form != wrong:
			days++
		case isFlag:
			flags++
		}
	}
	switch {
	case filled == 0:
		return noCells, nil
	case days > 0 && ((days+zero)*10 >= filled*6 || dated.RE().MatchString(words(t.heads[index]))):
		return dayCells, samples
	case flags > 0 && flags+zero == filled, zero == filled:
		return flagCells, samples
	}
	return textCells, samples
}

// columns finds out what the columns mean.
func (t *table) columns(answers Answers) []Column {
	out := make([]Column, len(t.heads))
	for i, head := range t.heads {
		c := Column{Name: head, Means: isUnknown, Says: "not understood: kept as a note", index: i, words: words(head)}
		c.cells, c.Samples = t.cellsOf(i)
		for j := range columnRules() {
			if r := &columnRules()[j]; r.fits(c.words, c.cells) {
				c.Means, c.Says, c.rank = r.Means, r.Says, r.Rank
				break
			}
		}
		if c.Means == isUnknown && c.words == "" && len(c.Samples) == 0 {
			c.Means, c.Says = isIgnored, "empty"
		}
		if m, ok := answers.Columns[head]; ok {
			c.Means, c.Says, c.rank = m, saysOf(m), -1
		}
		out[i] = c
	}
	t.oneOf(out, isSubject, isDetail, "what was asked for")
	t.longest(out)
	t.oneOf(out, isAgency, isNote, "kept as a note: another column is the agency")
	t.oneOf(out, isStatus, isStatus, "")
	t.numbers(out)
	afterAppeal(out)
	t.sameTwice(out)
	return out
}

// saysOf is what a meaning is in words.
func saysOf(m Means) string {
	for i := range columnRules() {
		if columnRules()[i].Means == m {
			return columnRules()[i].Says
		}
	}
	return string(m)
}

// oneOf keeps the best of several columns that a request has once, and makes others into something else.
func (t *table) oneOf(columns []Column, m, other Means, says string) {
	best := -1
	for i := range columns {
		if columns[i].Means == m && columns[i].cells != noCells && (best < 0 || columns[i].rank < columns[best].rank) {
			best = i
		}
	}
	for i := range columns {
		if columns[i].Means == m && i != best && best >= 0 && other != m {
			columns[i].Means, columns[i].Says = other, says
		}
	}
}

// longest takes the column with the longest texts of those that are not understood for the subject, if no other is.
func (t *table) longest(columns []Column) {
	best, most := -1, 0
	for i := range columns {
		if columns[i].Means == isSubject {
			return
		}
		if columns[i].Means != isUnknown || columns[i].cells != textCells {
			continue
		}
		length := 0
		for _, one := range t.rows[:min(len(t.rows), sampled)] {
			length += len(one.cells[i])
		}
		if length > most {
			best, most = i, length
		}
	}
	if best >= 0 && most > 8*min(len(t.rows), sampled) {
		columns[best].Means = isSubject
		columns[best].Says = "the subject: of the columns that are not understood, the one with the longest texts"
	}
}

// numbers tells the agency's numbers from the tracker's own by their cells: plain numbers are the tracker's, unless the
// heading says whose they are.
func (t *table) numbers(columns []Column) {
	tracking := slices.ContainsFunc(columns, func(c Column) bool { return c.Means == isTracking })
	for i := range columns {
		c := &columns[i]
		if c.Means != isKey || c.rank < 0 || tracking || c.cells == noCells {
			continue
		}
		plain, filled := 0, 0
		for j := range t.rows {
			cell := t.rows[j].cells[c.index]
			if isEmpty(cell) {
				continue
			}
			filled++
			if strings.Trim(cell, "0123456789/., ") == "" {
				plain++
			}
		}
		if filled > 0 && plain*2 < filled && (strings.Contains(c.words, "request") || strings.Contains(c.words, "foia") ||
			strings.Contains(c.words, "record") || strings.Contains(c.words, "number")) {
			c.Means, c.Says = isTracking, "the agency's tracking number"
		}
	}
}

// afterAppeal takes the answer for the decision of the appeal where its column comes after that of the appeal and another is
// the answer to the request (“final determination” in Pennsylvania).
func afterAppeal(columns []Column) {
	appeal, answers := -1, 0
	for i := range columns {
		switch columns[i].Means {
		case onAppealed:
			appeal = i
		case onDetermination:
			if answers++; appeal >= 0 && answers > 1 {
				columns[i].Means, columns[i].Says = onAppealDecided, "the appeal was decided"
			}
		}
	}
}

// sameTwice keeps of two columns of days with one meaning the first; the others are notes.
func (t *table) sameTwice(columns []Column) {
	seen := map[Means]bool{}
	for i := range columns {
		c := &columns[i]
		if !slices.Contains(dayMeans, c.Means) || c.cells == noCells {
			continue
		}
		if seen[c.Means] && c.Means != onDetermination && c.Means != onAcknowledged {
			c.Means, c.Says = isNote, "kept as a note: another column has that day"
		}
		seen[c.Means] = true
	}
}

// find is the first column of a meaning; nil: there is none.
func find(columns []Column, m Means) *Column {
	i := slices.IndexFunc(columns, func(c Column) bool { return c.Means == m })
	if i < 0 {
		return nil
	}
	return &columns[i]
}

// meanings are what a mapping may say of a column.
var meanings = []Means{isSubject, isDetail, isAgency, isState, isLevel, isLaw, isOwner, isPerson, isTags, isStatus, isAppealOutcome,
	isReason,
	isNote, isKey, isTracking, isURL, isBy, isFeeNotice, isFeeCharged, isFeePaid, isFeeMethod, isCost, isFeeWaiver, isExpedited, isDeleted,
	isPrivate, isContact, isIgnored, isDue, isProse, isPages, isWithheld}

// Meanings are the names of what a column can mean.
func Meanings() []string {
	var out []string
	for _, m := range append(slices.Clone(meanings), dayMeans...) {
		out = append(out, string(m))
	}
	return out
}

// IsMeaning tells whether a name is one of Meanings.
func IsMeaning(name string) bool { return slices.Contains(Meanings(), name) }
