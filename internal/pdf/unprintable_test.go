package pdf

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"foia/internal/letter"
)

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
