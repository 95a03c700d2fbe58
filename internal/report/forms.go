package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"
	"sync"
	"unicode"

	"foia/internal/export"
	"foia/internal/remedy"
)

// Format is a form in which a report is handed on.
type Format string

// The formats. Without one, a report is a table in a terminal.
const (
	Markdown Format = "md"
	HTML     Format = "html"
	CSV      Format = "csv"
)

// Formats are all of them.
var Formats = []Format{Markdown, HTML, CSV}

// ReadFormat reads a format.
func ReadFormat(s string) (Format, error) {
	for _, f := range Formats {
		if strings.EqualFold(strings.TrimSpace(s), string(f)) {
			return f, nil
		}
	}
	return "", remedy.Misuse(remedy.Name("format")+": a report cannot be written as “"+s+"”", "use md, html or csv")
}

// Write writes the report in a format. The same report gives the same bytes.
func (r *Report) Write(out io.Writer, f Format) error {
	switch f {
	case HTML:
		return r.html(out)
	case CSV:
		return r.csv(out)
	}
	_, err := io.WriteString(out, r.markdown())
	return err
}

// csv writes a row for each group and one for the whole.
func (r *Report) csv(out io.Writer) error {
	table, err := export.NewTable(out, r.columns())
	if err != nil {
		return err
	}
	for _, g := range append(append([]*Group{}, r.Groups...), r.Whole()) {
		if err := table.Row(r.cells(g)); err != nil {
			return err
		}
	}
	return table.Close()
}

// Title is what the report is about.
func (r *Report) Title() string {
	if len(r.Chosen) > 0 && r.Chosen[0].Name == "campaign" {
		return "Public records requests: " + oneLine(r.Chosen[0].Value)
	}
	return "Public records requests"
}

// oneLine is a text on one line, without what controls a terminal or turns the direction of
// writing.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "�")), " ")
}

// plain escapes what Markdown would take for markup, and what GitHub makes links of.
func plain(s string) string {
	var out strings.Builder
	for _, r := range oneLine(s) {
		if strings.ContainsRune("\\`*_{}[]<>|~&#$@!:", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return strings.ReplaceAll(out.String(), "www.", "www\\.")
}

func (r *Report) markdown() string {
	var out strings.Builder
	row := func(cells []string) {
		for _, c := range cells {
			out.WriteString("| " + plain(c) + " ")
		}
		out.WriteString("|\n")
	}
	table := func(head []string, rows [][]string) {
		row(head)
		out.WriteString("| --- |" + strings.Repeat(" ---: |", len(head)-1) + "\n")
		for _, cells := range rows {
			row(cells)
		}
	}
	out.WriteString("# " + plain(r.Title()) + "\n\nAs of " + r.On.Letter() + ".")
	for _, c := range r.Chosen {
		out.WriteString(" " + plain(remedy.Capital(c.Name)+": "+c.Value+"."))
	}
	sentences := r.Sentences()
	out.WriteString("\n\n" + plain(strings.Join(sentences[:], " ")) + "\n\n")
	var lines [][]string
	for _, l := range r.Lines() {
		lines = append(lines, []string{l.Name, l.Value})
	}
	table([]string{"Figure", "Value"}, lines)
	if r.By != Whole {
		out.WriteString("\n## By " + string(r.By) + "\n\n")
		table(r.wide(), r.wideRows())
	}
	for _, note := range r.Notes() {
		out.WriteString("\n" + plain(note) + "\n")
	}
	out.WriteString("\n## What the figures count\n\n")
	for _, d := range Definitions {
		out.WriteString("- **" + d.Term + ".** " + d.Text + "\n")
	}
	return out.String()
}

// wideRows are the rows of the table of groups on a page, that of the whole last.
func (r *Report) wideRows() [][]string {
	var rows [][]string
	for _, g := range append(append([]*Group{}, r.Groups...), r.Whole()) {
		rows = append(rows, g.wideRow())
	}
	return rows
}

//go:embed report.html
var page string

var pageTemplate = sync.OnceValues(func() (*template.Template, error) {
	return template.New("report").Funcs(template.FuncMap{"line": oneLine, "capital": remedy.Capital}).Parse(page)
})

// html writes one page that needs nothing else: no script, and nothing from outside.
func (r *Report) html(out io.Writer) error {
	t, err := pageTemplate()
	if err != nil {
		return err
	}
	data := struct {
		*Report
		Heads       []string
		Rows        [][]string
		Definitions []Definition
	}{r, r.wide(), nil, Definitions}
	if r.By != Whole {
		data.Rows = r.wideRows()
	}
	var text bytes.Buffer
	if err := t.Execute(&text, data); err != nil {
		return err
	}
	_, err = text.WriteTo(out)
	return err
}
