package web

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/remedy"
)

// The place of an act in a text, until its link is there: characters that no text of elsewhere keeps (see clean).
const (
	linkBegin = "\uFDEE"
	linkEnd   = "\uFDEF"
)

// inPage words acts as a page has them: as links to the forms of the desk, else as the command.
type inPage struct {
	s    *Server
	id   string   // of the request that the text is about, if it says so
	acts []string // as HTML
}

func (p *inPage) Act(a remedy.Act) string {
	if a.Verb == remedy.Events && p.id != "" {
		a = remedy.To(remedy.Record, p.id)
	}
	p.acts = append(p.acts, p.s.link(a))
	return linkBegin + strconv.Itoa(len(p.acts)-1) + linkEnd
}

func (p *inPage) Detail(d remedy.Detail) string { return p.s.Terminal.Detail(d) }

// linked is a text of the program, in which acts are links where the desk has a form or a page for them.
func (s *Server) linked(text string, of ...string) template.HTML {
	face := &inPage{s: s}
	if len(of) > 0 {
		face.id = of[0]
	}
	rest, b := remedy.Words(text, face), strings.Builder{}
	for {
		before, after, found := strings.Cut(rest, linkBegin)
		b.WriteString(template.HTMLEscapeString(clean(before)))
		if !found {
			return template.HTML(b.String()) // every part was escaped
		}
		number, then, _ := strings.Cut(after, linkEnd)
		if n, err := strconv.Atoi(number); err == nil && n >= 0 && n < len(face.acts) {
			b.WriteString(face.acts[n])
		}
		rest = then
	}
}

// link is an act as HTML.
func (s *Server) link(a remedy.Act) string {
	if len(a.Words) > 0 {
		if _, open := remedy.IsOpen(a.Words[0]); !open {
			if d := s.deedOf(url.PathEscape(a.Words[0]), a); d.At != "" {
				return `<a href="` + template.HTMLEscapeString(d.At) + `">` + template.HTMLEscapeString(clean(inText(a, d))) + `</a>`
			}
		}
	}
	return "<code>" + template.HTMLEscapeString(clean(s.Terminal.Act(a))) + "</code>"
}

// inText are the words of a link within a sentence.
func inText(a remedy.Act, d deed) string {
	switch {
	case a.Verb == remedy.Record && len(a.Words) > 1 && a.Words[1] == string(docket.Correction):
		return "record a correction"
	case a.Verb == remedy.Record && len(a.Words) > 1:
		return "“" + docket.Kind(a.Words[1]).Words() + "”"
	case a.Verb == remedy.Show, a.Verb == remedy.Explain, a.Verb == remedy.Next:
		return "the page of " + a.Words[0]
	}
	return strings.ToLower(d.Words[:1]) + d.Words[1:]
}

// sentence is a text of the program with a capital letter and a period.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.HasSuffix(text, ".") || strings.HasSuffix(text, ".”") || strings.HasSuffix(text, "?") {
		return remedy.Capital(text)
	}
	return remedy.Capital(text) + "."
}
