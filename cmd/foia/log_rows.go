package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
)

// The forms in which the log is printed.
const (
	asTable = "table"
	asCSV   = "csv"
	asTSV   = "tsv"
	asJSON  = "json"
)

// logOrder is how the log is printed: in which form, which columns, in which order.
type logOrder struct {
	form    string
	columns []logColumn // nil: the usual ones of the form
	key     *sortKey    // nil: in the order of the ids
	down    bool
}

// printLog prints the rows that a filter takes as they are read, and returns how many there are.
// None is held, but what the order of a sorted log needs: an id and a key each.
func (a *app) printLog(ctx context.Context, log *store.Log, filter logbook.Filter, o logOrder) (n int, err error) {
	lean()
	columns, err := o.chosen(ctx, log, filter)
	if err != nil {
		return 0, err
	}
	today := a.today()
	row := func(s store.Standing) docket.Row { return docket.RowOf(s.Request, s.State, today) }
	ids, err := o.sorted(ctx, log, filter, row)
	if err != nil {
		return 0, err
	}
	switch o.form {
	case asJSON:
		list := a.newJSONList()
		err = eachOf(ctx, log, filter, ids, func(s store.Standing) ([]byte, error) { return list.row(columns, row(s)), nil }, list.add)
		if err == nil {
			err = list.end()
		}
		return list.n, err
	case asCSV:
		return a.printCSV(ctx, log, filter, ids, columns, row)
	}
	longest, err := log.LongestID(ctx)
	if err != nil {
		return 0, err
	}
	table := a.face().LongTable(tableColumns(columns, longest), o.form == asTSV)
	err = eachOf(ctx, log, filter, ids, cellsOf(columns, row), func(cells []string) error {
		n++
		return table.Row(cells)
	})
	if err != nil || n == 0 {
		return n, err
	}
	dropped, err := table.Close()
	a.notShown(dropped, "a wider terminal, --columns or a pipe shows them")
	return n, err
}

func (a *app) printCSV(ctx context.Context, log *store.Log, filter logbook.Filter, ids []string, columns []logColumn,
	row func(store.Standing) docket.Row) (n int, err error) {
	var heads []string
	for _, c := range columns {
		heads = append(heads, strings.ReplaceAll(c.name, "-", " "))
	}
	out := bufio.NewWriterSize(unworded(a.out), 1<<16)
	table, err := export.NewTable(out, heads)
	if err != nil {
		return 0, err
	}
	err = eachOf(ctx, log, filter, ids, cellsOf(columns, row), func(cells []string) error {
		n++
		for i, c := range cells {
			cells[i] = a.words(c)
		}
		return table.Row(cells)
	})
	if err == nil {
		err = table.Close()
	}
	if err == nil {
		err = out.Flush()
	}
	return n, err
}

// cellsOf makes the cells of a row, each a text of its own.
func cellsOf(columns []logColumn, row func(store.Standing) docket.Row) func(store.Standing) ([]string, error) {
	return func(s store.Standing) ([]string, error) {
		return cellsIn(columns, row(s)), nil
	}
}

// eachOf hands over what is made of the requests that a filter takes; of those of the ids, in
// their order, if there are any.
func eachOf[T any](ctx context.Context, log *store.Log, filter logbook.Filter, ids []string, make func(store.Standing) (T, error),
	hand func(T) error) error {
	if ids != nil {
		return logbook.InOrder(ctx, log, ids, make, hand)
	}
	return logbook.FindMade(ctx, log, filter, make, hand)
}

// chosen are the columns to print.
func (o logOrder) chosen(ctx context.Context, log *store.Log, filter logbook.Filter) ([]logColumn, error) {
	switch {
	case o.columns != nil:
		return o.columns, nil
	case o.form == asCSV || o.form == asJSON:
		return everyColumn(), nil
	}
	assigned, err := log.AnyAssigned(ctx)
	return usualColumns(assigned || filter.Assigned != "" || o.form == asTSV), err
}

// sorted are the ids of the rows in the order that was asked for; nil, if that is the usual one.
func (o logOrder) sorted(ctx context.Context, log *store.Log, filter logbook.Filter, row func(store.Standing) docket.Row) ([]string,
	error) {
	if o.key == nil || o.key.name == "id" && !o.down {
		return nil, nil
	}
	type keyed struct{ key, id string }
	var rows []keyed
	err := logbook.FindMade(ctx, log, filter, func(s store.Standing) (keyed, error) {
		return keyed{strings.Clone(o.key.of(row(s))), strings.Clone(s.Request.ID)}, nil
	}, func(k keyed) error {
		rows = append(rows, k)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if o.key.name == "id" {
		slices.Reverse(rows)
	} else {
		slices.SortStableFunc(rows, func(a, b keyed) int {
			switch known := cmp.Compare(len(b.key), 0) - cmp.Compare(len(a.key), 0); {
			case known != 0:
				return known // what is unknown comes last, either way
			case o.down:
				return strings.Compare(b.key, a.key)
			}
			return strings.Compare(a.key, b.key)
		})
	}
	ids := make([]string, len(rows))
	for i, k := range rows {
		ids[i] = k.id
	}
	return ids, nil
}

// jsonList prints a list as JSON, element by element, as a.json prints it at once.
type jsonList struct {
	a   *app
	out *bufio.Writer
	n   int
}

func (a *app) newJSONList() *jsonList {
	return &jsonList{a: a, out: bufio.NewWriterSize(unworded(a.out), 1<<16)}
}

// element is a value as an element of the list. It may be called on all cores at once.
func (l *jsonList) element(v any) ([]byte, error) {
	text, err := export.JSON(v, "  ", "  ")
	return l.worded(bytes.TrimSuffix(text, []byte("\n"))), err
}

// row is a row of the log as an element of the list.
func (l *jsonList) row(columns []logColumn, r docket.Row) []byte {
	var text bytes.Buffer
	text.WriteString("{\n")
	for i, cell := range cellsIn(columns, r) {
		if i > 0 {
			text.WriteString(",\n")
		}
		text.WriteString("    \"" + columns[i].key + "\": ")
		writeQuoted(&text, cell)
	}
	text.WriteString("\n  }")
	return l.worded(text.Bytes())
}

// worded is an element with its acts in the words of the command line, which may hold names from elsewhere.
func (l *jsonList) worded(text []byte) []byte {
	return export.Escaped(remedy.WordsJSON(text, l.a.wording()))
}

// writeQuoted writes a text as JSON has it.
func writeQuoted(out *bytes.Buffer, s string) {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) {
		out.WriteByte('"')
		out.WriteString(s)
		out.WriteByte('"')
		return
	}
	text, err := export.JSON(s, "", "")
	if err != nil {
		panic(fmt.Sprintf("a text is always JSON: %v", err))
	}
	out.Write(bytes.TrimSuffix(text, []byte("\n")))
}

func (l *jsonList) add(element []byte) error {
	before := ",\n  "
	if l.n == 0 {
		before = "[\n  "
	}
	l.n++
	_, err := io.WriteString(l.out, before)
	if err == nil {
		_, err = l.out.Write(element)
	}
	return err
}

// end ends the list.
func (l *jsonList) end() error {
	text := "\n]\n"
	if l.n == 0 {
		text = "[]\n"
	}
	if _, err := io.WriteString(l.out, text); err != nil {
		return err
	}
	return l.out.Flush()
}

// listGCPercent is that of a list of however many requests, which holds next to nothing but
// passes gigabytes through: a tenth more time, and half of the memory.
const listGCPercent = 100

// lean has a command that prints a long list hold on to little memory.
func lean() { debug.SetGCPercent(listGCPercent) }
