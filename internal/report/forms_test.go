package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"foia/internal/law"
	"foia/internal/store"
)

// hostile are names as nobody should call an office, and what a reader sees of them.
var hostile = map[string]string{
	`<script>alert(1)</script>`:           `<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`:      `"><img src=x onerror=alert(1)>`,
	"{{.Total}} </th></table>":            "{{.Total}} </th></table>",
	"=HYPERLINK(\"http://evil.example\")": "=HYPERLINK(\"http://evil.example\")",
	"a|b\r\n| c | d |\n\n# Title":         "a|b | c | d | # Title",
	"`code` *bold* _it_ [x](javascript:alert(1)) ![p](http://p.example) <b>": "`code` *bold* _it_ [x](javascript:alert(1)) " +
		"![p](http://p.example) <b>",
	"\\| \\\\| ~~no~~ &lt; &amp; www.evil.example ana@evil.example https://evil.example": "\\| \\\\| ~~no~~ &lt; &amp; www.evil.example " +
		"ana@evil.example https://evil.example",
	"abc\u202egpj.exe\u2066 \x1b[31mred\x00": "abcgpj.exe [31mred",
	"a\u2028b\u2029c":                        "a b c",
	"+1; -1; @SUM(A1)":                       "+1; -1; @SUM(A1)",
	"Büro für Akten ☃":                       "Büro für Akten ☃",
}

func hostileReport(t testing.TB) (*Report, []string) {
	t.Helper()
	b := newBasis(t)
	var all []store.Standing
	var seen []string
	for n, name := range slices.Sorted(maps.Keys(hostile)) {
		r := requestTo(n+1, name, law.Federal)
		r.Component = name
		all = append(all, standingOf(t, b, r, "2026-03-02 drafted|2026-03-02 sent by=portal|2026-03-20 fee-notice amount=20"))
		seen = append(seen, hostile[name])
	}
	r := made(t, Asked{On: inMay, By: ByOffice}, all)
	r.Chosen = []Choice{{"campaign", "x</title><script>1</script>|\n# y"}, {"agency", "<i>*you*</i>"}}
	slices.Sort(seen)
	return r, append(seen, "Total")
}

// text is all text below a node.
func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var out strings.Builder
	for c := range n.ChildNodes() {
		out.WriteString(text(c))
	}
	return out.String()
}

func elements(n *html.Node, names ...string) (found []*html.Node) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && (len(names) == 0 || slices.Contains(names, d.Data)) {
			found = append(found, d)
		}
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// rowHeads are the first cells of the rows of the last table of a page.
func rowHeads(page *html.Node) (heads []string) {
	tables := elements(page, "table")
	for _, row := range elements(tables[len(tables)-1], "tr")[1:] {
		heads = append(heads, strings.TrimSpace(text(elements(row, "th", "td")[0])))
	}
	return heads
}

// Whatever offices and campaigns are called, a page says just that, runs nothing and fetches
// nothing.
func TestHTML(t *testing.T) {
	r, names := hostileReport(t)
	var out bytes.Buffer
	if err := r.Write(&out, HTML); err != nil {
		t.Fatal(err)
	}
	page, err := html.Parse(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	allowed := strings.Fields("html head meta title style body main h1 h2 p time bdi div table caption thead tbody tr th td dl dt dd")
	for _, e := range elements(page) {
		if !slices.Contains(allowed, e.Data) {
			t.Errorf("an element %s", e.Data)
		}
		for _, a := range e.Attr {
			if strings.HasPrefix(a.Key, "on") || slices.Contains([]string{"src", "href", "style", "action"}, a.Key) {
				t.Errorf("%s has %s", e.Data, a.Key)
			}
		}
	}
	for _, outside := range []string{"url(", "@import", "//"} {
		if style := text(elements(page, "style")[0]); strings.Contains(style, outside) {
			t.Errorf("the style has %s", outside)
		}
	}
	if got := rowHeads(page); !sameSet(got, names) {
		t.Errorf("%q\nwant %q", got, names)
	}
	if got := text(elements(page, "h1")[0]); got != "Public records requests: x</title><script>1</script>| # y" {
		t.Errorf("%q", got)
	}
	wellFormed(t, out.String())
}

// sameSet tells whether two lists have the same texts, whatever their order.
func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// wellFormed holds a page to having each element closed where it was opened.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		name, _ := z.TagName()
		switch kind {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Errorf("%v, still open: %v", z.Err(), open)
			}
			return
		case html.StartTagToken:
			if string(name) != "meta" {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// A screen reader finds language, title, captions and what each cell belongs to; the page
// has colors for light, dark and paper.
func TestAccessible(t *testing.T) {
	for _, by := range []By{Whole, ByMonth} {
		var out bytes.Buffer
		if err := made(t, Asked{On: inMay, By: by}, lives(t, newBasis(t))).Write(&out, HTML); err != nil {
			t.Fatal(err)
		}
		page, err := html.Parse(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if lang := attribute(elements(page, "html")[0], "lang"); lang != "en" {
			t.Errorf("lang %q", lang)
		}
		if title := text(elements(page, "title")[0]); title != "Public records requests, May 29, 2026" {
			t.Errorf("title %q", title)
		}
		if len(elements(page, "h1")) != 1 || len(elements(page, "main")) != 1 {
			t.Error("not one h1 in one main")
		}
		tables := elements(page, "table")
		if want := map[By]int{Whole: 1, ByMonth: 2}[by]; len(tables) != want {
			t.Errorf("%d tables", len(tables))
		}
		for _, table := range tables {
			if len(elements(table, "caption")) != 1 {
				t.Error("a table without a caption")
			}
			wide := len(elements(elements(table, "thead")[0], "th"))
			for _, row := range elements(table, "tr") {
				if n := len(elements(row, "th", "td")); n != wide {
					t.Errorf("%d cells below %d headings", n, wide)
				}
			}
			for _, th := range elements(table, "th") {
				if scope := attribute(th, "scope"); scope != "col" && scope != "row" {
					t.Errorf("a heading without scope: %s", text(th))
				}
			}
		}
		for _, part := range []string{"prefers-color-scheme: dark", "@media print", "default-src 'none'"} {
			if !strings.Contains(out.String(), part) {
				t.Errorf("the page lacks %s", part)
			}
		}
		for _, d := range Definitions {
			if !strings.Contains(text(page), d.Term) || !strings.Contains(text(page), d.Text) {
				t.Errorf("the page does not define %s", d.Term)
			}
		}
	}
}

// As Markdown, names are what they are, in one cell each.
func TestMarkdown(t *testing.T) {
	r, names := hostileReport(t)
	var out, page bytes.Buffer
	if err := r.Write(&out, Markdown); err != nil {
		t.Fatal(err)
	}
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(out.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	read, err := html.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	if got := rowHeads(read); !sameSet(got, names) {
		t.Errorf("%q\nwant %q\n%s", got, names, out.String())
	}
	for _, e := range elements(read, "a", "img", "script", "code", "em", "del", "b", "i") {
		t.Errorf("an element %s: %s", e.Data, text(e))
	}
	if n := len(elements(read, "h1", "h2")); n != 3 {
		t.Errorf("%d headings", n)
	}
}

// As CSV, no cell is a formula, and every row has all columns.
func TestCSV(t *testing.T) {
	r, names := hostileReport(t)
	var out bytes.Buffer
	if err := r.Write(&out, CSV); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll() // which counts the cells
	if err != nil || len(rows) != len(names)+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@") {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
	if i := slices.Index(rows[0], "fees asked USD"); i < 0 || rows[len(rows)-1][i] != "220.00" { // 11 offices, $20 each
		t.Errorf("%q\n%q", rows[0], rows[len(rows)-1])
	}
	wanted := "office,key,sent,responded,answerable,decided,referred,ended,open,opened by referral,median days,longest days,"
	if head := strings.Join(rows[0], ","); !strings.HasPrefix(head, wanted) {
		t.Errorf("%s", head)
	}
}

// The page in docs says what the figures count in the same words.
func TestDocs(t *testing.T) {
	raw, err := os.ReadFile("../../docs/reports.md")
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Join(strings.Fields(string(raw)), " ")
	for _, d := range Definitions {
		if want := "**" + d.Term + ".** " + d.Text; !strings.Contains(page, want) {
			t.Errorf("docs/reports.md lacks: - %s", want)
		}
	}
}
