package roster

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// An Excel file: values of formulas, numbers as they are, merged cells, several
// sheets, lines that are not there.
func TestExcel(t *testing.T) {
	book := excelize.NewFile()
	set := func(cell string, value any) {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	set("A1", "Office")
	set("B1", "ZIP")
	set("C1", "Name")
	set("A2", "irs")
	set("B2", 20224)
	set("A5", "ice")
	set("B5", "01234")
	set("C5", "merged")
	set("C2", 20224) // the value that the formula has
	if err := errors.Join(book.SetCellFormula("Sheet1", "C2", "=B2*1"), book.MergeCell("Sheet1", "C5", "D6"),
		func() error { _, err := book.NewSheet("Second"); return err }()); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	r, err := open(t, b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(t, r)
	if notes := strings.Join(r.Notes(), "; "); !strings.Contains(notes, "first of 2 sheets") ||
		!strings.Contains(notes, "merged cells (C5:D6)") {
		t.Errorf("notes: %s", notes)
	}
	if err != nil || len(got) < 2 || got[0] != "irs|20224|20224" || !strings.HasPrefix(got[1], "ice|01234|merged") {
		t.Errorf("%q, %v", got, err)
	}
}

// A number in an Excel file may be a day although its format does not say so; in CSV it
// is a number.
func TestExcelDays(t *testing.T) {
	for old, want := range map[bool]string{false: "2025-01-20", true: "2029-01-21"} {
		book := excelize.NewFile()
		err := errors.Join(book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}),
			book.SetSheetRow("Sheet1", "A1", &[]any{"office", "date_from"}), book.SetSheetRow("Sheet1", "A2", &[]any{"irs", 45677.5}))
		var b bytes.Buffer
		if err := errors.Join(err, book.Write(&b)); err != nil {
			t.Fatal(err)
		}
		r, err := open(t, b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		row, err := r.Next()
		if err != nil || row.Cells[1] != "45677.5" || r.Day(row.Cells[1]) != want {
			t.Errorf("1904 %v: %q is %q, %v", old, row.Cells[1], r.Day(row.Cells[1]), err)
		}
		for _, cell := range []string{"2025-01-20", "", "20250120", "2025", "45677 days", "045677"} {
			if got := r.Day(cell); got != cell {
				t.Errorf("%q: %q", cell, got)
			}
		}
	}
	r, err := open(t, []byte("office,date_from\nirs,45677\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Day("45677"); got != "45677" {
		t.Errorf("CSV: %q", got)
	}
}

// A formula whose value a program did not write would be an empty cell: the list is
// not used, and the place is named.
func TestFormulaWithoutValue(t *testing.T) {
	book := excelize.NewFile()
	if err := errors.Join(book.SetSheetRow("Sheet1", "A1", &[]any{"office", "name"}), book.SetSheetRow("Sheet1", "A2", &[]any{"irs", "x"}),
		book.SetCellFormula("Sheet1", "B3", "=A2&\" office\"")); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	r, err := open(t, b.Bytes())
	if err == nil {
		_, err = all(t, r)
	}
	var fault *Fault
	if !errors.As(err, &fault) || err.Error() != "the cell B3 has a formula, but the file does not have its value (list:3:2)" ||
		!strings.Contains(fault.Hint(), "save it") {
		t.Errorf("%v", err)
	}
}
