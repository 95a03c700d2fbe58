// Package export writes the tracking log in forms that other programs read.
package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode"

	"foia/internal/docket"
)

// byteOrderMark begins the file because Excel takes a CSV file without it for
// text in the machine's old code page and garbles every § and é. LibreOffice,
// Numbers, Google Sheets, R and pandas read past it; scripts that do not have
// the log as JSON.
const byteOrderMark = "\uFEFF"

// TrackingCSV returns the tracking log as CSV, one line a request.
func TrackingCSV(rows []docket.Row) ([]byte, error) {
	var out bytes.Buffer
	table, err := NewTable(&out, docket.ColumnNames())
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if err := table.Row(row.Cells()); err != nil {
			return nil, fmt.Errorf("request %s: %w", row.ID, err)
		}
	}
	err = table.Close()
	return out.Bytes(), err
}

// Table is a table that is written as CSV, row by row: RFC 4180 with its CRLF line
// ends, in UTF-8 with a byte order mark, one heading line. Each row is one line:
// whatever breaks a line inside a cell becomes a space. No cell can be taken for a
// formula by a spreadsheet (see guard).
type Table struct{ w *csv.Writer }

// NewTable begins a table with its headings.
func NewTable(out io.Writer, headings []string) (*Table, error) {
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return nil, unwritten(err)
	}
	t := &Table{csv.NewWriter(out)}
	t.w.UseCRLF = true
	return t, t.Row(headings)
}

// Row writes one row.
func (t *Table) Row(cells []string) error {
	guarded := make([]string, len(cells))
	for i, c := range cells {
		guarded[i] = guard(oneLine(c))
	}
	return unwritten(t.w.Write(guarded))
}

// Close writes what is left.
func (t *Table) Close() error {
	t.w.Flush()
	return unwritten(t.w.Error())
}

func unwritten(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("the table cannot be written as CSV: %w", err)
}

// oneLine makes a cell valid UTF-8 on one line: control characters and the
// separators of lines and paragraphs become spaces, CR LF a single one.
func oneLine(cell string) string {
	cell = strings.ReplaceAll(cell, "\r\n", " ")
	// Map itself turns what is not UTF-8 into U+FFFD.
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, cell)
}

// guard puts an apostrophe, by which spreadsheets mark text, before anything
// that they would take for a formula (OWASP, "CSV Injection"): at the start of
// the cell, and after a semicolon, because Excel splits the line there where
// the comma is the decimal sign.
func guard(cell string) string {
	parts := strings.Split(cell, ";")
	for i, part := range parts {
		if startsFormula(part) {
			parts[i] = "'" + part
		}
	}
	return strings.Join(parts, ";")
}

// startsFormula tells whether the first visible character is one that begins a
// formula, in its ASCII or its full-width form.
func startsFormula(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	return s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0])
}
