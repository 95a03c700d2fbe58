// Package letter is about what a letter says: it fills a request template with
// answers, the agency and the law, and gives a Document, which is blocks of
// text that know nothing of pages, files or databases.
//
// The same Document is typeset (package pdf), checked (package preflight) and
// turned into the fields of a web form (package portal), so that what was
// checked is what is sent.
package letter

import (
	"strings"

	"foia/internal/workday"
)

// Document is one finished letter, in the order in which it is read.
type Document struct {
	Meta       Meta
	Reference  string   // the requester's own id of the request, printed in the footer
	Mark       string   // a warning over every page, such as "SAMPLE – not for filing"
	Letterhead []string // first line: who writes; then address, e-mail, phone
	Date       string   // as printed: May 6, 2025
	Via        string   // how it is to be filed: "Via FAX 202-555-0100"; empty if unknown
	Addressee  []string // the block that shows in the window of the envelope
	Subject    string   // printed bold, after "Re:"
	Salutation string
	Body       []Block
	Closing    string
	Signature  []Signer
	Enclosures []string
}

// Meta is what the file says about itself.
type Meta struct {
	Title    string
	Author   string
	Subject  string
	Keywords []string
	Language string // BCP 47, such as en-US
	Date     workday.Date
}

// Signer is one person who signs, with the lines printed under the name.
type Signer struct {
	Name  string
	Lines []string
}

// Kind says what a Block is.
type Kind int

// The kinds of Block. A letter needs no others; the Markdown reader refuses
// what would be one.
const (
	Paragraph Kind = iota
	Heading
	NumberedList
	BulletList
	Quote
)

// Block is a paragraph, a heading or a list of the letter's body.
type Block struct {
	Kind   Kind
	Level  int        // of a heading: 1 is the highest
	Text   []Span     // of a paragraph or heading
	Items  []ListItem // of a list
	Body   []Block    // of a quote
	Clause string     // the clause it came from; empty: the letter's own text
}

// ListItem is one entry of a list: its label ("1.", "(a)", "•") and its blocks.
type ListItem struct {
	Label string
	Body  []Block
}

// Span is a run of text in one style. Its text has no line breaks and no two
// spaces in a row.
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Link   string // where it leads, empty if nowhere
}

// Plain returns the text of the spans without style.
func Plain(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
