package letter

import (
	"fmt"
	"strings"
)

// records reads the numbered items. An entry is a line of text, or a map with
// text and, if the entry has its own, title, custodians, dates and terms.
func (c cleaner) records(v any) (any, error) {
	entries, err := c.recordEntries(v)
	if err != nil {
		return nil, err
	}
	if len(entries) > maxItems {
		return nil, c.problem(fmt.Sprintf("the request has %d items, more than %d", len(entries), maxItems),
			"split the request: an agency may refuse one that it cannot search for")
	}
	var out []Record
	for i, entry := range entries {
		r, err := c.record(entry, i+1)
		if err != nil {
			return nil, err
		}
		if r.Text != "" {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

func (c cleaner) recordEntries(v any) ([]any, error) {
	var entries []any
	switch v := v.(type) {
	case nil:
	case []any:
		entries = v
	case []string:
		for _, s := range v {
			entries = append(entries, s)
		}
	case []Record:
		for _, r := range v {
			entries = append(entries, r)
		}
	case string:
		for line := range strings.SplitSeq(v, "\n") {
			entries = append(entries, line)
		}
	default:
		return nil, c.problem("the items are not a list", "give the field once for each item, or a YAML list")
	}
	return entries, nil
}

func (c cleaner) record(v any, n int) (Record, error) {
	in := c
	in.field.Name = fmt.Sprintf("%s, item %d", c.field.Name, n)
	switch v := v.(type) {
	case Record:
		return in.cleanRecord(map[string]any{"title": v.Title, "text": v.Text, "custodians": v.Custodians,
			"date_from": v.From, "date_to": v.To, "search_terms": v.Terms})
	case map[string]any:
		return in.cleanRecord(v)
	default:
		text, err := in.paragraphs(v)
		if err != nil || text == nil {
			return Record{}, err
		}
		return Record{Text: text.(string)}, nil
	}
}

// recordKeys are the parts of an item, each with the type that reads it.
var recordKeys = map[string]FieldType{
	"title": Line, "text": Text, "custodians": List,
	"date_from": Day, "date_to": Day, "search_terms": List,
}

func (c cleaner) cleanRecord(m map[string]any) (Record, error) {
	clean := Answers{}
	for _, key := range sortedKeys(m) {
		kind, known := recordKeys[key]
		if !known {
			return Record{}, c.problem("an item has no part "+quoted(key),
				"use "+strings.Join(sortedKeys(recordKeys), ", "))
		}
		part := Field{Name: c.field.Name + ", " + key, Type: kind}
		value, err := part.Clean(m[key], c.file, c.in)
		if err != nil {
			return Record{}, err
		}
		if value != nil {
			clean[key] = value
		}
	}
	r := Record{Title: clean.Text("title"), Text: clean.Text("text"), Custodians: clean.List("custodians"),
		From: clean.Text("date_from"), To: clean.Text("date_to"), Terms: clean.List("search_terms")}
	if r.Text == "" {
		return Record{}, c.problem("the item does not say what is asked for", "give it a text")
	}
	return r, nil
}

// withShared returns the items with what the request says for all of them
// where an item does not say it itself.
func withShared(items []Record, a Answers) []Record {
	out := make([]Record, len(items))
	for i, r := range items {
		if len(r.Custodians) == 0 {
			r.Custodians = a.List("custodians")
		}
		if r.From == "" {
			r.From = a.Text("date_from")
		}
		if r.To == "" {
			r.To = a.Text("date_to")
		}
		if len(r.Terms) == 0 {
			r.Terms = a.List("search_terms")
		}
		out[i] = r
	}
	return out
}
