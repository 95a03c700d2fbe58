//go:build unix

package store

import (
	"errors"
	"io"
	"strings"
	"testing"

	"foia/internal/longtest"
	"foia/internal/store/pgtest"
)

// A log goes into the database of a newsroom and back. Only an owner copies, since the
// events bear the names of others.
func TestCopyPostgres(t *testing.T) {
	file := func(t *testing.T) *Log {
		log, _ := newSQLite(t)
		return log
	}
	shared := func(t *testing.T) *Log {
		s, name := newDatabase(t)
		return openPostgres(t, s.URL(name, "dora"), Options{Replay: true})
	}
	if !longtest.On() {
		shared = oneAfterAnother(t, func(t *testing.T, s *pgtest.Server, name string) *Log {
			return openPostgres(t, s.URL(name, "dora"), Options{Replay: true})
		})
	}
	t.Run("in", func(t *testing.T) { testCopy(t, file, shared) })
	t.Run("out", func(t *testing.T) { testCopy(t, shared, file) })
}

// Documents go with the events that they belong to, or nothing does.
func TestCopyKeeps(t *testing.T) {
	s, name := newDatabase(t)
	to := openPostgres(t, s.URL(name, "dora"), Options{Replay: true})
	from, _ := newSQLite(t)
	text := "the letter"
	r := aRequest("2026-0001")
	r.Documents = append(r.Documents[:0], document(text))
	if err := from.Write(t.Context(), func(tx *Tx) error { return tx.Add(r, anEvent(r.ID, "drafted")) }); err != nil {
		t.Fatal(err)
	}
	lost := errors.New("lost")
	if _, err := Copy(t.Context(), from, to, CopyOptions{Keep: func(*Tx, Placed) error { return lost }}); !errors.Is(err, lost) ||
		len(idsOf(t, to)) != 0 {
		t.Error(err, idsOf(t, to))
	}
	mustCopy(t, from, to, CopyOptions{
		Keep: func(tx *Tx, d Placed) error { return tx.Keep(d.Request.ID, d.Document, strings.NewReader(text)) }})
	content, err := to.Document(t.Context(), r.ID, document(text))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(content); err != nil || string(got) != text {
		t.Errorf("%q, %v", got, err)
	}
}
