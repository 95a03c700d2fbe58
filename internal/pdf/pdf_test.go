package pdf

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"

	"foia/internal/letter"
	"foia/internal/pdf/pdftest"
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

// The mark is on every page of a sample.
func TestMark(t *testing.T) {
	doc := sampleLetter()
	doc.Mark = letter.SampleMark
	for i, page := range strings.Split(strings.TrimSuffix(pdftest.Output(t, "pdftotext", written(t, doc), "-"), "\f"), "\f") {
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
