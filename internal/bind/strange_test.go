package bind

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// strange is a PDF of strange making. Each of its pages says whose it is, if it can.
type strange struct {
	name string
	raw  []byte
	why  string // why it is not bound; empty if it is, ? if programs may differ
	mark string // its text, if raw does not show it
}

// Texts of an object that is not there, in strangeOf.
const (
	freed   = ""  // its number is free
	nowhere = "-" // its number is in use, at no place
)

// strangeOf writes objects, the first of which is the catalog. What @@@@ stands for becomes the
// text of the page.
func strangeOf(mark string, objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.6\n")
	table := fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		switch o = strings.ReplaceAll(o, "@@@@", mark); o {
		case freed:
			table = append(table, "0000000000 00001 f \n"...)
		case nowhere:
			table = append(table, "0000000000 00000 n \n"...)
		default:
			table = fmt.Appendf(table, "%010d 00000 n \n", out.Len())
			fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
		}
	}
	start := out.Len()
	fmt.Fprintf(&out, "%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table, len(objects)+1, start)
	return out.Bytes()
}

const helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

// says is the content of a page that says whose it is, and then draws more.
func says(more string) string {
	return stream("", "BT /F 12 Tf 72 700 Td (MARKED-@@@@) Tj ET "+more)
}

// plainPage is a PDF with one page: catalog, tree, page, content, font and what is added. Entries are
// added to those of the catalog, the page, and its resources.
func plainPage(mark, catalog, page, resources, more string, added ...string) []byte {
	return strangeOf(mark, append([]string{"<</Type/Catalog/Pages 2 0 R" + catalog + ">>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>" + resources + ">>" + page + ">>",
		says(more), helvetica}, added...)...)
}

// oddFiles are PDFs of which the file is odd, and not what it says.
func oddFiles(t *testing.T, next func() string) []strange {
	t.Helper()
	plain := func() []byte { return plainPage(next(), "", "", "", "") }
	change := func(old, new string) []byte { return bytes.Replace(plain(), []byte(old), []byte(new), 1) }
	cut := func(part int) []byte { raw := plain(); return raw[:len(raw)*part/10] }
	out := []strange{
		{name: "a table that is shifted", raw: append([]byte("%PDF-1.4\n%shift\n"), plain()[9:]...)},
		{name: "no table", raw: change("xref\n0 6", "xxxx\n0 6")},
		{name: "no place of the table", raw: change("startxref\n", "startxxxx\n")},
		{name: "a wrong place of the table", raw: change("startxref\n", "startxref\n9")},
		{name: "a table of the wrong length", raw: change("xref\n0 6", "xref\n0 3")},
		{name: "a table that begins at one", raw: change("xref\n0 6", "xref\n1 6"), why: "?"},
		{name: "offsets that are swapped", raw: swapped(plain())},
		{name: "a size that is too small", raw: change("/Size 6", "/Size 2")},
		{name: "a size beyond all bounds", raw: change("/Size 6", "/Size 2000000000"), why: "?"},
		{name: "no root", raw: change("/Root 1 0 R", "/Roof 1 0 R"), why: "?"},
		{name: "a root that is lost", raw: change("/Root 1 0 R", "/Root 8 0 R"), why: "?"},
		{name: "a table before it that is itself", raw: change("/Root 1 0 R", "/Root 1 0 R/Prev 20"), why: "?"},
		{name: "junk before it", raw: append([]byte("HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"), plain()...), why: "?"},
		{name: "junk after it", raw: append(plain(), bytes.Repeat([]byte("\x00junk"), 200)...), why: "?"},
		{name: "no end", raw: change("%%EOF", ""), why: "?"},
		{name: "no head", raw: change("%PDF-1.6\n", "%XXX-1.6\n"), why: "?"},
		{name: "a version to come", raw: change("%PDF-1.6\n", "%PDF-9.9\n"), why: "?"},
		{name: "lines that end as on old Macs", raw: bytes.ReplaceAll(plain(), []byte("\n"), []byte("\r")), why: "?"},
		{name: "lines that end as on Windows", raw: bytes.ReplaceAll(plain(), []byte("\n"), []byte("\r\n")), why: "?"},
		{name: "objects without end", raw: bytes.ReplaceAll(plain(), []byte("endobj"), []byte("      ")), why: "?"},
		{name: "an update", raw: updated(plain(), next())},
		{name: "two tables in one", raw: hybrid(next())},
		{name: "encrypted in place", raw: change("/Root", "/Encrypt<</Filter/Standard>>/Root"), why: "encrypted in a way"},
		{name: "encrypted, with what is lost", raw: change("/Root", "/Encrypt 44 0 R/Root"), why: "?"},
	}
	for i := 1; i < 10; i++ {
		out = append(out, strange{name: fmt.Sprintf("cut at %d0 percent", i), raw: cut(i), why: "?"})
	}
	dir := t.TempDir()
	for i, c := range []struct {
		name string
		args []string
		why  string
	}{
		{"streams of objects", []string{"--object-streams=generate"}, ""},
		{"made for the web", []string{"--linearize"}, ""},
		{"encrypted with 40 bits", []string{"--allow-weak-crypto", "--encrypt", "", "owner", "40", "--"}, ""},
		{"encrypted with 128 bits", []string{"--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--"}, ""},
		{"encrypted with AES of 128 bits", []string{"--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--"}, ""},
		{"encrypted with AES of 256 bits", []string{"--encrypt", "", "owner", "256", "--"}, ""},
		{"encrypted, with streams of objects", []string{"--object-streams=generate", "--encrypt", "", "owner", "256", "--"}, ""},
		{"encrypted but for metadata",
			[]string{"--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--cleartext-metadata", "--"}, ""},
		{"encrypted with a password", []string{"--encrypt", "user", "owner", "256", "--"}, "needs a password"},
	} {
		from, to := filepath.Join(dir, fmt.Sprint("from", i)), filepath.Join(dir, fmt.Sprint("to", i))
		written := plain()
		if err := os.WriteFile(from, written, 0o600); err != nil {
			t.Fatal(err)
		}
		say(t, "qpdf", append(c.args, from, to)...)
		raw, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strange{c.name, raw, c.why, string(marked.FindSubmatch(written)[1])})
	}
	return out
}

// swapped has a table in which two objects have each other's place.
func swapped(raw []byte) []byte {
	at := bytes.LastIndex(raw, []byte("\n0000000000 65535 f \n")) + len("\n0000000000 65535 f \n")
	fourth, fifth := bytes.Clone(raw[at+60:at+80]), bytes.Clone(raw[at+80:at+100])
	copy(raw[at+60:], fifth)
	copy(raw[at+80:], fourth)
	return raw
}

// updated has another content in an update at its end.
func updated(raw []byte, mark string) []byte {
	first := bytes.LastIndex(raw, []byte("xref\n0 "))
	at := len(raw)
	raw = fmt.Appendf(raw, "4 0 obj\n%s\nendobj\n", strings.ReplaceAll(says(""), "@@@@", mark))
	table := len(raw)
	return fmt.Appendf(raw, "xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", at, first,
		table)
}

// hybrid has one table for old programs, and another for the objects that are packed (ISO 32000-1,
// 7.5.8.4).
func hybrid(mark string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.5\n")
	at := map[int]int{}
	object := func(number int, text string) {
		at[number] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", number, strings.ReplaceAll(text, "@@@@", mark))
	}
	object(1, "<</Type/Catalog/Pages 2 0 R>>")
	object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>")
	object(4, says(""))
	object(6, stream("/Type/ObjStm/N 1/First 4", "5 0 "+helvetica))
	row := func(kind byte, where uint32, within byte) string {
		return string(append(binary.BigEndian.AppendUint32([]byte{kind}, where), within))
	}
	object(7, stream("/Type/XRef/Size 8/W[1 4 1]/Index[5 1]", row(2, 6, 0)))
	start := out.Len()
	out.WriteString("xref\n0 8\n0000000000 65535 f \n")
	for i := 1; i < 8; i++ {
		if offset, ok := at[i]; ok {
			fmt.Fprintf(&out, "%010d 00000 n \n", offset)
		} else {
			out.WriteString("0000000000 00000 f \n")
		}
	}
	fmt.Fprintf(&out, "trailer\n<</Size 8/Root 1 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n", at[7], start)
	return out.Bytes()
}

// strangePDFs are all of them, each with a text of its own.
func strangePDFs(t *testing.T) []strange {
	t.Helper()
	n := 0
	next := func() string { n++; return fmt.Sprintf("%04d", n) }
	var out []strange
	for _, some := range [][]strange{lackingPDFs(next), oddTrees(next), oddStreams(t, next), oddContents(next), oddFiles(t, next)} {
		out = append(out, some...)
	}
	return out
}
