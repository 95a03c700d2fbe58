package message

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unseen are the elements whose content is not shown.
var unseen = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Head: true, atom.Title: true, atom.Template: true,
	atom.Noscript: true}

// lines are the elements that begin a line.
var lines = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Br: true, atom.Tr: true, atom.Li: true, atom.Table: true, atom.Ul: true,
	atom.Ol: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Blockquote: true, atom.Pre: true,
	atom.Hr: true}

// textOfHTML is the text of a page, token by token: what is nested does not grow the stack.
func textOfHTML(s string) string {
	var out strings.Builder
	var hidden atom.Atom // the element whose end ends what is not shown
	space, newline := false, false
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			if hidden != 0 {
				continue
			}
			text := string(z.Text())
			words := strings.Fields(text)
			if len(words) == 0 {
				space = space || text != ""
				continue
			}
			switch {
			case newline && out.Len() > 0:
				out.WriteByte('\n')
			case space || strings.TrimLeft(text, " \t\r\n") != text:
				out.WriteByte(' ')
			}
			out.WriteString(strings.Join(words, " "))
			space, newline = strings.TrimRight(text, " \t\r\n") != text, false
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case hidden != 0:
				if kind == html.EndTagToken && tag == hidden || tag == atom.Body {
					hidden = 0
				}
			case kind == html.StartTagToken && unseen[tag]:
				hidden = tag
			case lines[tag]:
				newline = true
			case tag == atom.Td || tag == atom.Th:
				space = true
			}
		}
	}
}
