package moving

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"foia/internal/disk"
	"foia/internal/roster"
)

// Read makes a plan of a file. laws tells which laws foia has.
func Read(path string, answers Answers, laws Laws) (*Plan, error) {
	before, err := digest(path)
	if err != nil {
		before = "" // reading says why it cannot be read
	}
	first, err := read(path, answers.Sheet)
	if err != nil {
		return nil, err
	}
	lists, notes, err := listsOf(path, first, answers, laws)
	if err != nil {
		return nil, err
	}
	var p *Plan
	for _, rd := range lists {
		if err := rd.ofAgency(); err != nil {
			return nil, err
		}
		rd.plan.SHA256 = before
		rd.read()
		if len(lists) > 1 {
			rd.plan.ofSheet()
		}
		rd.plan.Notes, notes = append(rd.plan.Notes, notes...), nil
		p = p.with(rd.plan)
	}
	if after, err := digest(path); err != nil || after != before {
		return nil, &roster.Fault{File: p.File, What: "the file changed while it was read", Remedy: "save it, and run the command again"}
	}
	return p, nil
}

// readerOf finds out what the columns of a table mean.
func readerOf(t *table, answers Answers, laws Laws) (rd *reader, err error) {
	p := t.plan(filepath.Base(t.name))
	columns := t.columns(answers, laws)
	rd = &reader{t: t, columns: columns, answers: answers, laws: laws, plan: p, said: map[string]told{}}
	if rd.muck = answers.Layout == "muckrock" || answers.Layout == "" && isMuckRock(t.heads); rd.muck {
		p.Layout, rd.answers.Timezone = "muckrock", newYork
		t.ofMuckRock(columns)
	}
	rd.machine = isFOIAMachine(columns)
	if rd.cal, err = calendarOf(t, columns, rd.answers); err == nil {
		rd.abroad = rd.fromAbroad()
	}
	return rd, err
}

// read makes requests of the rows.
func (rd *reader) read() {
	rd.plan.Dates, rd.plan.Timezone = rd.cal.says(), rd.cal.clock.name
	layout := rd.answers.Layout
	entries := !rd.muck && (layout == "events" && rd.areEntries(true) || layout == "" && rd.areEntries(false))
	if entries {
		rd.plan.Layout = "rows are events"
		rd.entries()
	} else {
		rd.rows()
	}
	rd.finish(entries)
}

// digest is the SHA-256 of a file, in hex.
func digest(path string) (string, error) {
	f, err := disk.OpenPlain(path)
	if err != nil {
		return "", err
	}
	defer f.Close() // it was read only
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// plan begins a plan with how the file was read.
func (t *table) plan(name string) *Plan {
	p := &Plan{File: name, Layout: "columns", Encoding: t.reading.Encoding, Sheet: t.reading.Sheet, HeadingRow: t.reading.Heading,
		Ask: []string{}, Requests: []Request{}, Rejected: []Line{}, LeftOut: []Line{}, Duplicates: []Duplicate{},
		Meaning: map[string]string{}, Notes: t.notes}
	switch t.reading.Separator {
	case ',':
		p.Separator = "comma"
	case ';':
		p.Separator = "semicolon"
	case '\t':
		p.Separator = "tab"
	case '|':
		p.Separator = "vertical bar"
	}
	if t.reading.From1904 {
		p.Notes = append(p.Notes, "the workbook counts days from 1904")
	}
	if n := t.reading.Valueless; n.Count > 0 {
		p.Notes = append(p.Notes, fmt.Sprintf("formulas without a value were read as empty (%s)", &n))
	}
	return p
}

// rows reads a table in which a row is a request.
func (rd *reader) rows() {
	first, numbers := map[string]int{}, map[string]int{}
	for _, one := range rd.t.rows {
		if one.err == nil && !one.hidden {
			same := strings.Join(one.cells, "\x00")
			if line, twice := first[same]; twice {
				rd.plan.leave(one.line, fmt.Sprintf("the same as line %d", line))
				rd.again(line, one)
				continue
			}
			first[same] = one.line
		}
		if rd.muck && rd.sameNumber(one, numbers) {
			continue
		}
		if rd.muck {
			rd.muckrock(one)
		} else {
			rd.request(one)
		}
	}
}

// again tells of a row that is there twice, by its number if it has one.
func (rd *reader) again(line int, one row) {
	r := &rowOf{reader: rd, row: one}
	for _, m := range []Means{isKey, isTracking} {
		if value := r.cell(m); value != "" {
			rd.plan.Duplicates = append(rd.plan.Duplicates, Duplicate{Column: find(rd.columns, m).Name, Value: value,
				Lines: []int{line, one.line}, Means: "the same row twice: one request"})
			return
		}
	}
}

// finish adds what concerns the file as a whole.
func (rd *reader) finish(entries bool) {
	p := rd.plan
	p.Columns = rd.columns
	for i := range rd.columns {
		p.Meaning[rd.columns[i].Name] = rd.columns[i].Says
	}
	if find(rd.columns, isAgency) == nil && len(p.Requests) > 0 {
		text := "agency: no column; one for the whole file"
		if c := find(rd.columns, isAgencyID); c != nil {
			text = "agency: the file has numbers only (" + c.Name + "); the office of each"
		}
		p.ask("agency", "", text)
		if !slices.ContainsFunc(p.Requests, func(q Request) bool { return q.Law != nil }) {
			p.ask("law", "", "law")
		}
	}
	if p.whose != "" {
		p.ask("law", "", p.whose)
	}
	for _, place := range p.lawless {
		p.ask("law", place, fmt.Sprintf("law: foia knows none of “%s”", place))
	}
	rd.cal.asks(p)
	if rd.cal.open.Count > 0 {
		p.Notes = append(p.Notes, fmt.Sprintf("days that may be read in two ways are unknown until you answer (%s)", &rd.cal.open))
	}
	if !entries {
		rd.words()
		rd.duplicates()
	}
}

// words lists the words of the status columns and what each becomes.
func (rd *reader) words() {
	for i := range rd.columns {
		c := &rd.columns[i]
		if c.Means != isStatus {
			continue
		}
		at := map[string]int{}
		for _, one := range rd.t.rows {
			cell := one.cells[c.index]
			if one.err != nil || isEmpty(cell) {
				continue
			}
			if i, ok := at[cell]; ok {
				rd.plan.Statuses[i].Count++
				continue
			}
			at[cell] = len(rd.plan.Statuses)
			rd.plan.Statuses = append(rd.plan.Statuses, rd.word(c.Name, cell))
		}
	}
}

func (rd *reader) word(column, cell string) Word {
	w := Word{Column: column, Word: cell, Count: 1, Known: true, Events: []string{}}
	told, err := rd.status(cell)
	if err != nil {
		w.Known, w.Says = false, err.Error()
		return w
	}
	for _, e := range told.events {
		w.Events = append(w.Events, e.String())
	}
	switch {
	case told.out:
		w.Says = "left out"
	case told.draft:
		w.Says = "not sent yet"
	case told.asked:
		w.Known, w.Says = false, "not understood: kept as a note"
	case told.court:
		w.Says = "in court: court and docket are asked"
	case told.fees:
		w.Says = "a notice of fees, if the file has the amount"
	case told.ended && len(w.Events) == 0:
		w.Says = strings.TrimSpace("closed " + told.reason)
	case len(w.Events) == 0:
		w.Says = "sent, no answer yet"
	}
	return w
}

// status is what a status tells in this file.
func (rd *reader) status(cell string) (told, error) {
	if out, ok := rd.said[cell]; ok {
		return out, nil
	}
	out, err := rd.newStatus(cell)
	if err == nil {
		rd.said[cell] = out
	}
	return out, err
}

func (rd *reader) newStatus(cell string) (told, error) {
	if _, given := rd.answers.Statuses[cell]; rd.muck && !given {
		if out, ok := muckrockStatus(cell); ok {
			return out, nil
		}
	}
	return readStatus(cell, rd.answers)
}

// duplicates finds rows that have one number.
func (rd *reader) duplicates() {
	for i := range rd.columns {
		c := &rd.columns[i]
		if c.Means != isKey && c.Means != isTracking && (c.Means != isURL || !rd.muck) {
			continue
		}
		lines := map[string][]int{}
		var order []string
		for _, q := range rd.plan.Requests {
			cell := rd.cellAt(q.Line, c.index)
			if isEmpty(cell) {
				continue
			}
			if lines[cell] == nil {
				order = append(order, cell)
			}
			lines[cell] = append(lines[cell], q.Line)
		}
		for _, value := range order {
			if len(lines[value]) > 1 {
				rd.plan.Duplicates = append(rd.plan.Duplicates, Duplicate{Column: c.Name, Value: value, Lines: lines[value],
					Means: "not a key: different requests"})
			}
		}
	}
}

func (rd *reader) cellAt(line, column int) string {
	i, ok := slices.BinarySearchFunc(rd.t.rows, line, func(r row, line int) int { return r.line - line })
	if !ok {
		return ""
	}
	return rd.t.rows[i].cells[column]
}
