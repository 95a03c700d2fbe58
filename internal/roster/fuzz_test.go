package roster

import (
	"encoding/xml"
	"maps"
	"strings"
	"testing"

	"foia/internal/longtest"
)

// A list is foreign bytes: it is read or refused, and never panics; reading it
// gives no more rows than it has lines.
func FuzzRoster(f *testing.F) {
	for _, s := range []string{"office,name\nx,y\n", "\uFEFFoffice;name\r\n\"a\"\"b\";c", "a\tb\rc\td", "\xFF\xFEo\x00", "PK\x03\x04",
		"a,\"", "é\xE9,b\n1,2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(readForeign)
}

// FuzzExcel reads what may be the ZIP file around a list. Its seeds are as small as
// they can be: Go makes each input that it finds interesting smaller by leaving out
// every part of it. What is inside is the business of FuzzSheet, which no checksum guards.
func FuzzExcel(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add(zipOf(f, map[string]string{"a": ""}))
	f.Add(zipOf(f, map[string]string{"xl/workbook.xml": "<sheet/>"}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > mostFuzzed {
			t.Skip()
		}
		readForeign(t, raw)
	})
}

// mostFuzzed is how large the inputs are that a fuzz test tries, in bytes: larger ones
// take longer and find nothing else.
const mostFuzzed = 4 << 10

// FuzzSheet reads a sheet, and the number format of its cells, in a small workbook that
// is otherwise as it should be.
func FuzzSheet(f *testing.F) {
	longtest.LargeInputs(f)
	for _, sheet := range []string{smallSheet, `<sheetData/>`,
		`<sheetData><row r="3" hidden="1"><c r="B3" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`,
		`<x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c/></x:row><!-- > --><?x ?></x:sheetData>`,
		`<sheetData><row><c t="d"><v>2025-05-06T00:00:00</v></c><c t="str"><f>1&gt;2</f><v><![CDATA[a<b]]></v></c>`,
		`<sheetData><row r="2"><c r="A2" t="s"><v>9</v></c></row><row r="1"/></sheetData><sheetData><row/></sheetData>`} {
		f.Add(sheet, "yyyy-mm-dd")
		f.Add(sheet, `[<=99999]00000;"x"00000\-0000`)
	}
	f.Fuzz(func(t *testing.T, sheet, format string) {
		if len(sheet)+len(format) > mostFuzzed {
			t.Skip()
		}
		inside := maps.Clone(smallParts)
		inside["xl/worksheets/sheet1.xml"] = sheet
		var escaped strings.Builder
		if err := xml.EscapeText(&escaped, []byte(format)); err != nil {
			t.Fatal(err)
		}
		inside["xl/styles.xml"] = strings.Replace(smallParts["xl/styles.xml"], "00000", escaped.String(), 1)
		readForeign(t, zipOf(t, inside))
	})
}

// FuzzWalk reads what may be the XML of a sheet.
func FuzzWalk(f *testing.F) {
	for _, s := range []string{smallSheet, `<sheetData><row><c r="A1"><f>1</f></c>`,
		`<x:sheetData><x:row><x:c r='A1'><x:f/><x:v>1</x:v></x:c></x:row></x:sheetData><mergeCell ref="A1:B2"/>`, "<", "</>",
		"<!DOCTYPE a>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		if len(sheet) > mostFuzzed {
			t.Skip()
		}
		w := &walk{tags: newTags(strings.NewReader(sheet)), texts: &texts{held: []byte("abc"), ends: []int64{1, 2, 3}}}
		for last := 0; !w.over; last = w.line {
			if err := w.row(); err != nil {
				return
			}
			if !w.over && w.line <= last {
				t.Fatalf("after row %d comes row %d", last, w.line)
			}
			for i := 1; i < len(w.cells); i++ {
				if w.cells[i].column <= w.cells[i-1].column {
					t.Fatalf("%+v", w.cells)
				}
			}
		}
	})
}

// The smallest workbook: two lines of a list.
const smallSheet = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>` +
	`<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>45783</v></c></row></sheetData></worksheet>`

var smallParts = map[string]string{
	"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="` +
		officeNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml": `<workbook xmlns="` + sheetNS + `" xmlns:r="` + officeNS + `"><workbookPr date1904="0"/>` +
		`<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="a" Type="` + officeNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="b" Type="` + officeNS + `/styles" Target="styles.xml"/><Relationship Id="c" Type="` + officeNS +
		`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
	"xl/styles.xml": `<styleSheet xmlns="` + sheetNS + `"><numFmts><numFmt numFmtId="164" formatCode="00000"/></numFmts>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
	"xl/sharedStrings.xml": `<sst xmlns="` + sheetNS + `"><si><t>name</t></si><si><t>day</t></si><si><t>Police &amp; Fire</t></si></sst>`,
}
