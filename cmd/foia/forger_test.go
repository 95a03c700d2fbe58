package main

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"foia/internal/docket"
	"foia/internal/workday"
)

// forger changes a log and its files by other means than foia.
type forger struct {
	t      *testing.T
	dir    string
	db     *sql.DB
	guards []string // the statements that put the guards back
	loud   bool     // leaves what is kept of the dates as it is
}

func (f *forger) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *forger) sql(statements ...string) {
	f.t.Helper()
	for _, s := range statements {
		if _, err := f.db.Exec(s); err != nil {
			f.t.Fatal(s, err)
		}
	}
}

func sqlOf(statements ...string) func(*forger) { return func(f *forger) { f.sql(statements...) } }

// forge does what a row says, with the guards away meanwhile.
func (f *forger) forge(row tampering) {
	f.t.Helper()
	if row.log != nil {
		var err error
		f.db, err = sql.Open("sqlite", filepath.Join(f.dir, "foia.db"))
		f.must(err)
		f.db.SetMaxOpenConns(1)
		rows, err := f.db.Query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
		f.must(err)
		var drop []string
		for rows.Next() {
			var name, text string
			f.must(rows.Scan(&name, &text))
			drop, f.guards = append(drop, "DROP TRIGGER "+name), append(f.guards, text)
		}
		f.must(rows.Close())
		f.sql(drop...)
		row.log(f)
		f.sql(f.guards...)
		if !f.loud {
			f.sql("UPDATE standing_basis SET basis = ''") // foia folds the dates anew
		}
		f.must(f.db.Close())
	}
	if row.files != nil {
		row.files(f)
	}
}

// rehash makes the hashes of a request anew, from one event to another.
func (f *forger) rehash(id string, from, to int) {
	f.t.Helper()
	rows, err := f.db.Query("SELECT n, seq, kind, on_day, recorded, by_whom, machine, data, prev, hash FROM events WHERE request = ? "+
		"ORDER BY seq", id)
	f.must(err)
	var events []docket.Event
	var numbers []int
	for rows.Next() {
		e := docket.Event{Request: id}
		var n int
		var day, data string
		f.must(rows.Scan(&n, &e.Seq, &e.Kind, &day, &e.Recorded, &e.By, &e.Machine, &data, &e.Prev, &e.Hash))
		e.On, err = workday.ParseDate(day)
		f.must(err)
		f.must(json.Unmarshal([]byte(data), &e.Data))
		events, numbers = append(events, e), append(numbers, n)
	}
	f.must(rows.Close())
	for i := range events {
		if events[i].Seq < from || events[i].Seq > to {
			continue
		}
		var prev *docket.Event
		if i > 0 {
			prev = &events[i-1]
		}
		events[i], err = events[i].Chain(prev)
		f.must(err)
		_, err := f.db.Exec("UPDATE events SET prev = ?, hash = ? WHERE n = ?", events[i].Prev, events[i].Hash, numbers[i])
		f.must(err)
	}
}

// freeze changes what was frozen, with its own digest and the one that the first event holds.
func (f *forger) freeze(id string, change func(*docket.Request)) {
	f.t.Helper()
	var text string
	f.must(f.db.QueryRow("SELECT frozen FROM requests WHERE id = ?", id).Scan(&text))
	var r docket.Request
	f.must(json.Unmarshal([]byte(text), &r))
	change(&r)
	frozen, err := json.Marshal(r)
	f.must(err)
	_, err = f.db.Exec("UPDATE requests SET frozen = ?, sha256 = ? WHERE id = ?", string(frozen), hexSum(frozen), id)
	f.must(err)
	_, err = f.db.Exec("UPDATE events SET data = json_set(data, '$.request_sha256', ?) WHERE request = ? AND seq = 1", hexSum(frozen), id)
	f.must(err)
}

// path is the place of a file of a request; the name may be a pattern.
func (f *forger) path(id, name string) string {
	f.t.Helper()
	found, err := filepath.Glob(filepath.Join(f.dir, "requests", id+"-*", name))
	f.must(err)
	if len(found) != 1 {
		f.t.Fatal("there is not one", name, "of", id, found)
	}
	return found[0]
}

func (f *forger) read(id, name string) []byte {
	f.t.Helper()
	b, err := os.ReadFile(f.path(id, name))
	f.must(err)
	return b
}

func (f *forger) edit(id, name string, change func([]byte) []byte) {
	f.t.Helper()
	before := f.read(id, name)
	after := change(before)
	if bytes.Equal(before, after) {
		f.t.Fatal("nothing was changed in", name)
	}
	f.must(os.WriteFile(f.path(id, name), after, 0o600))
}

func (f *forger) remove(pattern string) {
	f.t.Helper()
	found, err := filepath.Glob(filepath.Join(f.dir, pattern))
	f.must(err)
	for _, name := range found {
		f.must(os.RemoveAll(name))
	}
}

// cutPage takes the last page out of a PDF, which remains one that opens.
func (f *forger) cutPage(pdf []byte) []byte {
	f.t.Helper()
	api.DisableConfigDir()
	pages, err := api.PageCount(bytes.NewReader(pdf), model.NewDefaultConfiguration())
	f.must(err)
	if pages < 2 {
		f.t.Fatal("the letter has one page")
	}
	var out bytes.Buffer
	f.must(api.RemovePages(bytes.NewReader(pdf), &out, []string{"l"}, model.NewDefaultConfiguration()))
	return out.Bytes()
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
