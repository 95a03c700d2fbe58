//go:build unix

package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/store/pgtest"
	"foia/internal/workday"
)

// everyList is what all readers of dates say of a log, as one text.
func everyList(t testing.TB, log *Log) string {
	t.Helper()
	var out []string
	add := func(s Standing) error {
		out = append(out, s.Request.ID+" "+string(s.State.Status)+" "+fmt.Sprint(s.State.Tags))
		return nil
	}
	nobody := ""
	changed, err := log.ChangedAfter(t.Context(), workday.MustDate("2026-11-23"))
	offices, addressing := log.Addressees(t.Context())
	campaigns, naming := log.Campaigns(t.Context())
	err = errors.Join(err, addressing, naming, log.Standings(t.Context(), true, add),
		log.Find(t.Context(), Query{Assigned: &nobody, To: offices}, add),
		log.OfCampaign(t.Context(), "cameras", add), log.Series(t.Context(), "", add))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(append(out, dues(t, log, "2027-12-31"), fmt.Sprint(changed, offices, campaigns)), "\n")
}

// Who may write into a shared log cannot hide what is due, with whatever program: the dates
// that are kept are the owner's, and everybody sees what has happened since.
func TestPostgresDatesHold(t *testing.T) {
	s, name := newDatabase(t)
	project := aProjection(t, "one")
	log := openPostgres(t, s.URL(name, writerName), Options{Project: project})
	owner := openPostgres(t, s.URL(name, "dora"), Options{Project: project})
	if log.KeepsStandings() || !owner.KeepsStandings() {
		t.Error("who keeps the standings")
	}
	mustAdd(t, log, 12)
	sent := func(id string) { event(t, log, id, "2026-11-24", docket.Sent, map[string]string{"by": "portal"}) }
	for _, id := range []string{"2026-0001", "2026-0003", "2026-0012"} {
		sent(id)
	}
	readers := map[string]*Log{writerName: log, "ben": openPostgres(t, s.URL(name, "ben"), Options{Project: project}),
		"cora": openPostgres(t, s.URL(name, "cora"), Options{Project: project, ReadOnly: true})}
	// As folded by somebody who rests on nothing that is kept.
	truth := func() string {
		return everyList(t, openPostgres(t, s.URL(name, "dora"), Options{Project: aProjection(t, "another"), ReadOnly: true}))
	}
	same := func(when string) {
		t.Helper()
		want := truth()
		for who, reader := range readers {
			if got := everyList(t, reader); got != want {
				t.Errorf("%s: %s sees\n%s\nand there is\n%s", when, who, got, want)
			}
		}
		mustBeClean(t, log)
	}
	same("before the owner came")
	if err := owner.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if fresh, err := readers["cora"].Fresh(t.Context()); err != nil || !fresh {
		t.Error("what the owner folded is not fresh:", err)
	}
	same("all is kept")
	sent("2026-0002")
	event(t, log, "2026-0003", "2026-11-25", docket.Closed, nil)
	event(t, log, "2026-0012", "2026-11-26", docket.Tagged, map[string]string{"tags": "urgent"})
	mustAdd(t, log, 1)
	if fresh, err := log.Fresh(t.Context()); err != nil || fresh {
		t.Error("nobody folded it, and it is fresh:", err)
	}
	same("some is kept")
	for _, statement := range []string{
		"UPDATE foia.standings SET open = 0",
		"UPDATE foia.standings SET state = replace(state, 'sent', 'closed')",
		"DELETE FROM foia.standings",
		"DELETE FROM foia.deadlines",
		"UPDATE foia.deadlines SET due = '2036-01-01'",
		"INSERT INTO foia.standings SELECT * FROM foia.standings ON CONFLICT (request) DO UPDATE SET open = 0",
		"TRUNCATE foia.deadlines",
		"DELETE FROM foia.stale",
		"INSERT INTO foia.stale SELECT id FROM foia.requests",
		"UPDATE foia.standing_basis SET n = 100",
		"ALTER TABLE foia.events DISABLE TRIGGER events_stale",
	} {
		_, err := rawPostgres(t, s.URL(name, "ben")).Exec(statement)
		if err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	same("after all that")
	event(t, owner, "2026-0001", "2026-11-27", docket.Tagged, map[string]string{"tags": "mine"})
	if fresh, err := readers["ben"].Fresh(t.Context()); err != nil || !fresh {
		t.Error("what the owner writes folds what others left:", err)
	}
	same("the owner wrote")
	// What an owner changes, verify finds.
	if err := s.SQL(name, "DELETE FROM foia.deadlines WHERE request = '2026-0002'"); err != nil {
		t.Fatal(err)
	}
	faults, err := log.Verify(t.Context())
	if err != nil || len(faults) != 1 || faults[0].Request != "2026-0002" || faults[0].Kind != InDates {
		t.Errorf("%+v, %v", faults, err)
	}
}

// schemaOne makes a database of today one of the first schema, in which writers kept dates.
const schemaOne = `DROP TRIGGER events_stale ON foia.events; DROP FUNCTION foia.mark_stale();
	DROP FUNCTION foia.note_since(), foia.leave_out_private(), foia.take_out_private(), foia.apart() CASCADE;
	UPDATE foia.about SET version = 1; DELETE FROM foia.migrations WHERE version_id >= 2;
	CREATE FUNCTION foia.mark_hidden() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
		AS $$ INSERT INTO foia.stale (request) SELECT foia.hidden() ON CONFLICT DO NOTHING $$;
	GRANT INSERT, UPDATE, DELETE ON foia.standings, foia.deadlines TO %[1]s;
	GRANT UPDATE ON foia.standing_basis TO %[1]s; GRANT DELETE ON foia.stale TO %[1]s`

// Where writers could hide deadlines until now, they show again, and are safe from then on.
func TestPostgresDatesMigrated(t *testing.T) {
	s, name := bareDatabase(t)
	address := s.URL(name, pgtest.Superuser)
	if _, err := SetupPostgres(t.Context(), address, Options{}); err != nil {
		t.Fatal(err)
	}
	writer := name + "_writer"
	project := aProjection(t, "one")
	log := openPostgres(t, address, Options{Project: project})
	id := mustAdd(t, log, 1)[0]
	event(t, log, id, "2026-11-24", docket.Sent, map[string]string{"by": "portal"})
	want := dues(t, log, "2027-12-31")
	if err := s.SQL(name, fmt.Sprintf(schemaOne, writer), "CREATE ROLE mia LOGIN IN ROLE "+writer); err != nil {
		t.Fatal(err)
	}
	mia := rawPostgres(t, s.URL(name, "mia"))
	if _, err := mia.Exec("DELETE FROM foia.deadlines"); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenPostgres(t.Context(), s.URL(name, "mia"), Options{}); !errors.Is(err, ErrOlder) {
		t.Error(err)
	}
	report, err := SetupPostgres(t.Context(), address, Options{})
	if err != nil || !strings.Contains(strings.Join(report, "\n"), fmt.Sprintf("upgraded from schema 1 to %d", postgresVersion)) {
		t.Fatal(report, err)
	}
	if got := dues(t, openPostgres(t, s.URL(name, "mia"), Options{Project: project}), "2027-12-31"); got != want || want == "" {
		t.Errorf("%s; want %s", got, want)
	}
	if _, err := mia.Exec("DELETE FROM foia.deadlines"); err == nil {
		t.Error("deadlines can still be hidden")
	}
	mustBeClean(t, openPostgres(t, address, Options{Project: project}))
}
