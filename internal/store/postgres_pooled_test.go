//go:build unix

package store

import (
	"flag"
	"strconv"
	"testing"

	"foia/internal/store/pgtest"
)

// fewHistories has the rest of a test look at so many of the histories that rapid makes
// up: a server takes its time for each.
func fewHistories(t *testing.T, n int) {
	t.Helper()
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	if err := checks.Value.Set(strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = checks.Value.Set(before) }) // it was its own
}

// The log works where a pooler hands every transaction to another connection.
func TestPooled(t *testing.T) {
	pgtest.Need(t)
	pooler := pgtest.NewPooler(t, pgtest.Shared(t), writerName, pgtest.Superuser)
	fewHistories(t, 10)
	open := func(t *testing.T) Log {
		_, name := newDatabase(t)
		return openPostgres(t, pooler.URL(name, writerName), Options{})
	}
	testLog(t, open, open)
	t.Run("setup", func(t *testing.T) {
		_, name := bareDatabase(t)
		for range 2 {
			if _, err := SetupPostgres(t.Context(), pooler.URL(name, pgtest.Superuser), Options{}); err != nil {
				t.Fatal(err)
			}
		}
		mustWork(t, pooler.URL(name, pgtest.Superuser))
	})
}
