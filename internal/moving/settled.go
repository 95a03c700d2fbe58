package moving

import (
	"slices"
	"strings"

	"foia/internal/entered"
)

// NotUnderstood is what a column means that no rule knows.
const NotUnderstood = isUnknown

// Says is what a meaning is in words.
func Says(m Means) string { return saysOf(m) }

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
	}
	for i := range columns { // what Notion and Trello call the title
		if c := &columns[i]; c.words == "name" && c.Means == isPerson && c.rank == 0 && c.cells == textCells {
			c.Means, c.Says = isSubject, "the subject: no other column has it"
			return
		}
	}
	for i := range columns {
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
		ofAgency := c.Means == isAgencyID && strings.HasSuffix(c.words, "number") && find(columns, isAgency) != nil // Agency #
		if c.Means != isKey && !ofAgency || c.rank < 0 || tracking || c.cells == noCells {
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
		if filled > 0 && plain*2 < filled && (strings.Contains(c.words, "req") || strings.Contains(c.words, "foia") ||
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

// oneProject finds the column that has the same project in every row: it is the list that was exported, which tells no two
// requests apart. MuckRock exports requests of several.
func (t *table) oneProject(columns []Column) {
	if isMuckRock(t.heads) {
		return
	}
	for i := range columns {
		c := &columns[i]
		if c.Means != isTags || c.rank < 0 || c.words != "project" && c.words != "projects" {
			continue
		}
		names := map[string]int{}
		filled := 0
		for _, one := range t.rows {
			if cell := one.cells[i]; one.err == nil && !isEmpty(cell) {
				names[cell]++
				filled++
			}
		}
		if len(names) == 1 && filled > 1 && filled*10 >= len(t.rows)*9 {
			c.Means, c.Says = isIgnored, "the same in every row: the list itself, no tag"
		}
	}
}

// sameTwice keeps of two columns of days with one meaning the first; the others are notes.
func (t *table) sameTwice(columns []Column) {
	seen := map[Means]bool{}
	for i := range columns {
		c := &columns[i]
		if !slices.Contains(dayMeans, c.Means) || c.cells == noCells || c.cells == flagCells { // a check mark adds to a day
			continue
		}
		if seen[c.Means] && c.Means != onDetermination && c.Means != onAcknowledged {
			c.Means, c.Says = isNote, "kept as a note: another column has that day"
		}
		seen[c.Means] = true
	}
}

// beside finds the columns of days that say no more, next to a status: they are its days.
func beside(columns []Column) {
	for i := 1; i < len(columns); i++ {
		c := &columns[i]
		sent := slices.ContainsFunc(columns[:i], func(x Column) bool { return x.Means == onSent || x.Means == isDay })
		if c.Means == isDay && columns[i-1].Means == isStatus && sent {
			c.Means, c.Says = onStatus, saysOf(onStatus)
		}
	}
}

// numbersOnly finds columns that would be the subject and hold numbers only: how many records came.
func (t *table) numbersOnly(columns []Column) {
	for i := range columns {
		if c := &columns[i]; (c.Means == isSubject || c.Means == isDetail) && t.every(c.index, isNumber) {
			c.Means, c.Says = isUnknown, "numbers: kept as a note"
		}
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

// received tells what came on a day that a tracker calls received: the answer, or, where another column has the answer, the
// records.
func received(columns []Column) {
	is := func(m Means) bool {
		return slices.ContainsFunc(columns, func(c Column) bool { return c.Means == m && c.cells != noCells })
	}
	other := is(onDetermination)
	atAgency := find(columns, onSent) == nil && !is(isDay) && !is(onReceived) && (is(onClosed) || other)
	for i := range columns {
		c := &columns[i]
		switch {
		case c.Means == onReceivedWhat && atAgency && c.cells == dayCells: // an agency's own list
			c.Means, c.Says = onReceived, "the agency received the request: no column has the day it was sent"
		case c.Means == onReceivedWhat && (other || c.cells == flagCells):
			c.Means, c.Says = onRecords, "the records came"
		case c.Means == onReceivedWhat:
			c.Means = onDetermination
		}
	}
}

// byCells finds what a column is whose heading tells nothing by what all of its cells are: ways of sending, levels of
// government, states.
func (t *table) byCells(columns []Column) {
	for i := range columns {
		c := &columns[i]
		if c.Means == isPerson && strings.HasSuffix(c.words, "by") && t.every(c.index, cellKinds()[0].is) {
			c.Means, c.Says = isBy, saysOf(isBy)
		}
		if c.Means != isUnknown || c.cells != textCells {
			continue
		}
		for _, kind := range cellKinds() {
			if find(columns, kind.means) == nil && t.every(c.index, kind.is) {
				c.Means, c.Says, c.rank = kind.means, saysOf(kind.means), 2
				break
			}
		}
	}
}

// cellKind is something that cells are seen to be.
type cellKind struct {
	means Means
	is    func(string) bool
}

func cellKinds() []cellKind {
	return []cellKind{
		{isBy, func(cell string) bool { return len(cell) < 20 && wayOf(cell)["by"] != "" && wayOf(cell)["proof"] == "" }},
		{isLevel, func(cell string) bool { return slices.Contains(levels, words(cell)) }},
		{isState, func(cell string) bool { _, ok := entered.State(cell); return ok }},
		{isStatus, func(cell string) bool { return !whole(cell).asked }},
	}
}

// levels are those of government.
var levels = []string{"federal", "state", "local", "city", "county", "municipal", "f", "s", "l"}

// every tells whether something is true of every cell of a column, of which there are two at least.
func (t *table) every(index int, is func(string) bool) bool {
	n := 0
	for _, one := range t.rows[:min(len(t.rows), sampled)] {
		switch cell := one.cells[index]; {
		case one.err != nil || isEmpty(cell):
		case !is(cell):
			return false
		default:
			n++
		}
	}
	return n > 1
}
