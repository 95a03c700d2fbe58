package roster

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
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
