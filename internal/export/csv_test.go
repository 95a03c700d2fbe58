package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"foia/internal/docket"
)

func TestTrackingCSV(t *testing.T) {
	got, err := TrackingCSV([]docket.Row{
		{ID: "2026-0001", Subject: "the “agreement”, § 6103", Agency: "Department of the Treasury", Status: "drafted"},
		{ID: "2026-0002", Subject: "=cmd()", Folder: "requests/2026-0002-irs"},
	})
	const want = "\uFEFFid,subject,agency,component,tracking number,filed via,sent,received,due,status,outcome,fee category,fee " +
		"waiver,expedited,appeal by,last event,next step,folder,series,period,assigned,tags\r\n" +
		"2026-0001,\"the “agreement”, § 6103\",Department of the Treasury,,,,,,,drafted,,,,,,,,,,,,\r\n" +
		"2026-0002,'=cmd(),,,,,,,,,,,,,,,,requests/2026-0002-irs,,,,\r\n"
	if err != nil || string(got) != want {
		t.Errorf("got %v\n%q\nwant\n%q", err, got, want)
	}
}

func TestEmptyLog(t *testing.T) {
	got, err := TrackingCSV(nil)
	if err != nil || strings.Count(string(got), "\r\n") != 1 {
		t.Errorf("got %q, %v", got, err)
	}
}

// What begins a formula: OWASP, "CSV Injection", which names = + - @, tab,
// carriage return and line feed, and the full-width forms.
func TestCells(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{"", ""},
		{"plain", "plain"},
		{"a = b + c - d @ e", "a = b + c - d @ e"},
		{"'quoted", "'quoted"},
		{"=1+1", "'=1+1"},
		{"+1", "'+1"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"＝1", "'＝1"}, {"＋1", "'＋1"}, {"－1", "'－1"}, {"＠1", "'＠1"},
		{"  =1", "'  =1"},
		{"\u00a0\u3000=1", "'\u00a0\u3000=1"},
		{"\u200b\ufeff=1", "'\u200b\ufeff=1"}, // invisible characters
		{"\t=1", "' =1"}, {"\r=1", "' =1"}, {"\n=1", "' =1"},
		{"\tplain", " plain"},
		{"one\r\ntwo\nthree\rfour\u2028five\u0085six\vseven", "one two three four five six seven"},
		{"a\x00b\x7fc", "a b c"},
		{"a;=1", "a;'=1"}, // a new cell where Excel splits at semicolons
		{"a; -1;b", "a;' -1;b"},
		{"a;b", "a;b"},
		{"bad \xff utf-8", "bad \uFFFD utf-8"},
	} {
		if got := guard(oneLine(row.in)); got != row.want {
			t.Errorf("%q: got %q, want %q", row.in, got, row.want)
		}
	}
}

// parse reads the file as another program would.
func parse(t *testing.T, file []byte) [][]string {
	t.Helper()
	text, ok := bytes.CutPrefix(file, []byte(byteOrderMark))
	if !ok {
		t.Fatalf("no byte order mark: %q", file)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// FuzzTrackingCSV: every cell comes back as it went in, on one line and with
// no more than apostrophes added, and none is a formula.
func FuzzTrackingCSV(f *testing.F) {
	for _, s := range []string{"", "a,b", "\"", "=1", "\r\n", "a\nb", " \t@x", `\.`, "；＝", "a;=b", "'=", "\xff=", "\ufeff"} {
		f.Add(s, s+"x")
	}
	f.Fuzz(func(t *testing.T, subject, folder string) {
		file, err := TrackingCSV([]docket.Row{{ID: "2026-0001", Subject: subject, Folder: folder}})
		if err != nil {
			t.Fatal(err)
		}
		records := parse(t, file)
		if len(records) != 2 || !slices.Equal(records[0], docket.ColumnNames()) || len(records[1]) != len(records[0]) {
			t.Fatalf("read back %q", records)
		}
		if !utf8.Valid(file) || bytes.Count(file, []byte("\n")) != 2 {
			t.Errorf("not two lines of UTF-8: %q", file)
		}
		mustBeSafe(t, subject, records[1][1])
		mustBeSafe(t, folder, records[1][slices.Index(docket.ColumnNames(), "folder")])
	})
}

func mustBeSafe(t *testing.T, from, got string) {
	t.Helper()
	if !sameButApostrophes(got, oneLine(from)) {
		t.Errorf("%q came back as %q", from, got)
	}
	for _, part := range strings.Split(got, ";") {
		if visible := strings.TrimLeft(part, " \u00a0\u3000\u200b\ufeff"); visible != "" && strings.ContainsAny(visible[:1], "=+-@") {
			t.Errorf("%q is a formula", got)
		}
	}
}

// sameButApostrophes tells whether got is want with apostrophes put in.
func sameButApostrophes(got, want string) bool {
	for want != "" || got != "" {
		switch {
		case want != "" && got != "" && want[0] == got[0]:
			want, got = want[1:], got[1:]
		case got != "" && got[0] == '\'':
			got = got[1:]
		default:
			return false
		}
	}
	return true
}
