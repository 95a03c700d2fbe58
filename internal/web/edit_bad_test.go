package web

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
)

// An answer of 100 KB is taken, shown and kept; what is more than the desk takes is refused.
func TestEditLarge(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	form := formOf(t, d.get(at))
	long := strings.TrimSpace(strings.Repeat("Why it matters. ", 100<<10/16))
	form.Set("f.use_statement", long)
	code, text := d.says(at, form, "show")
	if code != http.StatusOK || !strings.Contains(text, "…") || formOf(t, text).Get("f.use_statement") != long {
		t.Fatalf("%d, %d bytes", code, len(text))
	}
	if code, text := d.says(at, formOf(t, text), "keep"); code != http.StatusSeeOther {
		t.Fatalf("%d %.500s", code, text)
	}
	if formOf(t, d.get(at)).Get("f.use_statement") != long {
		t.Error("it was not kept as it was typed")
	}
	form.Set("f.use_statement", strings.Repeat(long, 3))
	if code, text := d.says(at, form, "show"); code != http.StatusRequestEntityTooLarge || len(text) > 10<<10 {
		t.Errorf("%d, %d bytes", code, len(text))
	}
}

// A form with fields that the template does not have, forged or from before the template was changed: they are shown
// and not taken, and the form goes on without them.
func TestEditForeignField(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	form := formOf(t, d.get(at))
	form.Set("f.subject", "Other contracts")
	form.Set("f.office", "typed before <i>")
	form.Set("f.nothing.7", "x")
	code, text := d.says(at, form, "keep")
	if code != http.StatusBadRequest || !strings.Contains(text, "typed before &lt;i&gt;") || !strings.Contains(text, "nothing.7") ||
		!strings.Contains(text, "The template request has no such field") {
		t.Fatalf("%d %s", code, text)
	}
	if code, text := d.says(at, formOf(t, text), "keep"); code != http.StatusSeeOther {
		t.Errorf("without them: %d %s", code, text)
	}
	for name, change := range map[string]string{"after": "", "had": "subject", "f.records.99999999999999999999": "x", "f.records.-1": "x"} {
		form := formOf(t, d.get(at))
		form.Set(name, change)
		if code, text := d.says(at, form, "show"); code >= http.StatusInternalServerError {
			t.Errorf("%s: %d %s", name, code, text)
		}
	}
	if code, text := d.says(at, map[string][]string{"after": {"2"}, "f.subject": {"Only the subject"}}, "keep"); code !=
		http.StatusSeeOther {
		t.Errorf("a part of a form: %d %s", code, text)
	}
	if r := draftOf(t, d, id); r.Subject != "Only the subject" || !strings.Contains(string(r.Answers), "Procurement") {
		t.Errorf("%s", r.Answers)
	}
}

// Of two tabs that change the same draft, the second is told what happened and keeps what it typed; where the request
// was sent meanwhile, it is told that.
func TestEditTwoTabs(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	first, second := formOf(t, d.get(at)), formOf(t, d.get(at))
	first.Set("f.subject", "Of the first")
	second.Set("f.subject", "Of the second")
	second.Set("f.related", "typed with care")
	if code, text := d.says(at, first, "keep"); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, text)
	}
	for _, do := range []string{"show", "keep", "pdf"} {
		code, text := d.says(at, second, do)
		if code != http.StatusConflict || !strings.Contains(text, "Something happened meanwhile") || !strings.Contains(text,
			"typed with care") || !strings.Contains(text, "In the log now: <bdi>Of the first</bdi>") {
			t.Fatalf("%s: %d %s", do, code, text)
		}
	}
	if code, _ := d.says(at, first, "keep"); code != http.StatusConflict || len(d.events(id)) != 2 {
		t.Errorf("a double click: %d", code)
	}
	_, text := d.says(at, second, "show")
	again := formOf(t, text)
	if code, text := d.says(at, again, "keep"); code != http.StatusSeeOther || draftOf(t, d, id).Subject != "Of the second" {
		t.Errorf("after a look: %d %s", code, text)
	}
	late := formOf(t, d.get(at))
	late.Set("f.related", "typed too late")
	happens(t, w, docket.Event{Request: id, Kind: docket.Sent, Data: by("portal")})
	if code, text := d.says(at, late, "keep"); code != http.StatusConflict || !strings.Contains(text, "typed too late") ||
		!strings.Contains(text, "sent") {
		t.Errorf("sent meanwhile: %d %s", code, text)
	}
	got := d.send(d.request("GET", at, nil))
	if text := body(t, got); got.StatusCode != http.StatusBadRequest || !strings.Contains(text, "what was sent stays") ||
		!strings.Contains(text, `href="/r/`+id+`"`) {
		t.Errorf("%s %s", got.Status, text)
	}
	if text := d.get("/r/" + id); strings.Contains(text, "Change the request") {
		t.Error("what was sent is offered to be changed")
	}
}

// A draft that somebody else works on, or that only some people see, is changed and stays that way.
func TestEditPrivateAndAssigned(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	happens(t, w, docket.Event{Request: id, Kind: docket.Assigned, Data: detail("to", "ben")})
	happens(t, w, docket.Event{Request: id, Kind: docket.MadePrivate, Data: detail("people", "cora")})
	form := formOf(t, d.get("/r/"+id+"/edit"))
	form.Set("f.subject", "Kept secret")
	if code, text := d.says("/r/"+id+"/edit", form, "keep"); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, text)
	}
	text := d.get("/r/" + id)
	for _, want := range []string{"Kept secret", "<dt>Private</dt>", "<dt>Assigned to</dt><dd><bdi>ben</bdi>"} {
		if !strings.Contains(text, want) {
			t.Errorf("without %q: %s", want, text)
		}
	}
}

// A template that is gone or damaged: the page says which and what to do, and what was typed is still there; once it
// is back, the same form goes on. One that has lost a field leaves its answer out, and says what changes.
func TestEditWithoutTemplate(t *testing.T) {
	w := folder(t, 0)
	const whole = "---\nid: ours\ntitle: Ours\nkind: request\nlaw: us-federal\nsubject: \"Request: {{.subject}}\"\nfields:\n" +
		"  - {name: subject, label: Subject, type: line, required: true}\n" +
		"  - {name: records, label: Records, type: records, required: true}\n" +
		"  - {name: extra, label: Something more, type: text}\n---\nI ask for:\n\n{{items}}\n\n{{.extra}}\n"
	ownTemplate(t, w, "ours", whole)
	id := addDraft(t, w, filing.Ask{Name: "ours", Offices: []string{"irs"}, Given: []letter.Layer{{Answers: letter.Answers{
		"subject": "X", "records": []any{"The list"}, "extra": "And more."}}}})
	d := open(t, w)
	d.Stock = stockWith
	at := "/r/" + id + "/edit"
	form := formOf(t, d.get(at))
	form.Set("f.extra", "typed with care")
	file := w.Path("templates/letters/ours.md")
	for name, text := range map[string]string{"gone": "", "damaged": strings.Replace(whole, "{{.extra}}", "{{.extra", 1),
		"a head that is none": "---\n: [\n---\n"} {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if text != "" {
			ownTemplate(t, w, "ours", text)
		}
		got := d.send(d.request("GET", at, nil))
		if text := body(t, got); got.StatusCode/100 == 2 || got.StatusCode == 500 || !strings.Contains(text, "ours") ||
			strings.Contains(text, "goroutine") {
			t.Errorf("%s: %s %s", name, got.Status, text)
		}
		for _, do := range []string{"show", "keep"} {
			code, text := d.says(at, form, do)
			if code/100 == 2 || code == 500 || !strings.Contains(text, "typed with care") || !strings.Contains(text, "Try again") {
				t.Errorf("%s, %s: %d %s", name, do, code, text)
			}
		}
		d.get("/r/" + id)
		ownTemplate(t, w, "ours", whole)
	}
	form.Set("force", "a test")
	if code, text := d.says(at, form, "keep"); code != http.StatusSeeOther {
		t.Errorf("it is back: %d %s", code, text)
	}
	ownTemplate(t, w, "ours", strings.NewReplacer("  - {name: extra, label: Something more, type: text}\n", "", "\n\n{{.extra}}", "").
		Replace(whole))
	code, text := d.says(at, formOf(t, d.get(at)), "show")
	if code != http.StatusOK || !strings.Contains(text, "The template is not as it was") || !strings.Contains(text, "typed with care") {
		t.Errorf("a field less: %d %s", code, text)
	}
}

// Whoever changed the file of the answers finds that in the form, as the terminal takes it; a file that cannot be
// read is said, and set aside when another version is kept.
func TestEditChangedFile(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	at := "/r/" + id + "/edit"
	r := draftOf(t, d, id)
	file := w.Path(r.Folder + "/answers.yaml")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(raw), "Camera contracts", "Typed in the file", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	page := d.get(at)
	if formOf(t, page).Get("f.subject") != "Typed in the file" || !strings.Contains(page, "answers.yaml was changed") {
		t.Fatal(page)
	}
	if err := os.WriteFile(file, []byte("answers: [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	page = d.get(at)
	form := formOf(t, page)
	if form.Get("f.subject") != "Camera contracts" || !strings.Contains(page, "cannot be read") {
		t.Fatal(page)
	}
	form.Set("f.subject", "Another")
	if code, text := d.says(at, form, "keep"); code != http.StatusSeeOther {
		t.Fatalf("%d %s", code, text)
	}
	left, err := os.ReadDir(w.Path(r.Folder + "/earlier"))
	if err != nil || !slices.ContainsFunc(left, func(e os.DirEntry) bool { return strings.Contains(e.Name(), "changed-answers") }) {
		t.Errorf("%v %v", left, err)
	}
}

// A log that another program holds: what was typed is still there; looking does not wait for it.
func TestEditLocked(t *testing.T) {
	w := folder(t, 0)
	id := cameraDraft(t, w)
	d := open(t, w)
	d.patience = 50 * time.Millisecond
	form := formOf(t, d.get("/r/"+id+"/edit"))
	form.Set("f.related", "typed with care")
	release := lockLog(t, d)
	if code, text := d.says("/r/"+id+"/edit", form, "show"); code != http.StatusOK || !strings.Contains(text, "Keep this version") {
		t.Errorf("%d %s", code, text)
	}
	code, text := d.says("/r/"+id+"/edit", form, "keep")
	if code != http.StatusServiceUnavailable || !strings.Contains(text, "typed with care") || !strings.Contains(text, "Try again") {
		t.Errorf("%d %s", code, text)
	}
	release()
	if got := d.post("/r/"+id+"/edit", formOf(t, text)); got.StatusCode != http.StatusSeeOther {
		t.Errorf("no longer locked: %s\n%s", got.Status, body(t, got))
	}
}
