package letter

import (
	"reflect"
	"strings"
	"testing"

	"foia/internal/workday"
)

func privateLetter() (Document, Requester) {
	r := Requester{Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"12 Main Street", "Apt. 4B"}, City: "Albany",
		State: "NY", ZIP: "12207-1234",
		Email: "ana@example.org", Phone: "(202) 555-0111"}
	paragraph := func(s ...Span) Block { return Block{Kind: Paragraph, Text: s} }
	return Document{
		Meta: Meta{Title: "From ana@example.org", Author: "Ana Ruiz", Keywords: []string{"12207"}, Language: "en-US",
			Date: workday.MustDate("2026-11-23")}, Reference: "2026-0001",
		Letterhead: []string{"The Courier", "12 Main Street", "Apt. 4B", "Albany, NY 12207-1234", "(202) 555-0111 · ana@example.org"},
		Date:       "November 23, 2026", Via: "Via e-mail: foia@agency.gov",
		Addressee: []string{"Agency", "9 Main Street", "Washington, DC 20220"},
		Subject:   "Records", Salutation: "Dear FOIA Officer:",
		Body: []Block{
			paragraph(Span{Text: "Call 202.555.0111, +1 202 555 0111 or 2025550111; write to "},
				Span{Text: "ANA@example.org", Link: "mailto:ana@example.org"}, Span{Text: "."}),
			{Kind: BulletList, Items: []ListItem{
				{Label: "•", Body: []Block{paragraph(Span{Text: "I live at 12  Main street, Albany 12207."})}}}},
			{Kind: Quote, Body: []Block{paragraph(Span{Text: "Docket 2025550112 and 120 Main Avenue stay."})}},
		},
		Closing: "Sincerely,", Signature: []Signer{{Name: "Ana Ruiz", Lines: []string{"ana@example.org"}}},
		Enclosures: []string{"Card of 12 Main Street"},
	}, r
}

// Nothing private is left in any part, and nothing else is lost.
func TestPublication(t *testing.T) {
	doc, r := privateLetter()
	got, err := doc.Publication(r)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := got.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"ana@", "12 Main", "12  Main", "Apt", "12207", "555-0111", "555.0111", "555 0111", "2025550111"} {
		if strings.Contains(strings.ToLower(string(raw)), strings.ToLower(private)) {
			t.Errorf("%q is left: %s", private, raw)
		}
	}
	text := got.Text()
	for _, kept := range []string{"The Courier\nAlbany, NY\nNovember", "[telephone number withheld]", "[e-mail address withheld].",
		"[street address withheld]", "9 Main Street", "20220",
		"foia@agency.gov", "2025550112 and 120 Main Avenue", "Ana Ruiz"} {
		if !strings.Contains(text, kept) {
			t.Errorf("%q is lost: %s", kept, text)
		}
	}
	if before, _ := privateLetter(); !reflect.DeepEqual(doc, before) {
		t.Error("the letter itself was changed")
	}
	doc.Body = append(doc.Body, Block{Kind: Paragraph, Text: []Span{{Text: "ana@"}, {Text: "example.org", Bold: true}}})
	if _, err := doc.Publication(r); err == nil || !strings.Contains(err.Error(), "ana@example.org") {
		t.Errorf("an address in two styles: %v", err)
	}
}

// A letter survives being written in its parts and read again.
func TestDocumentJSON(t *testing.T) {
	doc, _ := privateLetter()
	raw, err := doc.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ReadDocument(raw); err != nil || !reflect.DeepEqual(got, doc) {
		t.Errorf("%v\n%+v\n%+v", err, got, doc)
	}
	for _, bad := range []string{"", "[]", `{"body":[{"kind":"table"}]}`} {
		if _, err := ReadDocument([]byte(bad)); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

// Plain text keeps to its width and shows where links lead.
func TestPlainText(t *testing.T) {
	doc, _ := privateLetter()
	doc.Body = append(doc.Body, Block{Kind: Heading, Text: []Span{{Text: "Heading"}}},
		Block{Kind: NumberedList, Items: []ListItem{
			{Label: "1.", Body: []Block{{Kind: Paragraph,
				Text: []Span{{Text: strings.Repeat("word ", 40)}, {Text: "the page", Link: "https://a.gov/"}}}}}}})
	text := doc.PlainText(60)
	for line := range strings.SplitSeq(text, "\n") {
		if len([]rune(line)) > 60 {
			t.Errorf("%d characters: %s", len([]rune(line)), line)
		}
	}
	for _, want := range []string{"\nHEADING\n", "\n1.  word word", "\n    word", "the page\n    <https://a.gov/>", "-   I live at",
		"\n    Docket", "Enclosures:\n\n- Card"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	mail := doc.EmailText(72, "letter.pdf")
	if !strings.HasPrefix(mail, "Subject: Records\nAttachments: letter.pdf\n\nDear FOIA Officer:") {
		t.Errorf("%s", mail)
	}
	doc.Contact = "foia@agency.gov"
	if mail := doc.EmailText(72); !strings.HasPrefix(mail, "To: foia@agency.gov\nSubject: Records\n\n") {
		t.Errorf("%s", mail)
	}
}

// A name is taken out however its parts are joined, and not out of other words.
func TestWithhold(t *testing.T) {
	two := Requester{Name: "Ana Ruiz", Organization: "The Courier", CoSigners: []CoSigner{{Name: "Bo Li"}}}
	one := Requester{Name: "Ana", Phone: "202-555-0111"}
	for in, want := range map[string]string{
		"Ana  Ruiz and ana.ruiz": "[name withheld] and [name withheld]", "003-Ana_Ruiz.pdf": "003-[name withheld].pdf",
		"Bo Li of The Courier":              "[name withheld] of The Courier",
		"An analysis by Ana (202) 555 0111": "An analysis by [name withheld] [telephone number withheld]",
	} {
		if got := Withhold(in, two, one); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
	itself := Requester{Name: "The Courier", Organization: "The Courier"}
	if got := Withhold("The Courier", itself); got != "The Courier" {
		t.Errorf("the organization is no person: %q", got)
	}
}

// Only whole words are taken out, and each is, whatever letters it has and whatever stands beside it.
func TestWithholdTakesWholeWords(t *testing.T) {
	for _, c := range []struct {
		of       Requester
		in, want string
	}{
		{Requester{Name: "Ann"}, "Ann’s Annual report, Joann, ANN; Hannah. (Ann)",
			"[name withheld]’s Annual report, Joann, [name withheld]; Hannah. ([name withheld])"},
		{Requester{Name: "Ann"}, "003-ann_2.pdf, LetterAnn.txt, AnnLetter.txt",
			"003-[name withheld]_2.pdf, Letter[name withheld].txt, [name withheld]Letter.txt"},
		{Requester{Name: "Ann Lee"}, "Joann Lee, Ann Leeds, Ann Lee, annlee1@example.org",
			"Joann Lee, Ann Leeds, [name withheld], [name withheld]1@example.org"},
		{Requester{Name: "Óscar"}, "Óscar, ÓSCAR and Óscaria", "[name withheld], [name withheld] and Óscaria"},
		{Requester{Name: "José"}, "José said: Joséphine.", "[name withheld] said: Joséphine."},
		{Requester{Name: "Ann", Email: "ann@example.org"}, "joann@example.org, ann@example.organic, <ann@example.org>.",
			"joann@example.org, [name withheld]@example.organic, <[e-mail address withheld]>."},
		{Requester{Phone: "202-555-0111"}, "case 92025550111, 20255501119, 1 (202) 555-0111",
			"case 92025550111, 20255501119, [telephone number withheld]"},
		{Requester{Street: []string{"12 Main St"}}, "112 Main St, 12 Main Street, 12 Main St.",
			"112 Main St, [street address withheld], [street address withheld]."},
		{Requester{ZIP: "12207"}, "12207-1234, 112207, NY12207", "[ZIP Code withheld]-1234, 112207, NY[ZIP Code withheld]"},
	} {
		if got := Withhold(c.in, c.of); got != c.want {
			t.Errorf("%+v\n%q\n%q, not\n%q", c.of, c.in, got, c.want)
		}
	}
}
