package received

import (
	"fmt"
	"strings"
)

// mostInside is how many messages that are attached are written with the one that they came with.
const mostInside = 50

// Plain is the page as plain text, with the pages of the messages that are attached.
func (p *Page) Plain() string {
	w := &writer{inside: mostInside}
	w.page(p)
	return w.out.String()
}

type writer struct {
	out    strings.Builder
	inside int
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.out, format+"\n", args...) }

func (w *writer) page(p *Page) {
	for _, f := range p.Head {
		w.line("%-9s %s", f.Name+":", f.Value)
	}
	for _, s := range p.Odd {
		w.line("%-9s %s", "Note:", s)
	}
	for _, t := range p.Text {
		w.line("")
		for _, s := range t.Lines {
			w.text(s, t.Quoted)
		}
		if t.Quoted && t.Left > 0 {
			w.line("%s", t.LeftOut())
		}
	}
	if f := p.Passed; f != nil {
		w.line("\n----- The message that was passed on -----\n")
		w.page(f)
	}
	if len(p.Files) > 0 {
		w.line("\n----- Attached -----\n")
	}
	for _, f := range p.Files {
		w.line("%s (part %s; %s)", f.Name, f.Place, f.Says())
		w.line("SHA-256 %s", f.SHA256)
	}
	if p.More > 0 {
		w.line("Further files, which are in the original: %d", p.More)
	}
	for _, f := range p.Files {
		if f.Mail == nil {
			continue
		}
		if w.inside--; w.inside < 0 {
			return
		}
		w.line("\n----- The attached message %s (part %s) -----\n", f.Name, f.Place)
		w.page(PageOf(f.Mail))
	}
}

// text is a line of the text. A line that a message has cannot be taken for one of this page.
func (w *writer) text(s string, quoted bool) {
	switch {
	case quoted && !strings.HasPrefix(s, ">"):
		s = strings.TrimRight("> "+s, " ")
	case strings.HasPrefix(s, "-----"):
		s = " " + s
	}
	w.line("%s", s)
}
