package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/remedy"
	"foia/internal/workday"
)

var update = flag.Bool("update", false, "write the golden workbook anew; then open it in a spreadsheet")

// aList has a column of each kind, and days that are overdue.
func aList(name string) export.List {
	return export.List{Name: name, Says: "one row a thing", Columns: []export.Column{
		{Name: "id", Wide: 12, Says: "what it is called"},
		{Name: "tracking number", Wide: 14, Says: "as they call it"},
		{Name: "due", Kind: export.Day, Overdue: true, While: "state", Says: "by when"},
		{Name: "state", Says: "open or not"},
		{Name: "paid", Kind: export.Money, Says: "in dollars"},
		{Name: "pages", Kind: export.Number, Says: "how many"},
		{Name: "entered", Kind: export.Moment, Says: "when"},
		{Name: "private", Kind: export.YesNo, Says: "whether"},
		{Name: "sent", Kind: export.Day, Overdue: true, Says: "a day that is overdue in any case"},
	}}
}

// rows are what spreadsheets make something else of if they are let.
func rows() [][]any {
	at := time.Date(2026, 11, 23, 9, 14, 5, 0, time.UTC)
	day := workday.MustDate
	return [][]any{
		{"2026-0001", "001", day("2026-11-02"), "open", docket.Cents(12050), 12, at, false, day("2026-09-30")},
		{`=HYPERLINK("http://evil.example","click")`, "+1", day("1900-02-28"), "met", docket.Cents(0), 0, at, true, day("1900-03-01")},
		{"@SUM(A1)", "-2", day("1899-12-31"), nil, nil, nil, nil, nil, nil},
		{"طلب السجلات", "=1+1", nil, nil, docket.Cents(1e15), nil, nil, nil, day("2200-12-31")},
		{"a\tb\x00c\x1fd\r\ne\u2028f", "_x0041_", nil, nil, nil, nil, nil, nil, nil},
		{"  <&>\"' bad \xff ]]> ", "1E5", nil, nil, nil, nil, nil, nil, nil},
		{nil, "2/3", nil, nil, nil, nil, nil, nil, nil},
	}
}

func aBook(t testing.TB, all [][]any) []byte {
	t.Helper()
	var out bytes.Buffer
	lists := []export.List{aList("Things"), aList("None")}
	b, err := New(&out, lists, []export.Fact{{Name: "as of", Kind: export.Day, Value: workday.MustDate("2026-11-27"), Says: "the day"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range lists {
		err := b.Begin(l)
		for _, row := range all {
			if i == 0 && err == nil {
				err = b.Row(row)
			}
		}
		if err = errors.Join(err, b.End()); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The workbook, part by part, and the same bytes each time.
func TestBook(t *testing.T) {
	raw := aBook(t, rows())
	if !bytes.Equal(raw, aBook(t, rows())) {
		t.Error("the same lists are other bytes")
	}
	file, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, part := range file.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "== %s\n%s\n", part.Name, strings.ReplaceAll(string(text), "><", ">\n<"))
	}
	golden := filepath.Join("testdata", "book.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the workbook is another one; with -update it is written to %s:\n%s", golden, &got)
	}
}

// What no sheet has room for is refused, in words, and before a byte of it is written.
func TestFits(t *testing.T) {
	if err := Fits(aList("Things"), MostRows-1); err != nil {
		t.Error(err)
	}
	err := Fits(aList("Things"), MostRows)
	if err == nil || !strings.Contains(err.Error(), "holds 1048575 rows, and the list Things has 1048576") || remedy.Of(err) == "" {
		t.Errorf("%v, %q", err, remedy.Of(err))
	}
	b, err := New(io.Discard, []export.List{aList("Things")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Begin(aList("Things")); err != nil {
		t.Fatal(err)
	}
	b.row = MostRows
	if err := b.Row(rows()[0]); err == nil {
		t.Error("a row beyond the last one was written")
	}
}

// A text that is longer than a cell is cut, and the sheet about the others says where.
func TestCut(t *testing.T) {
	whole, long := strings.Repeat("é", mostText), strings.Repeat("😀", mostText/2)+"xy" // of 2 units each, and 2
	raw := aBook(t, [][]any{{whole, long, nil, nil, nil, nil, nil, nil, nil}})
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]string{"A2": whole, "B2": strings.Repeat("😀", mostText/2) + "…"} {
		got, err := book.GetCellValue("Things", cell)
		if err != nil || got != want || len(utf16.Encode([]rune(got))) > mostText {
			t.Errorf("%s: %d units, %v", cell, len(utf16.Encode([]rune(got))), err)
		}
	}
	about, err := book.GetRows("About")
	if err != nil || !slices.ContainsFunc(about, func(row []string) bool {
		return len(row) == 3 && row[0] == "Cut" && row[1] == "1" && strings.Contains(row[2], "Things B2")
	}) {
		t.Errorf("%v, %q", err, about)
	}
}

// A list that is out of place, or a row that has too few cells, is a fault of ours and no workbook.
func TestOutOfPlace(t *testing.T) {
	b, err := New(io.Discard, []export.List{aList("Things")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Begin(aList("Others")); err == nil {
		t.Error("another list was begun")
	}
	if err := b.Close(); err == nil {
		t.Error("it was closed without its list")
	}
	if err := b.Begin(aList("Things")); err != nil {
		t.Fatal(err)
	}
	if err := b.Row([]any{"x"}); err == nil {
		t.Error("a row of one cell was written")
	}
	if err := b.Row(append([]any{struct{}{}}, make([]any, 8)...)); err == nil {
		t.Error("a cell of no kind was written")
	}
}

// failing takes so many bytes, and then fails.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

// What cannot be written is an error, wherever it happens.
func TestNotWritten(t *testing.T) {
	write := func(out io.Writer) error {
		b, err := New(out, []export.List{aList("Things")}, nil)
		if err == nil {
			err = b.Begin(aList("Things"))
		}
		for _, row := range rows() {
			if err == nil {
				err = b.Row(row)
			}
		}
		if err == nil {
			err = errors.Join(b.End(), b.Close())
		}
		return err
	}
	var all bytes.Buffer
	if err := write(&all); err != nil {
		t.Fatal(err)
	}
	for left := 0; left < all.Len(); left += 97 {
		if err := write(&failing{left}); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("after %d bytes of %d: %v", left, all.Len(), err)
		}
	}
}

// Whatever a text holds, it comes back as a text: no formula, no number, nothing lost but what a cell
// cannot show.
func TestTextsRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"=1", "+1", "-1", "@x", "001", "1E5", "TRUE",
			"2026-01-01", "_x000A_", "_x005F_x000A_", " x ", "\n\n", "#N/A", "'x"}),
			rapid.StringMatching(`[=+@_x0-9A-F&<> -]{0,40}`)).Draw(t, "text")
		var out bytes.Buffer
		l := export.List{Name: "Things", Columns: []export.Column{{Name: "text"}}}
		b, err := New(&out, []export.List{l}, nil)
		if err = errors.Join(err, b.Begin(l), b.Row([]any{text}), b.End(), b.Close()); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&out, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		got, err := book.GetCellValue("Things", "A2")
		formula, formulaErr := book.GetCellFormula("Things", "A2")
		if err = errors.Join(err, formulaErr); err != nil || got != legible(text) || formula != "" {
			t.Fatalf("%q came back as %q, formula %q, %v", text, got, formula, err)
		}
		if utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) && got != text {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}

// Days are those of excelize from March 1900 on; before that programs do not agree, and they are texts.
func TestDays(t *testing.T) {
	for day := workday.MustDate("1776-07-04"); day.Before(workday.MustDate("2200-12-31")); day = day.AddDays(97) {
		n, ok := serial(day)
		if early := day.Before(workday.MustDate("1900-03-01")); early == ok {
			t.Fatalf("%s has the number %d: %v", day, n, ok)
		}
		if !ok {
			continue
		}
		theirs, err := excelize.ExcelDateToTime(float64(n), false)
		if err != nil || workday.DateOf(theirs) != day {
			t.Fatalf("%s has the number %d, which is %s: %v", day, n, theirs, err)
		}
	}
}

func TestColumnNames(t *testing.T) {
	for i := range 800 {
		want, err := excelize.ColumnNumberToName(i + 1)
		if err != nil || column(i) != want {
			t.Fatalf("column %d is %s, and not %s: %v", i, want, column(i), err)
		}
	}
}
