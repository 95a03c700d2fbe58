package web

import (
	"context"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// press clicks something that leads to another page, and waits for that.
func (b *browser) press(selector string) {
	b.t.Helper()
	within, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if _, err := chromedp.RunResponse(within, chromedp.Click(selector)); err != nil {
		b.t.Fatalf("%s: %v\n%s", selector, err, b.text())
	}
	b.do(chromedp.WaitReady("main"))
}

// typed types into a field, in place of what is there.
func (b *browser) typed(selector, text string) {
	b.t.Helper()
	b.do(chromedp.Clear(selector), chromedp.SendKeys(selector, text))
}

// says tells whether the page has some words.
func (b *browser) says(words ...string) {
	b.t.Helper()
	text := b.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.t.Errorf("the page does not say %q: %s", w, text)
		}
	}
}

// inBothWays opens a desk in a browser and walks through it with scripts and without.
func inBothWays(t *testing.T, w *workspace.Workspace, walk func(t *testing.T, b *browser, scripts bool)) {
	t.Helper()
	b := browse(t, w)
	b.d.Server.Offices = agency.Embedded
	for _, on := range []bool{true, false} {
		b.scripts(on)
		t.Run("scripts "+strconv.FormatBool(on), func(t *testing.T) {
			inner := *b
			inner.t = t
			walk(t, &inner, on)
		})
	}
}

// A letter is written with the mouse and the keyboard: chosen, its questions answered, looked at with its PDF, made, and
// thrown away again; with scripts and without.
func TestLettersInBrowser(t *testing.T) {
	w := folder(t, 20)
	inBothWays(t, w, func(t *testing.T, b *browser, _ bool) {
		id := addReal(t, w)
		b.visit("/r/" + id + "/letter")
		b.says("May go out today", "Not now")
		b.press(`.choices a[href*="/letter/appeal"]`)
		b.do(chromedp.SendKeys(`[id="f.search_gaps"]`, "The messages of the deputy"))
		b.press(`form.ask button`)
		b.says("The messages of the deputy", "It is not made yet")
		pdf, err := chromedp.Run(b.ctx, chromedp.AttributeValue(`a[href*="preview.pdf"]`, "href"))
		if err != nil {
			t.Fatal(err)
		}
		if raw := b.d.get(pdf.Value); !strings.HasPrefix(raw, "%PDF-") {
			t.Errorf("the preview is no PDF: %.20q", raw)
		}
		before := len(b.d.events(id))
		if ask := fieldsOf(b.d.get("/r/" + id)); len(ask) == 0 {
			t.Error("the page of the request has no form")
		}
		b.press(`a[href*="/letter/appeal?"]`) // change an answer: what was typed is there
		if v, err := chromedp.Run(b.ctx, chromedp.Value(`[id="f.search_gaps"]`)); err != nil || v != "The messages of the deputy" {
			t.Errorf("%q %v", v, err)
		}
		b.press(`form.ask button`)
		b.press(`form[method=post] button`)
		events := b.d.events(id)
		if len(events) != before+1 || events[before].Kind != docket.LetterMade {
			t.Fatalf("%+v", events[before:])
		}
		discard := `form[action$="/discard"] `
		b.typed(discard+`input[name=reason]`, "written otherwise")
		b.press(discard + `button`)
		if events = b.d.events(id); len(events) != before+2 || events[before+1].Kind != docket.Discarded ||
			events[before+1].Data["reason"] != "written otherwise" {
			t.Errorf("%+v", events[before:])
		}
	})
}

// Replies are read, changed, left out, recorded, kept and put aside with mouse and keyboard, with scripts and without.
func TestRepliesInBrowser(t *testing.T) {
	w := folder(t, 20)
	inBothWays(t, w, func(t *testing.T, b *browser, _ bool) {
		id := addSent(t, w, workday.MustDate("2026-08-03"))
		waiting(t, w, "d01-ice-ack.txt", "d19-status-estimate.eml", "d20-out-of-office.eml")
		open := func(what string) {
			t.Helper()
			for _, at := range replyLink.FindAllString(b.d.get("/replies"), -1) {
				if strings.Contains(b.d.get(at), what) {
					b.visit("/replies")
					b.press(`a[href="` + at + `"]`)
					b.typed(`#request`, id)
					b.press(`form[method=get].inline button`) // it is about that request
					return
				}
			}
			t.Fatalf("no reply has %q", what)
		}
		open("2026-ICFO-41877")
		b.press(`button[name=place][value="0"]`)
		b.typed(`#tracking`, "2026-ICFO-1")
		b.typed(`#on`, "someday")
		b.press(`form.ask button`)
		if n, err := chromedp.Run(b.ctx, chromedp.Text(`#on-wrong`)); err != nil || n == "" {
			t.Errorf("%q %v", n, err)
		}
		if v, err := chromedp.Run(b.ctx, chromedp.Value(`#tracking`)); err != nil || v != "2026-ICFO-1" {
			t.Errorf("what was typed is %q, %v", v, err)
		}
		b.typed(`#on`, "Oct 15, 2026")
		b.do(chromedp.Click(`#track-0`))
		b.press(`form.ask button`)
		b.says("October 15, 2026 (as you said)", "2026-ICFO-1 (as you said)")
		b.do(chromedp.Click(`#entry-2`))
		b.press(`button[formmethod=get]:not([name])`)
		b.says("(left out)")
		b.press(`button[value=record]`)
		events := b.d.events(id)
		if len(events) != 4 || events[2].Data["tracking"] != "2026-ICFO-1" || events[2].Data["track"] == "" ||
			events[2].On.String() != "2026-10-15" || events[3].Kind != docket.Extended {
			t.Fatalf("%+v", events[2:])
		}
		open("BIS 26-0455")
		b.press(`button[value=keep]`)
		if events = b.d.events(id); len(events) != 5 || events[4].Kind != docket.FileAdded {
			t.Errorf("%+v", events[4:])
		}
		b.visit("/replies")
		b.press(`.lines a[href^="/replies/"]`)
		b.press(`button[value=nothing]`)
		b.says("No message waits.")
		if n := len(b.d.events(id)); n != 5 {
			t.Errorf("%d events", n)
		}
	})
}

// The forms that look for something, arrange requests, check the log and try again are used with scripts and without.
func TestOtherFormsInBrowser(t *testing.T) {
	w := folder(t, 20)
	inBothWays(t, w, func(t *testing.T, b *browser, scripts bool) {
		b.visit("/")
		b.typed(`#assigned`, "cora")
		b.press(`form.inline button`)
		b.says("Everybody’s")
		b.visit("/requests")
		b.typed(`input[name=q]`, "2026-0013")
		b.press(`form[role=search] button`)
		b.says("2026-0013")
		b.do(chromedp.Click(`input[name=seen]`))
		who := "person-" + strconv.FormatBool(scripts)
		b.typed(`#person`, who)
		b.press(`button[value=assign]`)
		b.visit("/r/2026-0013")
		b.says(who)
		b.typed(`#tag`, who)
		b.press(`form[action="/hands"] button[value=tag]`)
		b.says(who)
		b.visit("/offices")
		b.typed(`#since`, "2026-01-01")
		b.press(`form.inline button`)
		b.says("Offices and figures")
		b.visit("/report?by=office")
		b.typed(`#until`, "2026-11-01")
		b.press(`form.inline button`)
		b.visit("/log")
		b.typed(`#who`, "ana")
		b.press(`form.inline button`)
		b.says("ana")
		b.visit("/log")
		b.press(`form[action="/log/verify"] button`)
		for range 100 {
			if b.visit("/log"); strings.Contains(b.text(), "20 problems") {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		b.says("20 problems")
		b.d.patience = 50 * time.Millisecond
		release := lockLog(t, b.d)
		b.visit("/r/2026-0013/record?kind=note&on=today&asked=note&note=typed+with+care+" + who)
		b.press(`form[method=post] button`)
		b.says("That did not work", "typed with care "+who)
		release()
		b.press(`form[method=post] button`)
		b.says("typed with care " + who)
	})
}

// Somebody finds a letter in their Sent folder and says so, with scripts and without.
func TestWordInBrowser(t *testing.T) {
	w := folder(t, 1)
	inBothWays(t, w, func(t *testing.T, b *browser, scripts bool) {
		id := addRequest(t, w, "Flight logs, scripts "+strconv.FormatBool(scripts))
		mayHaveGone(t, w, id)
		b.visit("/r/" + id)
		b.press(`a[href="/r/` + id + `/word"]`)
		b.says("Did it go out?", "foia send "+id)
		b.do(chromedp.Click(`#went`))
		b.typed(`#proof`, "in my Sent folder")
		b.press(`form.ask button`)
		b.says("in my Sent folder")
		if events := b.d.events(id); events[len(events)-1].Kind != docket.Sent {
			t.Errorf("recorded: %v", events[len(events)-1])
		}
	})
}

var formTag = regexp.MustCompile(`(?s)<form [^>]*?method="(\w+)"[^>]*action="([^"]+)"|<form [^>]*?action="([^"]+)"[^>]*method="(\w+)"`)

// Each form that a page has is one that these tests click; whoever adds one adds its clicks.
func TestEveryFormIsClicked(t *testing.T) {
	clicked := map[string]string{"change": "TestRepliesInBrowser", "reply": "TestRepliesInBrowser", "letter": "TestLettersInBrowser",
		"made": "TestLettersInBrowser", "request": "TestLettersInBrowser, TestOtherFormsInBrowser", "record": "TestRecordInBrowser",
		"preview": "TestRecordInBrowser", "requests": "TestRecordInBrowser", "failed": "TestOtherFormsInBrowser",
		"today": "TestOtherFormsInBrowser", "log": "TestOtherFormsInBrowser", "offices": "TestOtherFormsInBrowser",
		"report": "TestOtherFormsInBrowser", "edit": "TestEditInBrowser", "changed": "TestEditInBrowser",
		"redact": "TestRedactInBrowser", "word": "TestWordInBrowser"}
	names, err := templateFiles.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for _, n := range names {
		raw, err := templateFiles.ReadFile(path.Join("templates", n.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if name := strings.TrimSuffix(n.Name(), ".html"); formTag.Match(raw) {
			if found = append(found, name); clicked[name] == "" {
				t.Errorf("%s has a form that nobody clicks", name)
			}
		}
	}
	if len(found) < 13 || !slices.Contains(found, "reply") {
		t.Errorf("found %v", found)
	}
}
