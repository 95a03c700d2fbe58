package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// mustHint checks the kind of an error, its words, and that it says what to do.
func mustHint(t *testing.T, err, kind error, words string) {
	t.Helper()
	var f *Failure
	switch {
	case !errors.Is(err, kind):
		t.Errorf("got %v, want %v", err, kind)
	case !strings.Contains(err.Error(), words):
		t.Errorf("got %q, want it to say %q", err, words)
	case !errors.As(err, &f) || f.Hint() == "" || f.Where == "":
		t.Errorf("%q does not say where and what to do", err)
	}
}

func TestDiskFull(t *testing.T) {
	log, _ := newSQLite(t)
	mustAdd(t, log, 1)
	l := log
	l.db.SetMaxOpenConns(1) // the limit is of one connection
	if _, err := l.db.Exec("PRAGMA max_page_count = 20"); err != nil {
		t.Fatal(err)
	}
	var err error
	for range 100 {
		if err = log.Write(t.Context(), func(tx *Tx) error { _, err := add(tx); return err }); err != nil {
			break
		}
	}
	mustHint(t, err, ErrFull, "the disk is full")
	before := len(idsOf(t, log))
	if _, err := l.db.Exec("PRAGMA max_page_count = 1000"); err != nil {
		t.Fatal(err)
	}
	mustBeClean(t, log)
	if ids := mustAdd(t, log, 1); len(idsOf(t, log)) != before+1 || ids[0] != FormatID(2026, before+1) {
		t.Error("after room was made:", ids, before)
	}
}

func TestLocked(t *testing.T) {
	_, path := newSQLite(t)
	other, err := sql.Open("sqlite", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openDB(path, "mode=rw", "busy_timeout(1)")
	if err != nil {
		t.Fatal(err)
	}
	log := &Log{db: db, engine: sqliteEngine{}, where: path}
	defer mustClose(t, log)
	mustHint(t, log.Write(t.Context(), func(*Tx) error { return nil }), ErrLocked, "waited 10s")

	// Who waits can be interrupted.
	waiting := openSQLite(t, path, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := waiting.Write(ctx, func(*Tx) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	mustAdd(t, waiting, 1)
}

// refuse checks that a file is refused by every way of opening it, and that
// not one of its bytes was changed.
func refuse(t *testing.T, path string, kind error, words string) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{}, {Create: true}, {ReadOnly: true}} {
		log, err := OpenSQLite(t.Context(), path, o)
		mustHint(t, err, kind, words)
		if err == nil {
			mustClose(t, log)
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("the file was changed", err)
	}
	if names := namesIn(t, filepath.Dir(path)); len(names) != 1 {
		t.Error("opening left", names)
	}
}

// closedLog is a log of three requests as bytes.
func closedLog(t testing.TB) []byte {
	t.Helper()
	log, path := newSQLite(t)
	mustAdd(t, log, 3)
	mustAppend(t, log, "2026-0002", "sent", "acknowledged")
	mustClose(t, log)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeLog(t testing.TB, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "foia.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRefusedFiles(t *testing.T) {
	whole := closedLog(t)
	for _, row := range []struct {
		name  string
		bytes []byte
		kind  error
		words string
	}{
		{"empty", nil, ErrDamaged, "the file is empty"},
		{"text", []byte("id,subject\r\n2026-0001,x\r\n"), ErrForeign, "not an SQLite database"},
		{"short text", []byte("x"), ErrForeign, "not an SQLite database"},
		{"head alone", whole[:99], ErrDamaged, "cut off after 99 bytes"},
		{"one byte lost", whole[:len(whole)-1], ErrDamaged, "cut off"},
		{"one page left", whole[:4096], ErrDamaged, "cut off: 4096 bytes of"},
		{"schema format changed", slices.Concat(whole[:44], []byte{0, 0, 0, 68}, whole[48:]), ErrDamaged, "the schema format 68"},
		{"magic changed", append([]byte("sQLite"), whole[6:]...), ErrForeign, "not an SQLite database"},
	} {
		t.Run(row.name, func(t *testing.T) { refuse(t, writeLog(t, row.bytes), row.kind, row.words) })
	}
}

func TestRefusedSchemas(t *testing.T) {
	for _, row := range []struct {
		statement string
		kind      error
		words     string
	}{
		{"PRAGMA application_id = 0x47504b47", ErrForeign, "another program"}, // a GeoPackage
		{"PRAGMA application_id = 0", ErrForeign, "another program"},
		{"PRAGMA user_version = 7", ErrNewer, "it needs schema 7; this foia knows 6"},
		{"PRAGMA user_version = 0", ErrDamaged, "not have a foia schema"},
	} {
		t.Run(row.statement, func(t *testing.T) {
			path := writeLog(t, closedLog(t))
			execRaw(t, path, row.statement)
			refuse(t, path, row.kind, row.words)
		})
	}
}

func TestCompareSchema(t *testing.T) {
	for _, row := range []struct {
		version, known int
		behind         bool
		err            error
	}{{1, 1, false, nil}, {1, 2, true, nil}, {2, 1, false, ErrNewer}, {0, 1, false, ErrDamaged}, {-1, 1, false, ErrDamaged}} {
		if behind, err := compareSchema(row.version, row.known); behind != row.behind || !errors.Is(err, row.err) {
			t.Errorf("%d for %d: %v, %v", row.version, row.known, behind, err)
		}
	}
}

// A write-ahead log may hold what the file does not have yet.
func TestCheckHead(t *testing.T) {
	whole := closedLog(t)
	if err := checkHead(whole[:headSize], 4096, true, "x"); err != nil {
		t.Error("with a write-ahead log beside it:", err)
	}
	if err := checkHead(whole[:headSize], 4096, false, "x"); !errors.Is(err, ErrDamaged) {
		t.Error("without:", err)
	}
}

func FuzzCheckHead(f *testing.F) {
	whole := closedLog(f)
	f.Add(whole[:headSize], int64(len(whole)), false)
	f.Add(whole[:40], int64(40), true)
	f.Add([]byte{}, int64(0), false)
	f.Fuzz(func(t *testing.T, head []byte, size int64, moving bool) {
		head = head[:min(len(head), headSize)]
		var failure *Failure
		if err := checkHead(head, size, moving, "x"); err != nil && (!errors.As(err, &failure) || failure.Hint() == "") {
			t.Error("an error without a remedy:", err)
		} else if err == nil && string(head[:len(headMagic)]) != headMagic {
			t.Errorf("%q was taken for a log", head)
		}
	})
}

func FuzzParseID(f *testing.F) {
	for _, id := range []string{"2026-0007", "2026-10000", "2026-00007", "2026-7", "-1-0001", "2026-+001", "２０２６-0001"} {
		f.Add(id)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if year, number, err := ParseID(id); err == nil && FormatID(year, number) != id {
			t.Errorf("%q was read as %s", id, FormatID(year, number))
		}
	})
}
