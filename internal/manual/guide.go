package manual

import (
	"fmt"
	"strings"
)

// Guide is a man page that is no command's, such as a help topic: of section 7, where
// man-pages(7) has overviews.
type Guide struct {
	name, short string
	text        strings.Builder
}

// NewGuide begins a page; short says in a line what it is about.
func NewGuide(name, short string) *Guide { return &Guide{name: name, short: short} }

// Paragraph adds a paragraph.
func (g *Guide) Paragraph(text string) { g.text.WriteString(".PP\n" + roff(text) + "\n") }

// Item adds an item of a list.
func (g *Guide) Item(text string) { g.text.WriteString(".IP \\(bu 2\n" + roff(text) + "\n") }

// Command adds a line that can be typed.
func (g *Guide) Command(line string) { g.text.WriteString(".PP\n.RS 4\n" + verbatim(line) + ".RE\n") }

// page is the page, in the manual of a program.
func (g *Guide) page(program string) (file, text string) {
	name := program + "-" + g.name
	return name + ".7", fmt.Sprintf(".TH %s 7 \"\" %s \"%s manual\"\n.SH NAME\n%s \\- %s\n.SH DESCRIPTION\n%s.SH SEE ALSO\n.BR %s (1)\n",
		strings.ToUpper(name), program, program, roff(name), roff(strings.TrimSuffix(g.short, ".")), g.text.String(), roff(program))
}
