package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"foia/internal/bundle"
	"foia/internal/bundle/bundletest"
	"foia/internal/docket"
	"foia/internal/evidence"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// tampering is one way to change what was written, by somebody who knows SQLite, the
// way foia hashes, and how to take the guards away and put them back.
type tampering struct {
	name  string
	log   func(*forger)
	files func(*forger)
	finds string // what foia verify must say
	seal  bool   // the chains hold: only the seal finds it
	away  bool   // it does not reach a bundle, which is whole all the same
}

// The log that each row changes: 2026-0001 with the events drafted, sent and
// acknowledged, the last with a file; 2026-0002 with drafted and sent; 2026-0003 with
// drafted. They were entered as 1: 0001/1, 2: 0002/1, 3: 0003/1, 4: 0001/2, 5: 0002/2,
// 6: 0001/3. Then the log was sealed, and 7: 0002/3 was entered.
var tamperings = []tampering{
	{name: "an event edited, its hash left", log: sqlOf("UPDATE events SET on_day = '2026-11-01' WHERE n = 4"),
		finds: `2026-0001, event 2: event 2 of request 2026-0001 was changed`},
	{name: "an event edited with its hash", log: func(f *forger) {
		f.sql("UPDATE events SET by_whom = 'x' WHERE n = 4")
		f.rehash("2026-0001", 2, 2)
	}, finds: `2026-0001, event 3: its link to the event before it is broken`},
	{name: "an event edited, the chain made anew to its end", log: func(f *forger) {
		f.sql("UPDATE events SET on_day = '2026-11-01' WHERE n = 4")
		f.rehash("2026-0001", 2, 99)
	}, finds: `the first 6 events give the root`, seal: true},
	{name: "the last event of a request edited with its hash", log: func(f *forger) {
		f.sql("UPDATE events SET data = json_set(data, '$.tracking', 'FORGED') WHERE n = 6")
		f.rehash("2026-0001", 3, 3)
	}, finds: `the first 6 events give the root`, seal: true},
	{name: "an event removed", log: sqlOf("DELETE FROM events WHERE n = 4"),
		finds: `2026-0001, event 3: event 2 before it is missing`},
	{name: "an event removed, all numbers and hashes made anew", log: func(f *forger) {
		f.sql("DELETE FROM events WHERE n = 4", "UPDATE events SET seq = 2 WHERE n = 6", "UPDATE events SET n = n - 1 WHERE n > 4",
			"UPDATE sqlite_sequence SET seq = 6 WHERE name = 'events'")
		f.rehash("2026-0001", 2, 99)
	}, finds: `the first 6 events give the root`, seal: true},
	{name: "the last events removed", log: sqlOf("DELETE FROM events WHERE n >= 6"),
		finds: `7 events were written; the last one left is number 5`},
	{name: "the last events removed, the counter set back",
		log:   sqlOf("DELETE FROM events WHERE n >= 6", "UPDATE sqlite_sequence SET seq = 5 WHERE name = 'events'"),
		files: func(f *forger) { f.remove("requests/2026-0001-*/received") },
		finds: `it covered 6 events and 3 requests; the log has 5`, seal: true},
	{name: "the last request removed, as if it had not been", log: func(f *forger) {
		f.sql("DELETE FROM requests WHERE id = '2026-0003'", "DELETE FROM events WHERE request = '2026-0003'",
			"DELETE FROM standings WHERE request = '2026-0003'", "DELETE FROM deadlines WHERE request = '2026-0003'",
			"UPDATE events SET n = n - 1 WHERE n > 3", "UPDATE sqlite_sequence SET seq = 6 WHERE name = 'events'")
	}, files: func(f *forger) { f.remove("requests/2026-0003-*") }, finds: `and began 2 requests, not 3`, seal: true},
	{name: "two chains swapped", log: sqlOf("UPDATE events SET request = '2026-9999' WHERE request = '2026-0001'",
		"UPDATE events SET request = '2026-0001' WHERE request = '2026-0002'",
		"UPDATE events SET request = '2026-0002' WHERE request = '2026-9999'"),
		finds: `2026-0001, event 1: event 1 of request 2026-0001 was changed`},
	{name: "two events of a request reordered",
		log:   sqlOf("UPDATE events SET n = 99 WHERE n = 4", "UPDATE events SET n = 4 WHERE n = 6", "UPDATE events SET n = 6 WHERE n = 99"),
		finds: `2026-0001, event 2: it comes after event 3: the order was changed`, away: true},
	{name: "the order of entry changed between two requests",
		log:   sqlOf("UPDATE events SET n = 99 WHERE n = 4", "UPDATE events SET n = 4 WHERE n = 5", "UPDATE events SET n = 5 WHERE n = 99"),
		finds: `the first 6 events give the root`, seal: true},
	{name: "an event put in between, all numbers and hashes made anew", log: func(f *forger) {
		f.sql("UPDATE events SET n = n + 1000 WHERE n > 3", "UPDATE events SET n = n - 999 WHERE n > 1000",
			"UPDATE events SET seq = seq + 10 WHERE request = '2026-0002' AND seq > 1",
			"UPDATE events SET seq = seq - 9 WHERE request = '2026-0002' AND seq > 10",
			"INSERT INTO events (n, request, seq, kind, on_day, recorded, by_whom, machine, data, prev, hash) SELECT 4, request, 2, "+
				"'note', on_day, recorded, by_whom, machine, '{\"note\":\"they called\"}', hash, hash FROM events WHERE n = 2",
			"UPDATE sqlite_sequence SET seq = 8 WHERE name = 'events'")
		f.rehash("2026-0002", 2, 99)
	}, finds: `the first 6 events give the root`, seal: true},
	{name: "what was frozen changed", log: sqlOf("UPDATE requests SET frozen = replace(frozen, 'IRS', 'XXX') WHERE id = '2026-0001'"),
		finds: `2026-0001: the frozen request was changed`},
	{name: "what was frozen changed, with its digests", log: func(f *forger) {
		f.freeze("2026-0001", func(r *docket.Request) { r.Facts["fee_waiver"] = "not asked" })
	}, finds: `2026-0001, event 1: event 1 of request 2026-0001 was changed`},
	{name: "what was frozen changed, the chain made anew to its end", log: func(f *forger) {
		f.freeze("2026-0001", func(r *docket.Request) { r.Facts["fee_waiver"] = "not asked" })
		f.rehash("2026-0001", 1, 99)
	}, finds: `the first 6 events give the root`, seal: true},
	{name: "a column changed alone", log: sqlOf("UPDATE requests SET office_id = 'x' WHERE id = '2026-0002'"),
		finds: `2026-0002: the log's columns differ from what was frozen: office`, away: true},
	{name: "what is kept of the dates changed", log: func(f *forger) {
		f.loud = true // does not have the dates folded anew
		f.sql("UPDATE standings SET open = 1 - open WHERE request = '2026-0001'")
	}, finds: `2026-0001: its stored dates do not match its events`, away: true},
	{name: "a guard taken away", log: func(f *forger) { f.loud, f.guards = true, f.guards[1:] },
		finds: `the trigger .* is missing: the log is no longer guarded`, away: true},
	{name: "a document edited", files: func(f *forger) {
		f.edit("2026-0001", "letter.pdf", func(b []byte) []byte { return bytes.Replace(b, []byte("/Producer"), []byte("/Xroducer"), 1) })
	}, finds: `2026-0001: requests/2026-0001-irs-agreement/letter.pdf was changed`},
	{name: "a document edited, the chain made anew to its end", log: func(f *forger) {
		text := []byte("Fee waiver: no\n")
		f.edit("2026-0001", "answers.yaml", func([]byte) []byte { return text })
		f.freeze("2026-0001", func(r *docket.Request) {
			for i, d := range r.Documents {
				if d.Name == "answers.yaml" {
					r.Documents[i].Size, r.Documents[i].SHA256 = int64(len(text)), hexSum(text)
				}
			}
		})
		f.rehash("2026-0001", 1, 99)
	}, finds: `the first 6 events give the root`, seal: true},
	{name: "a document swapped between two requests", files: func(f *forger) {
		one, two := f.read("2026-0001", "letter.pdf"), f.read("2026-0002", "letter.pdf")
		f.edit("2026-0001", "letter.pdf", func([]byte) []byte { return two })
		f.edit("2026-0002", "letter.pdf", func([]byte) []byte { return one })
	}, finds: `(?s)2026-0001-irs-agreement/letter.pdf was changed.*2026-0002-priv-signing/letter.pdf was changed`},
	{name: "a page cut from a PDF", files: func(f *forger) { f.edit("2026-0001", "letter.pdf", f.cutPage) },
		finds: `2026-0001-irs-agreement/letter.pdf was changed`},
	{name: "a received file edited", files: func(f *forger) {
		f.edit("2026-0001", "received/*answer.txt", func(b []byte) []byte { return append(b, '.') })
	}, finds: `2026-0001, event 3: .*answer.txt was changed`},
	{name: "a file removed", files: func(f *forger) { f.remove("requests/2026-0002-priv-signing/letter.pdf") },
		finds: `letter.pdf is missing`},
	{name: "a file added", files: func(f *forger) {
		f.t.Helper()
		f.must(os.WriteFile(filepath.Join(f.dir, "requests/2026-0001-irs-agreement/received/009-denial.pdf"), []byte("%PDF"), 0o600))
	}, finds: `the log has no record of requests/2026-0001-irs-agreement/received/009-denial.pdf`, away: true},
	{name: "the whole log made anew", log: func(f *forger) {
		f.sql("UPDATE events SET recorded = '2026-01-02T10:00:00Z', by_whom = 'somebody else'")
		for _, id := range []string{"2026-0001", "2026-0002", "2026-0003"} {
			f.rehash(id, 1, 99)
		}
	}, finds: `the first 6 events give the root`, seal: true},
}

func TestTampering(t *testing.T) {
	needPython(t)
	house, held := sealedHouse(t)
	for _, row := range tamperings {
		t.Run(row.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "house")
			if err := os.CopyFS(dir, os.DirFS(house)); err != nil {
				t.Fatal(err)
			}
			f := &forger{t: t, dir: dir}
			f.forge(row)
			said, code := foia(t, "verify", "-w", dir)
			if row.seal {
				if code != exitDone {
					t.Fatalf("found without the seal, so the row should say so:\n%s", said)
				}
				said, code = foia(t, "verify", "-w", dir, "--seal", held)
			}
			if flat := strings.Join(strings.Fields(said), " "); code != exitFailed ||
				!regexp.MustCompile(strings.ReplaceAll(row.finds, "\n", " ")).MatchString(flat) {
				t.Errorf("want %q, exit code %d:\n%s", row.finds, code, said)
			}
			inBundle(t, dir, held, row)
		})
	}
}

// inBundle looks at what a bundle of the changed log would say: it is not made, or
// the script that knows nothing of foia finds the change, with the seal that was held.
func inBundle(t *testing.T, dir, held string, row tampering) {
	t.Helper()
	old := filepath.Join(dir, "seals", "2026-11-23-1.txt")
	text, err := os.ReadFile(held)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(old), 0o700)
	}
	if err == nil {
		err = os.WriteFile(old, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	raw, err := bundled(t, dir)
	if row.away {
		if row.name == "two events of a request reordered" {
			return // the entries are no longer those of the seal: there is no proof to put in
		}
		if said, ok := script(t, raw, held); err != nil || !ok {
			t.Error("the bundle is whole:", err, said)
		}
		said, code := foia(t, "verify", "--bundle", keep(t, raw), "--seal", held)
		if code != exitDone || !strings.Contains(said, "3 requests and 19 documents: all intact") ||
			!strings.Contains(said, "2026-0001 was in that log, up to event 3") {
			t.Error("the bundle is whole:", said)
		}
		return
	}
	if err == nil {
		t.Error("a bundle with the held seal was made")
	}
	// The forger takes a seal of their own.
	if err := os.RemoveAll(filepath.Dir(old)); err != nil {
		t.Fatal(err)
	}
	if _, code := foia(t, "seal", "-w", dir); code != exitDone && row.seal {
		t.Error("the chains hold, and yet no seal is taken")
	}
	raw, err = bundled(t, dir)
	if err != nil {
		if row.seal {
			t.Error("the chains hold, and yet there is no bundle:", err)
		}
		return
	}
	said, ok := script(t, raw, held)
	if ok || !strings.Contains(said, "does not carry the seal that you hold") && !strings.Contains(said, "the seal is not well formed") {
		t.Error("the script does not find it:", said)
	}
	if said, code := foia(t, "verify", "--bundle", keep(t, raw), "--seal", held); code != exitFailed ||
		!strings.Contains(said, "does not carry the seal") {
		t.Error(said)
	}
}

func keep(t *testing.T, raw []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// sealedHouse makes the log that is changed, and returns its folder and a seal that
// is held elsewhere.
func sealedHouse(t *testing.T) (dir, held string) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.WriteFile("answer.txt", []byte("We have it.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"new", "irs-dhs-mou", "--sample", "--only", "agreement,opinions,signing"},
		{"record", "2026-0001", "sent", "--by", "portal", "-w", "foia-sample"},
		{"record", "2026-0002", "sent", "--by", "portal", "-w", "foia-sample"},
		{"record", "2026-0001", "acknowledged", "--tracking", "2026-00815", "--attach", "answer.txt", "-w", "foia-sample"},
		{"seal", "-w", "foia-sample"},
		{"record", "2026-0002", "note", "they called", "-w", "foia-sample"},
		{"verify", "-w", "foia-sample"},
	} {
		if said, code := foia(t, args...); code != exitDone {
			t.Fatal(args, said)
		}
	}
	held, err := filepath.Abs("held.txt")
	if err == nil {
		err = os.Rename("foia-sample/seals/2026-11-23-1.txt", held)
	}
	if err == nil {
		err = errors.Join(os.Remove("foia-sample/seals"), os.Remove("foia-sample/.foia-seals"))
	}
	if err != nil {
		t.Fatal(err)
	}
	dir, err = filepath.Abs("foia-sample")
	if err != nil {
		t.Fatal(err)
	}
	return dir, held
}

func foia(t *testing.T, args ...string) (said string, code int) {
	t.Helper()
	var out bytes.Buffer
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	code = run(args, &app{in: strings.NewReader(""), out: &out, err: &out, who: account, now: func() time.Time { return now }})
	return out.String(), code
}

// bundled makes a bundle of all requests, as far as it can be made.
func bundled(t *testing.T, dir string) (raw []byte, err error) {
	t.Helper()
	ctx := context.Background()
	w, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.ReadLog(ctx)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	}()
	requests, err := log.Requests(ctx)
	if err != nil {
		return nil, err
	}
	c := bundle.Contents{Made: workday.MustDate("2026-11-23"), Open: func(r docket.Request, d docket.Document) (io.ReadCloser, error) {
		return w.OpenDocument(ctx, log, r, d)
	}}
	var ids []string
	for _, r := range requests {
		events, err := log.Events(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, r.ID)
		c.Requests = append(c.Requests, bundle.Request{Frozen: r, Events: events})
	}
	if c.Seal, err = evidence.ForBundle(ctx, w, log, "", ids...); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = bundle.Write(&out, c)
	return out.Bytes(), err
}

func needPython(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		if os.Getenv("FOIA_CI") != "" {
			t.Fatal("python3 is not installed")
		}
		t.Skip("python3 is not installed")
	}
}

func script(t *testing.T, raw []byte, held string) (said string, ok bool) {
	t.Helper()
	seal, err := os.ReadFile(held)
	if err != nil {
		t.Fatal(err)
	}
	return bundletest.Script(t, raw, string(seal))
}

// What a stranger's bundle says cannot steer the terminal.
func TestFaultsArePrintedClean(t *testing.T) {
	var out bytes.Buffer
	a := &app{out: &out, err: &out}
	a.listFaults([]store.Fault{{Request: "\x1b]0;x\x07", What: "\x1b[2Jgone"}}, "the bundle")
	if strings.ContainsAny(out.String(), "\x1b\x07") {
		t.Errorf("%q", out.String())
	}
}
