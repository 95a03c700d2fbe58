package roster

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"
)

// bookOf is an Excel file of one sheet.
func bookOf(t *testing.T, rows, after string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="Log" sheetId="1" r:id="rId1"/></sheets>` +
			`<calcPr fullCalcOnLoad="1"/></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>` +
			`<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + rows + `</sheetData>` + after + `</worksheet>`,
	} {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const wholeRows = `<row r="1"><c r="A1" t="str"><v>#</v></c><c r="B1" t="str"><v>Agency</v></c><c r="C1" t="str"><v>Agency</v></c></row>` +
	`<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2" t="str"><v>x</v></c></row>` +
	`<row r="3"><c r="A3"><f>A2+1</f><v></v></c><c r="B3" t="str"><v>y</v></c></row>`

// What a list of offices is refused for, or passes over, is read where everything is wanted, and told of.
func TestWhole(t *testing.T) {
	raw := bookOf(t, wholeRows, `<mergeCells><mergeCell ref="B2:B3"/></mergeCells>`)
	if _, err := open(t, raw); err == nil {
		t.Error("a list of offices may have such columns")
	}
	r := &Roster{name: "list", known: func([]string) int { return 0 }, whole: true}
	err := r.read(memory{bytes.NewReader(raw)})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Columns) != 3 || r.Columns[0].Typed != "#" {
		t.Errorf("columns %+v", r.Columns)
	}
	for i, want := range []Row{{Line: 2, Hidden: true}, {Line: 3}} {
		row, err := r.Next()
		if err != nil || row.Line != want.Line || row.Hidden != want.Hidden || row.Err != nil {
			t.Errorf("row %d is %+v (%v)", i, row, err)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	got := r.Reading()
	if got.Sheet != "Log" || !got.From1904 || got.Heading != 1 || got.Valueless.String() != "line 3" || len(got.Merged) != 1 ||
		got.Merged[0] != (Block{1, 2, 1, 3}) {
		t.Errorf("read as %+v", got)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}
