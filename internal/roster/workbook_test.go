package roster

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"maps"
	"strings"
	"testing"
)

// Workbooks that are odd or broken: a sheet is read whole and in order, or not at all.
func TestOddWorkbooks(t *testing.T) {
	const head = `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c>` +
		`<c r="B1" t="inlineStr"><is><t>day</t></is></c></row>`
	text := func(cell, text string) string {
		return `<c r="` + cell + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	row := `<row r="2">` + text("A2", "x") + `</row>`
	for _, c := range []struct {
		kind  string
		sheet string
		parts map[string]string // that differ from those of the smallest workbook; empty: left out
		want  string            // the rows
		wrong string            // the error
	}{
		{"the smallest", smallSheet, nil, "Police & Fire|2025-05-06", ""},
		{"days from 1904", smallSheet,
			map[string]string{"xl/workbook.xml": strings.Replace(smallParts["xl/workbook.xml"], `date1904="0"`, `date1904="true"`, 1)},
			"Police & Fire|2029-05-07", ""},
		{"no numbers of rows and cells",
			`<worksheet><sheetData><row><c t="inlineStr"><is><t>name</t></is></c></row>` +
				`<row/><row><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`, nil, "x", ""},
		{"rich text", head + `<row r="2"><c r="A2" t="inlineStr"><is><r><t>Po</t></r>` +
			`<r><rPr><b/></rPr><t>lice</t></r><rPh sb="0" eb="1"><t>ポリス</t></rPh></is></c></row></sheetData></worksheet>`,
			nil, "Police|", ""},
		{"a character that XML cannot hold", head + `<row r="2">` + text("A2", "a_x0041_b") + `</row></sheetData></worksheet>`, nil, "aAb|",
			""},
		{"truths and days of ISO 8601",
			head + `<row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="d"><v>2025-05-06T00:00:00</v></c></row>` +
				`<row r="3"><c r="A3" t="b"><v>0</v></c><c r="B3" t="d"><v>2025-05-06T14:30</v></c></row></sheetData></worksheet>`,
			nil, "TRUE|2025-05-06\nFALSE|2025-05-06 14:30", ""},
		{"a text that is empty by formula",
			head + `<row r="2">` + text("A2", "x") + `<c r="B2" t="str"><f>""</f><v></v></c></row></sheetData></worksheet>`, nil, "x|", ""},
		{"an error by formula", head + `<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>`, nil,
			"#DIV/0!|", ""},
		{"a style that there is none of",
			head + `<row r="2">` + text("A2", "x") + `<c r="B2" s="99"><v>5</v></c></row></sheetData></worksheet>`, nil, "x|5", ""},
		{"no styles", smallSheet, map[string]string{"xl/styles.xml": ""}, "Police & Fire|45783", ""},
		{"rows of a form control", head + row + `</sheetData><controls><anchor><from><row>0</row></from></anchor></controls></worksheet>`,
			nil, "x|", ""},
		{"a hidden row, which says so in words", head + `<row r="2" hidden="true">` + text("A2", "x") + `</row></sheetData></worksheet>`,
			nil, "", ""},
		{"rows with a gap", head + `<row r="5000">` + text("A5000", "x") + `</row></sheetData></worksheet>`, nil, "x|", ""},

		{"breaks off", head + row, nil, "x|", "unexpected EOF"},
		{"breaks off in a row", head + `<row r="2">` + text("A2", "x"), nil, "", "unexpected EOF"},
		{"no XML", head + row + `<row r="3"><c></row>`, nil, "x|", "the row cannot be read: XML syntax error"},
		{"a document type", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + smallSheet, nil, "",
			"it declares a document type, which no spreadsheet program does"},
		{"rows out of order", head + `<row r="3">` + text("A3", "x") + `</row>` + row + `</sheetData></worksheet>`, nil, "x|",
			"row 2 comes after row 3 (list:3)"},
		{"cells out of order", head + `<row r="2">` + text("B2", "x") + text("A2", "y") + `</row></sheetData></worksheet>`, nil, "",
			"the cell A2 is not in its place"},
		{"a cell of another row", head + `<row r="2">` + text("A3", "x") + `</row></sheetData></worksheet>`, nil, "",
			"the cell A3 is not in its place"},
		{"a row in a row", head + `<row r="2"><row r="3">` + text("A3", "x") + `</row></row></sheetData></worksheet>`, nil, "",
			"a row contains another row"},
		{"two parts with rows", head + row + `</sheetData><sheetData><row r="3">` + text("A3", "y") + `</row></sheetData></worksheet>`, nil,
			"x|\ny|", ""},
		{"more rows than Excel has", head + `<row r="1048577">` + text("A1048577", "x") + `</row></sheetData></worksheet>`, nil, "", "row"},
		{"a text that is missing", head + `<row r="2"><c r="A2" t="s"><v>3</v></c></row></sheetData></worksheet>`, nil, "",
			"the text of a cell is missing from the file (list:2:1)"},
		{"no texts", smallSheet, map[string]string{"xl/sharedStrings.xml": ""}, "",
			"the text of a cell is missing from the file (list:1:1)"},
		{"texts that break off", smallSheet, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>na"}, "",
			"the texts of its cells: XML syntax error"},
		{"no sheet", smallSheet, map[string]string{"xl/worksheets/sheet1.xml": ""}, "", "the Excel file cannot be read"},
		{"all sheets hidden", smallSheet,
			map[string]string{"xl/workbook.xml": strings.Replace(smallParts["xl/workbook.xml"], `sheetId`, `state="veryHidden" sheetId`,
				1)}, "", "all of its sheets are hidden"},
		{"only a chart", smallSheet, map[string]string{
			"xl/_rels/workbook.xml.rels": strings.Replace(smallParts["xl/_rels/workbook.xml.rels"], "/worksheet", "/chartsheet", 1)}, "",
			"it has no sheet"},
		{"no workbook", smallSheet, map[string]string{"xl/workbook.xml": ""}, "", "the Excel file cannot be read"},
		{"OpenDocument", "", map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office/>"},
			"", "it is an OpenDocument spreadsheet (.ods)"},
		{"Apple Numbers", "", map[string]string{"Index/Document.iwa": "x"}, "", "it is a spreadsheet of Apple Numbers"},
		{"a binary workbook", "", map[string]string{"xl/workbook.bin": "x"}, "", "it is a binary workbook (.xlsb)"},
		{"a letter", "", map[string]string{"word/document.xml": "x"}, "", "it is a Word document"},
		{"a bomb", smallSheet, map[string]string{"xl/media/image1.png": "bomb"}, "", "it holds more than 64 MB of pictures and the like"},
	} {
		inside := maps.Clone(smallParts)
		inside["xl/worksheets/sheet1.xml"] = c.sheet
		for name, part := range c.parts {
			if inside[name] = part; part == "" {
				delete(inside, name)
			}
		}
		raw := zipOf(t, inside)
		if c.kind == "a bomb" { // its size is what the list of members says
			raw = bytes.ReplaceAll(raw, sizes(4), sizes(mostOther+1))
		}
		r, err := open(t, raw)
		var rows []string
		if err == nil {
			rows, err = all(t, r)
		}
		if got := strings.Join(rows, "\n"); got != c.want || (err == nil) != (c.wrong == "") || err != nil &&
			!strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %q, %v", c.kind, got, err)
		}
	}
}

// sizes are the checksum and both sizes of the part that is a bomb, as a ZIP file has
// them.
func sizes(unpacked uint32) []byte {
	b := binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte("bomb")))
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, 4), unpacked)
}
