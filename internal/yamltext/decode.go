// Package yamltext reads YAML: settings, answers, offices, days off, templates, packs
// and the program's own data, and whatever of these a backup holds. It is the one place
// that does. Such a text may come from anybody, and the library that parses it takes
// quadratic time for some texts, gigabytes for others, and panics on a few, so that a
// text is bounded before it is parsed (see Bytes and the other limits), and a panic
// becomes an error with its line.
package yamltext

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Source is a YAML text and where it stands.
type Source struct {
	File string // its name, for errors
	Text []byte
	Line int    // of the file on which the text begins; 0 is the same as 1
	Fix  string // what to do about an error besides correcting the line; may be empty
}

// Decode reads the one document of a text into v. A key that v has no field for, a key
// that appears twice and a second document are errors. An empty text leaves v as it
// is. The error is an *Error.
func Decode(s Source, v any) error {
	_, err := decode(s, v, strict)
	return err
}

// strictness is what a key without a field is: an error, or passed over.
type strictness bool

const (
	strict strictness = true
	loose  strictness = false
)

func decode(s Source, v any, how strictness) (ast.Node, error) {
	text, err := s.clean()
	if err != nil {
		return nil, err
	}
	body, err := read(text, v, how)
	if err == nil {
		return body, nil
	}
	var found *Error
	if !errors.As(err, &found) {
		found = explain(err)
	}
	if found.Line == 0 {
		found.Line = firstBadLine(text, v, how, found.What)
	}
	shift := max(s.Line, 1) - 1
	if found.Line += shift; found.first > 0 {
		found.What += fmt.Sprintf(", first on line %d", found.first+shift)
	}
	found.File = s.File
	found.Remedy = join(found.Remedy, s.Fix)
	return nil, found
}

// read parses the text, whose bytes are sound, and decodes it. What the library does
// when it panics is an error without a line.
func read(text string, v any, how strictness) (body ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Error{What: "the YAML is not well formed", Remedy: "write plain “key: value” lines, without tags or anchors"}
		}
	}()
	tokens, err := scan(text)
	if err != nil {
		return nil, err
	}
	if len(tokens) == 0 {
		return nil, nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // its own message names lines of the text, not of the file
	if err != nil {
		return nil, err
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, nil
	}
	body = file.Docs[0].Body
	if err := check(body); err != nil {
		return nil, err
	}
	var options []yaml.DecodeOption
	if how == strict {
		options = append(options, yaml.Strict())
	}
	if err := yaml.NodeToValue(body, v, options...); err != nil {
		return nil, err
	}
	return body, nil
}

// firstBadLine finds the line at which reading begins to fail as it did, for errors
// that the library gives no place for: the shortest beginning of the text that fails
// alike ends there. What was found by halving is tried out; if it does not hold, the
// line is the last one.
func firstBadLine(text string, v any, how strictness, what string) int {
	lines := bytes.SplitAfter([]byte(text), []byte("\n"))
	if n := len(lines); n > 1 && len(lines[n-1]) == 0 {
		lines = lines[:n-1]
	}
	fails := func(n int) bool {
		_, err := read(string(bytes.Join(lines[:n], nil)), fresh(v), how)
		if err == nil {
			return false
		}
		var found *Error
		if !errors.As(err, &found) {
			found = explain(err)
		}
		return found.What == what
	}
	low, high := 0, len(lines) // the first low lines do not fail, the first high ones do
	for high-low > 1 {
		if middle := (low + high) / 2; fails(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// Error says what is wrong with a YAML text and where.
type Error struct {
	File         string
	Line, Column int // 1 is the first; 0: not known
	What, Remedy string

	first int // line on which a key appears that appears again
}

func (e *Error) Error() string {
	where := e.File
	if e.Line > 0 {
		where += fmt.Sprintf(":%d", e.Line)
		if e.Column > 0 {
			where += fmt.Sprintf(":%d", e.Column)
		}
	}
	return e.What + " (" + where + ")"
}

// Hint says what to do.
func (e *Error) Hint() string { return e.Remedy }
