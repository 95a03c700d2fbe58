package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/workday"
)

// aProjection folds by the federal law.
func aProjection(t testing.TB, basis string) *Projection {
	t.Helper()
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := workday.Federal()
	if err != nil {
		t.Fatal(err)
	}
	b := docket.Basis{Book: book, Calendar: calendar, Policy: workday.Observed}
	return &Projection{Basis: basis, Fold: func(r docket.Request, events []docket.Event) docket.State { return docket.Fold(r, events, b) }}
}

func openStanding(t testing.TB, path, basis string, o Options) *Log {
	t.Helper()
	o.Project = aProjection(t, basis)
	log, err := OpenSQLite(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, log) })
	return log
}

// event appends one of a day and kind.
func event(t testing.TB, log *Log, id, day string, kind docket.Kind, data map[string]string) {
	t.Helper()
	err := log.Write(t.Context(), func(tx *Tx) error {
		e := anEvent(id, kind)
		e.On, e.Data = workday.MustDate(day), data
		_, err := tx.Append(e)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// dues are the deadlines up to a day, as "id what day".
func dues(t testing.TB, log *Log, until string) string {
	t.Helper()
	rows, err := log.Due(t.Context(), workday.MustDate(until))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%s %s %s", r.Request, r.Deadline.What, r.Deadline.Due))
	}
	return strings.Join(out, "; ")
}

func statuses(t testing.TB, log *Log, openOnly bool) string {
	t.Helper()
	var out []string
	err := log.Standings(t.Context(), openOnly, func(s Standing) error {
		out = append(out, s.Request.ID+" "+string(s.State.Status))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "; ")
}

// The standings follow the events: what is due moves, and goes when a request is
// closed.
func TestStandings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "foia.db")
	log := openStanding(t, path, "one", Options{Create: true})
	if fresh, err := log.Fresh(t.Context()); err != nil || fresh {
		t.Errorf("a new log rests on nothing: %v, %v", fresh, err)
	}
	if err := log.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids := mustAdd(t, log, 2)
	event(t, log, ids[0], "2026-11-24", docket.Sent, map[string]string{"by": "portal"})
	event(t, log, ids[1], "2026-11-25", docket.Sent, map[string]string{"by": "portal"})
	// Nov 24 and 20 working days without Thanksgiving: Dec 23; the expedition, asked
	// for in aRequest, is decided in ten days and not less than five working days.
	if got, want := dues(t, log, "2026-12-31"), "2026-0001 decision on expedited processing 2026-12-04; 2026-0002 decision on expedited "+
		"processing 2026-12-05; "+
		"2026-0001 determination 2026-12-23; 2026-0002 determination 2026-12-24"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := dues(t, log, "2026-12-04"); got != "2026-0001 decision on expedited processing 2026-12-04" {
		t.Error(got)
	}
	event(t, log, ids[0], "2026-11-26", docket.Closed, nil)
	if got := dues(t, log, "2026-12-31"); strings.Contains(got, ids[0]) {
		t.Errorf("closed, and still due: %s", got)
	}
	if got := statuses(t, log, false); got != "2026-0001 closed; 2026-0002 sent" {
		t.Error(got)
	}
	if got := statuses(t, log, true); got != "2026-0002 sent" {
		t.Error(got)
	}
	for day, want := range map[string]int{"2026-11-24": 2, "2026-11-25": 1, "2026-11-26": 0} {
		if ids, err := log.ChangedAfter(t.Context(), workday.MustDate(day)); err != nil || len(ids) != want {
			t.Errorf("after %s: %v, %v", day, ids, err)
		}
	}
	if fresh, err := log.Fresh(t.Context()); err != nil || !fresh {
		t.Errorf("not fresh: %v", err)
	}
	mustBeClean(t, log)
}

// What rests on another law or calendar is folded anew, and so is what was
// written by a program that keeps no standings.
func TestStandingsGrowStale(t *testing.T) {
	path := filepath.Join(t.TempDir(), "foia.db")
	plain, err := OpenSQLite(t.Context(), path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	id := mustAdd(t, plain, 1)[0]
	mustClose(t, plain)
	reading := openStanding(t, path, "one", Options{ReadOnly: true})
	if fresh, err := reading.Fresh(t.Context()); err != nil || fresh {
		t.Errorf("nothing was folded, and it is fresh: %v", err)
	}
	if got := statuses(t, reading, true); got != "2026-0001 drafted" {
		t.Errorf("folded from the events: %s", got)
	}
	if ids, err := reading.ChangedAfter(t.Context(), workday.MustDate("2026-11-22")); err != nil || len(ids) != 1 {
		t.Errorf("after the day before: %v, %v", ids, err)
	}
	if err := reading.Refresh(t.Context()); !errors.Is(err, ErrReadOnly) {
		t.Errorf("a log that is only read cannot be refreshed: %v", err)
	}
	log := openStanding(t, path, "one", Options{})
	event(t, log, id, "2026-11-24", docket.Sent, map[string]string{"by": "portal"})
	if got := statuses(t, log, true); got != "2026-0001 sent" {
		t.Error(got)
	}
	other := openStanding(t, path, "two", Options{})
	if fresh, err := other.Fresh(t.Context()); err != nil || fresh {
		t.Errorf("another basis, and it is fresh: %v", err)
	}
	stale := dues(t, other, "2026-12-31")
	if err := other.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if fresh, err := other.Fresh(t.Context()); err != nil || !fresh {
		t.Errorf("refreshed, and not fresh: %v", err)
	}
	if got := dues(t, other, "2026-12-31"); got != stale || !strings.Contains(got, "determination 2026-12-23") {
		t.Errorf("folded on the way: %s; kept: %s", stale, got)
	}
	if fresh, err := log.Fresh(t.Context()); err != nil || fresh {
		t.Errorf("the other program sees that the basis is not its own: %v", err)
	}
}

// A standing that somebody changed is named.
func TestStandingTampered(t *testing.T) {
	for _, statement := range []string{
		"UPDATE deadlines SET due = '2027-12-31' WHERE what = 'determination'",
		"DELETE FROM deadlines",
		"UPDATE standings SET open = 0",
		"DELETE FROM standings",
		"UPDATE standings SET state = replace(state, 'sent', 'closed')",
	} {
		path := filepath.Join(t.TempDir(), "foia.db")
		log := openStanding(t, path, "one", Options{Create: true})
		id := mustAdd(t, log, 1)[0]
		event(t, log, id, "2026-11-24", docket.Sent, map[string]string{"by": "portal"})
		mustBeClean(t, log)
		execRaw(t, path, statement)
		faults, err := log.Verify(t.Context())
		if err != nil || len(faults) != 1 || faults[0].Request != id || !strings.Contains(faults[0].What, "its stored dates") {
			t.Errorf("%s: %+v, %v", statement, faults, err)
		}
	}
}

// A day is looked up, not searched for.
func TestDueUsesItsIndex(t *testing.T) {
	log, _ := newSQLite(t)
	for query, want := range map[string]string{
		"SELECT due FROM deadlines WHERE due <= '2026-12-31' ORDER BY due": "SEARCH deadlines USING PRIMARY KEY (due<?)",
		"DELETE FROM deadlines WHERE request = 'x'": "SEARCH deadlines USING INDEX deadlines_request " +
			"(request=?)",
		"SELECT max(last) FROM standings": "SEARCH standings USING COVERING INDEX " +
			"standings_last",
		"SELECT id FROM requests WHERE created BETWEEN '2026-01-01' AND '2026-02-01'": "SEARCH requests USING INDEX requests_created " +
			"(created>? AND created<?)",
		"SELECT request FROM standings WHERE open = 1": "SEARCH standings USING COVERING INDEX " +
			"standings_open (open=?)",
	} {
		var id, parent, unused int
		var plan string
		if err := log.db.QueryRow("EXPLAIN QUERY PLAN "+query).Scan(&id, &parent, &unused, &plan); err != nil || plan != want {
			t.Errorf("%s: %q, %v; want %q", query, plan, err, want)
		}
	}
}
