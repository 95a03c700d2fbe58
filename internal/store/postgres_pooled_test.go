//go:build unix

package store

import (
	"testing"

	"foia/internal/longtest"
	"foia/internal/store/pgtest"
)

// The log works where a pooler hands every transaction to another connection.
func TestPooled(t *testing.T) {
	pgtest.Need(t)
	pooler := pgtest.NewPooler(t, pgtest.Shared(t), writerName, pgtest.Superuser)
	fewHistories(t, longtest.Count(3, 10))
	open := func(t *testing.T) *Log {
		_, name := newDatabase(t)
		return openPostgres(t, pooler.URL(name, writerName), Options{})
	}
	if !longtest.On() {
		open = oneAfterAnother(t, func(t *testing.T, _ *pgtest.Server, name string) *Log {
			return openPostgres(t, pooler.URL(name, writerName), Options{})
		})
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
