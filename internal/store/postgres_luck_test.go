//go:build unix

package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/store/pgtest"
)

// impatient is the log of a caller who waits for a second only.
func impatient(address string) string {
	return address + "?sslmode=disable&answer_timeout=1&connect_timeout=2"
}

// addOnce adds a request whose subject is the mark.
func addOnce(ctx context.Context, log *Log, mark string) error {
	return log.Write(ctx, func(tx *Tx) error {
		id, err := tx.NextID(2026)
		if err != nil {
			return err
		}
		r := aRequest(id)
		r.Subject = mark
		return tx.Add(r, anEvent(id, docket.Drafted))
	})
}

// count is how many requests have that subject.
func count(t *testing.T, log *Log, mark string) (n int) {
	t.Helper()
	requests, err := log.Requests(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range requests {
		if r.Subject == mark {
			n++
		}
	}
	return n
}

// changedNothing makes sure that an error says so, and that it is true.
func changedNothing(t *testing.T, err, kind error, log *Log, mark string) {
	t.Helper()
	mustHint(t, err, kind, "")
	var f *Failure
	if errors.As(err, &f) && !strings.Contains(f.Hint(), "nothing was changed") {
		t.Errorf("%v: the hint is %q", err, f.Hint())
	}
	if n := count(t, log, mark); n != 0 {
		t.Errorf("%v: it is there %d times", err, n)
	}
}

// The server is killed at random moments while requests are added. Each Write says
// truly whether it happened, over the restart.
func TestServerKilled(t *testing.T) {
	s := pgtest.New(t)
	if err := s.SQL("postgres", "CREATE DATABASE killed"); err != nil {
		t.Fatal(err)
	}
	setUpKilled(t, s)
	reported := map[string]error{}
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			mark := fmt.Sprint("mark ", i)
			log, err := OpenPostgres(context.Background(), impatient(s.URL("killed", pgtest.Superuser)), Options{})
			if err != nil {
				time.Sleep(10 * time.Millisecond)
				continue
			}
			reported[mark] = errors.Join(addOnce(context.Background(), log, mark), log.Close())
		}
	})
	for range 3 {
		time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
		if err := errors.Join(s.Kill(), s.Start()); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(100 * time.Millisecond)
	close(stop)
	writer.Wait()
	log := openPostgres(t, s.URL("killed", pgtest.Superuser), Options{ReadOnly: true})
	done := 0
	for mark, err := range reported {
		if n := count(t, log, mark); n != 0 != (err == nil) || n > 1 {
			t.Errorf("%s: reported %v, is there %d times", mark, err, n)
		}
		if err == nil {
			done++
		}
	}
	if done == 0 {
		t.Error("nothing was ever written")
	}
	mustBeGapless(t, idsOf(t, log), done)
	mustBeClean(t, log)
	testRetiring(t, s)
}

// setUpKilled kills the server while it is being set up, and sets it up after all.
func setUpKilled(t *testing.T, s *pgtest.Server) {
	t.Helper()
	slowSchema(t, s, "killed")
	ended := make(chan error, 1)
	go func() {
		_, err := SetupPostgres(context.Background(), impatient(s.URL("killed", pgtest.Superuser)), Options{})
		ended <- err
	}()
	time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
	if err := errors.Join(s.Kill(), s.Start()); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Log("the setup was faster than the kill")
	}
	if err := s.SQL("killed", "DROP EVENT TRIGGER IF EXISTS slow"); err != nil {
		t.Fatal(err)
	}
	if _, err := SetupPostgres(t.Context(), s.URL("killed", pgtest.Superuser), Options{}); err != nil {
		t.Fatal("setting up after a kill:", err)
	}
}

// slowSchema has every change of the schema take a while.
func slowSchema(t *testing.T, s *pgtest.Server, name string) {
	t.Helper()
	if err := s.SQL(name, "CREATE FUNCTION public.dawdle() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.005); END'",
		"CREATE EVENT TRIGGER slow ON ddl_command_end EXECUTE FUNCTION public.dawdle()"); err != nil {
		t.Fatal(err)
	}
}

// A server that is going down lets nobody in, and serves who is in.
func testRetiring(t *testing.T, s *pgtest.Server) {
	t.Helper()
	inside := openPostgres(t, s.URL("killed", pgtest.Superuser), Options{})
	if err := s.Retire(); err != nil {
		t.Fatal(err)
	}
	var err error
	for range 100 { // until it has heard
		var late *Log
		if late, err = OpenPostgres(t.Context(), s.URL("killed", pgtest.Superuser), Options{}); err != nil {
			break
		}
		mustClose(t, late)
		time.Sleep(10 * time.Millisecond)
	}
	changedNothing(t, err, ErrUnreachable, inside, "late")
	if err := addOnce(t.Context(), inside, "in time"); err != nil {
		t.Error("who was in could not write:", err)
	}
}

// A server that has no place for another connection.
func TestServerCrowded(t *testing.T) {
	s, name := newDatabase(t)
	log := openPostgres(t, s.URL(name, writerName), Options{})
	if err := s.SQL("postgres", "ALTER DATABASE "+name+" CONNECTION LIMIT 0"); err != nil {
		t.Fatal(err)
	}
	_, err := OpenPostgres(t.Context(), s.URL(name, "ben"), Options{})
	changedNothing(t, err, ErrLocked, log, "crowded")
}

// The disk of the server is full: at a statement, or not before the commit.
func TestServerFull(t *testing.T) {
	for when, trigger := range map[string]string{
		"statement": "CREATE TRIGGER full_disk AFTER INSERT ON foia.events FOR EACH ROW EXECUTE FUNCTION public.no_room()",
		"commit": "CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON foia.events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE " +
			"FUNCTION public.no_room()",
	} {
		t.Run(when, func(t *testing.T) {
			s, name := newDatabase(t)
			log := openPostgres(t, s.URL(name, writerName), Options{})
			mustAdd(t, log, 1)
			if err := s.SQL(name, `CREATE FUNCTION public.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
				RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`, trigger); err != nil {
				t.Fatal(err)
			}
			changedNothing(t, addOnce(t.Context(), log, "no room"), ErrFull, log, "no room")
			if err := s.SQL(name, "DROP TRIGGER full_disk ON foia.events"); err != nil {
				t.Fatal(err)
			}
			if ids := mustAdd(t, log, 1); ids[0] != "2026-0002" {
				t.Error("after room was made:", ids)
			}
			mustBeClean(t, log)
		})
	}
}

// A slow network is no failure; a server that takes longer than foia waits is one.
func TestServerSlow(t *testing.T) {
	s, name := newDatabase(t)
	proxy := pgtest.NewProxy(t, s, func(int) pgtest.Fault { return pgtest.Fault{Delay: 20 * time.Millisecond} })
	log := openPostgres(t, proxy.URL(name, writerName), Options{})
	mustAdd(t, log, 1)
	if err := s.SQL(name, "CREATE FUNCTION public.sleep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1.5); "+
		"RETURN NEW; END'",
		"CREATE TRIGGER slow AFTER INSERT ON foia.events FOR EACH ROW EXECUTE FUNCTION public.sleep()"); err != nil {
		t.Fatal(err)
	}
	patiently := openPostgres(t, s.URL(name, writerName), Options{})
	changedNothing(t, addOnce(t.Context(), log, "slow"), ErrUnreachable, patiently, "slow")
	if ids := mustAdd(t, patiently, 1); ids[0] != "2026-0002" {
		t.Error("after a slow one:", ids)
	}
	if err := s.SQL(name, "DROP TRIGGER slow ON foia.events"); err != nil {
		t.Fatal(err)
	}
	mustBeClean(t, patiently)
}

// The clock of this machine is an hour off.
func TestClockOff(t *testing.T) {
	s, name := newDatabase(t)
	if err := s.SQL(name, "CREATE SCHEMA late", "GRANT USAGE ON SCHEMA late TO PUBLIC",
		"CREATE FUNCTION late.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT pg_catalog.clock_timestamp() - interval "+
			"''1 hour'''"); err != nil {
		t.Fatal(err)
	}
	if notices := openPostgres(t, s.URL(name, writerName), Options{}).Notices(); len(notices) > 0 {
		t.Error("with a good clock:", notices)
	}
	log := openPostgres(t, s.URL(name, writerName)+"?search_path=late,pg_catalog", Options{})
	if notices := log.Notices(); len(notices) != 1 || !strings.Contains(notices[0], "is 1h0m0s off from the database server") {
		t.Error(notices)
	}
	mustAdd(t, log, 1)
}

// From the COMMIT on, the network is gone, for longer than foia waits: nobody knows
// whether it was written, and the error says so. Without the COMMIT, it was not.
func TestCommitNotKnown(t *testing.T) {
	for what, moment := range map[string]pgtest.Moment{"written": pgtest.Committed, "not written": pgtest.BeforeCommit} {
		s, name := newDatabase(t)
		t.Run(what, func(t *testing.T) {
			t.Parallel() // it is all waiting
			var mu sync.Mutex
			dark := false
			proxy := pgtest.NewProxy(t, s, func(int) pgtest.Fault {
				mu.Lock()
				defer mu.Unlock()
				return pgtest.Fault{Refuse: dark, Commit: moment, Swallow: true, Then: func() {
					mu.Lock()
					defer mu.Unlock()
					dark = true
				}}
			})
			log := openPostgres(t, proxy.URL(name, writerName), Options{})
			log.engine = postgresEngine{wait: 500 * time.Millisecond, idle: 500 * time.Millisecond}
			mustHint(t, addOnce(t.Context(), log, "mark"), ErrUnknown, "foia does not know whether this was written")
			want := 0
			if moment == pgtest.Committed {
				want = 1
			}
			direct := openPostgres(t, s.URL(name, writerName), Options{})
			if n := count(t, direct, "mark"); n != want {
				t.Errorf("it is there %d times, want %d", n, want)
			}
			mustAdd(t, direct, 1)
			mustBeClean(t, direct)
		})
	}
}
