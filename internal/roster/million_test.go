package roster

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/xuri/excelize/v2"
)

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
