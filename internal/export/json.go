package export

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"time"

	"foia/internal/docket"
	"foia/internal/workday"
)

// Format is the first value of a JSON document, by which a reader knows what it has. The document is
// described by docs/foia-export-1.schema.json; what no longer fits that gets another number.
const Format = "foia-export/1"

// Document is the log as one JSON document, written row by row: each list is an array of objects.
// Days are ISO dates, amounts of money texts such as "120.50", and what is unknown is null.
type Document struct {
	out  *bufio.Writer
	list List
	rows int
}

// NewDocument begins a document with what is to be known of it as a whole.
func NewDocument(out io.Writer, about []Fact) (*Document, error) {
	d := &Document{out: bufio.NewWriterSize(out, 1<<16)}
	if _, err := fmt.Fprintf(d.out, "{\n  \"format\": %q,\n  \"about\": {", Format); err != nil {
		return nil, err
	}
	for i, f := range about {
		if err := d.pair(i, "    ", f.Key(), f.Value); err != nil {
			return nil, err
		}
	}
	_, err := io.WriteString(d.out, "\n  }")
	return d, err
}

// Fits tells whether a list may have so many rows: there is no limit.
func (d *Document) Fits(List, int) error { return nil }

// Begin begins a list.
func (d *Document) Begin(l List) error {
	d.list, d.rows = l, 0
	_, err := fmt.Fprintf(d.out, ",\n  %q: [", l.Key())
	return err
}

// Row writes a row of the list: a cell for each column.
func (d *Document) Row(cells []any) error {
	if len(cells) != len(d.list.Columns) {
		return fmt.Errorf("a row of the list %s has %d cells for %d columns", d.list.Name, len(cells), len(d.list.Columns))
	}
	before := ",\n    {"
	if d.rows == 0 {
		before = "\n    {"
	}
	d.rows++
	if _, err := io.WriteString(d.out, before); err != nil {
		return err
	}
	for i, c := range cells {
		if err := d.pair(i, "      ", d.list.Columns[i].Key(), c); err != nil {
			return err
		}
	}
	_, err := io.WriteString(d.out, "\n    }")
	return err
}

// End ends the list.
func (d *Document) End() error {
	text := "]"
	if d.rows > 0 {
		text = "\n  ]"
	}
	_, err := io.WriteString(d.out, text)
	return err
}

// Close ends the document.
func (d *Document) Close() error {
	if _, err := io.WriteString(d.out, "\n}\n"); err != nil {
		return err
	}
	return d.out.Flush()
}

func (d *Document) pair(i int, indent, key string, value any) error {
	before := ",\n" + indent
	if i == 0 {
		before = "\n" + indent
	}
	if _, err := fmt.Fprintf(d.out, "%s%q: ", before, key); err != nil {
		return err
	}
	text, err := JSON(inJSON(value), "", "")
	if err != nil {
		return err
	}
	_, err = d.out.Write(bytes.TrimSuffix(text, []byte("\n")))
	return err
}

// inJSON is a cell as JSON has it.
func inJSON(value any) any {
	switch v := value.(type) {
	case workday.Date:
		return v.String()
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case docket.Cents:
		return v.String()
	}
	return value
}
