package store

import (
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/workday"
)

// addSeries adds requests of the series of first; "" begins one.
func addSeries(t testing.TB, log *Log, first string, number int) string {
	t.Helper()
	var id string
	err := log.Write(t.Context(), func(tx *Tx) (err error) {
		if id, err = tx.NextID(2026); err != nil {
			return err
		}
		s := docket.NewSeries(docket.Monthly, workday.MustDate("2026-01-31"))
		for s.Number < number {
			s = s.Next()
		}
		if s.First = first; first == "" {
			s.First = id
		}
		r := aRequest(id)
		r.Series = &s
		return tx.Add(r, anEvent(id, docket.Drafted))
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// seriesOf are the requests of a series, as "id number of first".
func seriesOf(t testing.TB, log *Log, first string) string {
	t.Helper()
	var out []string
	err := log.Series(t.Context(), first, func(s Standing) error {
		out = append(out, s.Request.ID+" "+s.Request.Series.From.String())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "; ")
}

// Series are found among all the others, closed or not, also where the standings
// are not kept up.
func TestSeries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "foia.db")
	log := openStanding(t, path, "one", Options{Create: true})
	mustAdd(t, log, 2)
	one := addSeries(t, log, "", 1)
	two := addSeries(t, log, "", 1)
	addSeries(t, log, one, 2)
	mustAdd(t, log, 1)
	event(t, log, one, "2026-11-25", docket.Closed, nil)
	ofOne := "2026-0003 2026-01-31; 2026-0005 2026-02-28"
	for name, log := range map[string]*Log{"fresh": log, "by another law": openStanding(t, path, "two", Options{ReadOnly: true})} {
		if got := seriesOf(t, log, one); got != ofOne {
			t.Errorf("%s: %s", name, got)
		}
		if got := seriesOf(t, log, ""); got != ofOne+"; "+two+" 2026-01-31" {
			t.Errorf("%s: %s", name, got)
		}
		if got := seriesOf(t, log, "2026-0001"); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
	mustBeClean(t, log)
}

// A series is looked up, not searched for.
func TestSeriesUsesItsIndex(t *testing.T) {
	log, _ := newSQLite(t)
	for query, want := range map[string]string{
		"SELECT brief, state FROM standings WHERE series > ''":  "SEARCH standings USING INDEX standings_series (series>?)",
		"SELECT brief, state FROM standings WHERE series = 'x'": "SEARCH standings USING INDEX standings_series (series=?)",
	} {
		var id, parent, unused int
		var plan string
		if err := log.db.QueryRow("EXPLAIN QUERY PLAN "+query).Scan(&id, &parent, &unused, &plan); err != nil || plan != want {
			t.Errorf("%s: %q, %v; want %q", query, plan, err, want)
		}
	}
}
