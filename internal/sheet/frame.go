package sheet

import (
	"fmt"
	"strings"

	"foia/internal/export"
)

// styleOf is a place in the list of cell formats.
type styleOf int

// The formats of cells, in the order of styles.
const (
	styleNumber styleOf = iota
	styleText
	styleDay
	styleMoment
	styleMoney
	styleHead
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main        = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relation    = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packaged    = `http://schemas.openxmlformats.org/package/2006/`
	kind        = `application/vnd.openxmlformats-officedocument.spreadsheetml.`

	head    = declaration + `<worksheet ` + main + ` xmlns:r="` + relation + `">`
	margins = `<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>` +
		`<pageSetup orientation="landscape"/>`
)

// views are how a sheet is first shown: the headings and the first column stay where they are.
func views(first, frozen bool) string {
	selected, pane := "", ""
	if first {
		selected = ` tabSelected="1"`
	}
	if frozen {
		pane = `<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>` +
			`<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight" activeCell="B2" sqref="B2"/>`
	}
	return `<sheetViews><sheetView` + selected + ` workbookViewId="0">` + pane + `</sheetView></sheetViews>` +
		`<sheetFormatPr defaultRowHeight="15"/>`
}

type part struct{ name, text string }

// frame is what a workbook has besides its sheets.
func (b *Book) frame() []part {
	types := `<Types xmlns="` + packaged + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.` +
		`relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
	override := func(name, content string) {
		types += fmt.Sprintf(`<Override PartName="/%s" ContentType="%s"/>`, name, content)
	}
	var sheets, relations strings.Builder
	for i, name := range append(names(b.lists), aboutName) {
		override(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), kind+"worksheet+xml")
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, i+1, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relation, i+1)
	}
	for i := range b.lists {
		override(fmt.Sprintf("xl/tables/table%d.xml", i+1), kind+"table+xml")
	}
	override("xl/workbook.xml", kind+"sheet.main+xml")
	override("xl/styles.xml", kind+"styles+xml")
	override("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	of := len(b.lists) + 2
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, of, relation)
	return []part{
		{"[Content_Types].xml", declaration + types + `</Types>`},
		{"_rels/.rels", relationships(`<Relationship Id="rId1" Type="` + relation + `/officeDocument" Target="xl/workbook.xml"/>` +
			`<Relationship Id="rId2" Type="` + packaged + `relationships/metadata/core-properties" Target="docProps/core.xml"/>`)},
		{"docProps/core.xml", declaration + `<cp:coreProperties xmlns:cp="` + packaged + `metadata/core-properties" ` +
			`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>foia</dc:creator>` +
			`<dc:title>Tracking log</dc:title></cp:coreProperties>`},
		{"xl/workbook.xml", declaration + `<workbook ` + main + ` xmlns:r="` + relation + `"><bookViews>` +
			`<workbookView/></bookViews><sheets>` +
			sheets.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relationships(relations.String())},
		{"xl/styles.xml", styles()},
	}
}

func names(lists []export.List) (names []string) {
	for _, l := range lists {
		names = append(names, l.Name)
	}
	return names
}

func relationships(each string) string {
	return declaration + `<Relationships xmlns="` + packaged + `relationships">` + each + `</Relationships>`
}

func sheetRelation(n int) string {
	return relationships(fmt.Sprintf(`<Relationship Id="rId1" Type="%s/table" Target="../tables/table%d.xml"/>`, relation, n))
}

// table makes of a sheet's rows a table that can be sorted and filtered.
func table(n int, l export.List, last int) string {
	area := fmt.Sprintf("A1:%s%d", column(len(l.Columns)-1), last)
	var b strings.Builder
	fmt.Fprintf(&b, declaration+`<table %s id="%d" name="%s" displayName="%s" ref="%s" totalsRowShown="0"><autoFilter ref="%s"/>`+
		`<tableColumns count="%d">`, main, n, l.Name, l.Name, area, area, len(l.Columns))
	for i, c := range l.Columns {
		fmt.Fprintf(&b, `<tableColumn id="%d" name="%s"/>`, i+1, escaped(heading(c)))
	}
	b.WriteString(`</tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="1" ` +
		`showColumnStripes="0"/></table>`)
	return b.String()
}

// styles are the formats of cells: those of styleOf, and how an overdue day is marked. Text has the
// format of text, so that it stays what it is when somebody edits the cell.
func styles() string {
	var formats strings.Builder
	for _, f := range []struct{ number, font, fill int }{
		styleNumber: {0, 0, 0}, styleText: {49, 0, 0}, styleDay: {164, 0, 0}, styleMoment: {165, 0, 0}, styleMoney: {4, 0, 0},
		styleHead: {49, 1, 2},
	} {
		fmt.Fprintf(&formats, `<xf numFmtId="%d" fontId="%d" fillId="%d" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" `+
			`applyFill="1" applyAlignment="1"><alignment vertical="top"/></xf>`, f.number, f.font, f.fill)
	}
	const font = `<sz val="11"/><name val="Calibri"/><family val="2"/></font>`
	return declaration + `<styleSheet ` + main + `><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/>` +
		`<numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>` +
		`<fonts count="2"><font>` + font + `<font><b/>` + font + `</fonts>` +
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
		`<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="6">` + formats.String() + `</cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
		`<dxfs count="1"><dxf><font><b/><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill>` +
		`</dxf></dxfs></styleSheet>`
}
