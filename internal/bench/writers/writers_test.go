//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"foia/internal/longtest"
	"foia/internal/store"
	"foia/internal/store/pgtest"
	"foia/internal/workspace"
)

func TestMain(m *testing.M) {
	if isWriter() {
		if err := writeAsTold(context.Background()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// Eight programs write into one log at once: nothing of it is lost or doubled.
func TestWriters(t *testing.T) {
	measure := func(t *testing.T) {
		t.Helper()
		result, err := run{dir: t.TempDir(), writers: 8, length: time.Duration(longtest.Count(1, 2)) * time.Second}.measure(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Log(result)
	}
	t.Run("SQLite", measure)
	t.Run("PostgreSQL", func(t *testing.T) {
		s := pgtest.New(t)
		if err := s.SQL("postgres", "CREATE DATABASE writers"); err != nil {
			t.Fatal(err)
		}
		t.Setenv(workspace.DatabaseVariable, s.URL("writers", pgtest.Superuser))
		if _, err := store.SetupPostgres(t.Context(), s.URL("writers", pgtest.Superuser), store.Options{}); err != nil {
			t.Fatal(err)
		}
		measure(t)
	})
}
