//go:build unix

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/store"
	"foia/internal/store/pgtest"
	"foia/internal/workspace"
)

// model makes the database that the others are copied from.
func model(t *testing.T) *pgtest.Server {
	t.Helper()
	s := pgtest.New(t)
	if err := s.SQL("postgres", "CREATE DATABASE model"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.SetupPostgres(context.Background(), s.URL("model", pgtest.Superuser), store.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := s.SQL("model", "CREATE ROLE ana LOGIN IN ROLE model_writer"); err != nil {
		t.Fatal(err)
	}
	return s
}

// The commands are the same where the log is in a database that many share.
func TestScriptsShared(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	s := model(t)
	runShared(t, s, s, scripts...)
}

// The commands work where a pooler hands every transaction to another connection.
func TestScriptsPooled(t *testing.T) {
	s := model(t)
	runShared(t, s, pgtest.NewPooler(t, s, "ana"), "testdata/script/campaign-record.txtar", "testdata/script/verify.txtar")
}

// runShared runs scripts, each with a log of its own that is reached by way of another
// server, or of this one.
func runShared(t *testing.T, s, by *pgtest.Server, scripts ...string) {
	t.Helper()
	n := 0
	testscript.Run(t, testscript.Params{Files: scripts, Condition: scriptCondition(true), Setup: func(e *testscript.Env) error {
		n++
		name := fmt.Sprintf("log%d", n)
		e.Setenv(workspace.DatabaseVariable, by.URL(name, "ana"))
		return s.SQL("postgres", "CREATE DATABASE "+name+" TEMPLATE model")
	}})
}
