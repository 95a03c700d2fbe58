package yamltext

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/scanner"
	"github.com/goccy/go-yaml/token"
)

// The limits are far above what people write: five thousand offices are 2 MB and
// 150,000 parts, the largest pack of letters is 46 KB, and nothing that foia reads is
// nested more than 8 deep. A text within the limits is read in about a second, however
// odd it is (see TestRepeated).
const (
	Bytes   = 4 << 20  // of a text
	Parts   = 250_000  // keys, values and signs such as brackets
	Depth   = 32       // of lists and maps within each other
	Keys    = 2_000    // of one map; the library takes time that grows with the square
	Paths   = 64 << 20 // bytes of the paths to all parts, such as offices.[0].address, which the library keeps
	Aliased = 50_000   // nodes that all aliases of a text stand for, together
)

// signs are the bytes that can begin or end a part of a text.
const signs = "[]{},:&*!?|>'\"%@`#-\n"

// clean checks what can be checked before anything is parsed, and returns the text
// without byte order mark.
func (s Source) clean() (string, error) {
	fail := func(at int, what, remedy string) error {
		return &Error{File: s.File, Line: max(s.Line, 1) + bytes.Count(s.Text[:at], []byte("\n")), What: what, Remedy: remedy}
	}
	if len(s.Text) > Bytes {
		return "", tooLarge(s.File)
	}
	if bytes.HasPrefix(s.Text, []byte("\xff\xfe")) || bytes.HasPrefix(s.Text, []byte("\xfe\xff")) {
		return "", fail(0, "the file is saved as UTF-16", "save it again, with the encoding UTF-8")
	}
	text := bytes.TrimPrefix(s.Text, []byte("\xef\xbb\xbf"))
	shift := len(s.Text) - len(text)
	marks := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text[i:])
		}
		switch {
		case r == utf8.RuneError && size == 1:
			return "", fail(shift+i, "the text is not valid UTF-8", "save the file again, with the encoding UTF-8")
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f:
			return "", fail(shift+i, fmt.Sprintf("the text holds a control character (U+%04X)", r), "delete it")
		case r < utf8.RuneSelf && strings.IndexByte(signs, byte(r)) >= 0:
			marks++
		}
		if marks > 2*Parts {
			return "", fail(shift+i, fmt.Sprintf("the YAML has more than %d parts", Parts), splitIt)
		}
		i += size
	}
	// The library counts a line that ends as on Windows twice in some places.
	return strings.ReplaceAll(string(text), "\r\n", "\n"), nil
}

// scan cuts a text into tokens, and refuses what the parser would take too long for.
func scan(text string) (token.Tokens, error) {
	var s scanner.Scanner
	s.Init(text)
	var tokens token.Tokens
	shape := shape{}
	for {
		some, err := s.Scan()
		for _, t := range some {
			if err := shape.add(t, len(tokens)); err != nil {
				return nil, err
			}
			keepWritten(t)
			tokens.Add(t)
		}
		switch {
		case errors.Is(err, io.EOF):
			return tokens, nil
		case err != nil && tokens.InvalidToken() == nil:
			return nil, err
		case err != nil:
			return tokens, nil // the parser says what is wrong with that token
		}
	}
}

// shape follows how deep a text is nested, how many keys its maps have and how long the
// paths to its parts are, by its tokens alone.
type shape struct {
	open    []level // the lists and maps that have begun and not ended
	run     int     // tags and anchors that follow each other, each of which the parser goes into
	paths   int     // bytes of the paths to all parts so far
	ended   bool    // the document has ended
	started bool    // something of the document was there
	before  *token.Token
}

// level is one list or map.
type level struct {
	column int  // of its entries; inBrackets or afterSign if they need not stand in one
	list   bool // entries begin with a hyphen
	keys   int
	path   int // length of its last key
}

const (
	inBrackets = 0  // from [ or { to ] or }
	afterSign  = -1 // inside of brackets, from a colon, hyphen or question mark to the next comma or bracket
)

func (s *shape) add(t *token.Token, count int) error {
	fail := func(what, remedy string) error {
		return &Error{Line: t.Position.Line, Column: t.Position.Column, What: what, Remedy: remedy}
	}
	if count >= Parts {
		return fail(fmt.Sprintf("the YAML has more than %d parts", Parts), splitIt)
	}
	switch t.Type {
	case token.CommentType:
		return nil
	case token.DocumentEndType:
		s.ended = true
		return nil
	case token.DocumentHeaderType:
		if s.started || s.ended {
			return fail("a second document begins here", "keep what is above the line of hyphens, or delete that line")
		}
		s.started = true
		return nil
	}
	if s.ended {
		return fail("there is text after the end of the document", "delete the line of dots, or what follows it")
	}
	s.started = s.started || t.Type != token.DirectiveType
	s.nest(t)
	s.before = t
	if len(s.open)+s.run > Depth {
		return fail(fmt.Sprintf("the YAML is nested more than %d levels deep", Depth),
			"check the brackets and the indentation up to this line")
	}
	if n := len(s.open); n > 0 && s.open[n-1].keys > Keys {
		return fail(fmt.Sprintf("one map has more than %d keys", Keys), splitIt)
	}
	for _, l := range s.open {
		s.paths += l.path + 1
	}
	if s.paths > Paths {
		return fail("the keys are too long", "check that it is the right file")
	}
	return nil
}

const splitIt = "split it, or check that it is the right file"

// nest opens and closes the lists and maps that a token begins and ends.
func (s *shape) nest(t *token.Token) {
	if t.Type == token.TagType || t.Type == token.AnchorType {
		s.run++
		return
	}
	if s.before == nil || s.before.Type != token.AnchorType { // the name of an anchor is a token of its own
		s.run = 0
	}
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		s.open = append(s.open, level{column: inBrackets})
	case token.SequenceEndType, token.MappingEndType:
		s.comma()
		if n := len(s.open); n > 0 && s.open[n-1].column == inBrackets {
			s.open = s.open[:n-1]
		}
	case token.CollectEntryType:
		s.comma()
	case token.SequenceEntryType:
		s.entry(t.Position.Column, true, 0)
	case token.MappingValueType, token.MappingKeyType:
		column, long := t.Position.Column, 0
		if t.Type == token.MappingValueType && s.before != nil {
			long = len(s.before.Value)
			if s.before.Position.Line == t.Position.Line {
				column = s.before.Position.Column
			}
		}
		s.entry(column, false, long)
	}
}

// comma ends what began with a sign inside of brackets.
func (s *shape) comma() {
	for n := len(s.open); n > 0 && s.open[n-1].column == afterSign; n-- {
		s.open = s.open[:n-1]
	}
}

// entry notes an entry of a list, or a key of a map, of that many bytes. Outside of
// brackets it closes what is indented deeper than its column, and opens a list or map
// there unless it is open.
func (s *shape) entry(column int, list bool, long int) {
	n := len(s.open)
	if n > 0 && s.open[n-1].column <= inBrackets {
		if s.open[n-1].column == inBrackets && !list {
			s.open[n-1].keys++
		}
		s.open = append(s.open, level{column: afterSign, path: long})
		return
	}
	for n > 0 && (s.open[n-1].column > column || s.open[n-1].column == column && s.open[n-1].list && !list) {
		n--
	}
	s.open = s.open[:n]
	if n == 0 || s.open[n-1].column < column || s.open[n-1].list != list {
		s.open = append(s.open, level{column: column, list: list})
		n++
	}
	s.open[n-1].path = long
	if !list {
		s.open[n-1].keys++
	}
}

// check refuses keys that appear twice in a map, aliases that stand for themselves or
// for other aliases, and those that make a small text a large one.
func check(body ast.Node) error {
	c := &checker{sizes: map[string]int{}}
	ast.Walk(c, body)
	return c.err
}

type checker struct {
	sizes map[string]int // of the anchors' values, in nodes
	total int
	err   error
}

func (w *checker) Visit(n ast.Node) ast.Visitor {
	if w.err != nil {
		return nil
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		w.err = onceEach(n)
	case *ast.AnchorNode:
		c := counter{}
		ast.Walk(&c, n.Value)
		if c.alias != nil {
			w.err = at(c.alias, "an alias (*) inside the value that an anchor (&) names", "write out what it stands for")
			return nil
		}
		w.sizes[n.Name.GetToken().Value] = c.nodes
	case *ast.AliasNode:
		w.total += w.sizes[n.Value.GetToken().Value]
		if w.total > Aliased {
			w.err = at(n, "the aliases (*) expand to too much", "write out what they stand for, or leave some out")
			return nil
		}
	}
	return w
}

// onceEach refuses a map in which a key appears twice.
func onceEach(m *ast.MappingNode) error {
	lines := map[string]int{}
	for _, v := range m.Values {
		key := v.Key.GetToken()
		if first, twice := lines[key.Value]; twice {
			p := key.Position
			return &Error{Line: p.Line, Column: p.Column, first: first, What: fmt.Sprintf("the key %q appears twice", key.Value),
				Remedy: "delete one of the two"}
		}
		lines[key.Value] = key.Position.Line
	}
	return nil
}

func at(n ast.Node, what, remedy string) error {
	p := n.GetToken().Position
	return &Error{Line: p.Line, Column: p.Column, What: what, Remedy: remedy}
}

// counter counts nodes and notes an alias among them.
type counter struct {
	nodes int
	alias ast.Node
}

func (c *counter) Visit(n ast.Node) ast.Visitor {
	c.nodes++
	if n.Type() == ast.AliasType && c.alias == nil {
		c.alias = n
	}
	return c
}
