package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/letter"
	"foia/internal/workday"
)

func fonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func text(s string) []letter.Span { return []letter.Span{{Text: s}} }

func paragraph(s string) letter.Block { return letter.Block{Kind: letter.Paragraph, Text: text(s)} }

// sampleLetter is a letter of three pages with every kind of block.
func sampleLetter() letter.Document {
	long := strings.Repeat("The agency shall determine within 20 days, 5 U.S.C. § 552(a)(6)(A)(i), whether to comply. ", 8)
	return letter.Document{
		Meta: letter.Meta{Title: "Request – ñ ő ż Ł", Author: "Ana Ruiz", Subject: "A request", Keywords: []string{"FOIA", "test"},
			Language: "en-US", Date: workday.MustDate("2026-11-23")},
		Reference:  "2026-0001",
		Letterhead: []string{"The Courier", "1 Main Street", "Albany, NY 12207", "202-555-0100 · ana@example.org"},
		Date:       "November 23, 2026",
		Via:        "Via online portal: https://www.foia.gov/request/agency-component/2f6bdfbe-aa71-4dd6-ac88-3d6587fafa83/",
		Addressee:  []string{"Internal Revenue Service", "GLDS Support Services, Stop 211", "PO Box 621506", "Atlanta, GA 30362-3006"},
		Subject: "Freedom of Information Act request: a subject that is long enough to need a second line of its own (our " +
			"reference 2026-0001)",
		Salutation: "Dear FOIA Officer:",
		Body: []letter.Block{
			paragraph(long),
			{Kind: letter.Heading, Level: 2, Text: text("Records requested")},
			{Kind: letter.NumberedList, Items: []letter.ListItem{
				{Label: "1.", Body: []letter.Block{
					{Kind: letter.Paragraph, Text: []letter.Span{{Text: "Title. ", Bold: true}, {Text: long},
						{Text: "Where:", Italic: true}}}, paragraph("Second part.")}},
				{Label: "2.", Body: []letter.Block{paragraph(long),
					{Kind: letter.BulletList, Items: []letter.ListItem{{Label: "•", Body: []letter.Block{paragraph("inner")}}}}}},
			}},
			{Kind: letter.Quote, Body: []letter.Block{paragraph("A quotation.")}},
			paragraph("Łódź, Ελλάδα, Київ, “quoted” – with a dash … and {nb} pages."),
			paragraph(long), paragraph(long), paragraph(long), paragraph(long),
		},
		Closing: "Sincerely,",
		Signature: []letter.Signer{{Name: "Ana Ruiz", Lines: []string{"Reporter", "The Courier"}},
			{Name: "Bo Li", Lines: []string{"Counsel"}}},
		Enclosures: []string{"Press card"},
	}
}

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

// A character that cannot be set is named with its place, before anything is
// drawn (facts: a rune above U+FFFF panics in gofpdf; one that the font lacks
// prints blank).
func TestUnprintable(t *testing.T) {
	f := fonts(t)
	for s, name := range map[string]string{"😀": "GRINNING FACE", "ש": "HEBREW LETTER SHIN", "م": "ARABIC LETTER MEEM",
		"न": "DEVANAGARI LETTER NA", "漢": "U+6F22",
		"\u200b": "ZERO WIDTH SPACE", "\u202e": "RIGHT-TO-LEFT OVERRIDE", "\a": "<control>", "\n": "<control>", "\ue000": "U+E000",
		"\u00ad":  "SOFT HYPHEN",
		"x\u0301": "COMBINING ACUTE ACCENT", "\xff": "REPLACEMENT CHARACTER", "\u2028": "LINE SEPARATOR"} {
		for where, put := range map[string]func(*letter.Document){
			"subject":    func(d *letter.Document) { d.Subject += s },
			"letterhead": func(d *letter.Document) { d.Letterhead[0] += s },
			"address":    func(d *letter.Document) { d.Addressee[1] += s },
			"paragraph":  func(d *letter.Document) { d.Body = append(d.Body, paragraph("Here it is: "+s)) },
			"signature":  func(d *letter.Document) { d.Signature[0].Name += s },
			"footer":     func(d *letter.Document) { d.Reference += s },
			"enclosures": func(d *letter.Document) { d.Enclosures = []string{s} },
			"descript":   func(d *letter.Document) { d.Meta.Title += s },
		} {
			doc := sampleLetter()
			put(&doc)
			_, err := f.Typeset(doc, Stationery{})
			var glyph *GlyphError
			if !errors.As(err, &glyph) || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), where) ||
				glyph.Hint() == "" {
				t.Errorf("%q in the %s: %v", s, where, err)
			}
		}
	}
	for _, r := range "aZñőżŁ–—“”‘’§¶•…€½·ΑΩάЖієї\u00a0" {
		for range 2 { // the second answer is remembered
			if !f.Supports(r) {
				t.Errorf("%c U+%04X is refused", r, r)
			}
		}
	}
}

// All that cannot be set is listed at once, each character with its neighbors and its
// place, and no more of them than can be read.
func TestUnprintableAll(t *testing.T) {
	doc := sampleLetter()
	doc.Subject, doc.Addressee[0] = "Records of 山田 Corp.", "Office of שלום"
	doc.Body = append(doc.Body, paragraph("Here it is: 漢 and 漢 again"))
	_, err := fonts(t).Typeset(doc, Stationery{})
	var glyph *GlyphError
	if !errors.As(err, &glyph) {
		t.Fatal(err)
	}
	for _, want := range []string{"8 characters cannot be printed: ", "山 U+5C71",
		"山 U+5C71 (<CJK Ideograph>), in “ecords of 山田 Corp.” (the subject line)", "田 U+7530", "ש U+05E9", "(the address)",
		"漢 U+6F22 (<CJK Ideograph>), 2 times, in “re it is: 漢 and 漢 aga” (the paragraph that begins “Here it is: 漢 and …”)",
		"Hebrew runs from right to left"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing: %v", want, err)
		}
	}
	var many strings.Builder
	for r := rune(0x4E00); r < 0x5E00; r++ {
		many.WriteRune(r)
	}
	doc.Body = append(doc.Body, paragraph(many.String()))
	if _, err := fonts(t).Typeset(doc, Stationery{}); err == nil || len(err.Error()) > 3000 || !strings.Contains(err.Error(), "more") {
		t.Errorf("%d bytes: %.300v", len(err.Error()), err)
	}
}

// An accent typed as a character of its own is joined with its letter.
func TestNormalized(t *testing.T) {
	f := fonts(t)
	one, two := sampleLetter(), sampleLetter()
	one.Subject, two.Subject = "caf\u00e9 \u0141\u00f3d\u017a", "cafe\u0301 \u0141o\u0301dz\u0301"
	a, err := f.Typeset(one, Stationery{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Typeset(two, Stationery{})
	if err != nil || !bytes.Equal(a.Bytes, b.Bytes) {
		t.Errorf("the two spellings differ: %v", err)
	}
}

// The same letter gives the same bytes, alone and beside others.
func TestSameBytes(t *testing.T) {
	f := fonts(t)
	want, err := f.Typeset(sampleLetter(), Stationery{})
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			got, err := f.Typeset(sampleLetter(), Stationery{})
			if err != nil || !bytes.Equal(got.Bytes, want.Bytes) {
				t.Errorf("other bytes: %v", err)
			}
		})
	}
	wait.Wait()
}

// 500 items and a description of 200,000 characters are set without overlap.
func TestLarge(t *testing.T) {
	f := fonts(t)
	doc := sampleLetter()
	list := letter.Block{Kind: letter.NumberedList}
	for i := range 500 {
		list.Items = append(list.Items,
			letter.ListItem{Label: strconv.Itoa(i+1) + ".",
				Body: []letter.Block{paragraph("The record of that number, with its attachments and the messages that carried it.")}})
	}
	doc.Body = []letter.Block{list, paragraph(strings.TrimSpace(strings.Repeat("many words ", 18_000))),
		paragraph(strings.Repeat("x", 5_000))}
	checkLayout(t, f, newMeasurer(f).compose(doc, Stationery{}))
	if _, err := f.Typeset(doc, Stationery{}); err != nil {
		t.Error(err)
	}
}

// An empty letter is a page too, and an empty item does no harm.
func TestEmpty(t *testing.T) {
	f := fonts(t)
	for _, doc := range []letter.Document{{},
		{Body: []letter.Block{{Kind: letter.NumberedList, Items: []letter.ListItem{{Label: "1."}}}, {Kind: letter.Heading},
			{Kind: letter.Quote}}, Signature: []letter.Signer{{}}}} {
		doc.Meta.Date = workday.MustDate("2026-11-23")
		if file, err := f.Typeset(doc, Stationery{}); err != nil || file.Pages != 1 {
			t.Errorf("%v", err)
		}
	}
}

func program(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("FOIA_CI") == "1" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

func run(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program(t, name), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func written(t testing.TB, doc letter.Document) string {
	t.Helper()
	file, err := fonts(t).Typeset(doc, Stationery{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, file.Bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Other programs read the file: sound, fonts embedded, description set, every
// word there and apart from the next, {nb} as it was typed.
func TestReadByOthers(t *testing.T) {
	doc := sampleLetter()
	path := written(t, doc)
	run(t, "qpdf", "--check", path)
	if fonts := run(t, "pdffonts", path); strings.Count(fonts, " yes ") < 3 || strings.Contains(fonts, "Type 3") {
		t.Errorf("fonts:\n%s", fonts)
	}
	info := run(t, "pdfinfo", path)
	for _, want := range []string{"Request – ñ ő ż Ł", "Ana Ruiz", "FOIA, test", "Nov 23 00:00:00 2026", "612 x 792 pts (letter)"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo does not say %q:\n%s", want, info)
		}
	}
	got := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), " ")
	at := 0
	for _, piece := range doc.Pieces() {
		for word := range strings.FieldsSeq(piece) {
			i := strings.Index(got[at:], word)
			if i < 0 && !strings.Contains(word, "/") {
				t.Fatalf("the word %q of %q is not in the PDF in its order", word, piece)
			}
			if i >= 0 {
				at += i + len(word)
			}
		}
	}
	if !strings.Contains(got, "{nb} pages") || !strings.Contains(got, "Page 1 of 3") || !strings.Contains(got, "2026-0001") {
		t.Errorf("footer or {nb}: %.300s", got)
	}
}

// poppler finds the address where the window is.
func TestWindowByOthers(t *testing.T) {
	box := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>`)
	first, _, _ := strings.Cut(run(t, "pdftotext", "-bbox", written(t, sampleLetter()), "-"), "</page>")
	var inside []string
	for _, m := range box.FindAllStringSubmatch(first, -1) {
		x0, y0, y1 := number(t, m[1]), number(t, m[2]), number(t, m[4])
		if y1 > USLetter.windowTop+2 && y0 < USLetter.windowBottom-2 && x0 < USLetter.windowRight {
			inside = append(inside, m[5])
		}
	}
	if want := strings.Join(sampleLetter().Addressee, " "); strings.Join(inside, " ") != want {
		t.Errorf("the window shows %q, not %q", inside, want)
	}
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The mark is on every page of a sample.
func TestMark(t *testing.T) {
	doc := sampleLetter()
	doc.Mark = letter.SampleMark
	for i, page := range strings.Split(strings.TrimSuffix(run(t, "pdftotext", written(t, doc), "-"), "\f"), "\f") {
		if strings.Count(page, letter.SampleMark) != 2 {
			t.Errorf("page %d carries the mark %d times", i+1, strings.Count(page, letter.SampleMark))
		}
	}
}

// Whatever the text, the result is an error or a letter; never a panic.
func FuzzTypeset(f *testing.F) {
	for _, s := range []string{"plain", "{nb}", "😀", "§ 552", strings.Repeat("x", 3000), "https://a.b/" + strings.Repeat("c/", 300),
		"\xff", "a\u0301"} {
		f.Add(s)
	}
	set := fonts(f)
	f.Fuzz(func(t *testing.T, s string) {
		doc := sampleLetter()
		doc.Subject, doc.Letterhead[0], doc.Addressee[0] = s, s, s
		doc.Body = []letter.Block{paragraph(s), {Kind: letter.Heading, Text: text(s)},
			{Kind: letter.BulletList, Items: []letter.ListItem{{Label: "•", Body: []letter.Block{paragraph(s)}}}}}
		file, err := set.Typeset(doc, Stationery{})
		var glyph *GlyphError
		if err != nil && !errors.As(err, &glyph) {
			t.Errorf("%q: %v", s, err)
		}
		if err == nil && (file.Pages == 0 || !bytes.HasPrefix(file.Bytes, []byte("%PDF-"))) {
			t.Errorf("%q: no PDF", s)
		}
	})
}

func BenchmarkTypeset(b *testing.B) {
	f, doc := fonts(b), sampleLetter()
	for b.Loop() {
		if _, err := f.Typeset(doc, Stationery{}); err != nil {
			b.Fatal(err)
		}
	}
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
