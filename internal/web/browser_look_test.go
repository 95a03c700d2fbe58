package web

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"foia/internal/workday"
)

// everyPage are the pages of a desk with a late request, a reply that waits and a letter that may be written: each of
// the five, each form, and what a form says of a wrong answer.
func everyPage(t *testing.T) (b *browser, paths []string) {
	t.Helper()
	w := folder(t, 60)
	letters := "/r/" + addReal(t, w) + "/letter"
	of := addSent(t, w, workday.MustDate("2026-08-03"))
	waiting(t, w, "d01-ice-ack.txt", "d07-eousa-fee.txt")
	unclear := addRequest(t, w, "Flight logs")
	mayHaveGone(t, w, unclear)
	b = browse(t, w)
	reply := ""
	for _, at := range replyLink.FindAllString(b.d.get("/replies"), -1) {
		if strings.Contains(b.d.get(at+"?request="+of), "1240.00") {
			reply = at
		}
	}
	wrong := formAt(t, b.d.get(reply+"/change?place=0&request="+of), reply+"/change")
	wrong.Set("on", "someday, when the weather is better than it was in all of the last ten years")
	wrong.Set("amount", strings.Repeat("much", 30))
	return b, append(slices.Clone(inBrowser), "/replies", reply+"?request="+of, reply+"/change?place=0&request="+of,
		reply+"/change?"+wrong.Encode(), letters, letters+"/appeal", "/r/"+unclear+"/word",
		letters+"/appeal?f.search_gaps=The+message&asked="+asksOf(b.d.get(letters+"/appeal")),
		"/r/2026-0013/record?"+url.Values{"kind": {"note"}, "asked": {"note"}, "note": {strings.Repeat("x", 300)}}.Encode())
}

// tooWide is by how many pixels a page is wider than the window, and what is.
func (b *browser) tooWide() (pixels int, what []string) {
	b.t.Helper()
	return ask[int](b, `document.documentElement.scrollWidth - innerWidth`), ask[[]string](b,
		`[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 &&
		!e.closest(".wide, .hide"))
		.map(e => e.tagName + " " + e.className + " " + e.textContent.slice(0, 30)).slice(0, 5)`)
}

// Enlarged four times, as the browser does it and as letters alone, no page has to be moved sideways to be read, and
// no text is cut.
func TestEnlarged(t *testing.T) {
	b, paths := everyPage(t)
	cut := `[...document.querySelectorAll("main *, header *")].filter(e => e.checkVisibility() && !e.closest(".wide, .hide, svg, select") &&
		!["INPUT", "TEXTAREA", "SELECT"].includes(e.tagName) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 &&
		getComputedStyle(e).overflowX != "visible").map(e => e.tagName + " " + e.className)`
	for _, way := range []string{"zoom", "text"} {
		if way == "zoom" { // 1280 pixels of a screen, four to one of the page
			b.do(chromedp.EmulateViewport(320, 225, chromedp.EmulateScale(4)))
		} else {
			b.do(chromedp.EmulateViewport(1280, 900))
		}
		for _, path := range paths {
			b.visit(path)
			if way == "text" {
				ask[bool](b, `document.documentElement.style.fontSize = "400%", true`)
				if size := ask[string](b, `getComputedStyle(document.querySelector("main p, main li, main td")).fontSize`); size < "64px" {
					t.Fatalf("%s: letters of %s", path, size)
				}
			}
			if pixels, what := b.tooWide(); pixels > 0 {
				t.Errorf("%s, %s: %d pixels too wide: %v", way, path, pixels, what)
			}
			if parts := ask[[]string](b, cut); len(parts) > 0 {
				t.Errorf("%s, %s: cut are %v", way, path, parts)
			}
		}
	}
}

// reachable says, to the page, what a keyboard reaches.
const reachable = `const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";`

// What is reached one after another with a keyboard stands one after another, and each shows that it has the focus: on a
// wide screen and a narrow one, on every page and form.
func TestReadingOrder(t *testing.T) {
	b, paths := everyPage(t)
	_, err := chromedp.Call(b.ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{1280, 320} {
		b.do(chromedp.EmulateViewport(width, 900))
		for _, path := range paths {
			b.visit(path)
			back := ask[[]string](b, `(() => {
				`+reachable+`
				const all = [...document.querySelectorAll(kinds)]
					.filter(e => e.checkVisibility() && !e.matches(".skip"));
				const at = all.map(e => [e, e.getBoundingClientRect()]);
				return at.slice(1).filter(([e, r], i) => { const b = at[i][1]; return r.bottom <= b.top + 1 && r.left < b.right })
					.map(([e]) => e.outerHTML.slice(0, 120)) })()`)
			if len(back) > 0 {
				t.Errorf("%s at %d: above what comes before: %v", path, width, back)
			}
			odd := ask[[]string](b, `[...document.querySelectorAll("[tabindex]")].filter(e => e.tabIndex > 0).map(e => e.outerHTML)`)
			if len(odd) > 0 {
				t.Errorf("%s: an order of its own: %v", path, odd)
			}
			hidden := ask[[]string](b, `(() => {
				`+reachable+`
				const all = [...document.querySelectorAll(kinds)]
					.filter(e => e.checkVisibility());
				const out = [];
				for (const e of all) {
					e.focus({focusVisible: true});
					const s = getComputedStyle(e);
					if (document.activeElement != e || s.outlineStyle == "none" || parseFloat(s.outlineWidth) < 2)
						out.push(e.outerHTML.slice(0, 120));
				}
				return out })()`)
			if len(hidden) > 0 {
				t.Errorf("%s at %d: without a visible focus: %v", path, width, hidden)
			}
		}
	}
}

// A page is printed on paper of letter size: everything that is to be read is on it, and nothing is cut at its edge.
// FOIA_PRINTED names a folder in which the PDFs are kept, to be looked at.
func TestPrintedPages(t *testing.T) {
	program, err := exec.LookPath("pdftotext")
	need(t, err == nil, "pdftotext (poppler-utils)")
	b := browse(t, shownFolder(t))
	for name, want := range map[string][]string{"/": {"Today", "Contracts for detention centers", "late"},
		"/requests": {"Requests", "Flight logs",
			"Immigration and", "32 days late"}, "/r/2026-0001": {"Contracts for detention centers", "2027-ICFO-00011", "determination",
			"20 working days"},
		"/offices": {"Offices and figures", "Internal Revenue Service", "Median"}, "/log": {"Log and proof", "never sealed"}} {
		b.visit(name)
		made, err := chromedp.Call(b.ctx, page.PrintToPDF, page.PrintToPDFParams{})
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if kept := os.Getenv("FOIA_PRINTED"); kept != "" {
			dir = kept
		}
		file := filepath.Join(dir, "printed"+strings.ReplaceAll(name, "/", "-")+".pdf")
		if err := os.WriteFile(file, made.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(program, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(out)), " ")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: not printed: %q in %s", name, w, text)
			}
		}
		for _, not := range []string{"Skip to the page", "Add tags", "Write the letter", "Write a letter", "Record it",
			"In a terminal", "Check the whole log now"} {
			if strings.Contains(text, not) {
				t.Errorf("%s: printed: %q", name, not)
			}
		}
	}
}
