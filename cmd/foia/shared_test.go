//go:build unix

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/longtest"
	"foia/internal/store"
	"foia/internal/store/pgtest"
	"foia/internal/workspace"
)

// newsroom makes the database that the others are copied from.
func newsroom(t *testing.T) *pgtest.Server {
	t.Helper()
	s := pgtest.New(t)
	if err := s.SQL("postgres", "CREATE DATABASE model"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.SetupPostgres(context.Background(), s.URL("model", pgtest.Superuser), store.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ana", "ben", "eve"} {
		if err := s.SQL("model", "CREATE ROLE "+name+" LOGIN IN ROLE model_writer"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SQL("model", "CREATE ROLE rita LOGIN IN ROLE model_reader", "CREATE ROLE olga LOGIN IN ROLE model_owner"); err != nil {
		t.Fatal(err)
	}
	return s
}

// The commands are the same where the log is in a database that many share. The short
// form has the scripts that are about such a database, and one each of those that file,
// that write for many at once, and that read the whole log.
func TestScriptsShared(t *testing.T) {
	scripts, err := filepath.Glob("testdata/shared/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if longtest.On() {
		scripts = append(scripts, allScripts(t)...)
	} else {
		scripts = append(scripts, "testdata/script/new.txtar", "testdata/script/campaign-record.txtar", "testdata/script/verify.txtar")
	}
	s := newsroom(t)
	runShared(t, s, s, scripts...)
}

// The commands work where a pooler hands every transaction to another connection.
func TestScriptsPooled(t *testing.T) {
	s := newsroom(t)
	scripts := []string{"testdata/script/campaign-record.txtar", "testdata/script/verify.txtar"}
	runShared(t, s, pgtest.NewPooler(t, s, "ana"), longtest.Sample(1, scripts)...)
}

// runShared runs scripts, each with a log of its own that is reached by way of another
// server, or of this one.
func runShared(t *testing.T, s, by *pgtest.Server, scripts ...string) {
	t.Helper()
	if !longtest.On() {
		scripts = within(t, scripts...)
	}
	n := 0
	runScripts(t, testscript.Params{Files: scripts, Condition: scriptCondition(isShared), Cmds: scriptCommands,
		Setup: func(e *testscript.Env) error {
			theProcess.Lock()
			defer theProcess.Unlock()
			n++
			name := fmt.Sprintf("log%d", n)
			e.Setenv(workspace.DatabaseVariable, by.URL(name, "ana"))
			e.Setenv("FOIA_FIRST", by.URL(name, "ana"))
			if err := s.SQL("postgres", "CREATE DATABASE "+name+" TEMPLATE model"); err != nil ||
				filepath.Base(e.WorkDir) != "script-proof" {
				return err
			}
			e.Setenv("FOIA_SECOND", s.URL(name+"b", "olga"))
			e.Setenv("FOIA_THIRD", s.URL(name+"c", "olga"))
			return s.SQL("postgres", "CREATE DATABASE "+name+"b TEMPLATE model", "CREATE DATABASE "+name+"c TEMPLATE model")
		}})
}
