//go:build unix

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"foia/internal/store/pgtest"
)

// texts are the rows of a query of one column.
func texts(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() // only read
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// Of all that can be done with all that there is, a reader may read and call what tells nothing, a writer may add requests,
// events and documents besides; nobody reaches what is derived from them. What runs with the rights of the owner takes
// nothing of what others can put in its way.
func TestPostgresWritersReachNothingDerived(t *testing.T) {
	s, name := newDatabase(t)
	db := rawPostgres(t, s.URL(name, pgtest.Superuser))
	const tables = `SELECT r.role || ' ' || p.may || ' ' || c.relname FROM pg_class c, (VALUES ('model_reader'), ('model_writer')) r(role),
		(VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) p(may)
		WHERE c.relnamespace = 'foia'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p')
		AND CASE WHEN p.may IN ('INSERT', 'UPDATE', 'REFERENCES') THEN has_any_column_privilege(r.role, c.oid, p.may)
			ELSE has_table_privilege(r.role, c.oid, p.may) END ORDER BY 1`
	want := []string{"model_writer INSERT documents", "model_writer INSERT events", "model_writer INSERT requests"}
	if got := texts(t, db, tables); !slices.Equal(got, want) {
		t.Errorf("rights to write: %q; want %q", got, want)
	}
	const functions = `SELECT r.role || ' ' || p.proname FROM pg_proc p, (VALUES ('model_reader'), ('model_writer')) r(role)
		WHERE p.pronamespace = 'foia'::regnamespace AND has_function_privilege(r.role, p.oid, 'EXECUTE') ORDER BY 1`
	want = []string{"model_reader amiss", "model_reader apart", "model_reader hidden", "model_reader totals",
		"model_writer amiss", "model_writer apart", "model_writer begin_write",
		"model_writer hidden", "model_writer last_number", "model_writer totals"}
	if got := texts(t, db, functions); !slices.Equal(got, want) {
		t.Errorf("functions: %q; want %q", got, want)
	}
	if got := texts(t, db, `SELECT proname::text FROM pg_proc WHERE pronamespace = 'foia'::regnamespace AND prosecdef
		AND NOT coalesce(proconfig @> '{"search_path=pg_catalog, pg_temp"}', false)`); got != nil {
		t.Errorf("with the owner's rights and whatever search path: %q", got)
	}
	if got := texts(t, db, `SELECT 'owns' FROM (VALUES ('model_reader'), ('model_writer')) r(role)
		WHERE pg_has_role(role, 'model_owner', 'MEMBER')`); got != nil {
		t.Error("a writer can become the owner")
	}
}

// The columns by which a request is found are those that were frozen: who writes with a program of their own cannot take the
// fingerprint that keeps others from making theirs.
func TestPostgresColumnsFollow(t *testing.T) {
	s, name := newDatabase(t)
	log := openPostgres(t, s.URL(name, writerName), Options{})
	mustAdd(t, log, 1)
	columns := []string{"fingerprint", "office_id", "subject", "created"}
	for _, column := range columns {
		list := strings.Join(columns, ", ")
		_, err := rawPostgres(t, s.URL(name, "ben")).Exec("INSERT INTO foia.requests SELECT '2026-0002', 2026, 2, " +
			strings.Replace(list, column, "'2026-01-01'", 1) + ", f, encode(sha256(convert_to(f, 'UTF8')), 'hex') FROM (SELECT " + list +
			", replace(frozen, '2026-0001', '2026-0002') AS f FROM foia.requests WHERE number = 1) AS x")
		if err == nil || !strings.Contains(err.Error(), "are those that were frozen") {
			t.Errorf("%s: %v", column, err)
		}
	}
	mustAdd(t, log, 1)
	mustBeClean(t, log)
}

// Rights that foia does not give, given by hand or kept from before, are told to everybody, and taken away by setup.
func TestPostgresRightsGivenByHand(t *testing.T) {
	s := pgtest.New(t)
	if err := s.SQL("postgres", "CREATE DATABASE news", "CREATE ROLE mia LOGIN", "CREATE ROLE \"the desk\"",
		"CREATE ROLE paul"); err != nil {
		t.Fatal(err)
	}
	address := s.URL("news", pgtest.Superuser)
	setup := func() {
		t.Helper()
		if _, err := SetupPostgres(t.Context(), address, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	setup()
	if _, err := Admit(t.Context(), address, Options{}, "mia", "writer", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := Admit(t.Context(), address, Options{}, "rita", "reader", ""); err != nil {
		t.Fatal(err)
	}
	log := openPostgres(t, s.URL("news", "mia"), Options{Project: aProjection(t, "one")})
	mustAdd(t, log, 1)
	reader := openPostgres(t, s.URL("news", "rita"), Options{ReadOnly: true})
	mustBeClean(t, reader)
	given := map[string]string{
		"GRANT INSERT, DELETE ON foia.deadlines TO mia":                          "mia DELETE deadlines, mia INSERT deadlines",
		"GRANT UPDATE (due) ON foia.deadlines TO PUBLIC":                         "PUBLIC UPDATE deadlines",
		"GRANT UPDATE ON foia.standings TO \"the desk\" WITH GRANT OPTION":       "the desk UPDATE standings",
		"SET ROLE \"the desk\"; GRANT UPDATE ON foia.standings TO paul":          "paul UPDATE standings",
		"GRANT TRIGGER, TRUNCATE ON foia.events TO news_writer":                  "news_writer TRIGGER events, news_writer TRUNCATE events",
		"GRANT CREATE ON SCHEMA foia TO mia":                                     "mia CREATE the schema foia",
		"GRANT INSERT ON foia.private TO mia; GRANT UPDATE ON foia.stale TO mia": "mia INSERT private, mia UPDATE stale",
		// Who only reads changes nothing.
		"GRANT USAGE ON SCHEMA foia TO \"the desk\", PUBLIC; GRANT SELECT ON ALL TABLES IN SCHEMA foia TO paul": "",
	}
	db := rawPostgres(t, address)
	var want []string
	for _, statement := range slices.Sorted(maps.Keys(given)) { // what is passed on comes after GRANT … OPTION
		if _, err := db.Exec(statement + "; RESET ROLE"); err != nil {
			t.Fatal(statement, err)
		}
		for _, told := range strings.Split(given[statement], ", ") {
			if told != "" {
				want = append(want, told)
			}
		}
	}
	slices.Sort(want)
	faults, err := reader.Verify(t.Context())
	var got []string
	for _, f := range faults {
		if f.Kind != InRights {
			t.Errorf("%+v", f)
		}
		who, rest, _ := strings.Cut(f.What, " has the right ")
		may, on, _ := strings.Cut(strings.TrimSuffix(rest, ", which only the owner's role has"), " on ")
		got = append(got, fmt.Sprintf("%s %s %s", who, may, on))
	}
	slices.Sort(got)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	setup()
	mustBeClean(t, reader)
	if _, err := rawPostgres(t, s.URL("news", "mia")).Exec("DELETE FROM foia.deadlines"); err == nil {
		t.Error(errors.New("mia may still hide what is due"))
	}
	mustAdd(t, log, 1) // and may still write
}
