// Package export writes the tracking log in forms that other programs read.
package export

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode"

	"foia/internal/docket"
)

// byteOrderMark begins the file because Excel takes a CSV file without it for
// text in the machine's old code page and garbles every § and é. LibreOffice,
// Numbers, Google Sheets, R and pandas read past it; scripts that do not have
// the log as JSON.
const byteOrderMark = "\uFEFF"

// TrackingCSV returns the tracking log as CSV: RFC 4180 with its CRLF line
// ends, in UTF-8 with a byte order mark, one heading line. Each request is one
// line: whatever breaks a line inside a cell becomes a space. No cell can be
// taken for a formula by a spreadsheet (see guard).
func TrackingCSV(rows []docket.Row) ([]byte, error) {
	out := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if err := w.Write(docket.ColumnNames()); err != nil {
		return nil, fmt.Errorf("the headings cannot be written as CSV: %w", err)
	}
	for _, row := range rows {
		cells := row.Cells()
		for i := range cells {
			cells[i] = guard(oneLine(cells[i]))
		}
		if err := w.Write(cells); err != nil {
			return nil, fmt.Errorf("request %s cannot be written as CSV: %w", row.ID, err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("the tracking log cannot be written as CSV: %w", err)
	}
	return out.Bytes(), nil
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
