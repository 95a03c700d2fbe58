package moving

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"foia/internal/roster"
)

const plainTracker = "Agency,Subject,Date sent,Status\nFBI,Memos,2026-01-02,Denied\nDEA,Logs,2026-01-15,Pending\n"

// what a plain tracker becomes.
var plainPlan = []string{"Memos: 2026-01-02 sent; ? determination outcome=denied", "Logs: 2026-01-15 sent"}

// readBytes reads bytes as a file of a name.
func readBytes(t *testing.T, name string, raw []byte) (*Plan, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return Read(path, Answers{}, laws(t))
}

// becomes is a plan in short.
func becomes(p *Plan) (out []string) {
	for _, q := range p.Requests {
		out = append(out, *q.Subject+": "+eventsOf(q))
	}
	return out
}

// excelBytes is a plain tracker as a workbook, with further parts.
func excelBytes(t *testing.T, parts map[string]string, change func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimSpace(plainTracker), "\n") {
		cells := strings.Split(line, ",")
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	err := change(f)
	if err == nil {
		err = f.Write(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	return withParts(t, b.Bytes(), parts)
}

func withParts(t *testing.T, raw []byte, parts map[string]string) []byte {
	t.Helper()
	old, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range old.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range parts {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func inUTF16(s string, big, mark bool) (out []byte) {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	for _, u := range units {
		pair := []byte{byte(u), byte(u >> 8)}
		if big {
			slices.Reverse(pair)
		}
		out = append(out, pair...)
	}
	return out
}

func unchanged(*excelize.File) error { return nil }

// TestReadAllTheSame: what a file may have that is no reason not to read it. Nothing of it is run, opened or fetched.
func TestReadAllTheSame(t *testing.T) {
	for _, c := range []struct {
		name, file string
		raw        []byte
	}{
		{"macros", "tracker.xlsm", excelBytes(t, map[string]string{"xl/vbaProject.bin": "\xD0\xCF\x11\xE0macros"}, unchanged)},
		{"external links", "tracker.xlsx", excelBytes(t, map[string]string{"xl/externalLinks/externalLink1.xml": "<externalLink/>",
			"xl/externalLinks/_rels/externalLink1.xml.rels": `<Relationships><Relationship Id="a" Target="http://example.invalid"/>` +
				`</Relationships>`},
			func(f *excelize.File) error {
				return errors.Join(f.SetCellValue("Sheet1", "C3", 46037), f.SetCellFormula("Sheet1", "C3", "[1]Sheet1!A1"))
			})},
		{"formulas with their values", "tracker.xlsx", excelBytes(t, nil, func(f *excelize.File) error {
			return errors.Join(f.SetCellValue("Sheet1", "C2", 46024), f.SetCellFormula("Sheet1", "C2", "DATE(2026,1,2)"))
		})},
		{"an empty sheet after it", "tracker.xlsx", excelBytes(t, nil, func(f *excelize.File) error {
			_, err := f.NewSheet("Notes")
			return err
		})},
		{"UTF-8 with a mark", "tracker.csv", []byte("\uFEFF" + plainTracker)},
		{"UTF-16 with a mark", "tracker.txt", inUTF16(strings.ReplaceAll(plainTracker, ",", "\t"), false, true)},
		{"UTF-16, the other way round", "tracker.txt", inUTF16(plainTracker, true, true)},
		{"UTF-16 without a mark", "tracker.csv", inUTF16(plainTracker, false, false)},
		{"NUL bytes within cells", "tracker.csv", []byte(strings.ReplaceAll(plainTracker, "Memos", "Me\x00mos"))},
		{"returns only, as on old Macintoshes", "tracker.csv", []byte(strings.ReplaceAll(plainTracker, "\n", "\r"))},
		{"a line that names the separator", "tracker.csv", []byte("sep=;\r\n" + strings.ReplaceAll(plainTracker, ",", ";"))},
		{"a name without an ending", "tracker", []byte(plainTracker)},
		{"empty lines, and commas alone", "tracker.csv", []byte(strings.ReplaceAll(plainTracker, "DEA", "\n,,,\n\nDEA"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := readBytes(t, c.file, c.raw)
			if err != nil {
				t.Fatal(err)
			}
			if got := becomes(p); !slices.Equal(got, plainPlan) {
				t.Errorf("got %q", got)
			}
		})
	}
}

// zipOf is a ZIP file of empty parts; sizes are what it says of them.
func zipOf(t *testing.T, sizes map[string]uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, size := range sizes {
		if _, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: size}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestNotRead: what is no tracker, or cannot be read, is refused with what it is and what to do; nothing panics, and nothing is
// unpacked before it is known how large it becomes.
func TestNotRead(t *testing.T) {
	for _, c := range []struct {
		name, file, says string
		raw              []byte
	}{
		{"a workbook that becomes two gigabytes", "bomb.xlsx", "unpacked, it has more than 1 GB",
			zipOf(t, map[string]uint64{"xl/workbook.xml": 10, "xl/worksheets/sheet1.xml": 2 << 30})},
		{"a workbook with a large picture", "bomb.xlsx", "pictures and the like",
			zipOf(t, map[string]uint64{"xl/media/image1.png": 100 << 20})},
		{"an encrypted workbook", "tracker.xlsx", "locked with a password", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1EncryptedPackage")},
		{"an old workbook", "tracker.xls", "old Excel file (.xls)", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1Workbook")},
		{"OpenDocument", "tracker.ods", "OpenDocument spreadsheet (.ods)", zipOf(t, map[string]uint64{"mimetype": 0, "content.xml": 0})},
		{"Numbers", "tracker.numbers", "Apple Numbers", zipOf(t, map[string]uint64{"Index/Document.iwa": 0})},
		{"a binary workbook", "tracker.xlsb", "binary workbook (.xlsb)", zipOf(t, map[string]uint64{"xl/workbook.bin": 0})},
		{"a web page called .xls", "tracker.xls", "a web page (HTML)",
			[]byte("\uFEFF\r\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>Agency</td></tr></table></html>")},
		{"XML of Excel 2003", "tracker.xls", "an XML file", []byte(`<?xml version="1.0"?><Workbook/>`)},
		{"a PDF", "tracker.csv", "a PDF", []byte("%PDF-1.7\n")},
		{"nothing", "tracker.csv", "the list is empty", nil},
		{"nothing but blanks", "tracker.csv", "the list is empty", []byte("\n \n,,,\n")},
		{"half a workbook", "tracker.xlsx", "the Excel file cannot be read", excelBytes(t, nil, unchanged)[:3000]},
		{"no line that names the columns", "tracker.csv", "no line names the columns",
			[]byte("FBI,Memos,3/2/2026,email\nDEA,Logs,3/25/2026,mail\n")},
		{"a quotation mark that is never closed", "tracker.csv", "a quotation mark is never closed",
			[]byte("Agency,Subject\nFBI,\"Memos\nDEA,Logs\n")},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := readBytes(t, c.file, c.raw)
			var fault *roster.Fault
			if !errors.As(err, &fault) || p != nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.file) ||
				fault.Remedy == "" {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestWindows1252 reads what is no UTF-8 as the encoding of old spreadsheet programs.
func TestWindows1252(t *testing.T) {
	p, err := readBytes(t, "tracker.csv", []byte("Agency,Subject,Date sent\nFBI,Caf\xe9 \x96 \x93logs\x94,2026-01-02\n"))
	if err != nil || p.Encoding != "windows-1252" || *p.Requests[0].Subject != "Café – “logs”" {
		t.Errorf("%v, %+v", err, p)
	}
}

// TestCellOfAMegabyte: a row with a cell that no spreadsheet can hold is rejected by its line; the others are read.
func TestCellOfAMegabyte(t *testing.T) {
	p, err := readBytes(t, "tracker.csv", []byte(strings.ReplaceAll(plainTracker, "Memos", strings.Repeat("x", 1<<20))))
	if err != nil || !slices.Equal(becomes(p), plainPlan[1:]) || !slices.Equal(linesOf(p.Rejected), []int{2}) ||
		!strings.Contains(p.Rejected[0].Why, "more than 32768") {
		t.Errorf("%v, %+v", err, p)
	}
}

// TestChangesWhileRead: a plan of a file that is no more the one whose hash it would name is not given out.
func TestChangesWhileRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tracker.csv")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(plainTracker, "Subject", "Law")), 0o600); err != nil {
		t.Fatal(err)
	}
	during := func(string) string { // asked while the rows are read
		if err := os.WriteFile(path, []byte(plainTracker), 0o600); err != nil {
			t.Fatal(err)
		}
		return ""
	}
	if p, err := Read(path, Answers{}, during); p != nil || err == nil || !strings.Contains(err.Error(), "changed while it was read") {
		t.Errorf("%v", err)
	}
}

// TestSubjectInArabic: letters that run from right to left stay, and what would turn others around is dropped.
func TestSubjectInArabic(t *testing.T) {
	p, err := readBytes(t, "tracker.csv", []byte(strings.ReplaceAll(plainTracker, "Memos", "\u202eتقارير\u2066 2025")))
	if err != nil || *p.Requests[0].Subject != "تقارير 2025" {
		t.Errorf("%v, %q", err, *p.Requests[0].Subject)
	}
}
