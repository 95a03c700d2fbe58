package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"foia/internal/docket"
)

// A draft is changed with the mouse and the keyboard, with scripts and without: a wrong answer is said at its field,
// the letter is shown, one goes back and forth, and Enter in a line shows the letter, too.
func TestEditInBrowser(t *testing.T) {
	w := folder(t, 0)
	b := browse(t, w)
	for _, on := range []bool{true, false} {
		id := cameraDraft(t, w)
		b.scripts(on)
		b.visit("/r/" + id)
		b.click(`a[href="/r/` + id + `/edit"]`)
		b.fill("f.subject", "")
		b.fill("f.date_from", "some day")
		b.click(`button[value=show]:not(.hide)`)
		if text := b.text(); !strings.Contains(text, "2 answers do not fit") || !strings.Contains(text, "This question needs an answer") {
			t.Errorf("scripts %t: %s", on, text)
		}
		b.fill("f.date_from", "2024")
		b.do(chromedp.Click(`input[id="f.fee_waiver"]`))
		b.click(`button[value=item]`)
		b.do(chromedp.SendKeys(`textarea[id="f.records.2"]`, "The user manuals\nof each year"))
		b.fill("f.waiver_new", "What is paid.")
		if _, err := chromedp.RunResponse(b.ctx, chromedp.SendKeys(`input[id="f.subject"]`, "Cameras\r")); err != nil {
			t.Fatal(err)
		}
		if text := b.text(); !strings.Contains(text, "The user manuals of each year") || !strings.Contains(text, "What is paid.") {
			t.Errorf("scripts %t: %s", on, text)
		}
		b.click(`button[value=change]`)
		b.fill("f.waiver_new", "What is paid each year.")
		b.click(`button[value=show]:not(.hide)`)
		b.click(`button[value=keep]`)
		if text := b.text(); !strings.Contains(text, "redrafted") || !strings.Contains(text, "letter-2.pdf") {
			t.Errorf("scripts %t: %s", on, text)
		}
		if r := draftOf(t, b.d, id); r.Subject != "Cameras" || !strings.Contains(string(r.Answers), "What is paid each year.") {
			t.Errorf("scripts %t: %s", on, r.Answers)
		}
	}
}

// fill types an answer in the place of what is there.
func (b *browser) fill(id, value string) {
	b.t.Helper()
	ask[bool](b, fmt.Sprintf("!!(document.getElementById(%q).value = %q) || true", id, value))
}

// The pages on which a draft is changed keep nobody out and fit a telephone: the form, with what is wrong, with what
// happened meanwhile, and what changes.
func TestEditAxe(t *testing.T) {
	source, err := os.ReadFile(filepath.FromSlash(axeFile))
	need(t, err == nil, axeFile+": npm ci in internal/web/testdata/axe")
	w := folder(t, 0)
	id := cameraDraft(t, w)
	b := browse(t, w)
	at, last := "/r/"+id+"/edit", 1
	show := func() { b.click(`button[value=show]:not(.hide)`) }
	for _, size := range [][2]int64{{1280, 900}, {768, 1024}, {320, 640}} {
		b.do(chromedp.EmulateViewport(size[0], size[1]))
		for _, scheme := range []string{"light", "dark"} {
			b.as("", scheme)
			b.visit(at)
			b.axe(string(source), "the form", scheme, size[0])
			ask[bool](b, `document.querySelectorAll("details").forEach(e => e.open = true); true`)
			b.axe(string(source), "the form, open", scheme, size[0])
			b.fill("f.date_from", "some day")
			b.fill("f.records.1", "The \ue000 list")
			b.fill("f.subject", strings.Repeat("x", 200))
			show()
			b.axe(string(source), "what is wrong", scheme, size[0])
			b.fill("f.date_from", "2024")
			b.fill("f.records.1", "The list")
			show()
			if !strings.Contains(b.text(), "Keep this version") {
				t.Fatal(b.text())
			}
			b.axe(string(source), "what changes", scheme, size[0])
			happens(t, w, docket.Event{Request: id, Kind: docket.Note, Data: detail("note", "called")})
			last++
			b.click(`button[value=keep]`)
			if !strings.Contains(b.text(), "Something happened meanwhile") {
				t.Fatal(b.text())
			}
			b.axe(string(source), "what happened meanwhile", scheme, size[0])
		}
	}
	if n := len(b.d.events(id)); n != last {
		t.Errorf("%d events", n)
	}
}
