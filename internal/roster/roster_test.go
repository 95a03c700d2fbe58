package roster

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// memory is a file in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

func open(t testing.TB, raw []byte) (*Roster, error) {
	t.Helper()
	return New("list", memory{bytes.NewReader(raw)})
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
		return "Office" + sep + "E-mail" + sep + "ZIP code\nirs" + sep + "é@x.gov" + sep + "20224\n\"ice, hq\"" + sep + "\"say \"\"so\"\"\"" + sep + "\n"
	}
	for name, raw := range map[string][]byte{
		"as it should be": []byte(list), "with a mark": []byte("\uFEFF" + list),
		"UTF-16, Intel":    encode(list, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		"UTF-16, Motorola": encode(list, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()),
		"Windows-1252":     encode(list, charmap.Windows1252.NewEncoder()),
		"line feeds":       []byte(strings.ReplaceAll(list, "\r\n", "\n")), "carriage returns": []byte(strings.ReplaceAll(list, "\r\n", "\r")),
		"no end": []byte(strings.TrimSuffix(list, "\r\n")), "empty lines first": []byte("\n\n,,\n" + list),
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
		{"twice", "office,name,Office\nx,y,z\n", "the column office is there twice, also as column 1 (list:1:3)"},
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
	if _, err := Open("no-such-file.csv"); err == nil || !strings.Contains(err.Error(), "cannot be read: no such file") {
		t.Errorf("%v", err)
	}
	if _, err := Open("."); err == nil || !strings.Contains(err.Error(), "not a file") {
		t.Errorf("%v", err)
	}
}

// What is wrong with a row is said with its line and column, and the others are
// read; a quotation mark in the wrong place ends the reading, since what follows
// it may belong to the row.
func TestRows(t *testing.T) {
	for _, c := range []struct{ name, list, want, end string }{
		{"a header only", "office\n", "", ""},
		{"short and long", "office,name\nx\na,b,c\nd,e,\nf,g\n", "x|\na|b <the row has 3 cells, the header 2 (list:3:3)>\nd|e\nf|g", ""},
		{"a column without a name", "office,,name\nx,y,z\n", "x|z", ""},
		{"lines in a cell", "office,name\nx,\"a\nb\"\ny,c\n", "x|a\nb\ny|c", ""},
		{"a quotation mark inside", "office,name\nx,y\nx,5\" pipe\nz,z\n", "x|y", "a quotation mark stands inside a cell that does not begin with one (list:3:4)"},
		{"text after a quotation", "office,name\nx,\"a\" b\nz,z\n", "", "never closed, or text follows where it is closed (list:2)"},
		{"never closed", "office,name\nx,\"a\nz,z\n", "", "never closed"},
		{"a long cell", "office,name\nx," + strings.Repeat("é", 40_000) + "\ny,z\n", "<", "40000 characters, more than 32768 (list:2:2)"},
	} {
		r, err := open(t, []byte(c.list))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
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
	if err := errors.Join(book.SetCellFormula("Sheet1", "C2", "=A2&\" office\""), book.MergeCell("Sheet1", "C5", "D6"), func() error { _, err := book.NewSheet("Second"); return err }()); err != nil {
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
	if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, "first of 2 sheets") || !strings.Contains(notes, "merged cells (C5:D6)") {
		t.Errorf("notes: %s", notes)
	}
	got, err := all(t, r)
	if err != nil || len(got) < 2 || got[0] != "irs|20224|" || !strings.HasPrefix(got[1], "ice|01234|merged") {
		t.Errorf("%q, %v", got, err)
	}
}

// A list is foreign bytes: it is read or refused, and never panics; reading it
// gives no more rows than it has lines.
func FuzzRoster(f *testing.F) {
	for _, s := range []string{"office,name\nx,y\n", "\uFEFFoffice;name\r\n\"a\"\"b\";c", "a\tb\rc\td", "\xFF\xFEo\x00", "PK\x03\x04", "a,\"", "é\xE9,b\n1,2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
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
		if n := bytes.Count(raw, []byte("\n")) + bytes.Count(raw, []byte("\r")); len(rows) > n && !bytes.HasPrefix(raw, []byte("PK")) && raw[0] < 0xFE {
			t.Errorf("%d rows of %d lines", len(rows), n)
		}
	})
}

// BenchmarkRead reads a list of 100,000 rows.
func BenchmarkRead(b *testing.B) {
	raw := []byte("office,name,address,city,state,zip\n" + strings.Repeat("x,Some Police Department,1 Main Street,Springfield,IL,62701\n", 100_000))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := open(b, raw)
		if err != nil {
			b.Fatal(err)
		}
		for {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}
