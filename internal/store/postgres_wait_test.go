//go:build unix

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"foia/internal/remedy"
	"foia/internal/store/pgtest"
)

// mustEnd makes sure that the hint of an error names the session that is in the way.
func mustEnd(t *testing.T, err error) {
	t.Helper()
	var failure *Failure
	if !errors.As(err, &failure) || !slices.ContainsFunc(remedy.Acts(failure.Hint()), func(a remedy.Act) bool {
		return a.Verb == remedy.Writing && a.Detail("end") != ""
	}) {
		t.Errorf("%v: no hint at whom to end", err)
	}
}

// Who waits in vain is told for whom.
func TestPostgresWaits(t *testing.T) {
	s, name := newDatabase(t)
	address := s.URL(name, writerName)
	bare, empty := bareDatabase(t)
	holdingOpen(t, bare.URL(empty, pgtest.Superuser)+"?application_name=psql", fmt.Sprintf("SELECT pg_advisory_xact_lock(%d)", setupLock))
	setup := make(chan error)
	go func() {
		_, err := SetupPostgres(t.Context(), bare.URL(empty, pgtest.Superuser), Options{})
		setup <- err
	}()
	for _, holder := range []string{address, s.URL(name, "ben") + "?application_name=psql"} {
		log := openPostgres(t, holder, Options{})
		begun, end := make(chan bool), make(chan bool)
		done := make(chan error)
		go func() {
			done <- log.Write(t.Context(), func(*Tx) error {
				close(begun)
				<-end
				return nil
			})
		}()
		<-begun
		start := time.Now()
		var third chan error // waits too, and holds nothing
		if holder == address {
			third = make(chan error)
			go func() {
				third <- openPostgres(t, s.URL(name, "dora"), Options{}).Write(t.Context(), func(*Tx) error { return nil })
			}()
		}
		err := openPostgres(t, s.URL(name, "ben"), Options{}).Write(t.Context(), func(*Tx) error { return nil })
		want := writerName + " (" + applicationName() + ", for "
		if holder != address {
			want = "ben (psql, for "
		}
		if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "ben waited 10s for "+want) {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		mustEnd(t, err)
		close(end)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if third != nil {
			<-third // in vain or not
		}
	}
	err := <-setup
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "postgres waited 10s for postgres (psql, for 1") {
		t.Error("setup:", err)
	}
	mustEnd(t, err)
}

// holdingOpen begins a transaction with a program that knows nothing of foia, and leaves it open.
func holdingOpen(t *testing.T, address, statement string) (conn *sql.Conn, session int) {
	t.Helper()
	conn, err := rawPostgres(t, address).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), "BEGIN; "+statement); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it may have been ended
	if err := conn.QueryRowContext(t.Context(), "SELECT pg_backend_pid()").Scan(&session); err != nil {
		t.Fatal(err)
	}
	return conn, session
}

// Whoever left a transaction open is named to everybody, with the time since when, and whoever may ends it: the server says
// who may.
func TestPostgresEndsWhoBlocks(t *testing.T) {
	s, name := newDatabase(t)
	log := openPostgres(t, s.URL(name, writerName), Options{})
	mustAdd(t, log, 1)
	entry := "INSERT INTO foia.events SELECT * FROM foia.events WHERE false" // whatever it enters, it is in the line
	for _, statement := range []string{"SELECT foia.begin_write()", entry, "SAVEPOINT x; " + entry + "; " + entry} {
		left, session := holdingOpen(t, s.URL(name, "ben")+"?application_name=psql", statement)
		for _, who := range []string{writerName, "cora", "dora", pgtest.Superuser} {
			all, err := Holders(t.Context(), s.URL(name, who), Options{})
			if err != nil || len(all) != 1 || all[0].Session != session || all[0].Name != "ben" || all[0].Program != "psql" ||
				all[0].Seconds < 0 || all[0].Seconds > 60 {
				t.Errorf("%s, told to %s: %+v, %v", statement, who, all, err)
			}
		}
		_, err := EndSession(t.Context(), s.URL(name, "dora"), Options{}, session)
		mustHint(t, err, ErrRefused, "dora may not end a session of ben")
		var failure *Failure
		if !errors.As(err, &failure) || !strings.Contains(failure.Hint(), `GRANT pg_signal_backend TO "dora"`) {
			t.Errorf("the missing right is not named: %v", err)
		}
		_, err = EndSession(t.Context(), s.URL(name, pgtest.Superuser), Options{}, session+100000)
		mustHint(t, err, ErrRefused, "holds nothing that others wait for")
		ended, err := EndSession(t.Context(), s.URL(name, pgtest.Superuser), Options{}, session)
		if err != nil || ended.Name != "ben" {
			t.Errorf("%+v, %v", ended, err)
		}
		if _, err := left.ExecContext(t.Context(), "COMMIT"); err == nil {
			t.Error("what was ended went on")
		}
		mustAdd(t, log, 1)
	}
	// Nobody holds it; who only reads is in nobody's way; and with the right an owner ends it, as everybody their own.
	_, reader := holdingOpen(t, s.URL(name, "cora"), "SELECT * FROM foia.events")
	if all, err := Holders(t.Context(), s.URL(name, "dora"), Options{}); err != nil || all != nil {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := EndSession(t.Context(), s.URL(name, "cora"), Options{}, reader); err != nil {
		t.Error("of their own:", err)
	}
	if err := s.SQL(name, "GRANT pg_signal_backend TO dora"); err != nil {
		t.Fatal(err)
	}
	_, session := holdingOpen(t, s.URL(name, "ben"), entry)
	_, err := EndSession(t.Context(), s.URL(name, "dora"), Options{}, session)
	if back := s.SQL(name, "REVOKE pg_signal_backend FROM dora"); err != nil || back != nil {
		t.Error(err, back)
	}
	mustAdd(t, log, 1)
	mustBeClean(t, log)
}

func TestLasting(t *testing.T) {
	for seconds, want := range map[int]string{0: "0 seconds", 1: "1 second", 119: "119 seconds", 120: "2 minutes", 7199: "119 minutes",
		7200: "2 hours"} {
		if got := Lasting(seconds); got != want {
			t.Errorf("%d: %s; want %s", seconds, got, want)
		}
	}
}
