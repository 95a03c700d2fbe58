package agency

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"foia/internal/yamltext"
)

// entryText is one office of agencies.yaml as lines, to be changed without touching what
// else people wrote there.
type entryText struct {
	lines  []string
	ending string // of lines
	keys   map[string]int
	indent int  // of its keys
	plain  bool // one key a line
}

// editing is the entry at that place.
func editing(raw []byte, at yamltext.Lines, i int) *entryText {
	e := &entryText{ending: "\n", keys: map[string]int{}, plain: true}
	if bytes.Contains(raw, []byte("\r\n")) {
		e.ending = "\r\n"
	}
	e.lines = strings.Split(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n")
	prefix := fmt.Sprintf("offices[%d].", i)
	seen := map[int]bool{}
	for path, line := range at {
		key, ok := strings.CutPrefix(path, prefix)
		if !ok || strings.ContainsAny(key, ".[") {
			continue
		}
		text := e.lines[line-1]
		column := strings.Index(text, key)
		start := strings.TrimLeft(text[:max(column, 0)], " ")
		e.plain = e.plain && !seen[line] && column >= 0 && (start == "" || strings.Trim(start, " ") == "-")
		e.keys[key], e.indent, seen[line] = line-1, column, true
	}
	for _, line := range e.keys {
		e.plain = e.plain && len(e.lines[line]) > e.indent && strings.Trim(e.lines[line][:e.indent], " -") == ""
	}
	e.plain = e.plain && len(e.keys) > 0
	return e
}

// end is the line after the value of a key that stands on a line, without blank lines and
// comments that follow it.
func (e *entryText) end(line int) int {
	end := line + 1
	for i := line + 1; i < len(e.lines); i++ {
		text := strings.TrimLeft(e.lines[i], " ")
		switch indent := len(e.lines[i]) - len(text); {
		case text == "" || strings.HasPrefix(text, "#"):
			continue
		case indent > e.indent, indent == e.indent && strings.HasPrefix(text, "- "):
			end = i + 1
		default:
			return end
		}
	}
	return end
}

// set gives a key another value, as YAML; empty: none. Comments beside the old value stay.
func (e *entryText) set(key, value string) {
	margin := strings.Repeat(" ", e.indent)
	var lines []string
	for l := range strings.Lines(value) {
		lines = append(lines, margin+strings.TrimRight(l, "\n"))
	}
	at, there := e.keys[key]
	if !there {
		if len(lines) > 0 {
			end := e.last()
			e.replace(end, end, lines)
			e.keys[key] = end
		}
		return
	}
	end := e.end(at)
	comments := commentsIn(e.lines[at:end])
	if len(lines) == 1 && len(comments) == 1 {
		lines[0] += "  " + comments[0]
		comments = nil
	}
	if dash := e.lines[at][:e.indent]; strings.Contains(dash, "-") {
		if len(lines) == 0 {
			return // the entry would lose its beginning; kept notices it
		}
		lines[0] = dash + lines[0][e.indent:]
		e.replace(at, end, lines)
		return
	}
	for _, c := range slices.Backward(comments) {
		lines = append([]string{margin + c}, lines...)
	}
	e.replace(at, end, lines)
	if value == "" {
		delete(e.keys, key)
	}
}

// last is the line after the last key of the entry.
func (e *entryText) last() int {
	line := 0
	for _, at := range e.keys {
		line = max(line, at)
	}
	return e.end(line)
}

// replace puts lines in the place of others.
func (e *entryText) replace(from, to int, lines []string) {
	e.lines = slices.Replace(e.lines, from, to, lines...)
	for key, at := range e.keys {
		if at >= to {
			e.keys[key] += len(lines) - (to - from)
		} else if at == from && len(lines) > 0 { // comments may stand before it now
			e.keys[key] += slices.IndexFunc(lines, func(l string) bool { return !strings.HasPrefix(strings.TrimLeft(l, " "), "#") })
		}
	}
}

func (e *entryText) text() []byte { return []byte(strings.Join(e.lines, e.ending)) }

// commentsIn are the comments on the lines of a value.
func commentsIn(lines []string) (out []string) {
	for _, l := range lines {
		text := strings.TrimLeft(l, " ")
		if strings.HasPrefix(text, "#") {
			out = append(out, text)
			continue
		}
		for i := range text {
			if strings.HasPrefix(text[i:], " #") && sameYAML(text, text[:i]) {
				out = append(out, text[i+1:])
				break
			}
		}
	}
	return out
}

// sameYAML tells whether two texts say the same.
func sameYAML(a, b string) bool {
	var x, y any
	return yamltext.Decode(yamltext.Source{Text: []byte(a)}, &x) == nil && yamltext.Decode(yamltext.Source{Text: []byte(b)}, &y) == nil &&
		reflect.DeepEqual(x, y)
}

// dropEntry takes an office out of the file; its comments stay.
func dropEntry(existing []byte, i int, file string) ([]byte, error) {
	_, lines, err := decodeUser(existing, file)
	if err != nil {
		return nil, err
	}
	e := editing(existing, lines, i)
	first := lines.Of(fmt.Sprintf("offices[%d]", i)) - 1
	end := e.last()
	var comments []string
	for _, c := range commentsIn(e.lines[first:end]) {
		comments = append(comments, strings.Repeat(" ", max(strings.Index(e.lines[first], "-"), 0))+c)
	}
	e.replace(first, end, comments)
	return e.text(), nil
}

// addEntry writes an office as the first of the file.
func addEntry(text string, o Office, file string) ([]byte, error) {
	entry, err := yamltext.Write([]Office{o})
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		text = "# Your own FOIA offices, and what you corrected in the built-in ones.\noffices:\n"
	}
	ending := "\n"
	if strings.Contains(text, "\r\n") {
		ending = "\r\n"
	}
	lines := strings.SplitAfter(text, "\n")
	at := slices.IndexFunc(lines, func(l string) bool {
		rest, ok := strings.CutPrefix(l, "offices:")
		rest = strings.TrimSpace(rest)
		return ok && (rest == "" || strings.HasPrefix(rest, "#"))
	})
	if at < 0 {
		return nil, &FileError{File: file, What: "the file has no line “offices:”",
			Remedy: "add the line, or write the office in by hand"}
	}
	if !strings.HasSuffix(lines[at], "\n") {
		lines[at] += ending
	}
	margin := "  "
	for _, l := range lines[at+1:] {
		if rest := strings.TrimLeft(l, " "); strings.HasPrefix(rest, "-") {
			margin = l[:len(l)-len(rest)]
			break
		}
	}
	var b strings.Builder
	for l := range strings.Lines(entry) {
		b.WriteString(margin + strings.TrimRight(l, "\n") + ending)
	}
	return []byte(strings.Join(slices.Insert(lines, at+1, b.String()), "")), nil
}
