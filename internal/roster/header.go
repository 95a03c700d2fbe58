package roster

import (
	"fmt"
	"io"
	"strings"
)

// Known tells of how many of the names of columns somebody knows what they mean. By
// it the header is found under a title; nil: it is the first line.
type Known func(names []string) int

// headerLines is how many lines may hold the header.
const headerLines = 20

// record is a line of the file.
type record struct {
	line   int
	cells  []string
	err    error
	hidden bool
}

// record is the next line of the file.
func (r *Roster) record() (line int, cells []string, hidden bool, err error) {
	if len(r.ahead) > 0 {
		next := r.ahead[0]
		r.ahead = r.ahead[1:]
		return next.line, next.cells, next.hidden, next.err
	}
	line, cells, err = r.rows.next()
	return line, cells, r.rows.skips(), err
}

// header finds the header, and reads the names of the columns.
func (r *Roster) header(name string, known Known) error {
	head, err := r.findHeader(name, known)
	if err != nil {
		return err
	}
	line, cells := head.line, head.cells
	r.reading.Heading = line
	if len(cells) > MaxColumns {
		return &Fault{File: name, Line: line, What: fmt.Sprintf("the list has %d columns, more than %d", len(cells), MaxColumns),
			Remedy: "was it saved with another separator? Keep only the columns a letter needs"}
	}
	seen := map[string]int{}
	for i, typed := range cells {
		c := Column{Name: ColumnName(typed), Typed: strings.Join(strings.Fields(typed), " "), Index: i}
		if r.whole {
			r.Columns = append(r.Columns, c)
			continue
		}
		if c.Name == "" {
			if c.Typed != "" {
				return &Fault{File: name, Line: line, Column: i + 1, What: fmt.Sprintf("the column %q has no name in letters", typed),
					Remedy: "name it, or remove it"}
			}
			continue
		}
		if first, twice := seen[c.Name]; twice {
			return &Fault{File: name, Line: line, Column: i + 1,
				What:   fmt.Sprintf("the column %s appears twice, also as column %d", c.Name, first+1),
				Remedy: "rename one of them, or remove it"}
		}
		seen[c.Name] = i
		r.Columns = append(r.Columns, c)
	}
	if r.whole {
		r.besideMerged(cells)
	}
	r.Header, r.width = cells, max(len(cells), len(r.Columns))
	return nil
}

// findHeader reads the first lines, takes the one that names the most columns, and
// keeps those after it. The first line that is not empty is the header if it names a
// column and is more than a title.
func (r *Roster) findHeader(name string, known Known) (record, error) {
	var lines []record
	best, most := 0, 0
	for len(lines) < headerLines {
		line, cells, err := r.rows.next()
		if err == io.EOF || err != nil && len(lines) > 0 {
			if err != io.EOF {
				lines = append(lines, record{line: line, err: err}) // whoever comes to it is told
			}
			break
		}
		if err != nil {
			return record{}, err
		}
		if blank(cells) {
			continue
		}
		lines = append(lines, record{line: line, cells: cells, hidden: r.rows.skips()})
		if known == nil {
			break
		}
		n := known(r.namesOf(cells))
		if n > most && (!r.whole || n > 1 || filled(cells) > filled(lines[best].cells) || len(lines) == 1) {
			best, most = len(lines)-1, n
		}
		if len(lines) == 1 && n > 0 && filled(cells) > 1 && !r.whole {
			break
		}
	}
	if len(lines) == 0 || lines[0].err != nil {
		return record{}, &Fault{File: name, What: "the list is empty",
			Remedy: "its first line names the columns, such as office, name, email"}
	}
	if best > 0 {
		r.note(fmt.Sprintf("line %d names the columns; the lines above it were skipped", lines[best].line))
	}
	if best > 0 {
		r.reading.Above = lines[best-1].cells
	}
	r.ahead = lines[best+1:]
	return lines[best], nil
}

// besideMerged adds the columns whose heading stands only in the line above, merged down.
func (r *Roster) besideMerged(cells []string) {
	above := r.reading.Above
	if filled(above) < 2 {
		return
	}
	for i := len(cells); i < min(len(above), MaxColumns); i++ {
		r.Columns = append(r.Columns, Column{Index: i})
	}
}

// namesOf are what the columns may be called. A list of which nothing is passed over has them as they are typed, in whatever
// language.
func (r *Roster) namesOf(cells []string) []string {
	if r.whole {
		return cells
	}
	return columnNames(cells)
}

func columnNames(cells []string) []string {
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = ColumnName(c)
	}
	return names
}

func filled(cells []string) (n int) {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// ColumnName makes "E-Mail" and "ZIP code" into email and zip_code.
func ColumnName(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	name := "_" + strings.TrimRight(b.String(), "_") + "_"
	return strings.Trim(strings.ReplaceAll(name, "_e_mail_", "_email_"), "_")
}
