package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"foia/internal/letter"
	"foia/internal/workday"
)

// standard is the letter that is measured: blocks with places for the
// addressee.
type standard struct {
	Letterhead []string `json:"letterhead"`
	Date       string   `json:"date"`
	Re         string   `json:"re"`
	Body       []struct {
		Kind string `json:"t"` // p paragraph, h heading, li bullet
		Text string `json:"s"`
	} `json:"body"`
	Sign []string `json:"sign"`
}

// addressee is one who gets it.
type addressee struct {
	Name, Title, Agency, Component, Street, City, Ref string
}

func readJSON(file string, into any) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// fill makes the letter to one addressee.
func (s standard) fill(to addressee) letter.Document {
	replacer := strings.NewReplacer("{agency}", to.Agency, "{component}", to.Component, "{ref}", to.Ref)
	places := func(s string) string {
		if !strings.Contains(s, "{") {
			return s
		}
		return replacer.Replace(s)
	}
	doc := letter.Document{
		Meta: letter.Meta{Title: "FOIA request " + to.Ref, Author: s.Letterhead[0], Language: "en-US",
			Date: workday.MustDate("2026-11-23")},
		Reference:  to.Ref,
		Letterhead: s.Letterhead, Date: s.Date,
		Addressee: []string{to.Name, to.Title, to.Agency, to.Component, to.Street, to.City},
		Subject:   places(strings.TrimPrefix(s.Re, "Re: ")),
	}
	for i, b := range s.Body {
		text := []letter.Span{{Text: places(b.Text)}}
		switch {
		case i == 0:
			doc.Salutation = text[0].Text
		case b.Kind == "h":
			doc.Body = append(doc.Body, letter.Block{Kind: letter.Heading, Level: 2, Text: text})
		case b.Kind == "li":
			item := letter.ListItem{Label: "•", Body: []letter.Block{{Kind: letter.Paragraph, Text: text}}}
			if last := len(doc.Body) - 1; doc.Body[last].Kind == letter.BulletList {
				doc.Body[last].Items = append(doc.Body[last].Items, item)
				continue
			}
			doc.Body = append(doc.Body, letter.Block{Kind: letter.BulletList, Items: []letter.ListItem{item}})
		default:
			doc.Body = append(doc.Body, letter.Block{Kind: letter.Paragraph, Text: text})
		}
	}
	sign := slices.DeleteFunc(slices.Clone(s.Sign), func(line string) bool { return line == "" }) // room to sign
	doc.Closing = sign[0]
	doc.Signature = []letter.Signer{{Name: sign[1], Lines: sign[2:]}}
	return doc
}
