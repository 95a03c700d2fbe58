package store

import (
	"path/filepath"
	"testing"
)

func BenchmarkOpen(b *testing.B) {
	log, path := newSQLite(b)
	mustAdd(b, log, 100)
	mustClose(b, log)
	for b.Loop() {
		log, err := OpenSQLite(b.Context(), path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		mustClose(b, log)
	}
}

func BenchmarkOpenReadOnly(b *testing.B) {
	log, path := newSQLite(b)
	mustAdd(b, log, 100)
	mustClose(b, log)
	for b.Loop() {
		log, err := OpenSQLite(b.Context(), path, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		mustClose(b, log)
	}
}

func BenchmarkCreate(b *testing.B) {
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		log, err := OpenSQLite(b.Context(), filepath.Join(dir, FormatID(2026, i+1)), Options{Create: true})
		if err != nil {
			b.Fatal(err)
		}
		mustClose(b, log)
	}
}

// What opening would cost if it asked the migrations each time.
func BenchmarkMigrateUpToDate(b *testing.B) {
	log, _ := newSQLite(b)
	for b.Loop() {
		if err := migrate(b.Context(), log.db); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAddOne(b *testing.B) {
	log, _ := newSQLite(b)
	for b.Loop() {
		mustAdd(b, log, 1)
	}
}

func BenchmarkAdd1000(b *testing.B) {
	for b.Loop() {
		log, _ := newSQLite(b)
		addMany(b, log, 1000)
	}
}

func BenchmarkVerify1000(b *testing.B) {
	log, _ := newSQLite(b)
	addMany(b, log, 1000)
	for b.Loop() {
		mustBeClean(b, log)
	}
}

func BenchmarkRead1000(b *testing.B) {
	log, _ := newSQLite(b)
	addMany(b, log, 1000)
	for b.Loop() {
		idsOf(b, log)
		if _, err := log.AllEvents(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func addMany(b *testing.B, log *Log, count int) {
	b.Helper()
	if err := log.Write(b.Context(), func(tx *Tx) error {
		for range count {
			if _, err := add(tx); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
}
