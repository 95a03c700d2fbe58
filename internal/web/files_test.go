package web

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/logbook"
)

// What strangers sent is shown only if it is a PDF or a picture by what it holds, and gets no rights here.
func TestAttackByReceivedFile(t *testing.T) {
	w := folder(t, 1)
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	files := map[string]struct{ holds, kind string }{
		"page.html": {"<!DOCTYPE html><script>alert(1)</script>", ""},
		"page.svg":  {"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", ""},
		"page.pdf":  {"<html><script>alert(1)</script></html>", ""}, "letter.html": {"%PDF-1.7\n%%EOF", "application/pdf"},
		"letter.pdf": {"%PDF-1.7\nx", "application/pdf"}, "photo.png": {png, "image/png"}, "photo.txt": {"\xff\xd8\xff\xe0photo",
			"image/jpeg"},
		"page.xml": {"<?xml version='1.0'?><x/>", ""}, "script.js": {"alert(1)", ""}, "note.txt": {"a note", ""}, "x.gif": {"GIF89a", ""},
	}
	b := logbook.New(w, logbook.Writer{By: "ana", Today: today, Now: "2026-11-23T12:00:00Z"})
	for name, f := range files {
		path := t.TempDir() + "/" + name
		if err := os.WriteFile(path, []byte(f.holds), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Record(t.Context(), logbook.Entry{Request: "2026-0001", Attach: []string{path}, Again: true,
			Event: docket.Event{Kind: docket.FileAdded, On: today, Data: map[string]string{}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	d := open(t, w)
	page := d.get("/r/2026-0001")
	seen := 0
	for _, e := range d.events("2026-0001") {
		all, err := e.Files()
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range all {
			seen++
			at := "/r/2026-0001/files/" + escaped(doc.Name)
			if !strings.Contains(page, `href="`+at+`"`) {
				t.Errorf("the page has no link to %s", doc.Name)
			}
			want := files[doc.Original]
			got := d.send(d.request("GET", at, nil))
			kind, how := got.Header.Get("Content-Type"), got.Header.Get("Content-Disposition")
			inline := strings.HasPrefix(how, "inline")
			if text := body(t, got); text != want.holds || inline != (want.kind != "") || inline && kind != want.kind ||
				!inline && (kind != "application/octet-stream" || !strings.HasPrefix(how, "attachment")) {
				t.Errorf("%s: %s, %s, %q", doc.Original, kind, how, text)
			}
			if csp := got.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "sandbox;") || strings.Contains(csp, "allow-") {
				t.Errorf("%s: %s", doc.Original, csp)
			}
			if how := d.send(d.request("GET", at+"?save", nil)).Header.Get("Content-Disposition"); !strings.HasPrefix(how, "attachment") {
				t.Errorf("%s to be saved: %s", doc.Original, how)
			}
			if err := os.Chmod(w.Path("requests/2026-0001-made-up/"+doc.Name), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(w.Path("requests/2026-0001-made-up/"+doc.Name), []byte("%PDF-1.7 another"), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := d.send(d.request("GET", at, nil)); got.StatusCode == http.StatusOK {
				t.Errorf("%s was changed on the disk, and is shown as the log's", doc.Original)
			}
		}
	}
	if seen != len(files) {
		t.Errorf("%d files were seen", seen)
	}
}
