// Package letter is about what a letter says: it fills a request template with
// answers, the agency and the law, and gives a Document, which is blocks of
// text that know nothing of pages, files or databases.
//
// The same Document is typeset (package pdf), checked (package preflight) and
// turned into the fields of a web form (package portal), so that what was
// checked is what is sent.
package letter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/workday"
)

// Document is one finished letter, in the order in which it is read.
type Document struct {
	Meta       Meta           `json:"meta"`
	Reference  string         `json:"reference"`      // the requester's own id of the request, printed in the footer
	Mark       string         `json:"mark,omitempty"` // a warning over every page, such as "SAMPLE – not for filing"
	Letterhead []string       `json:"letterhead"`     // first line: who writes; then address, e-mail, phone
	Date       string         `json:"date"`           // as printed: May 6, 2025; in the language of the letter
	Via        string         `json:"via,omitempty"`  // how it is to be filed: "Via FAX 202-555-0100"; empty if unknown
	Channel    agency.Channel `json:"channel,omitempty"`
	Contact    string         `json:"contact,omitempty"` // the address of the portal, the fax number or the e-mail address
	Addressee  []string       `json:"addressee"`         // the block that shows in the window of the envelope
	Subject    string         `json:"subject"`           // printed bold, after "Re:" or another label
	Salutation string         `json:"salutation"`
	Body       []Block        `json:"body"`
	Closing    string         `json:"closing"`
	Signature  []Signer       `json:"signature"`
	Enclosures []string       `json:"enclosures,omitempty"`
	Labels     *Labels        `json:"labels,omitempty"` // in the letter's language; nil: in that of the United States
}

// Labels are the words that stand beside the parts of a letter.
type Labels struct {
	Subject    string `json:"subject"` // before the subject line; empty: none
	Enclosures string `json:"enclosures"`
	Page       string `json:"page"` // with {n} and {all}
}

// label is the letter's own labels, or the usual ones.
func (d Document) label() Labels {
	if d.Labels != nil {
		return *d.Labels
	}
	return Labels{Subject: "Re: ", Enclosures: "Enclosures:", Page: "Page {n} of {all}"}
}

// SubjectLabel stands before the subject line; it may be empty.
func (d Document) SubjectLabel() string { return d.label().Subject }

// SubjectLine is the subject with the word before it.
func (d Document) SubjectLine() string { return d.label().Subject + d.Subject }

// EnclosuresLabel stands over the enclosures.
func (d Document) EnclosuresLabel() string { return d.label().Enclosures }

// PageLabel numbers a page.
func (d Document) PageLabel(n, all int) string {
	return fillWords(d.label().Page, "n", strconv.Itoa(n), "all", strconv.Itoa(all))
}

// Meta is what the file says about itself.
type Meta struct {
	Title    string       `json:"title"`
	Author   string       `json:"author"`
	Subject  string       `json:"subject"`
	Keywords []string     `json:"keywords,omitempty"`
	Language string       `json:"language"` // BCP 47, such as en-US
	Date     workday.Date `json:"date"`
}

// Signer is one person who signs, with the lines printed under the name.
type Signer struct {
	Name  string   `json:"name"`
	Lines []string `json:"lines,omitempty"`
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

// kindNames are the kinds in letter.json.
var kindNames = []string{"paragraph", "heading", "numbered-list", "bullet-list", "quote"}

// MarshalText writes the kind's name.
func (k Kind) MarshalText() ([]byte, error) {
	if k < 0 || int(k) >= len(kindNames) {
		return nil, fmt.Errorf("there is no block of kind %d", int(k))
	}
	return []byte(kindNames[k]), nil
}

// UnmarshalText reads the kind's name.
func (k *Kind) UnmarshalText(b []byte) error {
	i := slices.Index(kindNames, string(b))
	if i < 0 {
		return fmt.Errorf("there is no block of the kind %q", b)
	}
	*k = Kind(i)
	return nil
}

// JSON is the letter in its parts: what other papers are made from later, when
// template and directory may have changed.
func (d Document) JSON() ([]byte, error) {
	b, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		return nil, fmt.Errorf("the letter cannot be written as JSON: %w", err)
	}
	return append(b, '\n'), nil
}

// LongestJSON is how large the parts of a letter may be, in bytes: those of a letter of two
// pages are some ten thousand.
const LongestJSON = 8 << 20

// mostParts is how many blocks, items and spans they may have; each takes some hundred bytes
// of memory.
const mostParts = 200_000

// ReadDocument reads what JSON wrote. It may come from others, with a backup.
func ReadDocument(raw []byte) (Document, error) {
	var d Document
	if len(raw) > LongestJSON || bytes.Count(raw, []byte("{")) > mostParts {
		return d, fmt.Errorf("the parts of the letter cannot be read: they are larger than any letter's")
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return d, fmt.Errorf("the parts of the letter cannot be read: %w", err)
	}
	return d, nil
}

// Block is a paragraph, a heading or a list of the letter's body.
type Block struct {
	Kind   Kind       `json:"kind"`
	Level  int        `json:"level,omitempty"`  // of a heading: 1 is the highest
	Text   []Span     `json:"text,omitempty"`   // of a paragraph or heading
	Items  []ListItem `json:"items,omitempty"`  // of a list
	Body   []Block    `json:"body,omitempty"`   // of a quote
	Clause string     `json:"clause,omitempty"` // the clause it came from; empty: the letter's own text
}

// ListItem is one entry of a list: its label ("1.", "(a)", "•") and its blocks.
type ListItem struct {
	Label string  `json:"label"`
	Body  []Block `json:"body"`
}

// Span is a run of text in one style. Its text has no line breaks and no two
// spaces in a row.
type Span struct {
	Text   string `json:"text"`
	Bold   bool   `json:"bold,omitempty"`
	Italic bool   `json:"italic,omitempty"`
	Link   string `json:"link,omitempty"` // where it leads, empty if nowhere
}

// Plain returns the text of the spans without style.
func Plain(spans []Span) string {
	if len(spans) == 1 {
		return spans[0].Text
	}
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
