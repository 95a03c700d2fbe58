package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"foia/internal/workday"
	"foia/internal/workspace"
)

// axeFile is what npm ci makes of the lock file beside it.
const axeFile = "testdata/axe/node_modules/axe-core/axe.min.js"

// need skips a test where a program is not there. Under FOIA_CI=1 that is a failure.
func need(t testing.TB, there bool, what string) {
	t.Helper()
	switch {
	case there:
	case os.Getenv("FOIA_CI") == "1":
		t.Fatal("not on this machine: " + what)
	default:
		t.Skip("not on this machine: " + what)
	}
}

// browser is a Chromium that shows a desk, which it entered by its link.
type browser struct {
	t   testing.TB
	ctx context.Context
	d   *desk
	at  string
}

// browse opens a desk in a browser.
func browse(t testing.TB, w *workspace.Workspace) *browser {
	t.Helper()
	program, _ := exec.LookPath("chromium")
	need(t, program != "", "chromium (Debian's package has that name)")
	d := open(t, w)
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	s, err := New(d.Options, l)
	if err != nil {
		t.Fatal(err)
	}
	d.Server = s
	d.enterBy(d.Link())
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(program), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("lang", "en-US"), chromedp.WSURLReadTimeout(2 * time.Minute)}
	alloc, endAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	tab, endTab := chromedp.NewContext(alloc)
	tab, endTime := context.WithTimeout(tab, 10*time.Minute)
	t.Cleanup(func() {
		endTime()
		endTab()
		endAlloc()
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	b := &browser{t: t, ctx: tab, d: d, at: "http://127.0.0.1:" + sprint(port)}
	b.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(s.Link()), chromedp.WaitVisible(`nav a[aria-current="page"]`))
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.at+path), chromedp.WaitReady("main"))
}

// ask evaluates an expression in the page.
func ask[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.80s: %v", expression, err)
	}
	return v
}

// as has the page shown in light or dark, or as it is printed.
func (b *browser) as(media, scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) scripts(on bool) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	if err != nil {
		b.t.Fatal(err)
	}
}

// inBrowser are the pages and forms that a browser looks at: each page, each form, and what they say when
// something is wrong.
var inBrowser = append(slices.Clone(theFive), "/report?by=office", "/r/2026-0013/record", "/r/2026-0013/record?kind=determination",
	"/r/2026-0013/record?kind=fee-notice&asked=amount&amount=much", "/r/2026-0013/record?kind=note&note=called&asked=note",
	"/requests?status=lost", "/requests?q=nothing-has-this")

// No page has what keeps somebody out, as far as axe can see, in light and dark, on a wide screen, a tablet and a
// telephone, which is also a wide screen at 400 %; and none has to be moved sideways to be read.
func TestAxe(t *testing.T) {
	source, err := os.ReadFile(filepath.FromSlash(axeFile))
	need(t, err == nil, axeFile+": npm ci in internal/web/testdata/axe")
	w := folder(t, 259)
	at := "/r/" + addReal(t, w) + "/letter"
	of := addSent(t, w, workday.MustDate("2026-10-05"))
	waiting(t, w, "d01-ice-ack.txt")
	covered := "/r/" + addAnswer(t, w) + "/redact"
	unclear := addRequest(t, w, "Flight logs")
	mayHaveGone(t, w, unclear)
	b := browse(t, w)
	b.d.post(covered, url.Values{"do": {"find"}, "words": {"Quillfeather\nabsent"}})
	looked := 0
	unsent := "/r/" + addReal(t, w) + "/letter/rolling"
	if got := b.d.post(unsent, fieldsOf(b.d.get(unsent+"?asked="+asksOf(b.d.get(unsent))))); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, body(t, got))
	}
	reply := replyLink.FindString(b.d.get("/replies"))
	pages := append(slices.Clone(inBrowser), covered+"?unfound=absent&unsure=1+2", "/replies",
		reply+"?request="+of, reply+"/change?place=0&request="+of,
		reply+"/change?place=0&asked=tracking&on=someday&about=nothing&request="+of, at, at+"/appeal", at+"/rolling",
		unsent+"?instead=5", "/r/"+unclear+"/word", at+"/appeal?f.search_gaps=The+message&asked="+
			asksOf(b.d.get(at+"/appeal")))
	for _, size := range [][2]int64{{1280, 900}, {768, 1024}, {320, 640}} {
		b.do(chromedp.EmulateViewport(size[0], size[1]))
		for _, scheme := range []string{"light", "dark"} {
			b.as("", scheme)
			for _, path := range pages {
				b.visit(path)
				b.axe(string(source), path, scheme, size[0])
				looked++
			}
		}
	}
	if ask[string](b, `axe.version`) != "4.14.1" || looked != 6*len(pages) {
		t.Errorf("%d pages were looked at", looked)
	}
	// The test finds what it looks for.
	b.visit("/requests")
	ask[bool](b, string(source)+`
		;document.querySelector("label").remove(); document.documentElement.removeAttribute("lang");
		document.body.style.color = "#ccc"; true`)
	found := ask[[]string](b, `axe.run(document).then(r => r.violations.map(v => v.id))`)
	for _, id := range []string{"label", "html-has-lang"} {
		if !slices.Contains(found, id) {
			t.Errorf("a page broken on purpose: only %v was found", found)
		}
	}
}

// axe looks at the page that is shown: whether it keeps somebody out, and whether it is too wide.
func (b *browser) axe(source, page, scheme string, width int64) {
	b.t.Helper()
	wide := ask[[]string](b,
		`[...document.querySelectorAll("body *")].filter(e => document.documentElement.scrollWidth > innerWidth &&
		e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".wide, .hide"))
		.map(e => e.tagName + " " + e.className).slice(0, 5)`)
	if over := ask[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		b.t.Errorf("%s at %d: %d pixels too wide: %v", page, width, over, wide)
	}
	ask[bool](b, source+"\n;true")
	found := ask[[]string](b, `axe.run(document).then(r => r.violations.map(v => v.id + ": " +
		v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.failureSummary || "")).join("; ")))`)
	for _, f := range found {
		b.t.Errorf("%s in %s at %d: %s", page, scheme, width, f)
	}
}

// click follows a link or sends a form, and waits for the page.
func (b *browser) click(selector string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(selector)); err != nil {
		b.t.Fatalf("%s: %v", selector, err)
	}
}

// text is what the page says.
func (b *browser) text() string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Text("main"))
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

var replyLink = regexp.MustCompile(`/replies/[0-9a-f]{64}`)

var letterLink = regexp.MustCompile(`href="/r/[0-9-]+/letter/([a-z-]+)`)

// asksOf are the questions that a page asks, as its form says.
func asksOf(text string) string { return url.QueryEscape(fieldsOf(text).Get("asked")) }

// An event is recorded with the mouse and the keyboard, with scripts and without.
func TestRecordInBrowser(t *testing.T) {
	w := folder(t, 20)
	b := browse(t, w)
	for _, on := range []bool{true, false} {
		id := addRequest(t, w, "Flight logs")
		b.scripts(on)
		b.visit("/r/" + id)
		click := func(selector string) {
			t.Helper()
			if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(selector)); err != nil {
				t.Fatalf("scripts %t, %s: %v", on, selector, err)
			}
		}
		click(`.buttons a[href*="kind=sent"]`)
		b.do(chromedp.Click(`#by-0`), chromedp.SendKeys(`#proof`, "confirmation 815"))
		click(`form.ask button`)
		click(`form[method=post] button`)
		text, err := chromedp.Run(b.ctx, chromedp.Text("main"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, "confirmation 815") {
			t.Errorf("scripts %t: not on the page: %s", on, text)
		}
		if events := b.d.events(id); len(events) != 2 || events[1].Data["proof"] != "confirmation 815" {
			t.Errorf("scripts %t: %v", on, events)
		}
		b.visit("/requests?q=" + id)
		b.do(chromedp.Click(`input[name=seen]`), chromedp.SendKeys(`#tag`, "court dates"))
		click(`button[value=tag]`)
		b.visit("/requests?tag=court-dates&q=" + id)
		if text, err := chromedp.Run(b.ctx, chromedp.Text("main")); err != nil || !strings.Contains(text, id) {
			t.Errorf("scripts %t: not tagged, %v: %s", on, err, text)
		}
		for _, path := range inBrowser {
			b.visit(path)
		}
	}
}

// Whoever has only a keyboard reaches everything in the order in which it is read, and sees where they are; the
// first thing they reach leads past the links of every page.
func TestKeyboard(t *testing.T) {
	b := browse(t, folder(t, 20))
	for _, path := range append(slices.Clone(theFive), "/r/2026-0013/record?kind=determination") {
		b.visit(path)
		ask[bool](b, `const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
			const first = e => document.querySelector("input[type=radio][name='" + e.name + "']");
			window.reach = [...document.querySelectorAll(kinds)].filter(e => e.checkVisibility() &&
				!(e.type == "radio" && first(e) != e)); true`)
		all := ask[int](b, "reach.length")
		for n := range min(all, 25) {
			b.do(chromedp.KeyEvent("\t"))
			at := ask[int](b, "reach.indexOf(document.activeElement)")
			if at != n {
				t.Errorf("%s: the %d. step reaches %d, %s", path, n, at, ask[string](b, "document.activeElement.outerHTML.slice(0, 100)"))
				break
			}
			if ask[string](b, "getComputedStyle(document.activeElement).outlineStyle") == "none" {
				t.Errorf("%s: %s does not show that it has the focus", path, ask[string](b,
					"document.activeElement.outerHTML.slice(0, 100)"))
			}
		}
		b.visit(path)
		b.do(chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r"))
		if at := ask[string](b, "document.activeElement.id"); at != "main" {
			t.Errorf("%s: the first link leads to %q", path, at)
		}
	}
}

// Printed, a page has what is to be read and nothing to be clicked, and fits the paper.
func TestPrinted(t *testing.T) {
	b := browse(t, folder(t, 60))
	for _, path := range append(slices.Clone(theFive), "/report?by=office") {
		b.as("print", "light")
		b.visit(path)
		for _, selector := range []string{"header nav", "button", ".facets", ".inline"} {
			if n := ask[int](b, `[...document.querySelectorAll("`+selector+`")].filter(e => e.checkVisibility()).length`); n > 0 {
				t.Errorf("%s is printed with %d %s", path, n, selector)
			}
		}
		if ask[string](b, "getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)" {
			t.Errorf("%s is not printed on white", path)
		}
	}
	b.as("", "light")
}

// A page of another port, which the same browser shows, sees nothing and writes nothing.
func TestAttackInTheSameBrowser(t *testing.T) {
	b := browse(t, folder(t, 20))
	page := `<!DOCTYPE html><title>evil</title><script>
		window.seen = [];
		const at = "` + b.at + `";
		const tries = [
			fetch(at + "/requests.json", {credentials: "include"}).then(r => r.text()).then(t => seen.push("fetch " + t), () => 0),
			fetch(at + "/r/2026-0001/record", {method: "POST", credentials: "include", mode: "no-cors",
				headers: {"Content-Type": "application/x-www-form-urlencoded"},
				body: "kind=note&note=forged&on=2026-11-23&after=10"}).catch(() => 0),
			new Promise(done => { const i = new Image(); i.onload = () => { seen.push("image"); done() }; i.onerror = done;
				i.src = at + "/requests" }),
			new Promise(done => { const s = document.createElement("script"); s.onload = () => { seen.push("script"); done() };
				s.onerror = done;
				s.src = at + "/requests.json"; document.documentElement.append(s) }),
			new Promise(done => { const f = document.createElement("iframe"); f.onload = () => {
				try { if (f.contentDocument.body.innerText) seen.push("frame " + f.contentDocument.body.innerText) } catch (e) {}
				done() }; f.src = at + "/"; document.documentElement.append(f) }),
		];
		window.ended = Promise.all(tries).then(() => seen);
	</script>`
	form := `<!DOCTYPE html><form method="post" action="` + b.at + `/r/2026-0001/record"><input name="kind" value="note"><input name="note"
		value="forged"><input name="on" value="2026-11-23"><input name="after" value="10"></form>
		<script>document.forms[0].submit()</script>`
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		text := page
		if r.URL.Path == "/form" {
			text = form
		}
		_, _ = w.Write([]byte(text))
	}))
	defer evil.Close()
	b.do(chromedp.Navigate(evil.URL + "/"))
	if seen := ask[[]string](b, "ended"); len(seen) > 0 {
		t.Errorf("it saw %v", seen)
	}
	b.do(chromedp.Navigate(evil.URL+"/form"), chromedp.WaitReady("body"))
	for range 50 {
		if text := ask[string](b, "document.body ? document.body.innerText : ''"); strings.Contains(text, "This came from another page") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if text := ask[string](b, "document.body.innerText"); !strings.Contains(text, "This came from another page") {
		t.Errorf("its form was answered with %q", text)
	}
	if n := len(b.d.events("2026-0001")); n != 10 {
		t.Errorf("%d events", n)
	}
	b.visit("/requests")
}
