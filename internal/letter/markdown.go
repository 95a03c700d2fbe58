package letter

import (
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// readMarkdown turns filled Markdown into the blocks of a letter. It knows
// paragraphs, headings, lists, quotes, emphasis and links; anything else in a
// template (HTML, images, code, tables) is an error, since a letter cannot
// show it.
func readMarkdown(file, source string) ([]Block, error) {
	m := markdownReader{file: file, source: []byte(source)}
	root := markdownParser().Parse(text.NewReader(m.source))
	blocks, err := m.blocks(root)
	if err != nil {
		return nil, err
	}
	return sections(blocks), nil
}

// markdownParser reads any number of texts at a time: what it notes of one it notes beside it.
var markdownParser = sync.OnceValue(func() parser.Parser { return goldmark.New().Parser() })

type markdownReader struct {
	file   string
	source []byte
}

func (m markdownReader) blocks(parent ast.Node) ([]Block, error) {
	var out []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		b, err := m.block(n)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func (m markdownReader) block(n ast.Node) (Block, error) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		spans, err := m.inline(n)
		return Block{Kind: Paragraph, Text: spans}, err
	case *ast.Heading:
		spans, err := m.inline(n)
		return Block{Kind: Heading, Level: n.Level, Text: spans}, err
	case *ast.Blockquote:
		body, err := m.blocks(n)
		return Block{Kind: Quote, Body: body}, err
	case *ast.List:
		return m.list(n)
	}
	return Block{}, m.refuse(n)
}

func (m markdownReader) list(l *ast.List) (Block, error) {
	b := Block{Kind: BulletList}
	if l.IsOrdered() {
		b.Kind = NumberedList
	}
	number := l.Start
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		body, err := m.blocks(n)
		if err != nil {
			return b, err
		}
		label := "•"
		if l.IsOrdered() {
			label = fmt.Sprintf("%d.", number)
			number++
		}
		b.Items = append(b.Items, ListItem{Label: label, Body: body})
	}
	return b, nil
}

func (m markdownReader) refuse(n ast.Node) error {
	kind := n.Kind().String()
	return &Problem{File: m.file, What: "the letter has a " + kind + ", which a letter cannot show",
		Remedy: "use paragraphs, headings, lists, quotes, emphasis and links only"}
}

func (m markdownReader) inline(parent ast.Node) ([]Span, error) {
	var out []Span
	if err := m.spans(parent, Span{}, &out); err != nil {
		return nil, err
	}
	return tidy(out), nil
}

// spans gathers the runs below a node, in the style that it inherits.
func (m markdownReader) spans(parent ast.Node, style Span, out *[]Span) error {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		inner := style
		switch n := n.(type) {
		case *ast.Text:
			inner.Text = unescape(string(n.Segment.Value(m.source)))
			if n.SoftLineBreak() || n.HardLineBreak() {
				inner.Text += " "
			}
			*out = append(*out, inner)
			continue
		case *ast.String:
			inner.Text = string(n.Value)
			*out = append(*out, inner)
			continue
		case *ast.AutoLink:
			inner.Text, inner.Link = string(n.Label(m.source)), string(n.URL(m.source))
			*out = append(*out, inner)
			continue
		case *ast.Emphasis:
			if n.Level >= 2 {
				inner.Bold = true
			} else {
				inner.Italic = true
			}
		case *ast.Link:
			inner.Link = string(n.Destination)
		default:
			return m.refuse(n)
		}
		if err := m.spans(n, inner, out); err != nil {
			return err
		}
	}
	return nil
}

// unescape takes away the backslashes that escape put in. Entities such as
// &amp; stay as they are written: a template holds the character itself.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isPunctuation(rune(s[i+1])) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// tidy joins runs of one style, makes every white space one space, and trims
// both ends.
func tidy(in []Span) []Span {
	var out []Span
	space := true // as if one stood before the text
	for _, s := range in {
		var b strings.Builder
		for _, r := range s.Text {
			if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
				if !space {
					b.WriteByte(' ')
				}
				space = true
				continue
			}
			space = false
			b.WriteRune(r)
		}
		if s.Text = b.String(); s.Text == "" {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].Bold == s.Bold && out[last].Italic == s.Italic && out[last].Link == s.Link {
			out[last].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	if last := len(out) - 1; last >= 0 {
		if out[last].Text = strings.TrimRight(out[last].Text, " "); out[last].Text == "" {
			out = out[:last]
		}
	}
	return out
}

// sections takes the marks of clauses out of the text, and notes at each block
// which clause it came from.
func sections(blocks []Block) []Block {
	var out []Block
	var open []string
	for _, b := range blocks {
		if name, ok := strings.CutPrefix(blockText([]Block{b}), mark); ok && b.Kind == Paragraph {
			name = strings.TrimSuffix(name, mark)
			if name[0] == '+' {
				open = append(open, name[1:])
			} else {
				open = open[:len(open)-1]
			}
			continue
		}
		if len(open) > 0 {
			b.Clause = open[len(open)-1]
		}
		if b.Kind == Paragraph && len(b.Text) == 0 {
			continue
		}
		out = append(out, b)
	}
	return out
}

// blockText is the text of blocks without style, on one line.
func blockText(blocks []Block) string {
	var parts []string
	eachText(blocks, func(_ *Block, s string) { parts = append(parts, s) })
	return strings.Join(parts, " ")
}

// eachText calls f with every piece of text in reading order: labels of lists,
// headings, paragraphs.
func eachText(blocks []Block, f func(b *Block, text string)) {
	for i := range blocks {
		b := &blocks[i]
		if len(b.Text) > 0 {
			f(b, Plain(b.Text))
		}
		for _, item := range b.Items {
			f(b, item.Label)
			eachText(item.Body, f)
		}
		eachText(b.Body, f)
	}
}
