//go:build unix

package store

import (
	"fmt"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/store/pgtest"
)

// explained are the plans of a query, as a client tells them who looks past the rows' guard: with its counts.
func explained(t *testing.T, address, query string) string {
	t.Helper()
	conn, err := rawPostgres(t, address).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() // only asked
	if _, err := conn.ExecContext(t.Context(), "SET enable_seqscan = off; SET enable_bitmapscan = off"); err != nil {
		t.Fatal(err)
	}
	rows, err := conn.QueryContext(t.Context(), "EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) "+query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() // only read
	var plan, line string
	for rows.Next() {
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan += line + "\n"
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return plan
}

// EXPLAIN counts the rows that an index found and the guard left out. Of offices, names, campaigns and deadlines of private
// requests there are none; that there are private requests, and the days of their events, it tells, as docs/team.md says.
// Whoever may see them has them in every list all the same.
func TestPostgresExplainTellsNotWhatIsPrivate(t *testing.T) {
	s, name := newDatabase(t)
	project := aProjection(t, "one")
	log := openPostgres(t, s.URL(name, writerName), Options{Project: project})
	owner := openPostgres(t, s.URL(name, "dora"), Options{Project: project})
	mustAdd(t, log, 6)
	for _, id := range []string{"2026-0002", "2026-0005"} {
		event(t, log, id, "2026-11-23", docket.Sent, map[string]string{"by": "portal"})
		event(t, log, id, "2026-11-23", docket.Assigned, map[string]string{"to": "secretana"})
	}
	refresh := func() {
		t.Helper()
		if err := owner.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	refresh() // both are kept, as long as all may see them
	asks := []string{
		"SELECT * FROM foia.standings WHERE assignee = 'secretana'",
		"SELECT * FROM foia.standings WHERE addressee > ''",
		"SELECT * FROM foia.standings WHERE request = '2026-0002'",
		"SELECT * FROM foia.standings WHERE last = '2026-11-23'",
		"SELECT * FROM foia.deadlines WHERE due > '2026-01-01'",
		"SELECT * FROM foia.deadlines WHERE request = '2026-0002'",
	}
	event(t, log, "2026-0002", "2026-11-24", docket.MadePrivate, map[string]string{"people": "cora,dora"})
	event(t, owner, "2026-0005", "2026-11-24", docket.Tagged, map[string]string{"tags": "mine"})
	quiet := func(when string) {
		t.Helper()
		if err := s.SQL(name, "ANALYZE"); err != nil {
			t.Fatal(err)
		}
		for _, ask := range asks {
			if plan := explained(t, s.URL(name, "ben"), ask); strings.Contains(plan, "Rows Removed by Filter") {
				t.Errorf("%s: %s tells of what is private:\n%s", when, ask, plan)
			}
		}
		for _, column := range []string{"requests WHERE office_id", "requests WHERE subject", "events WHERE by_whom", "events WHERE kind"} {
			ask := "EXPLAIN SELECT * FROM foia." + column + " = '%s'"
			there := map[string]string{"requests WHERE office_id": "treasury-irs", "requests WHERE subject": "IRS–DHS agreement",
				"events WHERE by_whom": writerName, "events WHERE kind": "drafted"}[column]
			known := texts(t, rawPostgres(t, s.URL(name, "ben")), fmt.Sprintf(ask, there))
			if unknown := texts(t, rawPostgres(t, s.URL(name, "ben")), fmt.Sprintf(ask, "x")); known[0] != unknown[0] {
				t.Errorf("%s: the planner knows which %s there are: %s; %s", when, column, known[0], unknown[0])
			}
		}
		if plan := explained(t, s.URL(name, "ben"), "SELECT * FROM foia.events WHERE on_day = '2026-11-24'"); !strings.Contains(plan,
			"Rows Removed by Filter") {
			t.Errorf("%s: the days of events are told no more: say so in docs/team.md:\n%s", when, plan)
		}
		truth := func(who string) string {
			return everyList(t, openPostgres(t, s.URL(name, who), Options{Project: aProjection(t, "another"), ReadOnly: true}))
		}
		for _, who := range []string{writerName, "ben", "cora", "dora"} {
			reader := openPostgres(t, s.URL(name, who), Options{Project: project, ReadOnly: true})
			if got, want := everyList(t, reader), truth(who); got != want || strings.Contains(got, "2026-0002") == (who == "ben") {
				t.Errorf("%s: %s sees\n%s\nand there is\n%s", when, who, got, want)
			}
			mustBeClean(t, reader)
		}
	}
	quiet("made private by a writer")
	refresh()
	quiet("folded by the owner")
	event(t, owner, "2026-0002", "2026-11-25", docket.Tagged, map[string]string{"tags": "later"})
	quiet("written by the owner")
	if fresh, err := owner.Fresh(t.Context()); err != nil || !fresh {
		t.Error("what is private is folded by the owner each time:", err)
	}
	if _, err := rawPostgres(t, s.URL(name, pgtest.Superuser)).Exec("UPDATE foia.standing_basis SET basis = ''"); err != nil {
		t.Fatal(err)
	}
	refresh()
	quiet("all folded anew")
	event(t, log, "2026-0002", "2026-11-26", docket.MadePublic, nil)
	refresh()
	if plan := explained(t, s.URL(name, "ben"), asks[2]); !strings.Contains(plan, "rows=1") {
		t.Error("what is public again is not kept:\n", plan)
	}
}
