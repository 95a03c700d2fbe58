package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/entered"
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
	isParent        Means = "parent"
	isCourt         Means = "court"
	isDocket        Means = "docket"

	onSent          Means = "sent"
	onReceived      Means = "received"
	onAcknowledged  Means = "acknowledged"
	onExtended      Means = "extended"
	untilExtended   Means = "extended-until"
	onReceivedWhat  Means = "received-what"
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
var dayMeans = []Means{onSent, onReceived, onAcknowledged, onExtended, untilExtended, onFeeNotice, onFeePaid, onDetermination, onRecords,
	onDenied, onClosed, onWithdrawn, onAppealed, onAppealDecided, onSuit, onReminded, onStatus, isDay, onReceivedWhat}

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

// ofNumbers is a heading of numbers that only look like days or check marks.
const ofNumbers = lazy.Pattern(`\b(number|num|no|id|code|ref|reference)$`)

// sampled is how many cells are looked at to see what a column holds.
const sampled = 2000

// longestVague is how long a cell is that tells of a time without a day, such as “early spring 2026”, and is no text.
const longestVague = 20

// cellsOf looks at the cells of a column.
func (t *table) cellsOf(index int) (c cells, samples []string) {
	days, prose, flags, filled, zero := 0, 0, 0, 0, 0
	seen := map[string]bool{}
	for i := range t.rows {
		if t.rows[i].err != nil {
			continue
		}
		cell := t.rows[i].cells[index]
		if cell == "" || strings.EqualFold(cell, t.heads[index]) { // the headings once more
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
		switch d := readDay(cell, t.shows(index)); {
		case cell == "0" || isEmpty(cell):
			zero++
		case d.prose:
			if strings.HasPrefix(entered.Line(dayInEnglish(cell)), daysIn(cell)[0]) {
				prose++ // “3/2/2026 (certified mail)”; where words come first, it is a text
			}
		case d.form != noDay && d.form != wrong && (d.form != vague || len(cell) <= longestVague):
			days++
		case isFlag:
			flags++
		}
	}
	switch {
	case filled == 0:
		return noCells, nil
	case ofNumbers.RE().MatchString(heading(t.heads[index])):
		return textCells, samples // 20260105 is no day there, and 1 no check mark
	case days+prose > 0 && ((days+prose+zero)*10 >= filled*6 || days > 0 && dated.RE().MatchString(heading(t.heads[index]))):
		return dayCells, samples
	case flags > 0 && flags+zero == filled, zero == filled:
		return flagCells, samples
	case flags > 0 && days > 0 && flags+zero+days+prose == filled: // yes, where nobody knows the day
		return dayCells, samples
	}
	return textCells, samples
}

// columns finds out what the columns mean.
func (t *table) columns(answers Answers, laws Laws) []Column {
	out := make([]Column, len(t.heads))
	heads := make([]string, len(t.heads))
	for i, head := range t.heads {
		heads[i] = heading(head)
	}
	for i, head := range t.heads {
		if head == "" {
			head = fmt.Sprintf("column %d", i+1)
		}
		c := Column{Name: head, Means: isUnknown, Says: "not understood: kept as a note", index: i, words: heads[i]}
		c.cells, c.Samples = t.cellsOf(i)
		for j := range columnRules() {
			if r := &columnRules()[j]; r.fits(c.words, c.cells) && (r.beside == nil || slices.ContainsFunc(heads, r.beside.MatchString)) {
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
	t.idsBeside(out)
	t.unlink(out)
	t.numbersOnly(out)
	beside(out)
	t.oneOf(out, isSubject, isDetail, "what was asked for")
	t.longest(out)
	t.oneOf(out, isAgency, isNote, "kept as a note: another column is the agency")
	t.oneOf(out, isStatus, isStatus, "")
	t.numbers(out)
	t.byCells(out)
	t.oneProject(out)
	t.placed(out, laws)
	received(out)
	afterAppeal(out)
	t.sameTwice(out)
	t.moneyStyle(out)
	return out
}

// saysOf is what a meaning is in words.
func saysOf(m Means) string {
	switch m { // several rules give these, or none
	case isNote:
		return "kept as a note"
	case isDetail:
		return "what was asked for, in full"
	case isProse:
		return "what happened, in words: they become events once confirmed"
	case onReceivedWhat:
		return "the answer came, or the records"
	}
	for i := range columnRules() {
		if columnRules()[i].Means == m {
			return columnRules()[i].Says
		}
	}
	return string(m)
}

// meanings are what a mapping may say of a column.
var meanings = []Means{isSubject, isDetail, isAgency, isState, isLevel, isLaw, isOwner, isPerson, isTags, isStatus, isAppealOutcome,
	isReason,
	isNote, isKey, isTracking, isURL, isBy, isFeeNotice, isFeeCharged, isFeePaid, isFeeMethod, isCost, isFeeWaiver, isExpedited, isDeleted,
	isPrivate, isContact, isIgnored, isDue, isProse, isPages, isWithheld, isParent, isCourt, isDocket}

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
