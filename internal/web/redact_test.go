package web

import (
	"context"
	"errors"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/pdf/pdftest"
	"foia/internal/pdfium"
	"foia/internal/redact"
	"foia/internal/workspace"
)

// inSandboxes is what copies are made with in the tests of this process: compiling it takes many seconds.
var inSandboxes = sync.OnceValues(func() (Redaction, error) {
	user, err := os.UserCacheDir()
	folder := filepath.Join(user, "foia-test-pdfium")
	err = errors.Join(err, os.MkdirAll(folder, 0o700))
	return Redaction{Make: &redact.Redactor{PDF: pdfium.New(folder)}, Show: &redact.Redactor{PDF: pdfium.New(folder)}}, err
})

func covering(t testing.TB) Redaction {
	t.Helper()
	by, err := inSandboxes()
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// addAnswer adds a request for which a PDF came.
func addAnswer(t testing.TB, w *workspace.Workspace) (id string) {
	t.Helper()
	id = addReal(t, w)
	letter := filepath.Join(t.TempDir(), "answer.pdf")
	text := pdftest.MadeLetter([]string{"We wrote to Quillfeather <b>about</b> it.", "Plain words stay."}, []string{"Quillfeather, again"})
	if err := os.WriteFile(letter, text, 0o600); err != nil {
		t.Fatal(err)
	}
	book := logbook.New(w, logbook.Writer{By: "ana", Today: today, Now: noon.Format(time.RFC3339Nano)})
	_, err := book.Record(context.Background(), logbook.Entry{Request: id, Attach: []string{letter},
		Event: docket.Event{Kind: docket.FileAdded, On: today}})
	if err := errors.Join(err, book.Close()); err != nil {
		t.Fatal(err)
	}
	return id
}

// Words are looked for, a page is shown with its boxes, boxes are changed, and the copy is made once.
func TestRedact(t *testing.T) {
	w := folder(t, 1)
	id := addAnswer(t, w)
	d := open(t, w)
	at := "/r/" + id + "/redact"
	if text := d.get("/r/" + id); !strings.Contains(text, `href="`+at+`"`) {
		t.Error("the page of the request does not lead there")
	}
	text := d.get(at)
	if !strings.Contains(text, "Page 1 of 2") || strings.Contains(text, "Make the copy, with") {
		t.Errorf("before anything was looked for: %s", text)
	}
	seen := sprint(len(d.events(id)))
	form := func(more ...string) url.Values {
		v := url.Values{"file": {seen}, "page": {"1"}, "after": {seen}}
		for i := 0; i < len(more); i += 2 {
			v.Set(more[i], more[i+1])
		}
		return v
	}
	got := d.post(at, form("do", "find", "words", "quillfeather\n<absent>", "boxes", "2:10,20,30,40"))
	if got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", got.StatusCode, body(t, got))
	}
	text = d.get(got.Header.Get("Location"))
	for _, want := range []string{"Not found: <bdi>&lt;absent&gt;", "Make the copy, with 3 boxes", "quillfeather\n", "2:0,12,48,48"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page: %s", want, text)
		}
	}
	for page, want := range map[string]int{"1": http.StatusOK, "2": http.StatusOK, "3": http.StatusBadRequest} {
		got := d.send(d.request("GET", at+"/page.png?file="+seen+"&page="+page, nil))
		if got.StatusCode != want {
			t.Errorf("page %s: %d", page, got.StatusCode)
		}
		if want != http.StatusOK {
			continue
		}
		picture, err := png.Decode(got.Body)
		if err != nil || picture.Bounds().Dx() != 816 || got.Header.Get("Content-Type") != "image/png" {
			t.Errorf("page %s: %v", page, err)
		}
	}
	if got := d.post(at, form("do", "change", "boxes", "here")); got.StatusCode != http.StatusBadRequest {
		t.Errorf("a box that is none: %d", got.StatusCode)
	}
	if got := d.post(at, form("do", "change", "boxes", "1:60,60,120,24 quillfeather\r\n")); got.StatusCode != http.StatusSeeOther {
		t.Errorf("one box taken out: %d", got.StatusCode)
	}
	for _, bad := range []url.Values{form("do", "apply", "after", "1"), form("do", "apply", "after", ""), form("do", "burn"),
		form("do", "apply", "file", "99"), form("do", "apply", "words", "quillfeather\nabout"),
		form("do", "apply", "words", "quillfeather\n<absent>", "boxes", "here")} {
		if got := d.post(at, bad); got.StatusCode != http.StatusConflict && got.StatusCode != http.StatusBadRequest {
			t.Errorf("%v: %d", bad, got.StatusCode)
		}
	}
	if n := len(d.events(id)); sprint(n) != seen {
		t.Fatalf("%d events", n)
	}
	// What stands in the form is what is covered, whichever button was pressed.
	got = d.post(at, form("do", "apply", "words", "quillfeather\n<absent>",
		"boxes", "1:60,60,120,24 quillfeather\r\n1:0,96,48,12"))
	text = body(t, got)
	if got.StatusCode != http.StatusOK || !strings.Contains(text, "2 places covered") ||
		!strings.Contains(text, "can be read in 1 place that") {
		t.Fatalf("%d %s", got.StatusCode, text)
	}
	last := d.events(id)[len(d.events(id))-1]
	if last.Kind != docket.Redacted || last.Data["copy_of_sha256"] == "" || last.By != "ana" {
		t.Errorf("%+v", last)
	}
	if got := d.post(at, form("do", "apply")); got.StatusCode != http.StatusConflict {
		t.Errorf("sent twice: %d", got.StatusCode)
	}
	files, err := last.Files()
	if err != nil {
		t.Fatal(err)
	}
	if got := d.send(d.request("GET", "/r/"+id+"/files/"+files[0].Name, nil)); got.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the copy: %d", got.StatusCode)
	}
}

// Without a PDF, and for what is no request, the page says so.
func TestRedactWithoutFile(t *testing.T) {
	d := open(t, folder(t, 3))
	if text := d.get("/r/2026-0002/redact"); !strings.Contains(text, "No PDF was received") {
		t.Error(text)
	}
	for _, path := range []string{"/r/2026-9999/redact", "/r/2026-9999/redact/page.png?file=1"} {
		if got := d.send(d.request("GET", path, nil)); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
}
