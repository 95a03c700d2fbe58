package store

import (
	"database/sql"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"foia/internal/docket"
)

// addTo makes requests of a campaign.
func addTo(t testing.TB, log *Log, campaign string, count int) {
	t.Helper()
	for range count {
		err := log.Write(t.Context(), func(tx *Tx) error {
			id, err := tx.NextID(2026)
			if err != nil {
				return err
			}
			r := aRequest(id)
			r.Campaign = campaign
			return tx.Add(r, anEvent(id, docket.Drafted))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func ofCampaign(t testing.TB, log *Log, name string) string {
	t.Helper()
	var out []string
	err := log.OfCampaign(t.Context(), name, func(s Standing) error {
		out = append(out, s.Request.Campaign+" "+s.Request.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "; ")
}

// The requests of a campaign are found, whether the standings are fresh or not.
func TestOfCampaign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "foia.db")
	log := openStanding(t, path, "one", Options{Create: true})
	addTo(t, log, "cameras", 2)
	addTo(t, log, "", 1)
	addTo(t, log, "budgets", 1)
	other := openStanding(t, path, "two", Options{ReadOnly: true}) // which folds them itself
	for _, l := range []*Log{log, other} {
		for name, want := range map[string]string{"cameras": "cameras 2026-0001; cameras 2026-0002", "budgets": "budgets 2026-0004",
			"none": "",
			"":     "cameras 2026-0001; cameras 2026-0002; budgets 2026-0004"} {
			if got := ofCampaign(t, l, name); got != want {
				t.Errorf("%q: %s, want %s", name, got, want)
			}
		}
	}
	mustBeClean(t, log)
	execRaw(t, path, "UPDATE standings SET campaign = 'budgets' WHERE request = '2026-0001'")
	if faults, err := log.Verify(t.Context()); err != nil || len(faults) != 1 {
		t.Errorf("moved to another campaign: %+v, %v", faults, err)
	}
}

// olderLog is the path of a log of an older schema with one request, of a campaign, and what was kept of it.
func olderLog(t *testing.T, schema int64) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "foia.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), schema); err != nil {
		t.Fatal(err)
	}
	r := aRequest("2026-0001")
	r.Campaign = "cameras"
	row, err := rowOfRequest(r)
	if err != nil {
		t.Fatal(err)
	}
	e := anEvent(r.ID, docket.Drafted)
	e.Machine = "" // which a log of then did not know
	e.Data[digestKey] = row.SHA256
	if e, err = e.Chain(nil); err != nil {
		t.Fatal(err)
	}
	event, err := rowOfEvent(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, insert := range []struct {
		text string
		args []any
	}{
		{"INSERT INTO requests (" + requestColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			[]any{row.ID, row.Year, row.Number, row.Fingerprint, row.OfficeID, row.Subject, row.Created, row.Frozen, row.SHA256}},
		{"INSERT INTO events (request, seq, kind, on_day, recorded, by_whom, data, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			[]any{event.Request, event.Seq, event.Kind, event.On, event.Recorded, event.By, event.Data, event.Prev, event.Hash}},
		{"INSERT INTO standings (request, open, last, brief, state) VALUES ('2026-0001', 1, '2026-11-23', '{}', '{}')", nil},
		{"UPDATE standing_basis SET basis = 'one', n = 1", nil},
	} {
		if _, err := db.Exec(insert.text, insert.args...); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// A log of a schema that knew no campaigns learns those of its requests.
func TestCampaignOfAnOlderLog(t *testing.T) {
	log := openStanding(t, olderLog(t, 2), "one", Options{})
	if fresh, err := log.Fresh(t.Context()); err != nil || fresh {
		t.Errorf("what was kept without campaigns is taken for fresh: %v", err)
	}
	if err := log.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := ofCampaign(t, log, "cameras"); got != "cameras 2026-0001" {
		t.Error(got)
	}
	mustBeClean(t, log)
}

// The requests of a campaign are looked up, not searched for.
func TestOfCampaignUsesItsIndex(t *testing.T) {
	log, _ := newSQLite(t)
	for query, want := range map[string]string{
		"SELECT brief FROM standings WHERE campaign = 'x'": "SEARCH standings USING INDEX standings_campaign (campaign=?)",
		"SELECT brief FROM standings WHERE campaign > ''":  "SEARCH standings USING INDEX standings_campaign (campaign>?)",
	} {
		var id, parent, unused int
		var plan string
		if err := log.db.QueryRow("EXPLAIN QUERY PLAN "+query).Scan(&id, &parent, &unused, &plan); err != nil || plan != want {
			t.Errorf("%s: %q, %v; want %q", query, plan, err, want)
		}
	}
}

// So are those to which something happened after a day, in a log of however many requests.
func TestChangedAfterUsesItsIndex(t *testing.T) {
	log, _ := newSQLite(t)
	var id, parent, unused int
	var plan string
	var plans []string
	err := each(t.Context(), log.asked(), []any{&id, &parent, &unused, &plan}, func() error {
		plans = append(plans, plan)
		return nil
	}, "EXPLAIN QUERY PLAN "+changedAfter, "2026-11-23")
	if want := "SEARCH standings USING INDEX standings_last (last>?)"; err != nil || strings.Join(plans, "\n") != want {
		t.Errorf("%q, %v; want %q", plans, err, want)
	}
}

// What is kept of a log of the schema before this one is moved to a table that is read faster, and not folded anew.
func TestStandingsOfAnOlderLog(t *testing.T) {
	path := olderLog(t, 5)
	log := openStanding(t, path, "one", Options{})
	if fresh, err := log.Fresh(t.Context()); err != nil || !fresh {
		t.Errorf("what was kept is not taken for fresh: %v", err)
	}
	var row int
	var brief string
	err := log.db.QueryRowContext(t.Context(), "SELECT rowid, brief FROM standings WHERE request = '2026-0001'").Scan(&row, &brief)
	if err != nil || brief != "{}" {
		t.Errorf("%q, %v", brief, err)
	}
}
