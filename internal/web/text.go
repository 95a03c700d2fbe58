package web

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// clean is a text of elsewhere as a page may have it: what controls something becomes the sign for what cannot
// be shown, and what turns the direction of writing for what follows is left out. Scripts that are written from
// right to left stay as they are; pages set them apart (bdi).
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
			return unicode.ReplacementChar
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n")) // as browsers send it
}

// says is a text of the program with its acts worded as they are called in a terminal.
func (s *Server) says(text string) string { return clean(remedy.Words(text, s.Terminal)) }

func sprint(v any) string { return fmt.Sprint(v) }

// grouped is a number as people write it: 1,940.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// counted is a number with what is counted.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// left says how many days there are, in words: color never says it alone.
func left(days int) string {
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "tomorrow"
	case days > 0:
		return "in " + counted(days, "day", "days")
	}
	return counted(-days, "day late", "days late")
}

// told is what is told of an event, in the order in which its kind lists it.
func told(e docket.Event) string {
	if reason := e.Data["forced"]; reason != "" {
		return "despite preflight errors, because: " + reason
	}
	if e.Kind == docket.Assigned && e.Data["to"] == "" {
		return "to nobody"
	}
	spec, _ := docket.SpecOf(e.Kind)
	var parts []string
	add := func(name string) {
		if v := e.Data[name]; v != "" {
			parts = append(parts, v)
		}
	}
	for _, d := range spec.Details {
		switch v := e.Data[d.Name]; {
		case v == "":
		case d.Name == "row_sha256": // as long as that of a file
			parts = append(parts, "SHA-256 of the row "+v[:min(len(v), 16)]+"…")
		default:
			parts = append(parts, d.Name+" "+v)
		}
	}
	for _, name := range []string{"letter", "to", "tags", "people", "note"} {
		if _, listed := spec.Detail(name); !listed {
			add(name)
		}
	}
	return strings.Join(parts, "; ")
}
