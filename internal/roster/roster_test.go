package roster

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"foia/internal/longtest"
)

// memory is a file in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

func open(t testing.TB, raw []byte) (*Roster, error) {
	t.Helper()
	return New("list", memory{bytes.NewReader(raw)}, nil)
}

// all reads a list into lines of cells, with what is wrong in angle brackets.
func all(t testing.TB, r *Roster) (out []string, err error) {
	t.Helper()
	for {
		row, err := r.Next()
		if err == io.EOF {
			return out, r.Close()
		}
		if err != nil {
			return out, errors.Join(err, r.Close())
		}
		line := strings.Join(row.Cells, "|")
		if row.Err != nil {
			line += " <" + row.Err.Error() + ">"
		}
		out = append(out, line)
	}
}

// However a spreadsheet program writes a list, it is read as the same.
func TestWaysToWrite(t *testing.T) {
	const list = "Office,E-mail,ZIP code\r\nirs,é@x.gov,20224\r\n\r\n\"ice, hq\",\"say \"\"so\"\"\",\r\n"
	want := "irs|é@x.gov|20224\nice, hq|say \"so\"|"
	encode := func(s string, e interface {
		String(string) (string, error)
	}) []byte {
		out, err := e.String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	other := func(sep string) string {
		return "Office" + sep + "E-mail" + sep + "ZIP code\nirs" + sep + "é@x.gov" + sep + "20224\n\"ice, hq\"" + sep +
			"\"say \"\"so\"\"\"" + sep + "\n"
	}
	for name, raw := range map[string][]byte{
		"as it should be": []byte(list), "with a mark": []byte("\uFEFF" + list),
		"UTF-16, Intel":    encode(list, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		"UTF-16, Motorola": encode(list, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()),
		"Windows-1252":     encode(list, charmap.Windows1252.NewEncoder()),
		"line feeds":       []byte(strings.ReplaceAll(list, "\r\n", "\n")),
		"carriage returns": []byte(strings.ReplaceAll(list, "\r\n", "\r")),
		"no end":           []byte(strings.TrimSuffix(list, "\r\n")), "empty lines first": []byte("\n\n,,\n" + list),
		"semicolons": []byte(other(";")), "tabs": []byte(other("\t")), "bars": []byte(other("|")),
	} {
		r, err := open(t, raw)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var columns []string
		for _, c := range r.Columns {
			columns = append(columns, c.Name)
		}
		if got := strings.Join(columns, ","); got != "office,email,zip_code" {
			t.Errorf("%s: the columns are %s", name, got)
		}
		got, err := all(t, r)
		if err != nil || strings.Join(got, "\n") != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// What is wrong with the whole list is said with its place.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"nothing", "", "the list is empty (list)"},
		{"empty lines", "\n\n  \n", "the list is empty"},
		{"twice", "office,name,Office\nx,y,z\n", "the column office appears twice, also as column 1 (list:1:3)"},
		{"no letters", "office,§§\nx,y\n", "the column \"§§\" has no name in letters (list:1:2)"},
		{"too many columns", strings.Repeat("a,", 100_000) + "\n", "the list has 100001 columns, more than 500"},
		{"old Excel", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Excel file"},
		{"no Excel", "PK\x03\x04 and then nothing", "the Excel file cannot be read"},
	} {
		_, err := open(t, []byte(c.list))
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.want) || fault.Hint() == "" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := Open("no-such-file.csv", nil); err == nil || !strings.Contains(err.Error(), "cannot be read: no such file") {
		t.Errorf("%v", err)
	}
	if _, err := Open(".", nil); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("%v", err)
	}
}

// What is wrong with a row is said with its line and column, and the others are
// read; a quotation mark in the wrong place ends the reading, since what follows
// it may belong to the row.
func TestRows(t *testing.T) {
	for _, c := range []struct{ name, list, want, end string }{
		{"a header only", "office\n", "", ""},
		{"short and long", "office,name\nx\na,b,c\nd,e,\nf,g\n", "x|\na|b <the row has 3 cells; the header has 2 (list:3:3)>\nd|e\nf|g",
			""},
		{"a column without a name", "office,,name\nx,y,z\n", "x|z", ""},
		{"lines in a cell", "office,name\nx,\"a\nb\"\ny,c\n", "x|a\nb\ny|c", ""},
		{"a quotation mark inside", "office,name\nx,y\nx,5\" pipe\nz,z\n", "x|y",
			"there is a quotation mark inside a cell that does not begin with one (list:3:2)"},
		{"text after a quotation", "office,name\nx,\"a\" b\nz,z\n", "", "never closed, or text follows the closing one (list:2:2)"},
		{"never closed", "office,name\nx,y\n\"z\",\"a\nz,z\n", "x|y", "never closed, or text follows the closing one (list:3:2)"},
		{"never closed in the header", "office,\"name\nx,y\n", "", "never closed, or text follows the closing one (list:1:2)"},
		{"empty lines between", "office,name\n\n,\nx\n  , \ny,z,q\n", "x|\ny|z <the row has 3 cells; the header has 2 (list:6:3)>", ""},
		{"100,000 cells", "office,name\nx,y" + strings.Repeat(",z", 99_998) + "\na,b\n",
			"x|y <the row has 100000 cells; the header has 2 (list:2:3)>\na|b", ""},
		{"a lost character", "\uFEFFoffice,name\nx,caf\xE9\ny,caf\uFFFD\nz,café\n", "x|café\n" +
			"y|caf\uFFFD <the cell has a character that was lost when the file was saved, or that its encoding does not have " +
			"(list:3:2)>\nz|café", ""},
		{"half a character of UTF-16", "\xFF\xFEa\x00\n\x00\x00\xD8\n\x00",
			"\uFFFD <the cell has a character that was lost when the file was saved, or that its encoding does not have (list:2:1)>", ""},
		{"a long cell", "office,name\nx," + strings.Repeat("é", 40_000) + "\ny,z\n", "", "40000 characters, more than 32768 (list:2:2)"},
	} {
		r, err := open(t, []byte(c.list))
		if err != nil {
			if c.end == "" || !strings.Contains(err.Error(), c.end) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		got, err := all(t, r)
		text := strings.Join(got, "\n")
		if c.name == "a long cell" {
			if err != nil || !strings.Contains(text, c.end) || !strings.HasSuffix(text, "\ny|z") {
				t.Errorf("%s: %.200s, %v", c.name, text, err)
			}
			continue
		}
		if text != c.want || (c.end == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.end) {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

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

// endless is a list of so many rows that is made while it is read.
type endless struct {
	rows, at int64
}

const (
	endlessHead = "office,name,address,city,state,zip\n"
	endlessRow  = "irs,Some Police Department,1 Main Street,Springfield,IL,62701\n"
)

func (e *endless) size() int64 { return int64(len(endlessHead)) + e.rows*int64(len(endlessRow)) }

func (e *endless) Read(p []byte) (int, error) {
	n, err := e.ReadAt(p, e.at)
	e.at += int64(n)
	return n, err
}

func (e *endless) ReadAt(p []byte, at int64) (int, error) {
	if at >= e.size() {
		return 0, io.EOF
	}
	head := int64(len(endlessHead))
	if at < head {
		return copy(p, endlessHead[at:]), nil
	}
	if at-head+int64(len(p)) > e.rows*int64(len(endlessRow)) {
		p = p[:e.size()-at]
	}
	n := copy(p, endlessRow[(at-head)%int64(len(endlessRow)):])
	for n < len(p) {
		n += copy(p[n:], endlessRow)
	}
	return n, nil
}

func (e *endless) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
		e.at = offset
	case io.SeekCurrent:
		e.at += offset
	case io.SeekEnd:
		e.at = e.size() + offset
	}
	return e.at, nil
}

func (*endless) Close() error { return nil }

// A million rows are read one by one, and none is lost.
func TestMillionRows(t *testing.T) {
	r, err := New("list", &endless{rows: 1_000_000}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows, last := 0, 0
	for {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil || row.Err != nil || row.Cells[5] != "62701" {
			t.Fatalf("%+v, %v", row, err)
		}
		rows, last = rows+1, row.Line
	}
	if rows != 1_000_000 || last != 1_000_001 {
		t.Errorf("%d rows, the last in line %d", rows, last)
	}
}

// A list is foreign bytes: it is read or refused, and never panics; reading it
// gives no more rows than it has lines.
func FuzzRoster(f *testing.F) {
	for _, s := range []string{"office,name\nx,y\n", "\uFEFFoffice;name\r\n\"a\"\"b\";c", "a\tb\rc\td", "\xFF\xFEo\x00", "PK\x03\x04",
		"a,\"", "é\xE9,b\n1,2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(readForeign)
}

// FuzzExcel reads what may be the ZIP file around a list. Its seeds are as small as
// they can be: Go makes each input that it finds interesting smaller by leaving out
// every part of it. What is inside is the business of FuzzSheet, which no checksum guards.
func FuzzExcel(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add(zipOf(f, map[string]string{"a": ""}))
	f.Add(zipOf(f, map[string]string{"xl/workbook.xml": "<sheet/>"}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > mostFuzzed {
			t.Skip()
		}
		readForeign(t, raw)
	})
}

// mostFuzzed is how large the inputs are that a fuzz test tries, in bytes: larger ones
// take longer and find nothing else.
const mostFuzzed = 4 << 10

// FuzzSheet reads a sheet, and the number format of its cells, in a small workbook that
// is otherwise as it should be.
func FuzzSheet(f *testing.F) {
	longtest.LargeInputs(f)
	for _, sheet := range []string{smallSheet, `<sheetData/>`,
		`<sheetData><row r="3" hidden="1"><c r="B3" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`,
		`<x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c/></x:row><!-- > --><?x ?></x:sheetData>`,
		`<sheetData><row><c t="d"><v>2025-05-06T00:00:00</v></c><c t="str"><f>1&gt;2</f><v><![CDATA[a<b]]></v></c>`,
		`<sheetData><row r="2"><c r="A2" t="s"><v>9</v></c></row><row r="1"/></sheetData><sheetData><row/></sheetData>`} {
		f.Add(sheet, "yyyy-mm-dd")
		f.Add(sheet, `[<=99999]00000;"x"00000\-0000`)
	}
	f.Fuzz(func(t *testing.T, sheet, format string) {
		if len(sheet)+len(format) > mostFuzzed {
			t.Skip()
		}
		inside := maps.Clone(smallParts)
		inside["xl/worksheets/sheet1.xml"] = sheet
		var escaped strings.Builder
		if err := xml.EscapeText(&escaped, []byte(format)); err != nil {
			t.Fatal(err)
		}
		inside["xl/styles.xml"] = strings.Replace(smallParts["xl/styles.xml"], "00000", escaped.String(), 1)
		readForeign(t, zipOf(t, inside))
	})
}

// FuzzWalk reads what may be the XML of a sheet.
func FuzzWalk(f *testing.F) {
	for _, s := range []string{smallSheet, `<sheetData><row><c r="A1"><f>1</f></c>`,
		`<x:sheetData><x:row><x:c r='A1'><x:f/><x:v>1</x:v></x:c></x:row></x:sheetData><mergeCell ref="A1:B2"/>`, "<", "</>",
		"<!DOCTYPE a>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		if len(sheet) > mostFuzzed {
			t.Skip()
		}
		w := &walk{tags: newTags(strings.NewReader(sheet)), texts: &texts{held: []byte("abc"), ends: []int64{1, 2, 3}}}
		for last := 0; !w.over; last = w.line {
			if err := w.row(); err != nil {
				return
			}
			if !w.over && w.line <= last {
				t.Fatalf("after row %d comes row %d", last, w.line)
			}
			for i := 1; i < len(w.cells); i++ {
				if w.cells[i].column <= w.cells[i-1].column {
					t.Fatalf("%+v", w.cells)
				}
			}
		}
	})
}

// The smallest workbook: two lines of a list.
const smallSheet = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>` +
	`<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>45783</v></c></row></sheetData></worksheet>`

var smallParts = map[string]string{
	"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="` +
		officeNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml": `<workbook xmlns="` + sheetNS + `" xmlns:r="` + officeNS + `"><workbookPr date1904="0"/>` +
		`<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="a" Type="` + officeNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="b" Type="` + officeNS + `/styles" Target="styles.xml"/><Relationship Id="c" Type="` + officeNS +
		`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
	"xl/styles.xml": `<styleSheet xmlns="` + sheetNS + `"><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
	"xl/sharedStrings.xml": `<sst xmlns="` + sheetNS + `"><si><t>name</t></si><si><t>day</t></si><si><t>Police &amp; Fire</t></si></sst>`,
}

const (
	officeNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheetNS  = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
)

// zipOf makes a ZIP file that is not compressed.
func zipOf(t testing.TB, inside map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	var err error
	for _, name := range slices.Sorted(maps.Keys(inside)) {
		text := inside[name]
		part, e := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(text)),
			CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text))})
		if e == nil {
			_, e = io.WriteString(part, text)
		}
		err = errors.Join(err, e)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readForeign(t *testing.T, raw []byte) {
	r, err := open(t, raw)
	var fault *Fault
	if err != nil {
		if !errors.As(err, &fault) {
			t.Errorf("%v", err)
		}
		return
	}
	rows, err := all(t, r)
	if err != nil && !errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
	if n := bytes.Count(raw, []byte("\n")) + bytes.Count(raw, []byte("\r")); len(rows) > n && !bytes.HasPrefix(raw, []byte("PK")) &&
		raw[0] < 0xFE {
		t.Errorf("%d rows of %d lines", len(rows), n)
	}
}

// How reading grows with the list: what is allocated for a row stays the same.
func BenchmarkRead(b *testing.B) {
	for _, rows := range []int64{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			b.SetBytes((&endless{rows: rows}).size())
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				readAll(b, &endless{rows: rows})
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(rows)/float64(b.N), "B/row")
		})
	}
}

// The same of an Excel file. The file itself is in memory; its rows are not.
func BenchmarkReadExcel(b *testing.B) {
	for _, rows := range []int{1_000, 50_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			raw := excelList(b, rows)
			b.ReportAllocs()
			for b.Loop() {
				readAll(b, memory{bytes.NewReader(raw)})
			}
		})
	}
}

func excelList(b testing.TB, rows int) []byte {
	b.Helper()
	book := excelize.NewFile()
	w, err := book.NewStreamWriter("Sheet1")
	for i := 1; i <= rows && err == nil; i++ {
		err = w.SetRow(fmt.Sprintf("A%d", i), []any{"irs", fmt.Sprint("Department ", i), "1 Main Street", "Springfield", "IL", "62701"})
	}
	var out bytes.Buffer
	if err := errors.Join(err, w.Flush(), book.Write(&out), book.Close()); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func readAll(b *testing.B, file File) {
	r, err := New("list", file, nil)
	if err != nil {
		b.Fatal(err)
	}
	for {
		if _, err := r.Next(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
