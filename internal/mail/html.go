package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is the text of a page of HTML.
type page struct {
	text   string // what a reader sees; quoted lines begin with >
	hidden string // what a reader does not see
	before bool   // all that is hidden stands before the first word, as the line that lists of mail show
	links  []link
	wants  int // pictures from elsewhere
	cut    bool
}

// link is a link: what it shows, and where it goes.
type link struct{ shown, target string }

const (
	mostHTML   = 4 << 20
	mostLinks  = 500
	mostOpened = 200 // elements within elements; deeper ones are as their parents
	mostHidden = 4 << 10
)

// element is one that is not closed yet.
type element struct {
	tag    atom.Atom
	look   look
	quoted int // how deep in quotations
}

// unseen tells whether what is in an element is no text of a page.
func unseen(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript, atom.Select, atom.Textarea, atom.Svg, atom.Object:
		return true
	}
	return false
}

// beginsLine tells whether an element begins a line.
func beginsLine(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Div, atom.Br, atom.Tr, atom.Li, atom.Table, atom.Ul, atom.Ol, atom.Blockquote, atom.Pre, atom.Hr, atom.Dt, atom.Dd,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Center:
		return true
	}
	return false
}

// isVoid tells whether an element has no end.
func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Br, atom.Hr, atom.Img, atom.Meta, atom.Link, atom.Input, atom.Area, atom.Base, atom.Col, atom.Wbr, atom.Embed:
		return true
	}
	return false
}

// readHTML reads a page, token by token: what is nested does not grow the stack.
func readHTML(s string) page {
	p := &paging{style: styleOf(s)}
	p.page.before = true
	if len(s) > mostHTML {
		s, p.page.cut = strings.ToValidUTF8(s[:mostHTML], ""), true
	}
	p.stack = []element{{}}
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return p.end()
		case html.TextToken:
			p.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			p.begin(tag, attributes(z, more), kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.close(atom.Lookup(name))
		}
	}
}

// attributes are those that matter, by their names; of several, the first.
func attributes(z *html.Tokenizer, more bool) map[string]string {
	var out map[string]string
	for n := 0; more && n < 100; n++ {
		var name, value []byte
		name, value, more = z.TagAttr()
		switch key := string(name); key {
		case "style", "class", "id", "href", "hidden", "color", "bgcolor", "size", "type", "background", "src":
			if out == nil {
				out = map[string]string{}
			}
			if _, there := out[key]; !there {
				out[key] = string(value)
			}
		}
	}
	return out
}

// paging is the reading of a page.
type paging struct {
	page   page
	style  style
	stack  []element
	deeper int // elements beyond the bound
	out    strings.Builder
	hid    strings.Builder
	space  bool
	lines  int // line ends that are due
	at     link
	inLink bool
	shown  strings.Builder
}

func (p *paging) top() *element { return &p.stack[len(p.stack)-1] }

func (p *paging) begin(tag atom.Atom, attr map[string]string, closed bool) {
	p.breaks(tag, true)
	if tag == atom.A && attr["href"] != "" {
		p.endLink()
		p.at, p.inLink = link{target: attr["href"]}, true
	}
	if tag == atom.Img && isElsewhere(attr["src"]) {
		p.page.wants++
	}
	if tag == atom.Input && strings.EqualFold(attr["type"], "hidden") || isVoid(tag) || closed {
		return
	}
	if len(p.stack) >= mostOpened {
		p.deeper++
		return
	}
	e := element{tag: tag, quoted: p.top().quoted, look: p.style.look(p.top().look, tag, attr)}
	if tag == atom.Blockquote {
		e.quoted++
	}
	p.stack = append(p.stack, e)
}

// isElsewhere tells whether an address is one that a program would have to fetch.
func isElsewhere(address string) bool {
	address = strings.ToLower(strings.TrimSpace(address))
	for _, begin := range []string{"http:", "https:", "ftp:", "//"} {
		if strings.HasPrefix(address, begin) {
			return true
		}
	}
	return false
}

func (p *paging) close(tag atom.Atom) {
	p.breaks(tag, false)
	if tag == atom.A {
		p.endLink()
	}
	if p.deeper > 0 {
		p.deeper--
		return
	}
	for i := len(p.stack) - 1; i > 0; i-- {
		if p.stack[i].tag == tag {
			p.stack = p.stack[:i]
			return
		}
	}
}

// breaks ends lines at an element: a paragraph stands by itself.
func (p *paging) breaks(tag atom.Atom, begins bool) {
	switch {
	case tag == atom.Br:
		if begins {
			p.lines++
		}
	case tag == atom.P:
		p.lines = max(p.lines, 2)
	case beginsLine(tag):
		p.lines = max(p.lines, 1)
	case tag == atom.Td || tag == atom.Th:
		p.space = true
	}
}

func (p *paging) text(s string) {
	e := p.top()
	if unseen(e.tag) {
		return
	}
	s = withoutMarks(s)
	words := strings.Fields(s)
	if len(words) == 0 {
		p.space = p.space || s != ""
		return
	}
	text := strings.Join(words, " ")
	if e.look.hidden() {
		p.hide(text)
		return
	}
	switch {
	case p.lines > 0 && p.out.Len() > 0:
		mark := strings.Repeat("> ", min(e.quoted, 9))
		for range min(p.lines, 3) - 1 {
			p.out.WriteString("\n" + strings.TrimSpace(mark))
		}
		p.out.WriteString("\n" + mark)
	case p.out.Len() == 0:
		p.out.WriteString(strings.Repeat("> ", min(e.quoted, 9)))
	case p.space || startsBlank(s):
		p.out.WriteByte(' ')
	}
	p.out.WriteString(text)
	if p.inLink && p.shown.Len() < longestField {
		p.shown.WriteString(text)
	}
	p.space, p.lines = endsBlank(s), 0
}

func startsBlank(s string) bool { return strings.TrimLeft(s, " \t\r\n\u00a0") != s }
func endsBlank(s string) bool   { return strings.TrimRight(s, " \t\r\n\u00a0") != s }

// withoutMarks is a text without the characters that have no width, with which pages push words apart.
func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u034f', '\u2007':
			return -1
		}
		return r
	}, s)
}

func (p *paging) hide(text string) {
	if p.out.Len() > 0 {
		p.page.before = false
	}
	if p.hid.Len() > 0 {
		p.hid.WriteByte(' ')
	}
	if p.hid.Len() < mostHidden {
		p.hid.WriteString(text)
	}
}

func (p *paging) endLink() {
	if p.inLink && len(p.page.links) < mostLinks {
		p.at.shown = p.shown.String()
		p.page.links = append(p.page.links, p.at)
	}
	p.inLink = false
	p.shown.Reset()
}

func (p *paging) end() page {
	p.endLink()
	p.page.text = p.out.String()
	p.page.hidden = oneLine(p.hid.String())
	return p.page
}
