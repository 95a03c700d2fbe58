package pdf

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/letter"
)

func lineText(r row) string {
	var b strings.Builder
	for _, p := range r.pieces {
		b.WriteString(p.text)
	}
	return b.String()
}

// checkLayout holds for every letter: rows go down the page without touching,
// nothing leaves the margins, no page is empty, no heading ends a page.
func checkLayout(t testing.TB, f *Fonts, laid layout) {
	t.Helper()
	m := newMeasurer(f)
	for n, p := range laid.pages {
		if len(p.rows) == 0 {
			t.Errorf("page %d is empty", n+1)
		}
		for i, r := range p.rows {
			if i > 0 && r.y-p.rows[i-1].y < r.size*0.95 {
				t.Errorf("page %d: %q at %.1f touches %q at %.1f", n+1, lineText(r), r.y, lineText(p.rows[i-1]), p.rows[i-1].y)
			}
			if r.y < 40 || r.y > laid.paper.bottom+closer[len(closer)-1].more+0.01 {
				t.Errorf("page %d: %q stands at %.1f", n+1, lineText(r), r.y)
			}
			last := r.pieces[len(r.pieces)-1]
			end := r.x + last.x + m.width(strings.TrimRight(last.text, " "), last.face, r.size)
			if r.x < laid.paper.left-0.01 || end > laid.paper.right+0.5 {
				t.Errorf("page %d: %q runs from %.1f to %.1f", n+1, lineText(r), r.x, end)
			}
		}
		if end := p.rows[len(p.rows)-1]; n < len(laid.pages)-1 && (end.size == headSize || strings.HasSuffix(lineText(end), "follows:")) {
			t.Errorf("page %d ends with %q, which belongs to the next", n+1, lineText(end))
		}
	}
}

func TestLayout(t *testing.T) {
	f := fonts(t)
	laid := newMeasurer(f).compose(sampleLetter(), Stationery{})
	if len(laid.pages) < 2 {
		t.Fatalf("%d page", len(laid.pages))
	}
	checkLayout(t, f, laid)
	checkParagraphs(t, laid)
}

// checkParagraphs holds for running text: no page begins with the last line of a
// paragraph or ends with its first.
func checkParagraphs(t testing.TB, laid layout) {
	t.Helper()
	for n := 1; n < len(laid.pages); n++ {
		before, after := laid.pages[n-1].rows, laid.pages[n].rows
		same := func(rows []row, i int) bool { return i >= 0 && i < len(rows) && rows[i].block == after[0].block }
		if same(before, len(before)-1) && (!same(before, len(before)-2) || !same(after, 1)) {
			t.Errorf("page %d parts a paragraph after or before a single line", n)
		}
	}
}

// Headings and signature stay with their text, whatever stands before them.
func TestKeptTogether(t *testing.T) {
	f := fonts(t)
	var bodies [][]letter.Block
	for n := range 60 {
		bodies = append(bodies,
			[]letter.Block{paragraph(strings.Repeat("word ", 40+n*12)), {Kind: letter.Heading, Text: text("A heading")},
				paragraph(strings.Repeat("after ", 60)), paragraph(strings.Repeat("last ", 12*n))},
			[]letter.Block{paragraph(strings.Repeat("word ", 100+n*12)), paragraph("A single line."), paragraph("And another.")},
			[]letter.Block{paragraph(strings.Repeat("word ", 200+n*12)), {Kind: letter.Heading, Text: text("A heading")},
				paragraph("What follows:"),
				{Kind: letter.BulletList, Items: []letter.ListItem{{Label: "•", Body: []letter.Block{paragraph("one")}},
					{Label: "•", Body: []letter.Block{paragraph("two")}}}}, paragraph(strings.Repeat("word ", 200))})
	}
	for n, body := range bodies {
		doc := sampleLetter()
		doc.Body = body
		doc.Enclosures = nil
		laid := newMeasurer(f).compose(doc, Stationery{})
		checkLayout(t, f, laid)
		checkParagraphs(t, laid)
		final := laid.pages[len(laid.pages)-1].rows
		i := 0
		for i < len(final) && !strings.HasPrefix(lineText(final[i]), "Sincerely,") {
			i++
		}
		if i == len(final) {
			t.Errorf("%d: the closing is not on the page of the names", n)
		} else if len(laid.pages) > 1 && i < 2 {
			t.Errorf("%d: the signature has fewer than two lines of text before it on its page", n)
		}
	}
}

// A short list of enclosures stands on one page.
func TestEnclosuresTogether(t *testing.T) {
	f := fonts(t)
	for n := range 60 {
		doc := sampleLetter()
		doc.Body = []letter.Block{paragraph(strings.Repeat("word ", 100+n*12))}
		doc.Enclosures = []string{"Copy of one", "Copy of two", "Copy of three"}
		laid := newMeasurer(f).compose(doc, Stationery{})
		checkLayout(t, f, laid)
		together := false
		for _, p := range laid.pages {
			count := 0
			for _, r := range p.rows {
				if text := lineText(r); text == "Enclosures:" || strings.HasPrefix(text, "Copy of") {
					count++
				}
			}
			together = together || count == 4
		}
		if !together {
			t.Errorf("%d: the enclosures are parted", n)
		}
	}
}

// The address shows in the window of a #10 envelope and nothing else does, from
// one line to seven; a letterhead that reaches into the window moves it, and
// still nothing overlaps.
func TestWindow(t *testing.T) {
	f := fonts(t)
	m := newMeasurer(f)
	for lines := 1; lines <= 7; lines++ {
		doc := sampleLetter()
		doc.Addressee = nil
		for i := range lines {
			doc.Addressee = append(doc.Addressee, fmt.Sprintf("Line %d of the address", i+1))
		}
		laid := newMeasurer(f).compose(doc, Stationery{})
		checkLayout(t, f, laid)
		shown := 0
		for _, r := range laid.pages[0].rows {
			isAddress := strings.HasPrefix(lineText(r), "Line ")
			head, foot := r.y-r.size*0.75, r.y+r.size*0.25
			inWindow := foot > USLetter.windowTop && head < USLetter.windowBottom && r.x < USLetter.windowRight
			if isAddress {
				shown++
				last := r.pieces[len(r.pieces)-1]
				if end := r.x + last.x + m.width(last.text, last.face, r.size); head < USLetter.windowTop || foot > 228 ||
					r.x < USLetter.windowLeft || end > USLetter.windowRight {
					t.Errorf("%d lines: %q from %.1f to %.1f, ending at %.1f, is not in the window", lines, lineText(r), head, foot, end)
				}
			} else if inWindow {
				t.Errorf("%d lines: %q shows in the window, at %.1f", lines, lineText(r), r.y)
			}
		}
		if shown != lines {
			t.Errorf("%d of %d lines are there", shown, lines)
		}
	}
	doc := sampleLetter()
	doc.Letterhead = []string{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"}
	checkLayout(t, f, newMeasurer(f).compose(doc, Stationery{}))
}

// Citations, dates and numbers are not torn apart at the end of a line.
func TestTies(t *testing.T) {
	f := fonts(t)
	m := newMeasurer(f)
	apart := regexp.MustCompile(`(§|¶|No\.|Mr\.|U\.S\.C\.|C\.F\.R\.|\d) *$`)
	begins := regexp.MustCompile(`^(U\.S\.C|C\.F\.R|§)`)
	for _, s := range []string{"5 U.S.C. § 552(a)(6)(A)(i)", "26 C.F.R. § 601.702(c)(4)", "31 C.F.R. part 1", "No. 1:25-cv-00677", "¶ 12",
		"April 7, 2025"} {
		for n := range 70 {
			line := strings.Repeat("x", n) + " see " + s + " and " + s + " too, " + strings.Repeat("word ", 20)
			for _, pieces := range m.breakLines(text(strings.TrimSpace(line)), regular, bodySize, 200) {
				got := strings.TrimSpace(lineText(row{pieces: pieces}))
				if apart.MatchString(got) && !strings.HasSuffix(got, "2025") && !strings.HasSuffix(got, "00677") &&
					!strings.HasSuffix(got, "12") && !strings.HasSuffix(got, "part 1") || begins.MatchString(got) {
					t.Fatalf("torn apart: %q", got)
				}
			}
		}
	}
}

// Breaking lines loses and adds nothing, and keeps to the width.
func TestBreakLines(t *testing.T) {
	f := fonts(t)
	rapid.Check(t, func(t *rapid.T) {
		m := newMeasurer(f)
		words := rapid.SliceOfN(rapid.StringMatching(`[A-Za-z0-9§.,:/?&=_łñΩЖ-]{1,70}`), 1, 40).Draw(t, "words")
		bolds := rapid.SliceOfN(rapid.Bool(), len(words), len(words)).Draw(t, "bold")
		width := rapid.Float64Range(60, 468).Draw(t, "width")
		var spans []letter.Span
		for i, w := range words {
			if i < len(words)-1 {
				w += " "
			}
			spans = append(spans, letter.Span{Text: w, Bold: bolds[i]})
		}
		var got strings.Builder
		for _, pieces := range m.breakLines(spans, regular, bodySize, width) {
			r := row{pieces: pieces}
			last := pieces[len(pieces)-1]
			if end := last.x + m.width(strings.TrimRight(last.text, " "), last.face, bodySize); end > width+0.01 {
				t.Fatalf("%q is %.1f wide, more than %.1f", lineText(r), end, width)
			}
			got.WriteString(lineText(r))
		}
		if want := letter.Plain(spans); strings.TrimSpace(got.String()) != strings.TrimSpace(want) {
			t.Fatalf("got %q, want %q", got.String(), want)
		}
	})
}

// Lines are as few as they can be and as even; a last line of one short word
// takes another down with it.
func TestRag(t *testing.T) {
	m := newMeasurer(fonts(t))
	lines := func(s string, width float64) (out []string) {
		for _, pieces := range m.breakLines(text(s), regular, bodySize, width) {
			out = append(out, strings.TrimSpace(lineText(row{pieces: pieces})))
		}
		return out
	}
	got := lines("Where to look: Office of the Commissioner; Office of Chief Counsel; Privacy, Governmental Liaison and Disclosure.", 446)
	want := "Where to look: Office of the Commissioner; Office of Chief Counsel; Privacy, Governmental|Liaison and Disclosure."
	if strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	const paragraph = "We ask for copies of the following records, in whatever form they are kept, created or received by any of the " +
		"offices named here, by e-mail if you can."
	for width := 150.0; width < 460; width++ {
		got := lines(paragraph, width)
		if end := got[len(got)-1]; m.width(end, regular, bodySize) < shortWidth*width {
			t.Errorf("at %.0f points the last line is %q", width, end)
		}
		least := 0
		for rest := strings.Fields(paragraph); len(rest) > 0; least++ {
			n := 1
			for n < len(rest) && m.width(strings.Join(rest[:n+1], " "), regular, bodySize) <= width {
				n++
			}
			rest = rest[n:]
		}
		if len(got) != least {
			t.Errorf("at %.0f points there are %d lines, %d would do", width, len(got), least)
		}
	}
}
