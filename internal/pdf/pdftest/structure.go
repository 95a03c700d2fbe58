package pdftest

import (
	"fmt"
	"regexp"
	"strings"

	"foia/internal/letter"
)

// node is a part of the letter as it is read out.
type node struct{ role, text string }

// structure asks what is read out: the text of the letter, in its order, under
// the right roles, with the title shown and the language named.
func structure(f File) string {
	info, err := ask("pdfinfo", f.Path)
	if err != nil || !regexp.MustCompile(`(?m)^Tagged: +yes$`).MatchString(info) {
		return "the file is not tagged: " + info
	}
	out, err := ask("pdfinfo", "-struct-text", f.Path)
	if err != nil {
		return out
	}
	got, want := read(out), expected(f)
	for i, w := range want {
		if i >= len(got) {
			return fmt.Sprintf("%s %q is not there", w.role, w.text)
		}
		if got[i].role != w.role || squeezed(got[i].text) != squeezed(w.text) {
			return fmt.Sprintf("read %s %q, not %s %q", got[i].role, got[i].text, w.role, w.text)
		}
		if words := strings.Fields(got[i].text); len(words) < len(strings.Fields(w.text)) {
			return fmt.Sprintf("words run together in %q", got[i].text)
		}
	}
	if len(got) > len(want) {
		return fmt.Sprintf("%s %q is more than the letter says", got[len(want)].role, got[len(want)].text)
	}
	return ""
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

var (
	roleLine = regexp.MustCompile(`^( *)([A-Z][A-Za-z0-9]*)(?: (?:"[^"]*" )?\((?:block|inline|other)\):?)?$`)
	textLine = regexp.MustCompile(`^ *"(.*)"$`)
)

// read takes poppler's listing apart. Links are read as part of what they stand
// in; containers are nodes without text.
func read(out string) []node {
	var nodes []node
	inLink, linkDepth := false, 0
	for line := range strings.SplitSeq(out, "\n") {
		if m := textLine.FindStringSubmatch(line); m != nil && len(nodes) > 0 {
			nodes[len(nodes)-1].text += m[1]
			continue
		}
		m := roleLine.FindStringSubmatch(line)
		if m == nil || m[2] == "Document" {
			continue
		}
		depth := len(m[1])
		if m[2] == "Link" {
			inLink, linkDepth = true, depth
			continue
		}
		if inLink && depth > linkDepth {
			continue
		}
		inLink = false
		nodes = append(nodes, node{role: m[2]})
	}
	return nodes
}

// expected is what should be read out.
func expected(f File) []node {
	d, p := f.Letter, f.Printed
	var out []node
	add := func(role, text string) {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, node{role, p(text)})
		}
	}
	add("P", d.Mark)
	for _, s := range d.Letterhead {
		add("P", s)
	}
	add("P", d.Date)
	add("P", d.Via)
	add("P", strings.Join(d.Addressee, " "))
	add("H1", d.SubjectLine())
	add("P", d.Salutation)
	out = blocks(out, d.Body, p)
	add("P", d.Closing)
	for _, s := range d.Signature {
		add("P", s.Name)
		for _, l := range s.Lines {
			add("P", l)
		}
	}
	if len(d.Enclosures) > 0 {
		add("P", d.EnclosuresLabel())
		for _, e := range d.Enclosures {
			add("P", e)
		}
	}
	return out
}

func blocks(out []node, list []letter.Block, p func(string) string) []node {
	for _, b := range list {
		switch text := p(letter.Plain(b.Text)); b.Kind {
		case letter.Heading:
			out = append(out, node{fmt.Sprintf("H%d", max(b.Level, 2)), text})
		case letter.Paragraph:
			out = append(out, node{"P", text})
		case letter.Quote:
			out = blocks(append(out, node{role: "BlockQuote"}), b.Body, p)
		default:
			out = append(out, node{role: "L"})
			for _, item := range b.Items {
				out = append(out, node{role: "LI"}, node{"Lbl", item.Label}, node{role: "LBody"})
				out = blocks(out, item.Body, p)
			}
		}
	}
	return out
}
