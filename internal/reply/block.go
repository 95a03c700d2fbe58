package reply

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"foia/internal/lazy"
)

// block is a paragraph, or a box with what stands beside it.
type block struct {
	text   string
	line   int
	ticked bool
}

// sentencesOf divides the lines of a body into sentences.
func sentencesOf(lines []string, from int, p Part, para *int) (out []sentence) {
	for _, b := range blocksOf(lines, from) {
		*para++
		line, at := b.line, 0
		for _, s := range split(b.text) {
			if i := strings.Index(b.text[at:], s); i >= 0 {
				line += strings.Count(b.text[at:at+i], "\n")
				at += i
			}
			one := strings.Join(strings.Fields(s), " ")
			if one = one[:min(len(one), mostSentence)]; one != "" {
				one = strings.ToValidUTF8(one, "")
				out = append(out, sentence{text: one, part: p.Name, line: line, para: *para, scanned: p.Scanned, ticked: b.ticked})
			}
		}
	}
	return out
}

// blocksOf are the paragraphs of a body. A box that is not ticked says nothing.
func blocksOf(lines []string, from int) (out []block) {
	lines = asBoxes(lines)
	var now []string
	first, ticked, skip, row := 0, false, false, false
	heading := "" // of the boxes that follow
	headed := func(c block, line int) {
		if c.ticked && heading != "" && len(strings.Fields(c.text)) <= 4 {
			out = append(out, block{strings.TrimRight(heading, ": ") + ": " + c.text, line, true})
		}
	}
	flush := func() {
		if len(now) > 0 && !skip {
			text := strings.Join(now, "\n")
			text = patterns.divided.RE().ReplaceAllString(text, "$1$2\n")
			out = append(out, block{text, first, ticked})
		}
		now, ticked, skip, row = nil, false, false, false
	}
	for i := from; i < len(lines); i++ {
		s := strings.TrimSpace(lines[i])
		if s == "" {
			flush()
			continue
		}
		if boxes := patterns.box.RE().FindAllStringSubmatchIndex(s, -1); len(boxes) > 0 {
			if len(now) > 0 && len(now[len(now)-1]) < 90 && strings.HasSuffix(now[len(now)-1], ":") && !skip {
				heading = now[len(now)-1]
			}
			if name, _, ok := strings.Cut(s[:boxes[0][0]], ":"); ok && strings.TrimSpace(name) != "" {
				heading = strings.TrimSpace(name)
			}
			if !boxesFirst(s, boxes) { // a box at the end of a paragraph is that of the whole
				above := ""
				if len(now) > 0 && !row && !strings.HasSuffix(now[len(now)-1], ":") {
					above, now = strings.Join(now, "\n")+"\n", nil
				}
				flush()
				for j, c := range cellsOf(s, boxes) {
					if j == 0 && above != "" {
						c.text = above + c.text
					}
					if c.ticked {
						out = append(out, block{c.text, i + 1, true})
					}
					c.text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(c.text, heading), ":"))
					headed(c, i+1)
				}
				continue
			}
			flush()
			if before := strings.TrimSpace(s[:boxes[0][0]]); before != "" && boxesFirst(s, boxes) {
				out = append(out, block{before, i + 1, false})
			}
			cells := cellsOf(s, boxes)
			for j, c := range cells {
				headed(c, i+1)
				if j < len(cells)-1 {
					if c.ticked {
						out = append(out, block{c.text, i + 1, true})
					}
					continue
				}
				now, first, ticked, skip = []string{c.text}, i+1, c.ticked, !c.ticked
			}
			continue
		}
		heading = ""
		if valueRow.RE().MatchString(s) { // its value may go on in the next line
			flush()
			now, first, row = []string{s}, i+1, true
			continue
		}
		if tableRow.RE().MatchString(s) || moneyRow.RE().MatchString(s) && (i > 0 && moneyRow.RE().MatchString(lines[i-1]) ||
			i+1 < len(lines) && moneyRow.RE().MatchString(lines[i+1])) {
			flush()
			out = append(out, block{s, i + 1, exemptRow.RE().MatchString(s)})
			continue
		}
		if row && len(lines[i])-len(strings.TrimLeft(lines[i], " \t")) < 12 {
			flush()
		}
		if len(now) > 0 && (patterns.bullet.RE().MatchString(s) || label(s)) {
			flush()
		}
		if len(now) == 0 {
			first = i + 1
		}
		now = append(now, s)
		if pointsBelow.RE().MatchString(s) {
			flush()
		}
	}
	flush()
	return out
}

// asBoxes puts boxes into a list of which some items are marked with an asterisk or a cross, and the others stand beside
// them unmarked.
func asBoxes(lines []string) []string {
	out := slices.Clone(lines)
	for i, s := range out { // “___ commercial  _X_ media”
		if lineBox.RE().MatchString(s) {
			out[i] = emptyLine.RE().ReplaceAllString(lineBox.RE().ReplaceAllString(s, "[x]"), "[ ]")
		}
	}
	for i := range lines {
		m := starred.RE().FindStringSubmatchIndex(lines[i])
		if m == nil {
			continue
		}
		end := max(m[5], m[9])
		column := utf8.RuneCountInString(lines[i][:end])
		item := func(j int) bool { // it begins where the marked one begins, as an item does
			s := lines[j]
			return len(s) > column && strings.TrimSpace(s[:column]) == "" && s[column] != ' ' && unicode.IsUpper(rune(s[column])) &&
				j > 0 && endOfItem.RE().MatchString(strings.TrimSpace(lines[j-1]))
		}
		alone := true
		for _, step := range []int{-1, 1} {
			for j := i + step; j >= 0 && j < len(lines); j += step {
				indented := strings.TrimSpace(lines[j][:min(column, len(lines[j]))]) == "" || starred.RE().MatchString(lines[j])
				if !indented { // the list ends
					break
				}
				if item(j) {
					out[j], alone = strings.Repeat(" ", column)+"[ ] "+lines[j][column:], false
				}
			}
		}
		if !alone {
			out[i] = strings.Repeat(" ", column) + "[x] " + lines[i][end:]
		}
	}
	return out
}

var (
	starred   = lazy.Pattern(`^\s*([*xX✓✔]{1,3})(\s{2,})\S|^\s*([✓✔])(\s)\S`)
	endOfItem = lazy.Pattern(`[.;:)]$|^$|,? (?:or|and)$`)
)

var (
	lineBox   = lazy.Pattern(`_+\s?[xX✓✔]\s?_+`)
	emptyLine = lazy.Pattern(`_{2,}`)
)

// A row of a table has its cells apart, and figures in one of them. A row with the code of an exemption says that it
// was applied.
var (
	tableRow  = lazy.Pattern(`^\S.*\s{3,}[$_(]*\s*\d[\d,.]*|_\d+_|^[\pL ]{3,40}:? {2,}[$£€] ?\d|^total\b.*\d$`)
	moneyRow  = lazy.Pattern(`^\s*[A-Z].*[$£€] ?\d[\d,]*(?:\.\d\d)?\s*$`)
	exemptRow = lazy.Pattern(`(?i)(?:withheld|denied|released in part|redacted|deleted).*\(b\)|\(b\)\(\d\).*(?:withheld|denied)`)
)

// pointsBelow is a line that announces the address in the next ones.
var pointsBelow = lazy.Pattern(`(?i)\b(?:to|at|address|below|office|with|follows|contacting):$`)

// A row that has a name and a value, and not more: “Date of Receipt    September 8, 2026”.
var valueRow = lazy.Pattern(`(?i)^(?-i:[A-Z])[\w/'()#-]*(?: (?:[\w/'()#-]+|No\.)){0,4}[:.]?(?:\s{3,}|\t+)[^\s$£€_(]\S*(?:\s\S+)*$`)

// label tells whether a line is a label with its value, as in a table.
func label(s string) bool {
	name, value, ok := strings.Cut(s, ": ")
	return ok && name != "" && len(name) < 30 && len(s) < 70 && !strings.ContainsAny(name, ".,") && value != "" &&
		unicode.IsUpper([]rune(name)[0]) && len(strings.Fields(name)) < 5
}

// boxesFirst tells whether each box of a line stands before its words: where a line begins with one, or does not end with
// one, as in “TYPE [ ] INTERIM [X] FINAL”.
func boxesFirst(s string, boxes [][]int) bool {
	return strings.TrimSpace(s[:boxes[0][0]]) == "" || strings.TrimSpace(s[boxes[len(boxes)-1][1]:]) != ""
}

// cellsOf are boxes with what stands beside each: behind it, or before it where a line begins without one.
func cellsOf(s string, boxes [][]int) (out []block) {
	after := boxesFirst(s, boxes)
	for i, b := range boxes {
		mark := s[b[0]:b[1]]
		ticked := strings.ContainsAny(mark, "xXyY✓✔☑☒■*•")
		begin, end := b[1], len(s)
		if after && i+1 < len(boxes) {
			end = boxes[i+1][0]
		}
		if !after {
			begin, end = 0, b[0]
			if i > 0 {
				begin = boxes[i-1][1]
			}
		}
		out = append(out, block{text: strings.TrimSpace(s[begin:end]), ticked: ticked})
	}
	return out
}
