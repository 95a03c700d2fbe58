package roster

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// What excelize, a library that programs read Excel files with, makes of the same files:
// it is a second opinion here, and no part of foia, whose every command would wait for its
// tables.

// The cells of every fixture are those that excelize finds.
func TestLikeExcelize(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sameAsExcelize(t, name, raw)
	}
}

// So are those of a file that excelize writes: texts that cells share or have of their
// own, in pieces, with characters that XML cannot hold, and gaps between cells and rows.
func TestLikeExcelizeWritten(t *testing.T) {
	values := []any{"plain", "  spaces  ", "two\nlines", "a\tb", "<&>\"'", "_x0041_", "_x005F_x0041_", "_x000D_", "_xZZZZ_",
		"é ʻokina 名前 😀",
		"", nil, 7, -1.5, 0.1 + 0.2, 1e300, true, false, strings.Repeat("long ", 6000),
		[]excelize.RichTextRun{{Text: "Po"}, {Text: "lice ", Font: &excelize.Font{Bold: true}}, {Text: "&"}}}
	for _, stream := range []bool{false, true} {
		book := excelize.NewFile()
		var w *excelize.StreamWriter
		var err error
		if stream { // a stream that was begun and not ended leaves half a sheet
			w, err = book.NewStreamWriter("Sheet1")
		}
		for i := range 40 {
			row := make([]any, 1+i%7)
			for j := range row {
				row[j] = values[(i*3+j*5)%len(values)]
			}
			at := fmt.Sprintf("%s%d", string(rune('A'+i%3)), 1+i+i/5)
			if stream {
				err = errors.Join(err, w.SetRow(at, row))
				continue
			}
			for j, v := range row {
				cell := nameOf(i%3+j, 1+i+i/5)
				if runs, rich := v.([]excelize.RichTextRun); rich {
					err = errors.Join(err, book.SetCellRichText("Sheet1", cell, runs))
				} else {
					err = errors.Join(err, book.SetCellValue("Sheet1", cell, v))
				}
			}
		}
		if stream {
			err = errors.Join(err, w.Flush())
		}
		var out bytes.Buffer
		if err := errors.Join(err, book.Write(&out), book.Close()); err != nil {
			t.Fatal(err)
		}
		sameAsExcelize(t, fmt.Sprint("written as a stream: ", stream), out.Bytes())
	}
}

// sameAsExcelize compares the cells of the sheet that is read, before anything is made
// of them.
func sameAsExcelize(t *testing.T, name string, raw []byte) {
	t.Helper()
	parts, err := unpack(memory{bytes.NewReader(raw)})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	book, err := openBook(parts)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	theirs, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	want, err := theirs.GetRows(book.sheet)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	part, err := parts.open(book.part)
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	w := &walk{tags: newTags(part), texts: book.texts}
	rows := 0
	for {
		if err := w.row(); err != nil {
			var uncomputed *noValue
			if !errors.As(err, &uncomputed) {
				t.Errorf("%s: %v", name, err)
			}
			return
		}
		if w.over {
			break
		}
		rows++
		var got []string
		for _, c := range w.cells {
			if !c.empty {
				got = append(append(got, make([]string, c.column-len(got))...), c.text)
			}
		}
		var there []string
		if w.line <= len(want) {
			there = want[w.line-1]
		}
		if !slices.Equal(got, there) {
			t.Errorf("%s, row %d:\n%q\n%q", name, w.line, got, there)
		}
	}
	if rows == 0 {
		t.Errorf("%s: no rows", name)
	}
}

// Days and times are those of excelize, to the second.
func TestDaysLikeExcelize(t *testing.T) {
	compared := 0
	for day := 0; day <= lastDay; day += 1 + day/200 {
		for _, part := range []float64{0, 0.25, 0.604166666666667, 0.999988425925926, 1.0 / 3} {
			for _, from1904 := range []bool{false, true} {
				v := float64(day) + part
				if !from1904 && day == 60 || from1904 && day > lastDay-1462 { // excelize goes on after the year 9999
					continue
				}
				theirs, err := excelize.ExcelDateToTime(v, from1904)
				got, ok := dayOf(v, from1904)
				if err != nil || !ok {
					t.Fatalf("%v: %v, %v", v, ok, err)
				}
				want := []string{theirs.Round(time.Second).Format(time.DateTime)}
				want = append(want, strings.TrimSuffix(want[0], ":00"), strings.TrimSuffix(want[0], " 00:00:00"))
				if v < 1 && !from1904 {
					want = []string{theirs.Round(time.Second).Format(time.TimeOnly)}
				}
				if !slices.Contains(want, got) {
					t.Errorf("%v, from 1904 %v: %s instead of %s", v, from1904, got, want[0])
				}
				compared++
			}
		}
	}
	if compared < 5000 {
		t.Errorf("only %d were compared", compared)
	}
}

// Names of cells and their places are one to one, and those of excelize.
func TestPlaces(t *testing.T) {
	for column := 0; column < mostColumns; column += 1 + column/50 {
		for _, line := range []int{1, 9, 10, mostRows} {
			name := nameOf(column, line)
			want, err := excelize.CoordinatesToCellName(column+1, line)
			c, l, wrong := placeOf(strings.ToLower(name))
			if err != nil || wrong != nil || name != want || c != column || l != line {
				t.Errorf("%d, %d: %s instead of %s, which is at %d, %d: %v", column, line, name, want, c, l, wrong)
			}
		}
	}
	for _, name := range []string{"", "A", "1", "A0", "A-1", "A+1", "A1B", "$A$1", "XFE1", "A1048577", "AAAAAAAAAAAAAAAAAAAA1", "É1", "@1",
		"A99999999999999999999"} {
		if c, l, err := placeOf(name); err == nil {
			t.Errorf("%q is at %d, %d", name, c, l)
		}
	}
}

// What a file says of a format that has a number of its own does not count, as in excelize.
func TestBuiltInFormats(t *testing.T) {
	for id := range 200 {
		book := excelize.NewFile()
		style, err := book.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		book.Styles.CellXfs.Xf[style].NumFmtID = &id
		code := "00000"
		book.Styles.NumFmts = nil
		if _, err = book.NewStyle(&excelize.Style{CustomNumFmt: &code}); err != nil {
			t.Fatal(err)
		}
		book.Styles.NumFmts.NumFmt[0].NumFmtID = id
		read, err := book.GetStyle(style)
		if err != nil {
			t.Fatal(err)
		}
		if theirs := read.CustomNumFmt == nil; theirs != isBuiltIn(id) {
			t.Errorf("%d: built in %v, excelize %v", id, isBuiltIn(id), theirs)
		}
	}
}

// Many texts go through a temporary file, which is gone in the end.
func TestManyTexts(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("TMP", os.Getenv("TMPDIR"))
	long := strings.Repeat("é", 1000)
	var b strings.Builder
	const n = 9000 // 18 MB
	for i := range n {
		fmt.Fprintf(&b, "<si><t>%d%s</t></si>", i, long)
	}
	var all texts
	if err := all.read(newTags(strings.NewReader("<sst>" + b.String() + "</sst>"))); err != nil {
		t.Fatal(err)
	}
	if all.file == nil || all.held != nil {
		t.Error("they are in memory")
	}
	for _, i := range []int{0, 1, 8387, 8388, 8389, n - 1} {
		if got, ok, err := all.at(i); got != fmt.Sprint(i)+long || !ok || err != nil {
			t.Errorf("%d: %.20q, %v, %v", i, got, ok, err)
		}
	}
	for _, i := range []int{-1, n, math.MaxInt} {
		if _, ok, err := all.at(i); ok || err != nil {
			t.Errorf("%d: %v, %v", i, ok, err)
		}
	}
	left := func() int {
		entries, err := os.ReadDir(os.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	if before, err, after := left(), all.close(), left(); before != 1 || err != nil || after != 0 {
		t.Errorf("%d files before, %d after: %v", before, after, err)
	}
}

// A text that is longer than any cell's is refused before it fills the memory.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("x", mostCell/2) + "<!-- -->" + strings.Repeat("x", mostCell/2+1)
	for _, sheet := range []string{`<c t="inlineStr"><is><t>` + long + `</t></is></c>`, `<c t="str"><v>` + long + `</v></c>`} {
		w := &walk{tags: newTags(strings.NewReader("<sheetData><row>" + sheet + "</row></sheetData>"))}
		if err := w.row(); !errors.Is(err, errLongCell) {
			t.Errorf("%.20s: %v", sheet, err)
		}
	}
	var all texts
	if err := all.read(newTags(strings.NewReader("<si><t>" + long + "</t></si>"))); !errors.Is(err, errLongCell) {
		t.Error(err)
	}
	if err := all.read(newTags(strings.NewReader("<si><t>x"))); err == nil || err == io.EOF {
		t.Error(err)
	}
}
