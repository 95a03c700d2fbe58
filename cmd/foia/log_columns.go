package main

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/terminal"
)

// logColumn is a column of foia log: one of the tracking log's, or the office by its name.
type logColumn struct {
	name  string // as it is typed, such as tracking-number
	head  string
	key   string                  // in JSON
	cell  int                     // of docket.Row.Cells
	value func(docket.Row) string // instead of that cell; may be nil
}

// cellsIn are the cells of a row in some columns.
func cellsIn(columns []logColumn, r docket.Row) []string {
	all, cells := r.Cells(), make([]string, len(columns))
	for i, c := range columns {
		if c.value != nil {
			cells[i] = c.value(r)
		} else {
			cells[i] = all[c.cell]
		}
	}
	return cells
}

// officeColumn is the name of the office that answers, which the tracking log has in two columns.
const officeColumn = "office"

// logColumns are all columns, in the order of the tracking log.
func logColumns() []logColumn {
	out := []logColumn{{name: officeColumn, head: "Office", key: officeColumn, value: docket.Row.OfficeName}}
	for i, name := range docket.ColumnNames() {
		c := logColumn{name: strings.ReplaceAll(name, " ", "-"), head: remedy.Capital(name),
			key: strings.ReplaceAll(name, " ", "_"), cell: i}
		if name == "id" {
			c.head = "ID"
		}
		out = append(out, c)
	}
	return out
}

// shownColumns are those that a table shows unless others are named, with how much is lost with
// each where there is no room.
var shownColumns = map[string]int{"id": 0, officeColumn: 0, "subject": 3, "status": 1, "due": 2, "last-event": 4, "assigned": 5}

// shownOrder is the order of those.
var shownOrder = []string{"id", officeColumn, "subject", "status", "due", "last-event", "assigned"}

func columnWords() []string {
	var names []string
	for _, c := range logColumns() {
		names = append(names, c.name)
	}
	return names
}

// columnsNamed are the columns that were asked for, in that order.
func columnsNamed(names []string) ([]logColumn, error) {
	var out []logColumn
	all := logColumns()
	for _, typed := range names {
		name := strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(entered.Line(typed)))
		i := slices.IndexFunc(all, func(c logColumn) bool { return c.name == name })
		if i < 0 {
			return nil, remedy.Misuse(fmt.Sprintf("--columns: the log has no column %q", typed),
				remedy.DidYouMean(entered.Nearest(name, columnWords(), 3), "use some of "+strings.Join(columnWords(), ", ")))
		}
		if slices.ContainsFunc(out, func(c logColumn) bool { return c.name == name }) {
			return nil, remedy.Misuse("--columns: "+name+" is named twice", "name each column once")
		}
		out = append(out, all[i])
	}
	return out, nil
}

// usualColumns are the columns of a table that asks for none: without who works on a request, if
// nobody works on any.
func usualColumns(assigned bool) []logColumn {
	columns, err := columnsNamed(shownOrder)
	if err != nil {
		panic(err) // a test calls it
	}
	for i, c := range columns {
		switch c.name {
		case "subject":
			columns[i].value = subjectWords
		case "assigned":
			if !assigned {
				return slices.Delete(columns, i, i+1)
			}
		}
	}
	return columns
}

// subjectWords is what a request is about, with the period that one of a series asks for.
func subjectWords(r docket.Row) string {
	if r.Period != "" {
		return r.Subject + ", " + r.Period
	}
	return r.Subject
}

// everyColumn are those of the tracking log.
func everyColumn() []logColumn { return logColumns()[1:] }

// tableColumns are columns as a table has them; longestID is the width of the longest id.
func tableColumns(columns []logColumn, longestID int) []terminal.Column {
	var out []terminal.Column
	for i, c := range columns {
		drop, usual := shownColumns[c.name]
		if !usual {
			drop = len(shownColumns) + i // of those that were asked for, the last go first
		}
		column := terminal.Column{Name: c.head, Drop: drop}
		if c.name == "id" {
			column.Longest = longestID
		}
		out = append(out, column)
	}
	return out
}

// sortKey is what the log can be sorted by. Requests of which it is unknown come last.
type sortKey struct {
	name string
	of   func(docket.Row) string
}

func sortKeys() []sortKey {
	return []sortKey{
		{"id", func(r docket.Row) string { return r.ID }},
		{officeColumn, func(r docket.Row) string { return strings.ToLower(r.OfficeName()) }},
		{"subject", func(r docket.Row) string { return strings.ToLower(r.Subject) }},
		{"status", statusKey},
		{"due", func(r docket.Row) string { return r.Due }},
		{"sent", func(r docket.Row) string { return r.Sent }},
		{"received", func(r docket.Row) string { return r.Received }},
		{"appeal-by", func(r docket.Row) string { return r.AppealBy }},
		{"last-event", func(r docket.Row) string { return lastDay(r) }},
		{"assigned", func(r docket.Row) string { return strings.ToLower(r.Assigned) }},
	}
}

// lastDay is the day of the last event; empty if it is not known.
func lastDay(r docket.Row) string {
	day := r.LastEvent[strings.LastIndex(r.LastEvent, " ")+1:]
	if strings.HasSuffix(day, ")") {
		return ""
	}
	return day
}

// statusKey puts statuses in the order of a request's life.
func statusKey(r docket.Row) string {
	return fmt.Sprintf("%02d", slices.Index(docket.Statuses, docket.Status(r.Status)))
}

func sortWords() string {
	var names []string
	for _, k := range sortKeys() {
		names = append(names, k.name)
	}
	return strings.Join(names, ", ")
}

// sortedBy reads --sort: a key, with a hyphen before it for the other way round.
func sortedBy(typed string) (key sortKey, down bool, err error) {
	name, down := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(entered.Line(typed)), "_", "-"), "-")
	var names []string
	for _, k := range sortKeys() {
		if k.name == name {
			return k, down, nil
		}
		names = append(names, k.name)
	}
	return key, down, remedy.Misuse(fmt.Sprintf("--sort: the log cannot be sorted by %q", typed),
		remedy.DidYouMean(entered.Nearest(name, names, 3), "use one of "+sortWords()))
}
