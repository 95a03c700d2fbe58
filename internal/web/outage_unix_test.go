//go:build unix

package web

import (
	"context"
	"errors"
	"html"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"foia/internal/bench"
	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/store/pgtest"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// newsroom is a folder whose log is in a database of a server, with some requests, by an address such as a proxy's.
func newsroom(t *testing.T, s *pgtest.Server, address func(database, who string) string) *workspace.Workspace {
	t.Helper()
	err := s.SQL("postgres", "CREATE DATABASE log")
	if err == nil {
		_, err = store.SetupPostgres(t.Context(), s.URL("log", pgtest.Superuser), store.Options{})
	}
	if err == nil {
		err = s.SQL("log", "CREATE ROLE ana LOGIN IN ROLE log_writer")
	}
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "folder")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	config := "database: " + address("log", "ana") + "\n"
	if err := os.WriteFile(filepath.Join(dir, workspace.ConfigFile), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.OpenLog(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bench.Fill(context.Background(), log, 20, today), log.Close()); err != nil {
		t.Fatal(err)
	}
	return w
}

// everything are pages of each kind, and files; forms are those that write, with what somebody typed.
func everything(id, reply string) []string {
	return append([]string{"/replies", reply + "?request=" + id, reply + "/change?place=0&request=" + id, "/report?by=office",
		"/r/" + id + "/record", "/r/" + id + "/record?kind=note&asked=note&note=typed+with+care", "/r/" + id + "/letter",
		"/requests.csv", "/requests.json", "/due.json", "/report.csv"}, theFive...)
}

// A form with what somebody typed.
type typedForm struct {
	at   string
	form url.Values
}

func typedForms(d *desk, id, reply string) []typedForm {
	letters := d.get("/r/" + id + "/letter")
	kind := letterLink.FindStringSubmatch(letters)
	if kind == nil {
		d.t.Fatal(letters)
	}
	form := formAt(d.t, d.get(reply+"?request="+id), reply)
	form.Set("do", "record")
	last := lastOf(d, id)
	_, n, _ := strings.Cut(last, ":")
	return []typedForm{
		{"/r/" + id + "/record", url.Values{"kind": {"note"}, "on": {"2026-11-23"}, "note": {"typed with care"}, "after": {n}}},
		{"/hands", url.Values{"do": {"tag"}, "tag": {"typed-with-care"}, "seen": {last}}},
		{"/r/" + id + "/discard", url.Values{"reason": {"typed with care"}, "after": {n}}},
		{"/r/" + id + "/letter/" + kind[1], url.Values{"address": {"1 Main St"}, "f.typed": {"typed with care"}, "after": {n}}},
		{reply, form},
	}
}

// unwell tells what is wrong with how the desk says that its log cannot be used.
func unwell(t *testing.T, d *desk, what, says, id, reply string, forms []typedForm) {
	t.Helper()
	for _, path := range everything(id, reply) {
		got := d.send(d.request("GET", path, nil))
		text := body(t, got)
		if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, says) || !strings.Contains(text, "ry again") ||
			strings.Contains(text, "command again") || strings.Contains(text, "panic") {
			t.Errorf("%s, %s: %s\n%s", what, path, got.Status, text)
		}
		if kept := `href="` + path + `"`; !strings.Contains(html.UnescapeString(text), kept) {
			t.Errorf("%s, %s: no link to the same page", what, path)
		}
	}
	for _, f := range forms {
		got := d.post(f.at, f.form)
		text := body(t, got)
		if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, says) || !strings.Contains(text, "Try again") {
			t.Errorf("%s, %s: %s\n%s", what, f.at, got.Status, text)
			continue
		}
		again := formAt(t, text, f.at)
		for name, values := range f.form {
			if strings.Join(again[name], ",") != strings.Join(values, ",") {
				t.Errorf("%s, %s: %s was %v, and is %v", what, f.at, name, values, again[name])
			}
		}
	}
	if len(d.failed) > 0 {
		t.Errorf("%s: %v", what, d.failed)
	}
}

// well tells whether the desk shows everything, and what somebody typed is written once.
func well(t *testing.T, d *desk, what, id, reply string, f typedForm) {
	t.Helper()
	for _, path := range everything(id, reply) {
		d.get(path)
	}
	before := len(d.events(id))
	if got := d.post(f.at, f.form); got.StatusCode != http.StatusSeeOther {
		t.Errorf("%s: %s\n%s", what, got.Status, body(t, got))
	}
	if got := d.post(f.at, f.form); got.StatusCode != http.StatusConflict {
		t.Errorf("%s, the same again: %s", what, got.Status)
	}
	if n := len(d.events(id)); n != before+1 {
		t.Errorf("%s: %d events were written", what, n-before)
	}
}

// The database goes away while the desk is open, and comes back: each page and form says so, what was typed is kept, and
// nobody has to open the desk anew.
func TestDatabaseGoesAway(t *testing.T) {
	s := pgtest.New(t)
	w := newsroom(t, s, s.URL)
	id := addSent(t, w, workday.MustDate("2026-10-05"))
	waiting(t, w, "d01-ice-ack.txt")
	d := open(t, w)
	reply := replyLink.FindString(d.get("/replies"))
	forms := typedForms(d, id, reply)
	for round := range 2 {
		if err := s.Kill(); err != nil {
			t.Fatal(err)
		}
		forms[0].form.Set("note", "typed with care, "+sprint(round))
		unwell(t, d, "gone", "The database cannot be reached", id, reply, forms)
		if err := s.Start(); err != nil {
			t.Fatal(err)
		}
		well(t, d, "back", id, reply, forms[0])
		forms = typedForms(d, id, reply)
	}
	if got := d.post(reply, forms[4].form); got.StatusCode != http.StatusSeeOther {
		t.Errorf("the reply: %s\n%s", got.Status, body(t, got))
	}
}

// The connection is lost while something is written. Whether it was written or not: sent again, it is there once.
func TestDatabaseLostAtCommit(t *testing.T) {
	s := pgtest.New(t)
	var fault atomic.Pointer[pgtest.Fault]
	var dark atomic.Bool
	var connections atomic.Int64
	p := pgtest.NewProxy(t, s, func(int) pgtest.Fault {
		if dark.Load() {
			return pgtest.Fault{Refuse: true}
		}
		if f := fault.Load(); f != nil && connections.Add(1) == 2 { // the first only looks whether the log answers
			return *f
		}
		return pgtest.Fault{}
	})
	w := newsroom(t, s, p.URL)
	id := addSent(t, w, workday.MustDate("2026-10-05"))
	d := open(t, w)
	d.patience = 300 * time.Millisecond
	d.get("/")
	for moment, name := range map[pgtest.Moment]string{pgtest.BeforeCommit: "before",
		pgtest.AfterCommit: "while", pgtest.Committed: "after", pgtest.LateCommit: "late"} {
		before := d.events(id)
		form := url.Values{"kind": {"note"}, "on": {"2026-11-23"}, "note": {"typed " + name}, "after": {sprint(len(before))}}
		connections.Store(0)
		fault.Store(&pgtest.Fault{Commit: moment, Then: func() { dark.Store(true) }})
		got := d.post("/r/"+id+"/record", form)
		if text := body(t, got); got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "typed "+name) ||
			strings.Contains(text, "command again") {
			t.Errorf("%s: %s\n%s", name, got.Status, text)
		}
		fault.Store(nil)
		dark.Store(false)
		got = d.post("/r/"+id+"/record", form)
		text := body(t, got)
		if got.StatusCode != http.StatusSeeOther && (got.StatusCode != http.StatusConflict || !strings.Contains(text, "typed "+name)) {
			t.Errorf("%s, sent again: %s\n%s", name, got.Status, text)
		}
		if events := d.events(id); len(events) != len(before)+1 || events[len(before)].Data["note"] != "typed "+name {
			t.Errorf("%s: %+v", name, events[len(before):])
		}
		if !strings.Contains(d.get("/r/"+id), "typed "+name) {
			t.Errorf("%s: not on the page", name)
		}
	}
}

// A network that swallows everything: a page does not wait for minutes, and one page does not wait for another that does.
func TestDatabaseThatDoesNotAnswer(t *testing.T) {
	s := pgtest.New(t)
	var deaf atomic.Bool
	p := pgtest.NewProxy(t, s, func(int) pgtest.Fault {
		if deaf.Load() {
			return pgtest.Fault{Up: 1, Swallow: true}
		}
		return pgtest.Fault{}
	})
	w := newsroom(t, s, p.URL)
	d := open(t, w)
	d.patience = time.Second
	d.get("/")
	deaf.Store(true)
	if err := s.Suspend(); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	got := d.send(d.request("GET", "/", nil))
	if text := body(t, got); got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "does not answer") {
		t.Errorf("%s\n%s", got.Status, text)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
	deaf.Store(false)
	if err := s.Resume(); err != nil {
		t.Fatal(err)
	}
	d.get("/")
}

// Another command holds the log: forms wait a little and say so, pages go on.
func TestLogHeldByAnother(t *testing.T) {
	w := folder(t, 20)
	id := addSent(t, w, workday.MustDate("2026-10-05"))
	waiting(t, w, "d01-ice-ack.txt")
	d := open(t, w)
	d.patience = 50 * time.Millisecond
	reply := replyLink.FindString(d.get("/replies"))
	forms := typedForms(d, id, reply)
	release := lockLog(t, d)
	for _, path := range everything(id, reply) {
		d.get(path)
	}
	for _, f := range forms {
		got := d.post(f.at, f.form)
		text := body(t, got)
		if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "Try again") {
			t.Errorf("%s: %s\n%s", f.at, got.Status, text)
		}
	}
	release()
	well(t, d, "released", id, reply, forms[0])
}

// The folder is gone, such as a disk that was pulled out, and comes back.
func TestFolderGone(t *testing.T) {
	w := folder(t, 20)
	id := addSent(t, w, workday.MustDate("2026-10-05"))
	waiting(t, w, "d01-ice-ack.txt")
	d := open(t, w)
	reply := replyLink.FindString(d.get("/replies"))
	forms := typedForms(d, id, reply)
	if err := os.Rename(w.Dir, w.Dir+".away"); err != nil {
		t.Fatal(err)
	}
	unwell(t, d, "gone", "The folder of the desk is not there", id, reply, forms)
	if _, err := os.Stat(w.Dir); err == nil {
		t.Error("a folder was made in its place")
	}
	if err := os.Rename(w.Dir+".away", w.Dir); err != nil {
		t.Fatal(err)
	}
	well(t, d, "back", id, reply, forms[0])
}

// The disk is full: pages are shown or say so, forms keep what was typed, and nothing is half written.
func TestDiskFull(t *testing.T) {
	made := folder(t, 20)
	id := addSent(t, made, workday.MustDate("2026-10-05"))
	waiting(t, made, "d01-ice-ack.txt")
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", dir).CombinedOutput(); err != nil {
		need(t, false, "a small disk: "+string(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%s", out)
		}
	})
	if out, err := exec.Command("cp", "-a", made.Dir, filepath.Join(dir, "folder")).CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	w, err := workspace.Open(filepath.Join(dir, "folder"))
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, w)
	reply := replyLink.FindString(d.get("/replies"))
	forms := typedForms(d, id, reply)
	before := len(d.events(id))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	fill := filepath.Join(dir, "filled")
	if err := exec.Command("dd", "if=/dev/zero", "of="+fill, "bs=1k").Run(); err == nil {
		t.Fatal("the disk did not become full")
	}
	for _, f := range forms {
		got := d.post(f.at, f.form)
		text := body(t, got)
		if got.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "ull") || !strings.Contains(text, "Try again") {
			t.Errorf("%s: %s\n%s", f.at, got.Status, text)
		}
	}
	for _, path := range theFive {
		if got := d.send(d.request("GET", path, nil)); got.StatusCode == http.StatusInternalServerError {
			t.Errorf("%s: %s\n%s", path, got.Status, body(t, got))
		}
	}
	if err := os.Remove(fill); err != nil {
		t.Fatal(err)
	}
	if events := d.events(id); len(events) != before {
		t.Errorf("%d events", len(events))
	}
	log, err := w.ReadLog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	faults, err := log.Verify(t.Context())
	if err := errors.Join(err, log.Close()); err != nil || len(faults) > 0 {
		t.Errorf("%v %v", faults, err)
	}
	well(t, d, "room", id, reply, forms[0])
	if e := d.events(id)[before]; e.Kind != docket.Note {
		t.Errorf("%+v", e)
	}
}
