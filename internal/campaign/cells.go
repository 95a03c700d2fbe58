package campaign

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"foia/internal/lazy"
	"foia/internal/letter"
	"foia/internal/roster"
)

// sheetErrors are what spreadsheet programs show where a formula failed. Excel:
// ECMA-376 Part 1, 18.18.11 (ST_CellType e) and later versions; LibreOffice: Err:502
// and its like; Google Sheets: #ERROR!.
var sheetErrors = []string{"#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
	"#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#ERROR!", "#PYTHON!"}

// errorIn is the error of a spreadsheet program that a cell holds.
func errorIn(cell string) string {
	if strings.HasPrefix(cell, "Err:5") && len(cell) == len("Err:502") {
		return cell
	}
	at := strings.IndexByte(cell, '#')
	if at < 0 {
		return ""
	}
	upper := strings.ToUpper(cell[at:])
	for _, e := range sheetErrors {
		if strings.Contains(upper, e) {
			return e
		}
	}
	if len(cell) > 2 && strings.Trim(cell, "#") == "" {
		return "###" // a column that was too narrow to be printed
	}
	return ""
}

// placeholders are what people and programs write where they know nothing, in lower
// case. NA is what R writes.
var placeholders = map[string]bool{"null": true, "(null)": true, "<null>": true, `\n`: true, "nan": true, "nat": true, "n/a": true,
	"n.a.": true, "na": true, "#n/a": true,
	"none": true, "(none)": true, "nil": true, "tbd": true, "t.b.d.": true, "tba": true, "unknown": true, "not available": true,
	"(blank)": true,
	"-":       true, "--": true, "---": true, "–": true, "—": true, "?": true, "??": true, "???": true, ".": true}

// isPlaceholder tells whether a cell says that nothing is known. What is among the
// choices of a field is an answer, and NA in the column of countries is Namibia.
func isPlaceholder(cell string, u Use, f letter.Field) bool {
	if len(cell) > 13 {
		return false
	}
	lower := strings.ToLower(cell)
	return placeholders[lower] && !slices.Contains(f.Choices, lower) && (u.As != "country" || lower != "na")
}

// dayWithTime is a day as databases and spreadsheets write it, with a time.
const dayWithTime = lazy.Pattern(`^(\d{4}-\d\d-\d\d)(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$`)

// dayOf is the day that a cell is, without its time; empty, if it is none.
func dayOf(cell string) string {
	if len(cell) < len("2025-05-06") {
		return ""
	}
	if day := dayWithTime.RE().FindStringSubmatch(cell); day != nil {
		return day[1]
	}
	return ""
}

// garbled is the part of a cell that was read in another encoding than it was written
// in, such as Ã© in JosÃ©; empty, if there is none.
func garbled(cell string) string {
	for i, r := range cell {
		if r != 'Ã' && r != 'Â' && r != 'â' && r != 'Å' && r != 'Ä' && r != 'ð' {
			continue
		}
		// The bytes of one character of UTF-8, each read as one of Windows-1252.
		var raw []byte
		for j, c := range cell[i:] {
			b, ok := charmap.Windows1252.EncodeRune(c)
			if !ok && c < 0x100 { // the five that Windows-1252 does not have
				b, ok = byte(c), true
			}
			if !ok {
				break
			}
			if raw = append(raw, b); utf8.FullRune(raw) {
				if c, size := utf8.DecodeRune(raw); c != utf8.RuneError && size > 1 {
					return cell[i : i+j+utf8.RuneLen([]rune(cell[i+j:])[0])]
				}
				break
			}
		}
	}
	return ""
}

// entity is the part of a cell that a web page would show as another character, such
// as &amp;; empty, if there is none.
func entity(cell string) string {
	for rest := cell; ; {
		at := strings.IndexByte(rest, '&')
		if at < 0 {
			return ""
		}
		rest = rest[at:]
		if end := strings.IndexByte(rest[:min(len(rest), 12)], ';'); end > 2 {
			if code := rest[:end+1]; html.UnescapeString(code) != code {
				return code
			}
		}
		rest = rest[1:]
	}
}

// remarks are what was noticed while the rows were read, once for each cause.
type remarks struct {
	zips, empty, laws, garbled, entities, named, both roster.Lines
	garble, entity                                    string // the first of each
}

// look notes what a cell looks like that the user may not have meant.
func (m *remarks) look(line int, cell string) {
	plain := true
	for i := 0; i < len(cell) && plain; i++ {
		plain = cell[i] < utf8.RuneSelf && cell[i] != '&'
	}
	if plain {
		return
	}
	if part := garbled(cell); part != "" {
		m.garbled.Add(line)
		if m.garble == "" {
			m.garble = part
		}
	}
	if part := entity(cell); part != "" {
		m.entities.Add(line)
		if m.entity == "" {
			m.entity = part
		}
	}
}

// notes are the remarks in words.
func (m *remarks) notes() (out []string) {
	for _, n := range []struct {
		lines *roster.Lines
		text  string
	}{
		{&m.zips, "ZIP Codes that had lost their zeros got them back, as the state confirms (%s)"},
		{&m.empty, "cells with a placeholder, such as N/A or TBD, count as empty (%s)"},
		{&m.laws, "the law follows from the state where the row does not name one (%s)"},
		{&m.named, "offices that are not in the directory are taken from their rows (%s)"},
		{&m.both, "rows name an office of the directory and a contact; the directory’s contact is used, not the row’s (%s)"},
		{&m.garbled, "letters would print garbled text such as “" + m.garble +
			"”: the list was saved in another encoding on its way to you; correct it, or get it as UTF-8 (%s)"},
		{&m.entities, "letters would print codes of web pages such as “" + m.entity + "”: replace them with the characters they mean (%s)"},
	} {
		if n.lines.Count > 0 {
			out = append(out, fmt.Sprintf(n.text, n.lines))
		}
	}
	return out
}
