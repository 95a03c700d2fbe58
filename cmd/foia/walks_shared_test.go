//go:build unix

package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/store/pgtest"
	"foia/internal/workspace"
)

// The walk of a newsroom begins with a server on which there is an empty database and nobody.
func TestWalkOfANewsroom(t *testing.T) {
	scripts := walkScripts(t, true)
	if len(scripts) != 1 {
		t.Errorf("%d walks have a log in a database", len(scripts))
	}
	s := pgtest.New(t)
	if err := s.SQL("postgres", "CREATE DATABASE foia"); err != nil {
		t.Fatal(err)
	}
	runScripts(t, testscript.Params{Files: within(t, scripts...), Cmds: walkCommands(), Setup: func(e *testscript.Env) error {
		e.Setenv("FOIA_TEST_SHOWN", "1")
		e.Setenv(workspace.DatabaseVariable, s.URL("foia", pgtest.Superuser))
		e.Setenv(newPassword, "not used: this server trusts whoever comes from this machine")
		return nil
	}})
}
