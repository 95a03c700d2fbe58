package subject

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"foia/internal/letter"
	"foia/internal/retention"
)

// Sheet is a file of answers for people to fill in.
type Sheet struct {
	Head       []string // comments
	Subject    string
	Records    []letter.Record
	Custodians []string
	From, To   string
	Terms      []string
}

// SheetOf is a series of records as the one item of a letter.
func SheetOf(i retention.Item) Sheet {
	const open = "[[the office or person likely to have them]]"
	var custodians []string
	for _, c := range i.Custodians {
		if c != "named official" && c != "any office" { // which one, only the requester knows
			custodians = append(custodians, "the "+c)
		}
	}
	if len(custodians) < len(i.Custodians) || len(custodians) == 0 {
		custodians = append(custodians, open)
	}
	return Sheet{Subject: i.Title + ": [[what they are about, in a few words]]",
		Records:    []letter.Record{{Title: i.Title, Text: i.Text}},
		Custodians: custodians, From: "[[the first day of the period]]", To: "[[the last day of the period]]",
		Terms: []string{"[[words to search for]]"}}
}

// Text is the file.
func (s Sheet) Text() string {
	var b strings.Builder
	for _, line := range s.Head {
		for _, part := range folded(line, "# ", "#   ") {
			b.WriteString(strings.TrimRight(part, " ") + "\n")
		}
	}
	b.WriteString("\nsubject: " + quoted(s.Subject) + "\nrecords:\n")
	for _, r := range s.Records {
		b.WriteString("  - title: " + quoted(r.Title) + "\n    text: >-\n")
		for _, part := range folded(r.Text, "      ", "      ") {
			b.WriteString(part + "\n")
		}
		list(&b, "    ", "custodians", r.Custodians)
		list(&b, "    ", "search_terms", r.Terms)
		day(&b, "    ", "date_from", r.From)
		day(&b, "    ", "date_to", r.To)
	}
	list(&b, "", "custodians", s.Custodians)
	day(&b, "", "date_from", s.From)
	day(&b, "", "date_to", s.To)
	list(&b, "", "search_terms", s.Terms)
	return b.String()
}

func list(b *strings.Builder, indent, key string, entries []string) {
	if len(entries) == 0 {
		return
	}
	b.WriteString(indent + key + ":\n")
	for _, e := range entries {
		b.WriteString(indent + "  - " + quoted(e) + "\n")
	}
}

func day(b *strings.Builder, indent, key, value string) {
	if value != "" {
		b.WriteString(indent + key + ": " + quoted(value) + "\n")
	}
}

// quoted is a text as YAML has it on one line, whatever is in it.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil { // no string is refused
		panic("subject: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// folded are the lines of a paragraph, the first after one indent and the others after another.
func folded(s, first, rest string) (lines []string) {
	const width = 90
	line := first
	began := false
	for _, w := range strings.Fields(s) {
		if began && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > width {
			lines, line, began = append(lines, line), rest, false
		}
		if began {
			line += " "
		}
		line, began = line+w, true
	}
	return append(lines, line)
}
