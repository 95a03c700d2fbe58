package moving

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// book makes a workbook and reads it.
func book(t *testing.T, build func(f *excelize.File) error) *Plan {
	t.Helper()
	f := excelize.NewFile()
	path := filepath.Join(t.TempDir(), "tracker.xlsx")
	err := build(f)
	if err == nil {
		err = f.SaveAs(path)
	}
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(path, Answers{}, laws(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func set(f *excelize.File, cells map[string]any) error {
	for name, value := range cells {
		if err := f.SetCellValue("Sheet1", name, value); err != nil {
			return err
		}
	}
	return nil
}

// A workbook as newsrooms have them: a title over merged cells, groups of headings, an agency merged down two rows, a hidden row,
// formulas of which the file has no value, a total.
func TestWorkbook(t *testing.T) {
	p := book(t, func(f *excelize.File) error {
		if err := set(f, map[string]any{"A1": "Requests 2026", "A2": "Request", "D2": "Response", "A3": "Agency",
			"B3": "Records", "C3": "Date",
			"D3": "Date", "E3": "Result", "F3": "Days open",
			"A4": "Example PD", "B4": "Stops", "C4": 46083, "D4": "4/20/2026", "E4": "Granted",
			"B5": "Complaints", "C5": "3/9/2026", "E5": "waiting",
			"A6": "Example Fire", "B6": "Hidden", "C6": 46083, "E6": "waiting",
			"A7": "Example Fire", "B7": "=cmd|' /C calc'!A0", "C7": 46083, "E7": "denied",
			"B8": "TOTAL", "F8": 3}); err != nil {
			return err
		}
		for _, r := range [][2]string{{"A1", "F1"}, {"A2", "C2"}, {"D2", "E2"}, {"A4", "A5"}} {
			if err := f.MergeCell("Sheet1", r[0], r[1]); err != nil {
				return err
			}
		}
		if err := f.SetCellFormula("Sheet1", "F4", "TODAY()-C4"); err != nil {
			return err
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			return err
		}
		for _, cell := range []string{"C4", "C6", "C7"} {
			if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
				return err
			}
		}
		return errors.Join(f.SetColVisible("Sheet1", "E", false), f.SetRowVisible("Sheet1", 6, false))
	})
	var got []string
	for _, q := range p.Requests {
		got = append(got, *q.Agency+": "+eventsOf(q))
	}
	want := []string{"Example PD: 2026-03-02 sent; 2026-04-20 determination outcome=granted", "Example PD: 2026-03-09 sent",
		"Example Fire: 2026-03-02 sent; ? determination outcome=denied"}
	if !slices.Equal(got, want) || p.HeadingRow != 3 || !slices.Equal(linesOf(p.LeftOut), []int{6}) || !slices.Equal(linesOf(p.Ignored),
		[]int{8}) {
		t.Errorf("got %q (heading in %d, left out %v, ignored %v)", got, p.HeadingRow, p.LeftOut, p.Ignored)
	}
	if !strings.Contains(strings.Join(p.Notes, "; "), "columns that the sheet hides are read, too: Result") {
		t.Errorf("notes %q", p.Notes)
	}
	if *p.Requests[2].Subject != "=cmd|' /C calc'!A0" {
		t.Errorf("a formula as a text became %q", *p.Requests[2].Subject)
	}
}

// Days counted from 1904 are four years and a day later than the same numbers elsewhere.
func TestWorkbook1904(t *testing.T) {
	p := book(t, func(f *excelize.File) error {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			return err
		}
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			return err
		}
		if err := set(f, map[string]any{"A1": "Agency", "B1": "Subject", "C1": "Date sent", "A2": "FBI", "B2": "x",
			"C2": 44621}); err != nil {
			return err
		}
		return f.SetCellStyle("Sheet1", "C2", "C2", style)
	})
	if got := eventsOf(p.Requests[0]); got != "2026-03-02 sent" || !strings.Contains(strings.Join(p.Notes, ";"), "1904") {
		t.Errorf("got %s, notes %q", got, p.Notes)
	}
}

// What nobody sees, and what a terminal would obey, is dropped, and told of; a subject in Arabic stays.
func TestOddCharacters(t *testing.T) {
	p := planOf(t, t.TempDir(), "Agency,Subject,Date sent\n"+
		"FBI,\u202ea\u0007b\x1b[31m,2026-01-02\nFBI,تقارير عن القوة,2026-01-02\n", Answers{})
	if a, b := *p.Requests[0].Subject, *p.Requests[1].Subject; a != "ab[31m" || b != "تقارير عن القوة" {
		t.Errorf("subjects %q, %q", a, b)
	}
	if !strings.Contains(strings.Join(p.Notes, ";"), "characters that cannot be seen were dropped (line 2)") {
		t.Errorf("notes %q", p.Notes)
	}
}
