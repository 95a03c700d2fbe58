package web

import (
	"testing"

	"foia/internal/docket"

	"github.com/chromedp/chromedp"
)

// A copy for publication is made with the mouse and the keyboard: words are looked for, the page is there as a picture,
// boxes are changed, and the copy is made; with scripts and without.
func TestRedactInBrowser(t *testing.T) {
	w := folder(t, 3)
	inBothWays(t, w, func(t *testing.T, b *browser, _ bool) {
		id := addAnswer(t, w)
		b.visit("/r/" + id)
		b.press(`a[href$="/redact"]`)
		b.says("Page 1 of 2", "Read the copy before you publish it")
		b.do(chromedp.SendKeys(`#words`, "quillfeather\nabsent"))
		b.press(`button[value=find]`)
		b.says("Not found: absent", "Make the copy, with 2 boxes")
		if wide := ask[int](b, `document.querySelector("img.sheet").naturalWidth`); wide != 816 {
			t.Errorf("the picture of the page has %d dots", wide)
		}
		b.press(`a[href*="page=2"]`)
		b.says("Page 2 of 2")
		b.do(chromedp.SendKeys(`#boxes`, "1:100,100,10,10\n"))
		b.press(`button[value=change]`)
		b.says("Make the copy, with 3 boxes")
		b.press(`button[value=apply]`)
		b.says("The copy is made", "3 places covered", "Read it before you publish it")
		events := b.d.events(id)
		if last := events[len(events)-1]; last.Kind != docket.Redacted || last.Data["boxes"] != "3" {
			t.Errorf("%+v", last)
		}
	})
}
