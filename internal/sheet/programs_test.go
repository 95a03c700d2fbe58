package sheet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"foia/internal/pythontest"
)

// reader tells what openpyxl finds in a workbook: the type, format and value of each cell, and what a
// sheet has besides.
const reader = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
out = {"sheets": book.sheetnames}
for sheet in book:
    cells = {}
    for row in sheet.iter_rows():
        for c in row:
            if c.value is not None:
                cells[c.coordinate] = [c.data_type, c.number_format, str(c.value)]
    rules = [[str(area.sqref), r.formula[0], r.dxf.fill.bgColor.rgb] for area in sheet.conditional_formatting for r in area.rules]
    out[sheet.title] = {"cells": cells, "frozen": sheet.freeze_panes, "rules": rules,
        "tables": [[t.displayName, t.ref, t.autoFilter.ref, [c.name for c in t.tableColumns]] for t in sheet.tables.values()]}
json.dump(out, sys.stdout)
`

// openpyxl finds days, amounts, numbers and texts where they were written, the head frozen, the table
// with its filter, and what colors an overdue day.
func TestReadByOpenpyxl(t *testing.T) {
	name := filepath.Join(t.TempDir(), "book.xlsx")
	if err := os.WriteFile(name, aBook(t, rows()), 0o600); err != nil {
		t.Fatal(err)
	}
	type sheetOf struct {
		Cells  map[string][3]string
		Frozen string
		Rules  [][]string
		Tables [][]any
	}
	var read struct {
		Sheets              []string
		Things, None, About sheetOf
	}
	if err := json.Unmarshal([]byte(pythontest.Run(t, "openpyxl", reader, name)), &read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(read.Sheets, []string{"Things", "None", "About"}) {
		t.Errorf("sheets %q", read.Sheets)
	}
	const day, text = `yyyy\-mm\-dd`, "@"
	for cell, want := range map[string][3]string{
		"A1": {"s", text, "ID"}, "B1": {"s", text, "Tracking number"},
		"A2": {"s", text, "2026-0001"}, "B2": {"s", text, "001"}, "C2": {"d", day, "2026-11-02 00:00:00"},
		"E2": {"n", "#,##0.00", "120.5"}, "F2": {"n", "General", "12"}, "G2": {"d", `yyyy\-mm\-dd\ hh:mm:ss`, "2026-11-23 09:14:05"},
		"H2": {"b", "General", "False"}, "I2": {"d", day, "2026-09-30 00:00:00"},
		"A3": {"s", text, `=HYPERLINK("http://evil.example","click")`}, "B3": {"s", text, "+1"}, "C3": {"s", text, "1900-02-28"},
		"E3": {"n", "#,##0.00", "0.0"}, "F3": {"n", "General", "0"}, "H3": {"b", "General", "True"},
		"I3": {"d", day, "1900-03-01 00:00:00"},
		"A4": {"s", text, "@SUM(A1)"}, "B4": {"s", text, "-2"}, "C4": {"s", text, "1899-12-31"},
		"A5": {"s", text, "طلب السجلات"}, "B5": {"s", text, "=1+1"}, "E5": {"s", text, "10000000000000.00"},
		"I5": {"d", day, "2200-12-31 00:00:00"}, "A6": {"s", text, "a\tb c d\ne\nf"},
		"B6": {"s", text, "_x005F_x0041_"}, // which Excel shows as _x0041_
		"A7": {"s", text, "  <&>\"' bad \uFFFD ]]> "}, "B7": {"s", text, "1E5"}, "B8": {"s", text, "2/3"},
		"C4+": {}, "D4": {}, "E4": {}, "F4": {}, "G4": {}, "H4": {}, "I4": {}, "A8": {}, // unknown: no cell at all
	} {
		if got := read.Things.Cells[cell]; got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
	}
	if got := read.None.Cells; len(got) != len(aList("").Columns) {
		t.Errorf("a list without rows has %d cells", len(got))
	}
	if got := read.About.Cells["B1"]; got != [3]string{"d", day, "2026-11-27 00:00:00"} {
		t.Errorf("About: %q", got)
	}
	if read.Things.Frozen != "B2" || read.None.Frozen != "B2" || read.About.Frozen != "" {
		t.Errorf("frozen at %s, %s, %s", read.Things.Frozen, read.None.Frozen, read.About.Frozen)
	}
	if want := [][]string{{"C2:C8", `AND(ISNUMBER(C2),C2<TODAY(),$D2="open")`, "FFFFC7CE"},
		{"I2:I8", `AND(ISNUMBER(I2),I2<TODAY())`, "FFFFC7CE"}}; !reflect.DeepEqual(read.Things.Rules, want) {
		t.Errorf("rules %q", read.Things.Rules)
	}
	columns := []any{"ID", "Tracking number", "Due", "State", "Paid", "Pages", "Entered", "Private", "Sent"}
	if want := [][]any{{"Things", "A1:I8", "A1:I8", columns}}; !reflect.DeepEqual(read.Things.Tables, want) {
		t.Errorf("tables %q", read.Things.Tables)
	}
	if want := [][]any{{"None", "A1:I2", "A1:I2", columns}}; !reflect.DeepEqual(read.None.Tables, want) {
		t.Errorf("tables %q", read.None.Tables)
	}
}
