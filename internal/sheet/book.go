// Package sheet writes lists as a workbook of Excel, row by row, so that memory does not grow with
// them. It is written here and not by excelize, whose tables would be made at every start of every
// command: excelize is what its tests read it with.
package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"foia/internal/export"
	"foia/internal/remedy"
)

// What a sheet of Excel holds.
// https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
const (
	MostRows = 1_048_576 // with the headings
	mostText = 32_767    // of a cell, in the units of UTF-16
)

// aboutName is the sheet that says what the others are.
const aboutName = "About"

// Book is a workbook on its way. Lists are written one after the other, each between Begin and End.
type Book struct {
	zip   *zip.Writer
	lists []export.List
	about []export.Fact
	pages int // sheets that were ended

	list   export.List
	out    *bufio.Writer // of the sheet that is being written
	row    int
	tooBig []string // cells that were cut
	cut    int
}

// made is the time of all parts: the same lists are the same bytes, whenever they are written. A ZIP
// file knows no earlier one.
func made() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) }

// New begins a workbook that will have these lists, in this order, and a sheet about them.
func New(out io.Writer, lists []export.List, about []export.Fact) (*Book, error) {
	b := &Book{zip: zip.NewWriter(out), lists: lists, about: about}
	for _, p := range b.frame() {
		if err := b.part(p.name, p.text); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Fits tells whether a sheet has room for so many rows of a list.
func (b *Book) Fits(l export.List, rows int) error { return Fits(l, rows) }

// Fits tells whether a sheet has room for so many rows of a list.
func Fits(l export.List, rows int) error {
	if rows < MostRows {
		return nil
	}
	return &remedy.Error{What: fmt.Sprintf("a sheet of Excel holds %d rows, and the list %s has %d", MostRows-1, l.Name, rows),
		Do: "export it as JSON: " + remedy.To(remedy.Export).With("format", "json").String()}
}

func (b *Book) part(name, text string) error {
	w, err := b.create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

func (b *Book) create(name string) (io.Writer, error) {
	return b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: made()})
}

// Begin begins the sheet of a list: the next of those that the workbook was to have.
func (b *Book) Begin(l export.List) error {
	if b.pages >= len(b.lists) || b.lists[b.pages].Name != l.Name {
		return fmt.Errorf("the workbook has no sheet %s at place %d", l.Name, b.pages+1)
	}
	b.list, b.row = l, 1
	if err := b.open(); err != nil {
		return err
	}
	b.put(head + views(b.pages == 0, true))
	b.put("<cols>")
	for i, c := range l.Columns {
		b.putf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width(c))
	}
	b.put(`</cols><sheetData><row r="1">`)
	for i, c := range l.Columns {
		b.text(i, styleHead, heading(c))
	}
	b.put("</row>")
	return nil
}

// open begins the next sheet.
func (b *Book) open() error {
	w, err := b.create(fmt.Sprintf("xl/worksheets/sheet%d.xml", b.pages+1))
	if err == nil {
		b.out = bufio.NewWriterSize(w, 1<<16)
	}
	return err
}

// put writes into the sheet. A buffer keeps its error until it is flushed.
func (b *Book) put(text string) { _, _ = b.out.WriteString(text) }

func (b *Book) putf(format string, args ...any) { b.put(fmt.Sprintf(format, args...)) }

// Row writes a row of the list: a cell for each column, nil for what is unknown.
func (b *Book) Row(cells []any) error {
	if len(cells) != len(b.list.Columns) {
		return fmt.Errorf("a row of the sheet %s has %d cells for %d columns", b.list.Name, len(cells), len(b.list.Columns))
	}
	if err := Fits(b.list, b.row); err != nil {
		return err
	}
	b.row++
	b.putf(`<row r="%d">`, b.row)
	for i, c := range cells {
		if err := b.cell(i, c); err != nil {
			return err
		}
	}
	b.put("</row>")
	if b.out.Buffered() < enough {
		return nil
	}
	return b.out.Flush() // of what cannot be written there is no more than that
}

const enough = 1 << 15

// End ends the sheet of a list: what marks overdue days and makes it a table that can be filtered.
func (b *Book) End() error {
	b.put("</sheetData>")
	last := max(b.row, 2) // a table has one row at least, which may be empty
	for i, c := range b.list.Columns {
		if !c.Overdue {
			continue
		}
		b.putf(`<conditionalFormatting sqref="%s2:%s%d"><cfRule type="expression" dxfId="0" priority="%d"><formula>%s</formula></cfRule>`+
			`</conditionalFormatting>`, column(i), column(i), last, i+1, escaped(b.overdue(i)))
	}
	b.putf(margins+`<ignoredErrors><ignoredError sqref="A1:%s%d" numberStoredAsText="1"/></ignoredErrors>`+
		`<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>`, column(len(b.list.Columns)-1), last)
	if err := b.out.Flush(); err != nil {
		return err
	}
	b.pages++
	if err := b.part(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", b.pages), sheetRelation(b.pages)); err != nil {
		return err
	}
	return b.part(fmt.Sprintf("xl/tables/table%d.xml", b.pages), table(b.pages, b.list, last))
}

// overdue is the formula by which the days of a column are marked: a day that has passed when the
// sheet is looked at, and not when it was written.
func (b *Book) overdue(i int) string {
	c := b.list.Columns[i]
	conditions := []string{fmt.Sprintf("ISNUMBER(%s2)", column(i)), fmt.Sprintf("%s2<TODAY()", column(i))}
	for j, other := range b.list.Columns {
		if c.While != "" && other.Name == c.While {
			conditions = append(conditions, fmt.Sprintf(`$%s2="%s"`, column(j), export.Open))
		}
	}
	return "AND(" + strings.Join(conditions, ",") + ")"
}

// Cut is how many texts were longer than a cell holds.
func (b *Book) Cut() int { return b.cut }

// Close writes the sheet about the others, and ends the workbook.
func (b *Book) Close() error {
	if b.pages != len(b.lists) {
		return fmt.Errorf("the workbook has %d of its %d lists", b.pages, len(b.lists))
	}
	b.list, b.row = export.List{Name: aboutName}, 0
	if err := b.open(); err != nil {
		return err
	}
	b.put(head + views(false, false) + `<cols><col min="1" max="1" width="28" customWidth="1"/>` +
		`<col min="2" max="2" width="60" customWidth="1"/><col min="3" max="3" width="70" customWidth="1"/></cols><sheetData>`)
	for _, f := range b.about {
		if err := b.aboutRow(f.Name, f.Value, f.Says); err != nil {
			return err
		}
	}
	if err := b.aboutCut(); err != nil {
		return err
	}
	for _, l := range b.lists {
		if err := b.aboutRow("", nil, ""); err != nil {
			return err
		}
		if err := b.aboutRow("Sheet "+l.Name, l.Says, ""); err != nil {
			return err
		}
		for _, c := range l.Columns {
			if err := b.aboutRow(heading(c), c.Says, colored(c)); err != nil {
				return err
			}
		}
	}
	b.put("</sheetData>" + margins + "</worksheet>")
	if err := b.out.Flush(); err != nil {
		return err
	}
	return b.zip.Close()
}

func colored(c export.Column) string {
	switch {
	case !c.Overdue:
		return ""
	case c.While != "":
		return "red if it has passed on the day you look, and is still open"
	}
	return "red if it has passed on the day you look"
}

func (b *Book) aboutRow(name string, value any, says string) error {
	b.row++
	b.putf(`<row r="%d">`, b.row)
	if name != "" {
		b.text(0, styleHead, remedy.Capital(name))
	}
	if err := b.cell(1, value); err != nil {
		return err
	}
	if says != "" {
		b.text(2, styleText, says)
	}
	b.put("</row>")
	return nil
}

// namedCuts is how many cells are named that were cut.
const namedCuts = 20

func (b *Book) aboutCut() error {
	if b.cut == 0 {
		return nil
	}
	where := strings.Join(b.tooBig, ", ")
	if more := b.cut - len(b.tooBig); more > 0 {
		where += fmt.Sprintf(" and %d more", more)
	}
	return b.aboutRow("cut", b.cut,
		fmt.Sprintf("texts longer than a cell holds, which is %d characters; they end in …: %s", mostText, where))
}
